"""The ``nanopub`` profile: every claim a publication of its own (https://nanopub.net/guidelines/working_draft/).

Four named graphs each. *Head* ties them together; *assertion* holds the triple; *provenance* says which paper states it, how
surely, in which words; *pubinfo* says which software, or who, made the publication. What a paper denies or supposes is not asserted: its
assertion describes the claim with its polarity.

No date is given, as the same graph gives the same bytes; who publishes adds one, with a signature and a trusty URI, by
``np sign`` or the ``nanopub`` library.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.export.sorting import QUADS, Sorted
from kg.export.turtle import order
from kg.vocab import KG, OA, PROV, RDF

_NP = "http://www.nanopub.org/nschema#"
_STATED = (RDF.type, RDF.subject, RDF.predicate, RDF.object, KG.polarity)


def publications(store: ox.Store) -> Iterator[ox.Quad]:
    """One nanopublication a claim, in the order of the claims' IRIs; memory holds one.

    Raises:
        ValueError: a claim is not complete.
    """
    claims = store.quads_for_pattern(None, RDF.type, KG.Claim)
    with Sorted(claims, key=lambda quad: str(quad.subject), codec=QUADS) as ordered:
        last: object = None
        for quad in ordered:
            if isinstance(quad.subject, ox.NamedNode) and quad.subject != last:
                last = quad.subject
                yield from _publication(store, quad.subject)


def _publication(store: ox.Store, claim: ox.NamedNode) -> Iterator[ox.Quad]:
    about = _about(store, claim)
    one = {triple.predicate: triple.object for triple in about}
    missing = next((part for part in (*_STATED, PROV.wasDerivedFrom, PROV.wasGeneratedBy) if part not in one), None)  # fmt: skip
    if missing is not None:
        raise ValueError(f"the claim {claim} has no {missing}")
    publication = ox.NamedNode(claim.value.replace("/claim/", "/nanopub/"))
    if publication == claim:
        publication = ox.NamedNode(f"{claim.value}.nanopub")
    head, assertion, provenance, pubinfo = (
        ox.NamedNode(f"{publication.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    for predicate, item in (
        (RDF.type, ox.NamedNode(f"{_NP}Nanopublication")),
        (ox.NamedNode(f"{_NP}hasAssertion"), assertion),
        (ox.NamedNode(f"{_NP}hasProvenance"), provenance),
        (ox.NamedNode(f"{_NP}hasPublicationInfo"), pubinfo),
    ):
        yield ox.Quad(publication, predicate, item, head)
    if one[KG.polarity] == ox.Literal("asserted") and one[RDF.predicate] != KG.synonymOf:
        yield _triple(one[RDF.subject], one[RDF.predicate], one[RDF.object], assertion)
        if one[RDF.predicate] == KG.reports:
            # What hangs on a measurement is said by the same words.
            for triple in _about(store, one[RDF.object]):
                yield _in(triple, assertion)
    else:
        for triple in about:
            if triple.predicate in _STATED:
                yield _in(triple, assertion)
    yield ox.Quad(assertion, PROV.wasDerivedFrom, one[PROV.wasDerivedFrom], provenance)
    # The extractor, and every person who confirmed it.
    activities = _objects(about, PROV.wasGeneratedBy)
    for activity in activities:
        yield ox.Quad(assertion, PROV.wasGeneratedBy, activity, provenance)
    for triple in [*about, *_places(store, about)]:
        yield _in(triple, provenance)
    agents = sorted(
        {agent for node in activities for agent in _objects(_about(store, node), PROV.wasAssociatedWith)},
        key=str,
    )
    for activity in activities:
        yield ox.Quad(publication, PROV.wasGeneratedBy, activity, pubinfo)
    for agent in agents:
        yield ox.Quad(publication, PROV.wasAttributedTo, agent, pubinfo)
    for node in (*activities, *agents):
        for triple in _about(store, node):
            yield _in(triple, pubinfo)


def _places(store: ox.Store, claim: list[ox.Triple]) -> Iterator[ox.Triple]:
    """The targets of a claim and their selectors."""
    for triple in claim:
        if triple.predicate == OA.hasTarget:
            target = _about(store, triple.object)
            yield from target
            for part in target:
                if part.predicate == OA.hasSelector:
                    yield from _about(store, part.object)


def _about(store: ox.Store, node: object) -> list[ox.Triple]:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return []
    return sorted({quad.triple for quad in store.quads_for_pattern(node, None, None)}, key=order)


def _objects(about: list[ox.Triple], predicate: ox.NamedNode) -> list[ox.NamedNode]:
    found = (triple.object for triple in about if triple.predicate == predicate)
    return [item for item in found if isinstance(item, ox.NamedNode)]


def _in(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _triple(subject: object, predicate: object, item: object, graph: ox.NamedNode) -> ox.Quad:
    if (
        isinstance(subject, ox.NamedNode | ox.BlankNode)
        and isinstance(predicate, ox.NamedNode)
        and isinstance(item, ox.NamedNode | ox.BlankNode | ox.Literal)
    ):
        return ox.Quad(subject, predicate, item, graph)
    raise ValueError(f"{subject} {predicate} {item}: a claim of no triple")
