"""The ``facts`` profile: what is stated, without the claims and places in the text that prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg.vocab import KG, OA, PROV, RDF

_EVIDENCE = frozenset(
    (KG.Claim, OA.SpecificResource, OA.TextPositionSelector, OA.TextQuoteSelector, PROV.Activity, PROV.SoftwareAgent, PROV.Person)
)  # fmt: skip
# Whether a node is part of the evidence.
Test = Callable[[object], bool]


def in_store(store: ox.Store) -> Test:
    """A test that asks the store about one node at a time, so that memory does not grow with the evidence."""

    @lru_cache(maxsize=50_000)
    def test(node: object) -> bool:
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            return False
        return any(quad.object in _EVIDENCE for quad in store.quads_for_pattern(node, RDF.type, None))

    return test


def among(quads: Iterable[ox.Quad]) -> Test:
    """A test by the types that these quads give."""
    evidence = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object in _EVIDENCE}
    return evidence.__contains__


def only_facts(quads: Iterable[ox.Quad], is_evidence: Test) -> Iterator[ox.Quad]:
    """The quads that neither describe evidence nor point at it."""
    return (quad for quad in quads if not is_evidence(quad.subject) and not is_evidence(quad.object))
