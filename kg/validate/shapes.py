"""The SHACL shapes, by pyshacl, a batch of nodes at a time.

pyshacl works on an rdflib graph in memory, which takes far more of it than the store does. Our shapes look
no further from a node than its own triples, what points at it, and the class and label of its neighbours;
so a batch of nodes with just that around them is judged as it would be in the whole graph, and memory stays
bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from kg.resources import ontology_dir
from kg.validate.report import Row, row
from kg.vocab import KG, RDF, RDFS, XSD

_BATCH = 2_000
# The marks (properties) that aim shapes at the nodes of a class.
Targets = Mapping[object, Sequence[rdflib.URIRef]]


def check_shapes(store: ox.Store) -> Iterator[Row]:
    """Nodes that lack what ``ontology/shapes.ttl`` asks of their class."""
    shapes, targets = _shapes()
    nodes = iter(_focus(store, targets))
    while batch := list(islice(nodes, _BATCH)):
        yield from _judge(store, shapes, targets, batch)


def _focus(store: ox.Store, targets: Targets) -> list[ox.NamedNode]:
    """Every node that some shape is about, in a fixed order."""
    classes = [class_ for class_ in targets if isinstance(class_, ox.NamedNode)]
    typed = (quad.subject for class_ in classes for quad in store.quads_for_pattern(None, RDF.type, class_))
    iris = {node.value for node in typed if isinstance(node, ox.NamedNode)}
    return [ox.NamedNode(iri) for iri in sorted(iris)]


def _judge(
    store: ox.Store, shapes: rdflib.Graph, targets: Targets, batch: list[ox.NamedNode]
) -> Iterator[Row]:
    data = _around(store, batch)
    for node in batch:
        for typed in store.quads_for_pattern(node, RDF.type, None):
            for mark in targets.get(typed.object, ()):
                data.add((rdflib.URIRef(node.value), mark, rdflib.Literal(True)))
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(results, rdflib.Graph)
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus, message = results.value(result, SH.focusNode), results.value(result, SH.resultMessage)
        # A batch is of IRIs: a literal or blank node is the detail of what is told of the node that leads to it.
        if not isinstance(focus, rdflib.URIRef):
            continue
        value = results.value(result, SH.value)
        found = f" Found: {str(value)[:80]!r}." if value is not None and value != focus else ""
        yield row(store, "shapes", ox.NamedNode(focus), f"{message}{found}")


@cache
def _shapes() -> tuple[rdflib.Graph, Targets]:
    """The shapes, each aimed at the nodes that bear its mark instead of at a class, and the marks of each class.

    The neighbours of a batch are there to be looked at, not judged. pyshacl's own options for a choice of nodes
    or shapes will not do (0.40): with them it passes over every node and shape that the chosen ones lead to.
    """
    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")
    targets: dict[object, list[rdflib.URIRef]] = {}
    for shape, class_ in list(shapes.subject_objects(SH.targetClass)):
        mark = rdflib.URIRef(f"{shape}-is-about")
        targets.setdefault(ox.NamedNode(str(class_)), []).append(mark)
        shapes.add((shape, SH.targetSubjectsOf, mark))
    shapes.remove((None, SH.targetClass, None))
    return shapes, targets


def _around(store: ox.Store, batch: Iterable[ox.NamedNode]) -> rdflib.Graph:
    """The triples of these nodes, who reports them, and the class and label of every node they lead to."""
    graph = rdflib.Graph()
    near: set[ox.NamedNode] = set()
    for node in batch:
        for quad in store.quads_for_pattern(node, None, None):
            # rdflib has no triple terms; kg.validate.terms tells of them.
            if isinstance(quad.object, ox.Triple):
                continue
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
            if isinstance(quad.object, ox.NamedNode):
                near.add(quad.object)
        for quad in store.quads_for_pattern(None, KG.reports, node):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
            if isinstance(quad.subject, ox.NamedNode):
                near.add(quad.subject)
    for node in near:
        for predicate in (RDF.type, RDFS.label):
            for quad in store.quads_for_pattern(node, predicate, None):
                graph.add((_term(node), _term(predicate), _term(quad.object)))
    return graph


def _term(term: object) -> rdflib.term.Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD.string:
        # To rdflib a plain literal and one of type xsd:string are two; RDF 1.1 knows only one.
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
