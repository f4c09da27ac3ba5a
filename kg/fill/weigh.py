"""What all papers together say of a fact: ``kg:belief`` of its claims, by the formula of ``kg.belief``.

It needs every claim of a fact, so it comes after the papers, as a function of the graph that they gave.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.belief import beliefs
from kg.fill.literals import probability
from kg.vocab import KG


def weigh(store: ox.Store) -> Iterator[ox.Quad]:
    """A ``kg:belief`` for every claim between entities; write them when all are there."""
    for claim, figure in beliefs(store):
        yield ox.Quad(claim, KG.belief, probability(figure))
