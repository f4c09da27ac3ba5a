"""A relation as a table: who, to what, said by how many papers and how surely. Runs in a worker process."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from kg.serve.index import Index
from kg.show import Ref
from kg.text import searchable

# The most rows of a download.
MOST = 100_000
PAGE = 50
COLUMNS = ("subject", "object", "papers", "confidence", "year")

# Things are numbered in the order of their names. Numbers the most first, names from A: what a reader means by the first click.
_ORDERS = {
    "subject": ("subject, object", "subject DESC, object DESC"),
    "object": ("object, subject", "object DESC, subject DESC"),
    **{
        column: (f"{column} DESC, subject, object", f"{column}, subject DESC, object DESC")
        for column in ("papers", "confidence", "year")
    },
}


_CALLED = (
    "WITH called AS MATERIALIZED (SELECT DISTINCT thing FROM name WHERE :word != '' AND instr(text, :word))"
)
_HEADER = (
    "subject",
    "subject_iri",
    "object",
    "object_iri",
    "papers",
    "confidence",
    "latest_year",
    "polarity",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A pair that the relation joins, with the papers that say so, the surest confidence, and the latest year."""

    subject: Ref
    object: Ref
    papers: int
    confidence: float
    year: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Table:
    """One page of the rows that were asked for; ``found`` counts all of them. ``about`` is the thing they were asked about, if any."""

    rows: tuple[Row, ...]
    found: int
    about: Ref | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """The rows that are wanted.

    Attributes:
        text: only rows with this in the name of an end, in any case.
        about: only rows with this IRI at an end.
        since: only rows of which a paper is of this year or later.
        least: only rows that are at least as sure.
    """

    text: str = ""
    about: str = ""
    since: str = ""
    least: float = 0.0


_ALL = Wish()


def relation(
    index: Index, name: str, wish: Wish = _ALL, sort: str = "papers", page: int = 1, size: int = PAGE
) -> Table:
    """The rows of a relation.

    Args:
        index: of the graph.
        name: the relation's local name.
        wish: which rows.
        sort: one of ``COLUMNS``, with ``-`` before it for the other direction.
        page: from 1.
        size: rows of a page.
    """
    where, values = _where(name, wish)
    values["thing"] = index.number(wish.about)
    ((found,),) = index.rows(f"{_CALLED} SELECT count(*) FROM fact WHERE {where}", **values)
    rows = _rows(index, where, values, sort, size, (page - 1) * size)
    ends = index.rows("SELECT iri, name, kind FROM thing WHERE iri = ?", wish.about) if wish.about else []
    return Table(
        tuple(Row(Ref(*row[:3]), Ref(*row[3:6]), *row[6:]) for row in rows),
        found,
        Ref(*ends[0]) if ends else None,
    )


def as_csv(index: Index, name: str, wish: Wish = _ALL, sort: str = "papers", most: int = MOST) -> bytes:
    """The rows of a relation as comma-separated values, ``most`` at most; arguments as ``relation`` takes them."""
    where, values = _where(name, wish)
    values["thing"] = index.number(wish.about)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for row in _rows(index, where, values, sort, most, 0):
        subject_iri, subject, _, object_iri, object_, _, *rest = row
        writer.writerow([_cell(subject), subject_iri, _cell(object_), object_iri, *rest])
    return out.getvalue().encode("utf-8", "replace")


def _where(name: str, wish: Wish) -> tuple[str, dict[str, object]]:
    """The condition that a row meets, and its parameters but for ``thing``."""
    values: dict[str, object] = {
        "name": name,
        "word": searchable(wish.text),
        "since": wish.since,
        "least": wish.least,
    }
    where = "relation = :name"
    if values["word"]:
        where += " AND (subject IN called OR object IN called)"
    if wish.about:
        where += " AND (subject = :thing OR object = :thing)"
    if wish.since:
        where += " AND year >= :since"
    if wish.least > 0:
        where += " AND confidence >= :least"
    return where, values


def _rows(index: Index, where: str, values: dict[str, object], sort: str, size: int, skip: int) -> list[Any]:
    order = _ORDERS[sort.removeprefix("-")][sort.startswith("-")]
    return index.rows(
        f"""{_CALLED} SELECT s.iri, s.name, s.kind, o.iri, o.name, o.kind, fact.papers, confidence, fact.year, polarity
            FROM (SELECT * FROM fact WHERE {where} ORDER BY {order} LIMIT :size OFFSET :skip) AS fact
            JOIN thing AS s ON s.id = subject JOIN thing AS o ON o.id = object ORDER BY fact.{order}""",
        **values,
        size=size,
        skip=skip,
    )


def _cell(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
