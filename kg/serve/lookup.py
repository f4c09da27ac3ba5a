"""A resource as the graph states it, as a page or as RDF. Runs in a worker process.

Everything is bounded: a page about "deep learning" does not list the fifty thousand papers that mention it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.serve.answers import Reply, serialize
from kg.serve.limits import Limits
from kg.vocab import DCTERMS, FOAF, KG, OA, PROV, RDF, RDFS, SKOS

# The most of each kind that a page lists.
MOST = 200

_NAMES = (RDFS.label, SKOS.prefLabel, DCTERMS.title, FOAF.name)
_CLAIM_PARTS = {RDF.subject, RDF.object, RDF.predicate, PROV.wasDerivedFrom}


@dataclass(frozen=True, slots=True)
class Term:
    """A node as a page shows it: its text, its IRI if it has one, and the language or datatype of a literal."""

    text: str
    iri: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim about the resource: the statement, how sure it is, and the words it rests on."""

    claim: Term
    subject: Term
    predicate: Term
    object: Term
    confidence: str
    polarity: str
    paper: Term | None
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a resource shows."""

    iri: str
    name: Term
    classes: tuple[Term, ...]
    facts: tuple[tuple[Term, tuple[Term, ...]], ...]
    inbound: tuple[tuple[Term, tuple[Term, ...]], ...]
    evidence: tuple[Evidence, ...]
    cut: bool


def find(store: ox.Store, iris: Iterable[str]) -> ox.NamedNode | None:
    """The first of these IRIs that the graph says something of."""
    for iri in iris:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        for pattern in ((node, None, None, None), (None, None, node, None)):
            if next(iter(store.quads_for_pattern(*pattern)), None) is not None:
                return node
    return None


def describe(store: ox.Store, iris: list[str], media_type: str, limits: Limits) -> Reply:
    """What the graph says of a resource and of its parts (IRIs that add a fragment to its own); 404 where nothing."""
    node = find(store, iris)
    if node is None:
        return Reply(404, "application/json", b"null")
    return Reply(200, media_type, serialize(_about(store, node), media_type, limits))


def page(store: ox.Store, node: ox.NamedNode, *, whole: bool) -> Page:
    """The page of a resource.

    Args:
        store: the graph.
        node: the resource.
        whole: with what others say of it and the claims about it; without, where these are shown in another way.
    """
    outbound = list(islice(store.quads_for_pattern(node, None, None, None), 20 * MOST))
    into: list[ox.Quad] = []
    claims: list[ox.NamedNode] = []
    if whole:
        pointing = islice(store.quads_for_pattern(None, None, node, None), 20 * MOST)
        into = [quad for quad in pointing if quad.predicate not in _CLAIM_PARTS]
        claims = list(islice(_claims(store, node), MOST + 1))
    classes = tuple(_term(store, quad.object) for quad in outbound if quad.predicate == RDF.type)
    facts = _grouped(store, ((q.predicate, q.object) for q in outbound if q.predicate != RDF.type))
    inbound = _grouped(store, ((q.predicate, q.subject) for q in into))
    return Page(
        node.value,
        _term(store, node),
        classes,
        tuple((predicate, terms[:MOST]) for predicate, terms in facts),
        tuple((predicate, terms[:MOST]) for predicate, terms in inbound),
        tuple(_evidence(store, claim) for claim in claims[:MOST]),
        len(claims) > MOST or any(len(terms) > MOST for _, terms in (*facts, *inbound)),
    )


def _about(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    todo, seen = [node], {node}
    while todo:
        for quad in store.quads_for_pattern(todo.pop(), None, None, None):
            yield quad.triple
            part = quad.object
            if (
                isinstance(part, ox.NamedNode)
                and part.value.startswith(f"{node.value}#")
                and part not in seen
            ):
                seen.add(part)
                todo.append(part)


def _claims(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Claims with the resource as subject or object; of a claim, itself."""
    if next(iter(store.quads_for_pattern(node, RDF.type, KG.Claim, None)), None) is not None:
        yield node
    for role in (RDF.subject, RDF.object):
        for quad in store.quads_for_pattern(None, role, node, None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject


def _evidence(store: ox.Store, claim: ox.NamedNode) -> Evidence:
    def one(subject: ox.NamedNode | None, predicate: ox.NamedNode) -> ox.NamedNode | ox.Literal | None:
        found = store.quads_for_pattern(subject, predicate, None, None) if subject else ()
        return next((q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)), None)

    def text(subject: ox.NamedNode | None, predicate: ox.NamedNode) -> str:
        value = one(subject, predicate)
        return value.value if value is not None else ""

    target = one(claim, OA.hasTarget)
    quote = None
    if isinstance(target, ox.NamedNode):
        for quad in store.quads_for_pattern(target, OA.hasSelector, None, None):
            if isinstance(quad.object, ox.NamedNode) and text(quad.object, OA.exact):
                quote = quad.object
    paper = one(claim, PROV.wasDerivedFrom)
    return Evidence(
        Term(_local(claim.value), claim.value),
        _term(store, one(claim, RDF.subject)),
        _term(store, one(claim, RDF.predicate)),
        _term(store, one(claim, RDF.object)),
        text(claim, KG.confidence),
        text(claim, KG.polarity),
        _term(store, paper) if paper is not None else None,
        text(quote, OA.prefix),
        text(quote, OA.exact),
        text(quote, OA.suffix),
    )


def _grouped(
    store: ox.Store, pairs: Iterable[tuple[ox.NamedNode, object]]
) -> list[tuple[Term, tuple[Term, ...]]]:
    groups: dict[str, list[object]] = {}
    for predicate, value in pairs:
        groups.setdefault(predicate.value, []).append(value)
    return [
        (Term(_local(predicate), predicate), tuple(_term(store, value) for value in values[: MOST + 1]))
        for predicate, values in sorted(groups.items())
    ]


def _term(store: ox.Store, value: object) -> Term:
    if isinstance(value, ox.NamedNode):
        return Term(_name(store, value).text, value.value)
    if isinstance(value, ox.Literal):
        note = value.language or _local(value.datatype.value)
        return Term(value.value, note="" if note == "string" else note)
    return Term("" if value is None else str(value))


def _name(store: ox.Store, node: ox.NamedNode) -> Term:
    """What people call it: English first, else any language, else the end of its IRI."""
    for predicate in _NAMES:
        names = [
            quad.object
            for quad in islice(store.quads_for_pattern(node, predicate, None, None), 20)
            if isinstance(quad.object, ox.Literal)
        ]
        if names:
            best = min(names, key=lambda name: (name.language != "en", name.value))
            return Term(best.value, node.value)
    return Term(_local(node.value), node.value)


def _local(iri: str) -> str:
    """The last part of an IRI, which names the thing to a person.

    >>> _local("https://w3id.org/paperkg/ontology#trainedOn")
    'trainedOn'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri
