"""What a format's reader hands on: records in our field names, and problems with a line and a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.settings import ReadSettings

# Our field names. Values are as their source has them (text, numbers, lists, objects); `document` reads them.
FIELDS = ("id", "text", "title", "authors", "date", "year", "month", "venue", "url", "doi", "arxiv")


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as its source has it: at a line, counted from 1, or as an item of a list, counted from 1."""

    fields: Mapping[str, object]
    line: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a file that holds no record, and why."""

    reason: str
    line: int | None = None


Found = Record | Problem
Reader = Callable[[Iterable[str], ReadSettings], Iterator[Found]]
