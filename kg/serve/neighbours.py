"""What is next to a thing, for the explorer: bounded, so that 100,000 papers are no heavier than ten. Runs in a worker process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.evidence import ONTOLOGY, Lookup, local_name
from kg.look import relation_names
from kg.show.portrait import Ref, ref
from kg.vocab import PAPER_PREDICATES

# Neighbours given at a time, and facts read to choose them from.
MOST = 24
_READ = 1500


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact: the ends' IRIs and how the relation reads."""

    subject: str
    object: str
    relation: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing, the neighbours it is best connected to, the facts between it and them, and how many more there are."""

    centre: Ref
    things: tuple[Ref, ...]
    edges: tuple[Edge, ...]
    more: int


def neighbourhood(store: ox.Store, node: ox.NamedNode, skip: int = 0) -> Neighbourhood:
    """``MOST`` neighbours of a thing, from the ``skip``-th on: by how many relations join them, things before papers."""
    lookup = Lookup(store)
    facts: dict[ox.NamedNode, list[tuple[str, bool]]] = {}
    for predicate, other, outgoing in _facts(store, node):
        facts.setdefault(other, []).append((predicate, outgoing))
    known = [other for other in facts if lookup.kind(other) not in {"", "Claim", "Measurement"}]
    known.sort(key=lambda o: (-_weight(facts[o]), lookup.kind(o) == "Paper", -_popular(store, o), o.value))
    chosen = known[skip : skip + MOST]
    edges = []
    for other in chosen:
        names = {name for name, _ in facts[other]}
        for name, outgoing in sorted(facts[other]):
            if name == "mentions" and len(names) > 1:
                continue
            ends = (node.value, other.value) if outgoing else (other.value, node.value)
            edges.append(Edge(*ends, relation_names(name)[0]))
    things = tuple(ref(lookup, other) for other in chosen)
    return Neighbourhood(ref(lookup, node), things, tuple(edges), max(len(known) - skip - MOST, 0))


def _facts(store: ox.Store, node: ox.NamedNode) -> Iterator[tuple[str, ox.NamedNode, bool]]:
    for quad in islice(store.quads_for_pattern(node, None, None, None), _READ):
        if quad.predicate.value.startswith(ONTOLOGY) and isinstance(quad.object, ox.NamedNode):
            yield local_name(quad.predicate.value), quad.object, True
    for quad in islice(store.quads_for_pattern(None, None, node, None), _READ):
        if quad.predicate.value.startswith(ONTOLOGY) and isinstance(quad.subject, ox.NamedNode):
            yield local_name(quad.predicate.value), quad.subject, False


def _popular(store: ox.Store, node: ox.NamedNode) -> int:
    """How much the graph says of it, as far as it takes to tell a hub."""
    return sum(1 for _ in islice(store.quads_for_pattern(None, None, node, None), 60))


def _weight(facts: list[tuple[str, bool]]) -> int:
    return sum(1 if name in PAPER_PREDICATES else 3 for name, _ in facts)
