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

_BATCH = 5_000
# The shapes that are about the nodes of a class.
Targets = Mapping[object, Sequence[rdflib.term.Node]]


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
    # The batch is named to the shapes as sh:targetNode. pyshacl's own options for a choice of nodes or shapes
    # will not do (0.40): with them it passes over every node and shape that the chosen ones lead to.
    aimed = rdflib.Graph()
    aimed += shapes
    for node in batch:
        for typed in store.quads_for_pattern(node, RDF.type, None):
            for shape in targets.get(typed.object, ()):
                aimed.add((shape, SH.targetNode, rdflib.URIRef(node.value)))
    _, results, _ = pyshacl.validate(_around(store, batch), shacl_graph=aimed, inference="none")
    assert isinstance(results, rdflib.Graph)
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus, message = results.value(result, SH.focusNode), results.value(result, SH.resultMessage)
        value = results.value(result, SH.value)
        found = f" Found: {str(value)[:80]!r}." if value is not None and value != focus else ""
        yield row(store, "shapes", ox.NamedNode(str(focus)), f"{message}{found}")


@cache
def _shapes() -> tuple[rdflib.Graph, Targets]:
    """The shapes without their targets, and which shapes are about the nodes of which class."""
    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")
    targets: dict[object, list[rdflib.term.Node]] = {}
    for shape, class_ in shapes.subject_objects(SH.targetClass):
        targets.setdefault(ox.NamedNode(str(class_)), []).append(shape)
    shapes.remove((None, SH.targetClass, None))
    return shapes, targets


def _around(store: ox.Store, batch: Iterable[ox.NamedNode]) -> rdflib.Graph:
    """The triples of these nodes, who reports them, and the class and label of every node they lead to."""
    graph = rdflib.Graph()
    near: set[ox.NamedNode] = set()
    for node in batch:
        for quad in store.quads_for_pattern(node, None, None):
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
