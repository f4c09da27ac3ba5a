"""What a reader decided about mined candidates, kept in ``review/`` so that no candidate is read twice.

``kept.txt``, ``struck.txt``: a folded English term a line. ``types.tsv``, ``chinese.tsv``, ``english.tsv``: a term and the class,
Chinese name or English spelling it gets in place of the mined one. ``same.tsv``: a term and the term whose other name it is.
``no_name.txt``: Chinese strings that are never a label, whatever they were aligned with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "review"


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions, by folded English term."""

    kept: frozenset[str]
    struck: frozenset[str]
    types: dict[str, str]
    chinese: dict[str, str]
    english: dict[str, str]
    same: dict[str, str]
    no_name: frozenset[str]


def load_review(folder: Path = FOLDER) -> Review:
    """Read the folder."""
    return Review(
        kept=_lines(folder / "kept.txt"),
        struck=_lines(folder / "struck.txt"),
        types=_table(folder / "types.tsv"),
        chinese=_table(folder / "chinese.tsv"),
        english=_table(folder / "english.tsv"),
        same=_table(folder / "same.tsv"),
        no_name=_lines(folder / "no_name.txt"),
    )


def _lines(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8").split("\n")) - {""}


def _table(path: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {term: value for term, value in rows}  # noqa: C416 (names what the columns are)
