"""Metadata for plain text, in a file beside it: ``papers.csv``, ``.tsv`` or ``.bib`` beside ``papers.txt``.

A row belongs to the abstract at its place in the file, or, if a table has a column ``number``, to the
abstract of that number, counted from 1. The other columns are those of any table: ``id``, ``title``,
``authors``, ``year``, ``url``, ``doi``::

    id,title,year,authors,url 2211.05100,BLOOM: A 176B-Parameter Open-Access Model,2022,Teven Le Scao; et
    al.,https://arxiv.org/abs/2211.05100

A file that holds abstracts of its own is no sidecar. Wrong metadata is worse than none: where the number of
rows is not the number of abstracts and no column says which is whose, none is used, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.read.files import kind_of
from kg.read.formats import READERS
from kg.read.formats.shapes import folded, text_columns
from kg.read.formats.table import header_of, read_metadata
from kg.read.opening import Unreadable, lines, opened
from kg.read.record import FIELDS, Found, Problem, Record
from kg.settings import ReadSettings
from kg.types import Reject, Source

_NUMBER = "number"


def is_sidecar(path: str, settings: ReadSettings) -> bool:
    """Whether a table or BibTeX file has no abstracts of its own."""
    try:
        with opened(path) as stream:
            text = lines(stream, lambda _: None)
            if kind_of(path) == "bibtex":
                return not any(
                    isinstance(found, Record) and found.fields.get("text")
                    for found in READERS["bibtex"](text, settings)
                )
            header = header_of(next(text, ""))
            return not text_columns(header) and settings.fields.get("text") not in header
    except Unreadable:
        return False


def joined(
    found: Iterable[Found], beside: Iterable[str], settings: ReadSettings, on_reject: Callable[[Reject], None]
) -> Iterator[Found]:
    """Plain-text records with the metadata of the first file beside them that is a sidecar; a further one is rejected."""
    sidecars = [path for path in beside if is_sidecar(path, settings)]
    if not sidecars:
        yield from found
        return
    path, *others = sidecars
    for other in others:
        on_reject(Reject(Source(other), f"not used: the metadata is read from {path}; keep one of the two"))
    texts = list(found)
    rows = _rows(path, len(texts), settings, on_reject)
    for number, item in enumerate(texts, start=1):
        if isinstance(item, Record) and number in rows:
            metadata = {name: value for name, value in rows[number].fields.items() if name in FIELDS}
            yield Record(metadata | dict(item.fields), line=item.line)
        else:
            yield item


def _rows(
    path: str, texts: int, settings: ReadSettings, on_reject: Callable[[Reject], None]
) -> dict[int, Record]:
    """The rows by the number of the abstract each belongs to."""

    def reject(reason: str, line: int | None = None) -> None:
        on_reject(Reject(Source(path, line), reason))

    read = READERS["bibtex"] if kind_of(path) == "bibtex" else read_metadata
    found: list[Found] = []
    try:
        with opened(path) as stream:
            found = list(
                read(lines(stream, lambda line: reject("a line too long for metadata", line)), settings)
            )
    except Unreadable as error:
        reject(error.reason, error.line)
        return {}
    rows = [row for row in found if isinstance(row, Record)]
    for problem in found:
        if isinstance(problem, Problem):
            reject(problem.reason, problem.line)
    if any(_number_column(row) for row in rows):
        return _by_number(rows, texts, reject)
    # A row that could not be read counts, or those after it would move to the wrong abstract.
    if len(found) != texts or len(rows) != texts:
        reject(
            f"{len(found)} rows for {texts} abstracts: not used; make them as many, or add a column 'number'"
        )
        return {}
    return dict(enumerate(rows, start=1))


def _by_number(
    rows: list[Record], texts: int, reject: Callable[[str, int | None], None]
) -> dict[int, Record]:
    numbered: dict[int, Record] = {}
    for row in rows:
        value = str(row.fields.get(_number_column(row) or "", "")).strip()
        number = int(value) if value.isdecimal() and len(value) < 10 else 0
        if not 1 <= number <= texts:
            reject(f"number {value!r} is none of the {texts} abstracts; row not used", row.line)
        elif number in numbered:
            reject(f"number {number} comes twice; row not used", row.line)
        else:
            numbered[number] = row
    return numbered


def _number_column(row: Record) -> str | None:
    return next((name for name in row.fields if folded(name) == _NUMBER), None)
