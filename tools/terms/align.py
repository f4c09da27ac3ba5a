"""Step one of mining: word-align the sentences of a parallel corpus.

    python tools/terms/align.py DATA WORK [--style translation]

reads the pairs of one style (``translation``, ``polished``) from ``DATA/parallel_en_zh.jsonl.gz``, held-out pairs left
out, and writes ``WORK/aligned-STYLE.jsonl``: one sentence pair a line with its tokens and the symmetrised links. Needs ``pip install eflomal jieba``.

The aligner samples from the clock, so two runs differ in a link here and there: a new run is a new list of candidates to
review, not a build step.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import jieba
from beads import pair_sentences
from eflomal import Aligner  # type: ignore[import-untyped]
from symmetrise import symmetrise

# A full stop ends a sentence unless it closes one of these.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|Figs?|Eqs?|Sec|resp|approx|w\.r\.t|a\.k\.a|Dr|St|[Nn]o)\.|\b[A-Z]\.)$"
)
_EN_END = re.compile(r"[.!?]+[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9\\$])")
_ZH_END = re.compile(r"[。！？!?]+[”’」）)\"']*")
_EN_TOKEN = re.compile(r"[A-Za-z]+(?:'s\b)?|\d+(?:\.\d+)*|[^\sA-Za-z\d]")


def held_out(identifier: str) -> bool:
    """Whether this pair is kept for evaluation and must not be mined."""
    return hashlib.sha256(identifier.encode()).hexdigest()[0] == "0"


def english_sentences(text: str) -> list[str]:
    """Sentences of an English abstract."""
    text = re.sub(r"\s+", " ", text).strip()
    sentences, start = [], 0
    for end in _EN_END.finditer(text):
        if not _ABBREVIATION.search(text[start : end.start() + 1]):
            sentences.append(text[start : end.end()].strip())
            start = end.end()
    return [*sentences, text[start:]] if text[start:].strip() else sentences


def chinese_sentences(text: str) -> list[str]:
    """Sentences of a Chinese abstract."""
    text, sentences, start = text.strip(), [], 0
    for end in _ZH_END.finditer(text):
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    return [*sentences, text[start:].strip()] if text[start:].strip() else sentences


def sentence_pairs(path: Path, style: str) -> Iterator[tuple[str, str, str]]:
    """(paper, English, Chinese) of titles and of the abstracts' sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            if pair["zh_style"] != style or held_out(pair["id"]):
                continue
            if pair["title_en"] and pair["title_zh"]:
                yield pair["id"], pair["title_en"], pair["title_zh"]
            english, chinese = english_sentences(pair["abstract_en"]), chinese_sentences(pair["abstract_zh"])
            even = len(english) == len(chinese)
            pairs = list(zip(english, chinese, strict=True)) if even else pair_sentences(english, chinese)
            for source, target in pairs:
                yield pair["id"], source, target


def english_tokens(text: str) -> list[str]:
    """Words, numbers and signs; a hyphen parts two words."""
    return _EN_TOKEN.findall(text)


def chinese_tokens(text: str) -> list[str]:
    """Words as jieba cuts them; what is not Chinese is cut as English is."""
    tokens: list[str] = []
    for word in jieba.cut(text):
        tokens.extend([word] if re.search(r"[\u3400-\u9fff]", word) else english_tokens(word))
    return [token for token in tokens if token.strip()]


def main() -> None:
    """Align and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--style", choices=("translation", "polished"), default="translation")
    arguments = parser.parse_args()
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    jieba.setLogLevel(logging.ERROR)
    rows = []
    for paper, english, chinese in sentence_pairs(
        arguments.data / "parallel_en_zh.jsonl.gz", arguments.style
    ):
        source, target = english_tokens(english), chinese_tokens(chinese)
        if 1 < len(source) < 120 and 1 < len(target) < 120:
            rows.append((paper, source, target))
    forward, reverse = work / "forward", work / "reverse"
    Aligner().align(
        [" ".join(source).lower() for _, source, _ in rows],
        [" ".join(target).lower() for _, _, target in rows],
        links_filename_fwd=str(forward),
        links_filename_rev=str(reverse),
    )
    with (
        (work / f"aligned-{arguments.style}.jsonl").open("w", encoding="utf-8") as out,
        forward.open(encoding="ascii") as ahead,
        reverse.open(encoding="ascii") as back,
    ):
        for (paper, source, target), one, other in zip(rows, ahead, back, strict=True):
            row = {"id": paper, "en": source, "zh": target, "links": symmetrise(_links(one), _links(other))}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _links(line: str) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in (link.split("-") for link in line.split())}


if __name__ == "__main__":
    main()
