"""Turtle that is pleasant to read: papers first, then things by class, then measurements, then the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.export.sorting import Sorted
from kg.iri import SECTIONS, resource_prefixes
from kg.vocab import PREFIXES

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ORDER = {segment: number for number, segment in enumerate(SECTIONS)}
# What a reader wants to see first of a thing.
_FIRST = (
    RDF_TYPE,
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
)
_RANK = {predicate: number for number, predicate in enumerate(_FIRST)}
# Every literal from its opening quote, so that no match begins inside one; and a start tag of XML up to its language.
_LITERAL = re.compile(rb'("(?:[^"\\]|\\.)*")(?:@zh-han([st])\b)?')
_XML_TAG = re.compile(rb'(<[^<>"]*(?:"[^"]*"[^<>"]*)*?xml:lang=")zh-han([st])"')
# Vocabularies of profiles only.
_OTHERS = {"np": "http://www.nanopub.org/nschema#", "void": "http://rdfs.org/ns/void#"}
# Triples serialized together.
_PORTION = 20_000
_SEGMENT = re.compile(r"/([a-z]+)/[^/]+$")


def prefixes() -> dict[str, str]:
    """The standard prefixes, and one for each class of resource: ``model:bloom``."""
    return {**PREFIXES, **_OTHERS, **resource_prefixes()}


def order(triple: ox.Triple) -> tuple[int, str, int, str, str]:
    """Where a triple stands in a sorted file."""
    predicate = triple.predicate.value
    rank = _RANK.get(predicate, len(_RANK))
    return *subject_order(triple.subject), rank, predicate, str(triple.object)


@lru_cache(maxsize=4096)  # the triples of a thing stand together, in a store as in a sorted file
def subject_order(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> tuple[int, str]:
    """Where a thing stands in a sorted file: by its kind, then by its IRI."""
    return _ORDER.get(_segment(subject), len(_ORDER)), str(subject)


def quad_order(quad: ox.Quad) -> tuple[str, int, str, int, str, str]:
    """Where a quad stands: the default graph first, then the named ones by name, each sorted by ``order``."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return graph, *order(quad.triple)


def write_turtle(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write the triples of quads, sorted by ``order``, under one heading a kind of thing."""
    prefixes = used(quads)
    with path.open("wb") as out:
        for prefix, iri in sorted(prefixes.items()):
            out.write(f"@prefix {prefix}: <{iri}> .\n".encode())
        for heading, group in groupby((quad.triple for quad in quads), key=_heading):
            out.write(f"\n# {heading}\n\n".encode())
            for number, things in enumerate(_portions(group)):
                text = ox.serialize(things, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
                body = re.sub(rb"\A(?:@prefix [^\n]*\n)+", b"", text)
                # A blank line between things: a new subject begins at the left margin.
                out.write(
                    (b"\n" if number else b"") + canonical_tags(re.sub(rb" \.\n(?=\S)", b" .\n\n", body))
                )


def _portions(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """The triples in lists of some thousands, cut between subjects, so that a large section is not held whole."""
    portion: list[ox.Triple] = []
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        portion.extend(group)
        if len(portion) >= _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def canonical_tags(text: bytes, format_: ox.RdfFormat = ox.RdfFormat.TURTLE) -> bytes:
    """Language tags as RFC 5646 writes them; the serializer lower-cases them. What stands inside a literal stays as it is."""
    if format_ == ox.RdfFormat.RDF_XML:
        return _XML_TAG.sub(rb'\1zh-Han\2"', text)
    return _LITERAL.sub(_tagged, text)


def _tagged(literal: re.Match[bytes]) -> bytes:
    return literal[1] + b"@zh-Han" + literal[2] if literal[2] else literal[1]


def _heading(triple: ox.Triple) -> str:
    return SECTIONS.get(_segment(triple.subject), "Further resources")


@lru_cache(maxsize=4096)
def _segment(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    match = _SEGMENT.search(subject.value) if isinstance(subject, ox.NamedNode) else None
    return match[1] if match else ""


def used(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The prefixes that these quads need."""
    spaces: set[str] = set()
    for quad in quads.in_any_order() if isinstance(quads, Sorted) else quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            _note_space(term, spaces)
    return {prefix: iri for prefix, iri in prefixes().items() if iri in spaces}


def _note_space(term: object, spaces: set[str]) -> None:
    """Add what stands before the last # or / of each IRI of a term."""
    if isinstance(term, ox.NamedNode):
        iri = term.value
    elif isinstance(term, ox.Literal):
        iri = term.datatype.value
    elif isinstance(term, ox.Triple):
        for part in (term.subject, term.predicate, term.object):
            _note_space(part, spaces)
        return
    else:
        return
    spaces.add(iri[: max(iri.rfind("#"), iri.rfind("/")) + 1])
