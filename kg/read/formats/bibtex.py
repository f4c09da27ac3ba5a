"""BibTeX and BibLaTeX, parsed by bibtexparser. Names and titles lose their LaTeX, an abstract keeps it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

import bibtexparser
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from kg.latex import unlatexed
from kg.read.record import Found, Problem, Record
from kg.settings import ReadSettings

# A block that cannot be parsed is reported as a problem; the library's warning would say it a second time.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

# What shows where a name ends; an escaped brace does not count.
_MARKS = re.compile(r"\\.|[{}]| and ")
_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle", "series")


def read_bibtex(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The entries of a file in its order; an entry that cannot be parsed is a problem at its first line."""
    library = bibtexparser.parse_string("".join(lines))
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        # A key used twice is for the stage to judge, which sees all files; of a field given twice the first counts.
        repeats = isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
        entry = block.ignore_error_block if repeats else block
        if isinstance(entry, Entry):
            yield Record(_fields(entry), line=line)
        elif isinstance(block, ParsingFailedBlock):
            reason = getattr(block.error, "abort_reason", block.error)
            yield Problem(f"not a BibTeX entry: {reason}"[:300], line=line)


def _fields(entry: Entry) -> dict[str, object]:
    raw: dict[str, str] = {}
    for field in entry.fields:
        raw.setdefault(field.key.casefold(), str(field.value))
    fields: dict[str, object] = {
        "id": entry.key,
        "text": raw.get("abstract"),
        "title": _plain(raw.get("title")),
        "authors": _authors(raw.get("author")),
        "date": raw.get("date"),
        "year": raw.get("year"),
        "month": raw.get("month"),
        "venue": _plain(next((raw[name] for name in _VENUES if name in raw), None)),
        "url": raw.get("url"),
        "doi": raw.get("doi"),
    }
    if "arxiv" in (raw.get("archiveprefix", "") + raw.get("eprinttype", "")).casefold():
        fields["arxiv"] = raw.get("eprint")
    return fields


def _authors(value: str | None) -> list[str] | None:
    return None if value is None else [unlatexed(name) for name in _divided(" ".join(value.split()))]


def _divided(value: str) -> Iterator[str]:
    """What stands between each ``and`` outside braces: ``{Barnes and Noble}`` is one name."""
    depth = start = 0
    for mark in _MARKS.finditer(value):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0 and mark[0] == " and ":
            yield value[start : mark.start()]
            start = mark.end()
    yield value[start:]


def _plain(value: str | None) -> str | None:
    return None if value is None else unlatexed(value)
