"""Tables of tab-separated values that people keep by hand, read line by line: a bad line is told and the rest goes on.

Lines that begin with ``#`` are comments. A cell may be quoted as spreadsheets do, but never goes on to the next line, so that a
lone quotation mark costs one row and not the rest of the table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError

#: What SSSOM calls the columns of a table of identity, and two things one or apart.
IDENTITY_COLUMNS = ("subject_label", "predicate_id", "object_label")
SAME, DIFFERENT = "skos:exactMatch", "owl:differentFrom"


@dataclass(frozen=True, slots=True)
class Row:
    """A line below the header: its number from 1, its cells by column, what is wrong with it (nothing, mostly), and as it stands."""

    line: int
    cells: dict[str, str]
    fault: str = ""
    text: str = ""


def read_table(path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table.

    Args:
        path: the file, in UTF-8.
        required: columns that the header must have. A table without them has one row, which says so.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise UsageError(f"{path}: curation table cannot be read: {error.strerror}") from error
    header: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        try:
            cells = cells_of(line)
        except csv.Error as error:
            yield Row(number, {}, f"is not a row: {error}", line)
            continue
        if not header:
            header = cells
            lacking = [name for name in required if name not in header]
            if lacking:
                reason = f"the table has no column {', '.join(lacking)}; nothing of it is read"
                yield Row(number, {}, reason, line)
                return
            continue
        yield Row(number, dict(zip(header, cells, strict=False)), _fault(line, cells, header), line)


def cells_of(line: str) -> list[str]:
    """The cells of one line. Raises ``csv.Error`` where one is longer than any cell may be.

    >>> cells_of('a\\t"b ""c"" d"\\t e')
    ['a', 'b "c" d', 'e']
    """
    return [
        " ".join(cell.split()) for cell in next(csv.reader([line.replace("\r", " ")], delimiter="\t"), [])
    ]


def line_of(cells: list[str]) -> str:
    """One line, with its end, that ``cells_of`` reads back; whatever breaks a line or a cell becomes a space.

    >>> line_of(["a", 'b "c" d', "e\\tf"])
    'a\\t"b ""c"" d"\\te f\\n'
    """
    plain = [" ".join(cell.split()) for cell in cells]
    return "\t".join('"' + c.replace('"', '""') + '"' if '"' in c else c for c in plain) + "\n"


def _fault(line: str, cells: list[str], header: list[str]) -> str:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return "is not UTF-8"
    return f"has {len(cells)} cells where the header has {len(header)}" if len(cells) > len(header) else ""
