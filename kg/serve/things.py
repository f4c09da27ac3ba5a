"""All things of a class, a page at a time: the most mentioned first, papers by year. Runs in a worker process."""

from __future__ import annotations

from dataclasses import dataclass

from kg.serve.index import Index
from kg.show import Ref
from kg.text import searchable

PAGE = 100
SORTS = ("papers", "year", "name")
_ORDERS = {"papers": "papers DESC, id", "year": "year DESC, id", "name": "id"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing, the papers that mention it, and, of a paper, its year."""

    thing: Ref
    papers: int
    year: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the things that were asked for; ``found`` counts all of them."""

    entries: tuple[Entry, ...]
    found: int


def things(
    index: Index, kind: str, text: str = "", year: str = "", sort: str = "papers", page: int = 1
) -> Listing:
    """The things of a class.

    Args:
        index: of the graph.
        kind: the class, by its local name.
        text: only things with this in a name, in any case.
        year: only papers of this year.
        sort: one of ``SORTS``.
        page: from 1.
    """
    where, values = "kind = :kind", {"kind": kind, "word": searchable(text), "year": year}
    if values["word"]:
        where += " AND id IN (SELECT thing FROM name WHERE instr(text, :word))"
    if year:
        where += " AND year = :year"
    ((found,),) = index.rows(f"SELECT count(*) FROM thing WHERE {where}", **values)
    rows = index.rows(
        f"SELECT iri, name, kind, papers, year FROM thing WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT :size OFFSET :skip",
        **values,
        size=PAGE,
        skip=(page - 1) * PAGE,
    )
    return Listing(tuple(Entry(Ref(*row[:3]), *row[3:]) for row in rows), found)
