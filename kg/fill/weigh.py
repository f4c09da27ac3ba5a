"""What all papers together say of a fact: ``kg:belief`` of its claims, by the formula of ``kg.belief``.

It needs every claim of a fact, so it comes after the papers, as a function of the graph that they gave. It reads the confidences as
the graph has them, so whoever has the graph can compute the same figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.belief import belief
from kg.fill.literals import probability
from kg.vocab import ENTITY_PREDICATES, KG, RDF, SYMMETRIC, TERMS

_Ends = tuple[object, object]


def weigh(store: ox.Store) -> Iterator[ox.Quad]:
    """A ``kg:belief`` for every claim between entities: the same for all claims of one triple, whatever their polarity.

    What a paper itself does with an entity only that paper can say, so there the claim's confidence is all there is. Of a symmetric
    relation both directions are one fact.
    """
    for name in ENTITY_PREDICATES:
        groups: dict[_Ends, list[ox.NamedNode]] = defaultdict(list)
        for quad in store.quads_for_pattern(None, RDF.predicate, TERMS[name]):
            if isinstance(quad.subject, ox.NamedNode):
                groups[_ends(store, quad.subject, symmetric=name in SYMMETRIC)].append(quad.subject)
        for claims in groups.values():
            figure = probability(_belief(store, claims))
            for claim in claims:
                yield ox.Quad(claim, KG.belief, figure)


def _ends(store: ox.Store, claim: ox.NamedNode, *, symmetric: bool) -> _Ends:
    subject, item = _value(store, claim, RDF.subject), _value(store, claim, RDF.object)
    return (item, subject) if symmetric and str(item) < str(subject) else (subject, item)


def _belief(store: ox.Store, claims: list[ox.NamedNode]) -> float:
    found: dict[str, list[float]] = {"asserted": [], "negated": [], "hedged": []}
    for claim in claims:
        polarity, confidence = _value(store, claim, KG.polarity), _value(store, claim, KG.confidence)
        if isinstance(polarity, ox.Literal) and isinstance(confidence, ox.Literal):
            found[polarity.value].append(float(confidence.value))
    return belief(found["asserted"], found["negated"])


def _value(store: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> object:
    return next((quad.object for quad in store.quads_for_pattern(node, predicate, None)), None)
