"""The terminology's labels as the matcher reads them, and a file of them, so that a start need not read the Turtle.

    make docs          # writes the file anew, after a change to ontology/terms or to how text is cut

A line a label: the keys of its words with spaces between, the class of its concept, signs (``c`` written with capitals,
``a`` ambiguous, ``h`` hidden, ``m`` mined), and its words in one. The first line is a digest of the Turtle files that the rest was
made from: if they have changed since, they are read and the file is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kg.extract.tokenizer import cut
from kg.resources import ontology_dir
from kg.terminology import Concept, Terminology, load_terminology
from kg.text import has_cjk, singular
from kg.types import Label

FILE = Path(__file__).parent / "lexicon" / "labels.tsv"
JOINERS = frozenset("-‐‑‒–—−_/")


class Entry(NamedTuple):
    """A label of a concept of class ``kind``: its words in one, and what its match depends on."""

    kind: str
    label: str
    cased: bool
    ambiguous: bool
    hidden: bool
    mined: bool


@lru_cache(maxsize=100_000)
def key(token: str) -> str:
    """Under what a word is sought: its case, possessive and plain plural aside."""
    return singular(token.casefold().replace("’", "'").removesuffix("'s"))


def labels(extra: Sequence[str] = ()) -> list[str]:
    """The lines of the package's terminology, joined with further SKOS files.

    Raises:
        UsageError: a further file is missing or is not Turtle.
    """
    if not extra and FILE.exists():
        digest, *lines = FILE.read_text(encoding="utf-8").rstrip("\n").split("\n")
        if digest == _digest():
            return lines
    return list(_lines(load_terminology(tuple(extra))))


def parsed(line: str) -> tuple[list[str], Entry]:
    """The keys of a line, and its entry."""
    keys, kind, signs, label = line.split("\t")
    return keys.split(" "), Entry(kind, label, "c" in signs, "a" in signs, "h" in signs, "m" in signs)


def _lines(terminology: Terminology) -> Iterator[str]:
    for concept in terminology.concepts:
        for label in concept.labels:
            words = [word for word in cut(label.text) if word not in JOINERS]
            yield from _line(words, words, concept, label)
            if "-" in label.text and not has_cjk(label.text):
                # Hyphens may be left out: pretraining for pre-training.
                joined = [part.replace("-", "") for part in label.text.split()]
                yield from _line([word for word in joined if word.isalnum()], words, concept, label)


def _line(sought: Sequence[str], words: Sequence[str], concept: Concept, label: Label) -> Iterator[str]:
    signs = (
        ("c", len(words) == 1 and label.text.lower() != label.text),
        ("a", label.text in concept.ambiguous),
        ("h", label.kind == "hidden"),
        ("m", concept.mined),
    )
    if sought:
        keys = " ".join(map(key, sought))
        yield "\t".join((keys, concept.type, "".join(s for s, holds in signs if holds), "".join(words)))


def _digest() -> str:
    held = sha256()
    for path in sorted((ontology_dir() / "terms").glob("*.ttl")):
        held.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return held.hexdigest()


def made() -> str:
    """The file as it should be."""
    return "".join(f"{line}\n" for line in (_digest(), *_lines(load_terminology())))
