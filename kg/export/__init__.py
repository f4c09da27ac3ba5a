"""export: a store's quads in the formats that other tools read.

A format says how triples are written (``formats``), a profile which:

- ``full``: all there is;
- ``facts``: without the evidence (``facts``);
- ``rdf12``: claims name their triple as a triple term (``rdf12``);
- ``nanopub``: every claim a nanopublication (``nanopub``);
- ``description``: the data set in VoID and DCAT (``description``).

Every file is written sorted, so that the same graph gives the same bytes, in memory that does not grow with the graph (``sorting``;
GraphML and HTML aside), and beside its target first, so that a failure leaves what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError
from kg.export import description, facts, nanopub, rdf12, tables, turtle
from kg.export.formats import DATASETS, WRITERS
from kg.export.sorting import QUADS, Sorted
from kg.staging import write_beside
from kg.triple_terms import plain

__all__ = ["ALIASES", "FORMATS", "PROFILES", "export", "write_beside"]

# The HTML view has a package of its own (kg.export.html), and a store on disk is no file (kg.export.store).
FORMATS = (*WRITERS, "csv")
ALIASES = {
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "nq": "nquads",
    "n-quads": "nquads",
    "json-ld": "jsonld",
    "rdf/xml": "rdfxml",
    "xml": "rdfxml",
    "rdf": "rdfxml",
}
# Profile -> the formats that can hold it.
PROFILES = {
    "full": FORMATS,
    "facts": FORMATS,
    "rdf12": ("turtle", "ntriples", "nquads", "trig"),
    "nanopub": ("trig", "nquads", "jsonld"),
    "description": ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"),
}
_DEFAULT = ox.DefaultGraph()
Source = ox.Store | Iterable[ox.Quad | ox.Triple]


def export(graph: Source, path: Path, format_: str, profile: str = "full") -> None:
    """Write a graph to a file.

    Args:
        graph: a store, in memory or on disk, or quads or triples. Turtle, N-Triples, RDF/XML, GraphML and CSV know no named
            graphs: there all graphs become one. Triple terms by which a store's claims name their triple are read as its parts.
        path: the file to write.
        format_: one of ``FORMATS`` or of ``ALIASES``.
        profile: a key of ``PROFILES``.

    Raises:
        UsageError: there is no such format or profile, or the format cannot hold the profile.
        PaperkgError: the graph has no form in the format, or the file cannot be written.
    """
    name = ALIASES.get(format_.lower(), format_.lower())
    if name not in FORMATS:
        raise UsageError(f"{format_}: no such format; one of {', '.join(sorted(FORMATS))}, html, store")
    if profile not in PROFILES:
        raise UsageError(f"{profile}: no such profile; one of {', '.join(PROFILES)}")
    if name not in PROFILES[profile]:
        raise UsageError(f"{name}: cannot hold the profile {profile}; use {', '.join(PROFILES[profile])}")
    if isinstance(graph, ox.Store):
        graph = plain(graph)
    try:
        write_beside(path, lambda temporary: _write(graph, temporary, name, profile))
    except ValueError as error:
        raise PaperkgError(
            f"{path}: this graph cannot be written as {name}: {' '.join(str(error).split())}"
        ) from error


def _write(graph: Source, path: Path, name: str, profile: str) -> None:
    if name == "csv":
        (tables.write_facts if profile == "facts" else tables.write_claims)(_store(graph), path)
        return
    if profile == "nanopub":
        store = _store(graph)
        WRITERS[name](_Again(lambda: nanopub.publications(store)), path)
        return
    quads = graph if isinstance(graph, ox.Store) else (_quad(item) for item in graph)
    # A data set is described as a whole, whatever graphs it is kept in.
    if name not in DATASETS or profile == "description":
        quads = (_in_default_graph(quad) for quad in quads)
    with Sorted(quads, key=turtle.quad_order, codec=QUADS) as ordered:
        if profile == "facts":
            test = facts.in_store(graph) if isinstance(graph, ox.Store) else facts.among(ordered)
            WRITERS[name](_Again(lambda: facts.only_facts(ordered, test)), path)
        elif profile == "rdf12":
            WRITERS[name](_Again(lambda: rdf12.reified(ordered)), path)
        elif profile == "description":
            about = sorted(description.described(ordered), key=turtle.quad_order)
            WRITERS[name](about, path)
        else:
            WRITERS[name](ordered, path)


class _Again:
    """An iterable that makes its quads anew at each pass."""

    def __init__(self, quads: Callable[[], Iterator[ox.Quad]]) -> None:
        self._quads = quads

    def __iter__(self) -> Iterator[ox.Quad]:
        return self._quads()


def _quad(item: ox.Quad | ox.Triple) -> ox.Quad:
    return item if isinstance(item, ox.Quad) else ox.Quad(item.subject, item.predicate, item.object)


def _in_default_graph(quad: ox.Quad) -> ox.Quad:
    return quad if quad.graph_name == _DEFAULT else ox.Quad(quad.subject, quad.predicate, quad.object)


def _store(graph: Source) -> ox.Store:
    if isinstance(graph, ox.Store):
        return graph
    store = ox.Store()
    store.bulk_extend(_quad(item) for item in graph)
    return store
