"""The SHACL shapes, by pyshacl, a batch of nodes at a time.

pyshacl works on an rdflib graph in memory, which takes far more of it than the store does. Our shapes look
no further from a node than its own triples, what points at it, and the class and label of its neighbours;
so a batch of nodes with just that around them is judged as it would be in the whole graph, and memory stays
bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def check_shapes(store: ox.Store) -> Iterator[Row]:
    """Nodes that lack what ``ontology/shapes.ttl`` asks of their class."""
    shapes = _shapes()
    for shape in sorted(set(shapes.subjects(SH.targetClass, None)), key=str):
        nodes = iter(_targets(store, shapes, shape))
        while batch := list(islice(nodes, _BATCH)):
            yield from _judge(store, shapes, shape, batch)


def _targets(store: ox.Store, shapes: rdflib.Graph, shape: rdflib.term.Node) -> list[ox.NamedNode]:
    classes = [ox.NamedNode(str(target)) for target in shapes.objects(shape, SH.targetClass)]
    typed = (quad.subject for class_ in classes for quad in store.quads_for_pattern(None, RDF.type, class_))
    iris = {node.value for node in typed if isinstance(node, ox.NamedNode)}
    return [ox.NamedNode(iri) for iri in sorted(iris)]


def _judge(
    store: ox.Store, shapes: rdflib.Graph, shape: rdflib.term.Node, batch: list[ox.NamedNode]
) -> Iterator[Row]:
    # Naming the shape as well as the nodes matters: given nodes alone, pyshacl (0.40) leaves every other node
    # unjudged, those that sh:node and sh:or lead to included, and a fault there goes unseen.
    _, results, _ = pyshacl.validate(
        _around(store, batch),
        shacl_graph=shapes,
        inference="none",
        use_shapes=[shape],
        focus_nodes=[rdflib.URIRef(node.value) for node in batch],
    )
    assert isinstance(results, rdflib.Graph)
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        node, message = results.value(result, SH.focusNode), results.value(result, SH.resultMessage)
        value = results.value(result, SH.value)
        found = f" Found: {str(value)[:80]!r}." if value is not None and value != node else ""
        yield row(store, "shapes", ox.NamedNode(str(node)), f"{message}{found}")


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")


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
