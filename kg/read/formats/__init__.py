"""The formats: a reader a kind of file, and how a kind is told from a name or from the first lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from kg.read.formats.json_lines import read_json, read_json_lines
from kg.read.formats.ris import read_ris
from kg.read.formats.table import has_text_column, read_csv, read_tsv
from kg.read.formats.text import read_text
from kg.read.record import Found, Reader
from kg.settings import ReadSettings


def _read_bibtex(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    from kg.read.formats.bibtex import read_bibtex  # its parser is slow to import

    return read_bibtex(lines, settings)


READERS: dict[str, Reader] = {
    "text": read_text,
    "jsonl": read_json_lines,
    "json": read_json,
    "csv": read_csv,
    "tsv": read_tsv,
    "bibtex": _read_bibtex,
    "ris": read_ris,
}
KINDS = tuple(READERS)
KIND_OF_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".ris": "ris",
}

_SNIFFED_LINES = 50
_BIBTEX = re.compile(r"\s*@[A-Za-z]+\s*[{(]")
_RIS = re.compile(r"TY {1,2}- ")


def sniffed(lines: Iterator[str]) -> tuple[str, Iterator[str]]:
    """The kind that the first lines tell (plain text if nothing else), and all the lines."""
    head = list(islice(lines, _SNIFFED_LINES))
    return _kind(head), chain(head, lines)


def _kind(head: list[str]) -> str:
    first = next((line.strip() for line in head if line.strip()), "")
    if first.startswith(("{", "[")):
        return "json"
    if any(_RIS.match(line) for line in head):
        return "ris"
    if any(_BIBTEX.match(line) for line in head):
        return "bibtex"
    if has_text_column(first):
        return "tsv" if "\t" in first else "csv"
    return "text"
