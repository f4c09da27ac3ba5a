"""What translators put for what: the phrase table of ``kg/resolve/translation.py``.

    python tools/terms/translations.py WORK kg/resolve/phrases.zh.tsv.gz

reads ``WORK/aligned-*.jsonl`` (see ``align.py``) and writes a row for each stretch of Chinese: the English words it was aligned
with and the strength of each in percent. Phrase pairs are those consistent with the word links (Koehn, Och and Marcu 2003), seen twice or more. A
pair whose parts translate each other as strongly is left out: the parts are in the table.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.resolve.translation import Phrases, Translator, units, words

_LEAST_SEEN = 2
_LEAST_STRENGTH = 0.01
# A pair is left out where its parts reach this share of its strength.
_EXPLAINED = 0.8
_MOST_ENGLISH = 5
_MOST_CHINESE = 5
_LONGEST_CHINESE = 12
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-z]+")
# No phrase begins or ends with these.
_EN_EDGE = frozenset(
    """the a an of for and or to in on with by from as at is are be this that these those its their our it we which can such not
    into than via based using""".split()
)
_ZH_EDGE = frozenset(
    "的 了 和 与 及 或 在 是 对 从 将 被 把 为 以 中 上 下 其 该 这 那 这些 我们 本文 并 且 而 于 等 之 所 也 都 由 可 可以 能够 有 一 一个 一种 个 种".split()
)

Pair = tuple[str, str]


def stretches(tokens: list[str], edge: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of Chinese tokens (start, end) that could be a phrase."""
    for start, first in enumerate(tokens):
        if first in edge:
            continue
        for end in range(start + 1, min(len(tokens), start + _MOST_CHINESE) + 1):
            if not _HAN.fullmatch(tokens[end - 1]):
                break
            if tokens[end - 1] not in edge and sum(map(len, tokens[start:end])) <= _LONGEST_CHINESE:
                yield start, end


def english_phrases(tokens: list[str]) -> Iterator[str]:
    """Runs of English words that could be a phrase; a hyphen parts two words."""
    for start, first in enumerate(tokens):
        if not _LETTERS.fullmatch(first) or first in _EN_EDGE:
            continue
        found: list[str] = []
        for word in tokens[start:]:
            if word == "-":
                continue
            if len(found) == _MOST_ENGLISH or not _LETTERS.fullmatch(word):
                break
            found.append(word)
            if word not in _EN_EDGE:
                yield " ".join(found)


def phrase_pairs(english: list[str], chinese: list[str], links: list[list[int]]) -> Iterator[Pair]:
    """Chinese and English stretches whose words are linked with each other alone."""
    to_english, to_chinese = defaultdict(set), defaultdict(set)
    for i, j in links:
        to_chinese[i].add(j)
        to_english[j].add(i)
    for start, end in stretches(chinese, _ZH_EDGE):
        linked = {i for j in range(start, end) for i in to_english[j]}
        if not linked:
            continue
        first, last = min(linked), max(linked)
        if any(not start <= j < end for i in range(first, last + 1) for j in to_chinese[i]):
            continue
        phrase = [word for word in english[first : last + 1] if word != "-"]
        if (
            0 < len(phrase) <= _MOST_ENGLISH
            and all(map(_LETTERS.fullmatch, phrase))
            and not {phrase[0], phrase[-1]} & _EN_EDGE
        ):
            yield "".join(chinese[start:end]), " ".join(phrase)


def strengths(rows: Iterator[dict[str, list[str]]]) -> dict[str, dict[str, float]]:
    """Ochiai's coefficient of each pair seen often enough."""
    together: Counter[Pair] = Counter()
    chinese_seen: Counter[str] = Counter()
    english_seen: Counter[str] = Counter()
    for row in rows:
        english = [(words(token) or [token])[0] for token in row["en"]]
        together.update(phrase_pairs(english, row["zh"], row["links"]))  # type: ignore[arg-type]
        chinese_seen.update("".join(row["zh"][a:b]) for a, b in stretches(row["zh"], _ZH_EDGE))
        english_seen.update(english_phrases(english))
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for (chinese, english_phrase), count in together.items():
        product = chinese_seen[chinese] * english_seen[english_phrase]
        if count >= _LEAST_SEEN and product:
            strength = min(1.0, count / product**0.5)
            if strength >= _LEAST_STRENGTH:
                table[chinese][english_phrase] = strength
    return table


def table_rows(table: dict[str, dict[str, float]]) -> dict[str, str]:
    """Rows as the file has them, without what their parts explain; short stretches come first, since they are parts of long ones."""
    rows: dict[str, str] = {}
    translator = Translator(Phrases(rows))
    for chinese in sorted(table, key=lambda text: (len(units(text)), text)):
        kept = {
            english: strength
            for english, strength in table[chinese].items()
            if translator.strength(chinese, english) < _EXPLAINED * strength
        }
        if kept:
            order = sorted(kept, key=lambda english: (-kept[english], english))
            rows[chinese] = "|".join(f"{english}:{round(100 * kept[english])}" for english in order)
    return rows


def main() -> None:
    """Count, prune, write; the same input gives the same bytes."""
    work, out = Path(sys.argv[1]), Path(sys.argv[2])
    lines = (line for path in sorted(work.glob("aligned-*.jsonl")) for line in path.open(encoding="utf-8"))
    rows = table_rows(strengths(map(json.loads, lines)))
    text = "".join(f"{chinese}\t{rows[chinese]}\n" for chinese in sorted(rows))
    with out.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    sys.stderr.write(f"{len(rows)} stretches of Chinese\n")


if __name__ == "__main__":
    main()
