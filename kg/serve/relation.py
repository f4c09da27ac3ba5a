"""A relation as a table: who, to what, said by how many papers and how surely. Runs in a worker process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.evidence import ONTOLOGY, Lookup
from kg.show.portrait import Ref, ref
from kg.vocab import DCTERMS, KG, PROV, RDF

# The most claims read for a table; the page says when there are more.
MOST = 20_000
PAGE = 50
COLUMNS = ("subject", "object", "papers", "confidence", "year")


@dataclass(frozen=True, slots=True)
class Row:
    """A pair that the relation joins, with the papers that say so, the surest confidence, and the years."""

    subject: Ref
    object: Ref
    papers: int
    confidence: float
    year: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Table:
    """One page of the rows that were asked for; ``found`` counts all of them."""

    rows: tuple[Row, ...]
    found: int
    cut: bool


def relation(
    store: ox.Store, name: str, text: str = "", sort: str = "papers", page: int = 1, size: int = PAGE
) -> Table:
    """The rows of a relation.

    Args:
        store: the graph.
        name: the relation's local name.
        text: only rows with this in the name of an end, in any case.
        sort: one of ``COLUMNS``, with ``-`` before it for the other direction.
        page: from 1.
        size: rows of a page.
    """
    lookup = Lookup(store)
    predicate = ox.NamedNode(ONTOLOGY + name)
    claims = [
        q.subject for q in islice(store.quads_for_pattern(None, RDF.predicate, predicate, None), MOST + 1)
    ]
    rows = _rows(lookup, claims[:MOST])
    wanted = text.strip().casefold()
    if wanted:
        rows = [r for r in rows if wanted in r.subject.name.casefold() or wanted in r.object.name.casefold()]
    column = sort.removeprefix("-")
    # Numbers the most first, names from A: what a reader means by the first click.
    backwards = (column in {"papers", "confidence", "year"}) != sort.startswith("-")
    rows.sort(
        key=lambda r: (
            r.subject.name.casefold(),
            r.object.name.casefold(),
            r.subject.iri,
            r.object.iri,
            r.polarity,
        )
    )
    rows.sort(key=lambda r: _value(r, column), reverse=backwards)
    start = (page - 1) * size
    return Table(tuple(rows[start : start + size]), len(rows), len(claims) > MOST)


def _rows(lookup: Lookup, claims: Iterable[Any]) -> list[Row]:
    groups: dict[tuple[Any, Any, str], list[tuple[str, float, str]]] = {}
    for claim in claims:
        said = lookup.about(claim)
        subjects, objects = said.get(RDF.subject.value, ()), said.get(RDF.object.value, ())
        if not subjects or not objects:
            continue
        papers = said.get(PROV.wasDerivedFrom.value, ())
        year = lookup.text(papers[0], DCTERMS.date.value)[:4] if papers else ""
        confidence = lookup.text(claim, KG.confidence.value)
        key = (subjects[0], objects[0], lookup.text(claim, KG.polarity.value) or "asserted")
        sure = float(confidence) if confidence.replace(".", "", 1).isdecimal() else 0.0
        groups.setdefault(key, []).append((str(papers[0]) if papers else "", sure, year))
    return [
        Row(
            ref(lookup, subject),
            ref(lookup, object_),
            len({paper for paper, _, _ in said}),
            max(sure for _, sure, _ in said),
            max(year for _, _, year in said),
            polarity,
        )
        for (subject, object_, polarity), said in groups.items()
    ]


def _value(row: Row, column: str) -> str | int | float:
    value = getattr(row, column)
    return value.name.casefold() if isinstance(value, Ref) else value
