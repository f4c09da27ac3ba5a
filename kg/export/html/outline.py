"""Who is in a graph and what holds between them, before anything is read about them.

A store may hold a hundred times what a page can show. The outline is cheap: types, facts, and which claims speak of which fact.
It says which nodes are best connected; names, abstracts and quotes are then read for those alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from kg.export.html.terms import DCTERMS, KG, RDF, local_name
from kg.look import most_specific
from kg.vocab import ENTITY_PREDICATES, PAPER_PREDICATES

# Typed nodes that are not drawn: a claim is evidence of an edge, a measurement is a line in a panel.
_NOT_DRAWN = frozenset({"Claim", "Measurement"})
# What a paper does with a thing implies that it mentions it; the bare mention is drawn only where it says something of its own.
_ROLES = frozenset({"introduces", "uses", "studies"})

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """``types`` by IRI; ``claims`` by (subject, predicate's local name, object), empty for a fact without evidence."""

    types: dict[str, str]
    claims: dict[Triple, list[str]]
    asserted: set[Triple]

    def degrees(self) -> Counter[str]:
        """Distinct neighbours of each node that has any."""
        pairs = {(s, o) for s, _, o in self.claims if s != o}
        return Counter(end for pair in {(min(p), max(p)) for p in pairs} for end in pair)

    def best(self, limit: int) -> Outline:
        """The ``limit`` best connected nodes with what holds between them; ties go to the smaller IRI."""
        if len(self.types) <= limit:
            return self
        degrees = self.degrees()
        kept = set(sorted(self.types, key=lambda iri: (-degrees[iri], iri))[: max(limit, 1)])
        claims = {key: value for key, value in self.claims.items() if key[0] in kept and key[2] in kept}
        return Outline({iri: self.types[iri] for iri in kept}, claims, self.asserted & claims.keys())


def read_outline(store: pyoxigraph.Store) -> Outline:
    """The outline of all that can be drawn."""
    types = _read_types(store)
    claims: dict[Triple, list[str]] = defaultdict(list)
    subjects = {s: o for s, o in _pairs(store, RDF + "subject") if o in types}
    objects = {s: o for s, o in _pairs(store, RDF + "object") if o in types}
    for claim, predicate in _pairs(store, RDF + "predicate"):
        if claim in subjects and claim in objects and predicate.startswith(KG):
            claims[(subjects[claim], local_name(predicate), objects[claim])].append(claim)
    names = {*ENTITY_PREDICATES, *PAPER_PREDICATES, *(predicate for _, predicate, _ in claims)}
    asserted = {
        (s, name, o)
        for name in sorted(names)
        for s, o in _pairs(store, KG + name)
        if s in types and o in types
    }
    pairs = {(s, o) for s, p, o in asserted | claims.keys() if p in _ROLES}
    asserted -= {f for f in asserted - claims.keys() if f[1] == "mentions" and (f[0], f[2]) in pairs}
    authors = [(s, "creator", o) for s, o in _pairs(store, DCTERMS + "creator") if s in types and o in types]
    loose = _loose_authors(types, authors, asserted | claims.keys())
    asserted |= {fact for fact in authors if fact[2] not in loose}
    return Outline(
        types={iri: name for iri, name in types.items() if iri not in loose},
        claims={key: sorted(claims.get(key, ())) for key in asserted | claims.keys()},
        asserted=asserted,
    )


def _read_types(store: pyoxigraph.Store) -> dict[str, str]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, type_ in _pairs(store, RDF + "type"):
        if type_.startswith(KG):
            found[subject].add(local_name(type_))
    named = ((iri, most_specific(names)) for iri, names in found.items())
    return {iri: name for iri, name in named if name not in _NOT_DRAWN}


def _loose_authors(types: dict[str, str], authors: list[Triple], facts: set[Triple]) -> set[str]:
    """People who are there only as the author of one paper: a line in its panel, where a node would only crowd the map."""
    papers = Counter(person for _, _, person in set(authors))
    linked = {end for s, _, o in facts for end in (s, o)}
    return {
        person for person, count in papers.items()
        if count == 1 and types[person] == "Person" and person not in linked
    }  # fmt: skip


def _pairs(store: pyoxigraph.Store, predicate: str) -> Iterator[tuple[str, str]]:
    """Subject and object of a predicate, where both are IRIs."""
    for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), None, None):
        subject: Any = quad.subject
        object_: Any = quad.object
        if isinstance(subject, pyoxigraph.NamedNode) and isinstance(object_, pyoxigraph.NamedNode):
            yield subject.value, object_.value
