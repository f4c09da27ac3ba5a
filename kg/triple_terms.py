"""Graphs in which claims name their triple by one term, as RDF 1.2 can, read as those that name its parts.

    claim:5f0c rdf:reifies <<( model:bloom kg:trainedOn dataset:roots )>>

is what ``kg.export.rdf12`` writes; all else here looks for ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.vocab import RDF


def plain(store: ox.Store) -> ox.Store:
    """The store; or, where its claims have triple terms, a copy in memory in which they have the parts.

    A node that reifies several triples stays as it is: of their parts nobody could tell which belong together.
    """
    found = (isinstance(quad.object, ox.Triple) for quad in store.quads_for_pattern(None, RDF.reifies, None))
    if not any(found):
        return store
    copy = ox.Store()
    copy.bulk_extend(_plain(store))
    return copy


def _plain(store: ox.Store) -> Iterator[ox.Quad]:
    for quad in store:
        triple = quad.object
        if quad.predicate != RDF.reifies or not isinstance(triple, ox.Triple) or _several(store, quad):
            yield quad
            continue
        for part, value in (
            (RDF.subject, triple.subject),
            (RDF.predicate, triple.predicate),
            (RDF.object, triple.object),
        ):
            yield ox.Quad(quad.subject, part, value, quad.graph_name)


def _several(store: ox.Store, quad: ox.Quad) -> bool:
    reified = store.quads_for_pattern(quad.subject, RDF.reifies, None, quad.graph_name)
    return sum(1 for _ in reified) > 1
