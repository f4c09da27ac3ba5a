"""Nodes that nothing leads to: what no paper names, no claim points at, or no class describes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.validate.report import Row, row
from kg.vocab import DCTERMS, ENTITY_CLASSES, KG, OA, RDF, TERMS

# A class, the properties one of which must lead to its nodes, and what is wrong where none does.
_EXPECTED = (
    *(
        (TERMS[name], (KG.mentions, DCTERMS.creator), "no paper mentions this entity")
        for name in ENTITY_CLASSES
    ),
    (OA.SpecificResource, (OA.hasTarget,), "no claim points at this target"),
    (OA.TextPositionSelector, (OA.hasSelector,), "no target has this selector"),
    (OA.TextQuoteSelector, (OA.hasSelector,), "no target has this selector"),
)


def check_orphans(store: ox.Store) -> Iterator[Row]:
    """Nodes of the graph that cannot be reached, or that have no class."""
    for class_, paths, message in _EXPECTED:
        for quad in store.quads_for_pattern(None, RDF.type, class_):
            node = quad.subject
            if isinstance(node, ox.NamedNode) and not any(_leads(store, path, node) for path in paths):
                yield row(store, "orphans", node, message)
    typed = {quad.subject for quad in store.quads_for_pattern(None, RDF.type, None)}
    for node in {quad.subject for quad in store} - typed:
        if isinstance(node, ox.NamedNode):
            yield row(store, "orphans", node, "described, but of no class")


def _leads(store: ox.Store, path: ox.NamedNode, node: ox.NamedNode) -> bool:
    return next(iter(store.quads_for_pattern(None, path, node)), None) is not None
