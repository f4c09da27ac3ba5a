"""stats: what a graph holds, counted: things by class, papers by year and language, facts by relation, the most mentioned.

>>> import pyoxigraph as ox
>>> stats(ox.Store()).triples
0
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.evidence import ONTOLOGY, Lookup, local_name
from kg.look import relation_names
from kg.vocab import DCTERMS, ENTITY_PREDICATES, KG, PAPER_PREDICATES

__all__ = ["Count", "Stats", "stats"]

_TOP = 12


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something: its name to people, and its IRI or its term's local name."""

    name: str
    count: int
    term: str


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of a graph, each list with the most first, years in order."""

    triples: int
    classes: tuple[Count, ...]
    relations: tuple[Count, ...]
    years: tuple[Count, ...]
    languages: tuple[Count, ...]
    top: tuple[Count, ...]


def stats(store: ox.Store) -> Stats:
    """Count what ``store`` holds. Everything is asked of its indexes, so that 100,000 papers take seconds."""
    lookup = Lookup(store)
    classes = [
        Count(local_name(iri), n, local_name(iri))
        for iri, n in _grouped(store, f'?x a ?key FILTER(STRSTARTS(STR(?key), "{ONTOLOGY}"))')
    ]
    relations = []
    for name in (*ENTITY_PREDICATES, *PAPER_PREDICATES):
        ((_, n),) = _grouped(store, f'?x <{ONTOLOGY}{name}> ?y BIND("" AS ?key)') or [("", 0)]
        if n:
            relations.append(Count(relation_names(name)[0], n, name))
    years = _grouped(store, f"?x <{DCTERMS.date.value}> ?d BIND(SUBSTR(STR(?d), 1, 4) AS ?key)")
    languages = _grouped(store, f"?x <{DCTERMS.language.value}> ?key")
    top = _grouped(store, f"?x <{KG.mentions.value}> ?key", most=_TOP)
    return Stats(
        triples=len(store),
        classes=tuple(classes),
        relations=tuple(sorted(relations, key=lambda c: (-c.count, c.term))),
        years=tuple(Count(y, n, y) for y, n in sorted(years) if y.isdecimal()),
        languages=tuple(Count(lang, n, lang) for lang, n in languages),
        top=tuple(Count(lookup.name(iri), n, iri) for iri, n in top),
    )


def _grouped(store: ox.Store, pattern: str, most: int = 1000) -> list[tuple[str, int]]:
    """How often each ``?key`` of a pattern occurs, the most first."""
    result = store.query(
        f"SELECT ?key (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?key ORDER BY DESC(?n) ?key LIMIT {most}"
    )
    return [(row["key"].value, int(row["n"].value)) for row in _rows(result) if row["key"] is not None]


def _rows(result: object) -> Iterator[ox.QuerySolution]:
    assert isinstance(result, ox.QuerySolutions)
    yield from result
