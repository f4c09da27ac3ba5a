"""What all papers together say of a fact: ``kg:belief`` of its claims, by the formula of ``kg.belief``.

It needs every claim of a fact, so it comes after the papers, as a function of the graph that they gave.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.belief import beliefs
from kg.fill.literals import probability
from kg.vocab import KG, RDF


def weigh(store: ox.Store) -> Iterator[ox.Quad]:
    """A ``kg:belief`` for every claim between entities of what some paper asserts; write them when all are there.

    What is only supposed or denied is no fact, and how sure a fact is cannot be said of it.
    """
    for claim, figure in beliefs(store):
        if not figure and not _is_fact(store, claim):
            continue
        yield ox.Quad(claim, KG.belief, probability(figure))


def _is_fact(store: ox.Store, claim: ox.NamedNode) -> bool:
    """Whether the graph holds the claim's triple; one that is asserted may have a belief of 0, by a sure denial."""
    parts = [
        next((quad.object for quad in store.quads_for_pattern(claim, part, None)), None)
        for part in (RDF.subject, RDF.predicate, RDF.object)
    ]
    subject, predicate, item = parts
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        return False
    return any(quad.object == item for quad in store.quads_for_pattern(subject, predicate, None))
