"""RIS, the format of reference managers: a tag a line; ``TY`` opens a record and ``ER`` closes it.

Read here line by line, not by a library, so that a file of any size streams and a record without its end is
not lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.read.record import Found, Problem, Record
from kg.settings import ReadSettings

_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?")
# Our field -> the tags it may stand under, the best first.
_TAGS = {
    "id": ("ID", "AN"),
    "text": ("AB", "N2"),
    "title": ("TI", "T1", "CT"),
    "authors": ("AU", "A1"),
    "date": ("DA", "PY", "Y1"),
    "year": ("PY", "Y1"),
    "venue": ("JF", "JO", "T2", "JA", "BT"),
    "url": ("UR", "LK", "L1", "L2"),
    "doi": ("DO",),
}
_MANY = {"authors", "url"}


def read_ris(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The records of a RIS file. A record that lacks its ``ER`` ends where the next begins."""
    tags: dict[str, list[str]] | None = None
    start, last, records = 1, "", 0
    for number, line in enumerate(lines, start=1):
        match = _TAG.fullmatch(line.rstrip())
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag in {"TY", "ER"}:
            if tags is not None:
                yield Record(_fields(tags), line=start)
            tags, start, last = ({}, number, "") if tag == "TY" else (None, number, "")
            records += tag == "TY"
        elif tags is None:
            continue
        elif tag:
            tags.setdefault(tag, []).append(value)
            last = tag
        elif last and value:
            tags[last][-1] = f"{tags[last][-1]} {value}".strip()  # a value goes on in lines without a tag
    if tags is not None:
        yield Record(_fields(tags), line=start)
    if not records:
        yield Problem("no RIS record: no line begins with 'TY  - '", line=1)


def _fields(tags: dict[str, list[str]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for ours, names in _TAGS.items():
        values = [value for name in names for value in tags.get(name, ()) if value]
        if ours == "authors":
            fields[ours] = values
        elif values:
            fields[ours] = values if ours in _MANY else values[0]
    return fields
