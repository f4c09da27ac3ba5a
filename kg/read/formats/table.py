"""CSV and TSV: a header names the columns, a row is a paper."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from kg.read.formats.shapes import text_columns, to_fields
from kg.read.record import Found, Problem, Record
from kg.settings import ReadSettings

_DELIMITERS = ",;\t|"


def read_csv(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The rows of a table whose delimiter the header shows (comma, semicolon, tab or bar)."""
    return _documents(lines, settings, None)


def read_tsv(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The rows of a table divided by tabs."""
    return _documents(lines, settings, "\t")


def read_metadata(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The rows of a table that needs no column for the abstract."""
    for found in _rows(lines, None, settings.max_characters):
        if isinstance(found, Record):
            yield Record(dict(found.fields) | to_fields(found.fields, settings.fields), line=found.line)
        elif isinstance(found, Problem):
            yield found


def header_of(line: str) -> list[str]:
    """The column names in a table's first line."""
    try:
        return [
            name.strip() for name in next(csv.reader([line.rstrip("\n")], delimiter=_delimiter(line)), [])
        ]
    except csv.Error:
        return []


def has_text_column(line: str) -> bool:
    """Whether a first line is a header of several columns, one of which holds the abstract."""
    header = header_of(line)
    return len(header) > 1 and bool(text_columns(header))


def _documents(lines: Iterable[str], settings: ReadSettings, delimiter: str | None) -> Iterator[Found]:
    wanted = settings.fields.get("text")
    for found in _rows(lines, delimiter, settings.max_characters):
        if isinstance(found, Problem):
            yield found
        elif isinstance(found, Record):
            yield Record(to_fields(found.fields, settings.fields), line=found.line)
        elif not (wanted in found if wanted else text_columns(found)):
            lacks = f"no column {wanted!r}" if wanted else "no column holds the abstract"
            reason = f"{lacks} (columns: {', '.join(found)[:200]}); name it in the setting read.fields.text"
            yield Problem(reason, line=1)
            return


def _rows(lines: Iterable[str], delimiter: str | None, longest: int) -> Iterator[list[str] | Found]:
    """The header, then each row as a mapping from column to cell; one that breaks the rules of CSV is a problem by itself."""
    # The limit is one for the whole process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), longest + 1))
    lines = iter(lines)
    first = next(lines, "")
    # Strict: a quote that is never closed would else swallow the rows after it in silence.
    reader = csv.reader(chain([first], lines), delimiter=delimiter or _delimiter(first), strict=True)
    header: list[str] | None = None
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Problem(f"not a row of CSV: {error}", line=start)
            continue
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        if header is None:
            header = [name.strip() for name in row]
            yield header
        elif len(row) > len(header):
            yield Problem(
                f"{len(row)} cells for {len(header)} columns; quote the cells that hold the delimiter",
                line=start,
            )
        else:
            cells: dict[str, object] = {}
            for name, cell in zip(header, row, strict=False):
                cells.setdefault(name, cell)  # of two columns with one name the first counts
            yield Record(cells, line=start)


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)
