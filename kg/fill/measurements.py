"""The numbers a paper reports."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from kg.fill.claims import Claims
from kg.fill.literals import number, plain, worded
from kg.fill.nodes import Nodes
from kg.types import Measurement, Resolved
from kg.vocab import KG, RDF, RDFS, SCHEMA, fits


def measurement_quads(resolved: Resolved, nodes: Nodes, claims: Claims) -> Iterator[Quad]:
    """A node a number, with its value, unit, what it is of, and the words of the text.

    That the paper reports it is a claim like any other; what hangs on the node is said by the same words. A
    value that is not finite, or too large for a double, is left out.
    """
    document = resolved.extraction.document
    paper = nodes.paper(document)
    for found in resolved.extraction.measurements:
        value = number(found.value)
        if value is None:
            continue
        node = nodes.measurement(document, found)
        claims.add((paper, KG.reports, node), "asserted", found.score, found.start, found.end)
        yield Quad(node, RDF.type, KG.Measurement)
        yield Quad(node, SCHEMA.value, value)
        yield Quad(node, KG.asStated, worded(found.text, document.lang))
        yield Quad(node, RDFS.label, worded(found.text, document.lang))
        if found.unit.strip():
            yield Quad(node, SCHEMA.unitText, plain(found.unit.strip()))
        spread = None if found.uncertainty is None else number(abs(found.uncertainty))
        if spread is not None:
            yield Quad(node, KG.uncertainty, spread)
        yield from _links(resolved, found, nodes)


def _links(resolved: Resolved, found: Measurement, nodes: Nodes) -> Iterator[Quad]:
    node = nodes.measurement(resolved.extraction.document, found)
    for predicate, name, mention in (
        (KG.ofEntity, "ofEntity", found.of),
        (KG.metric, "metric", found.metric),
    ):
        if mention is not None:
            entity = resolved.links[mention].entity
            # What looked like a metric may have resolved to something else.
            if fits("Measurement", name, entity.type):
                yield Quad(node, predicate, nodes.named(entity.key))
