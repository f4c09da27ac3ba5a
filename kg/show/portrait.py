"""A thing as people ask about it: names, facts by relation with their proofs, numbers, papers by year, what is near.

All is bounded: of a thing that fifty thousand papers mention, the first few hundred claims are read, and ``cut`` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.evidence import Lookup, Quote, local_name, read_quotes
from kg.look import relation_names
from kg.vocab import DCTERMS, KG, PAPER_PREDICATES, PROV, RDF, SCHEMA

# The most claims read in each direction, and the papers whose other things count as near.
_CLAIMS = 600
_NEAR_PAPERS = 150
_NEAR = 15
_ROLES = {name: place for place, name in enumerate(PAPER_PREDICATES)}


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing in passing."""

    iri: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One paper's claim of a fact: how sure, asserted or not, and the words."""

    claim: str
    paper: Ref | None
    confidence: float | None
    polarity: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """The other end of a relation, and the proofs that it holds, the surest first."""

    other: Ref
    proofs: tuple[Proof, ...]

    @property
    def best(self) -> float:
        """The confidence of the surest proof."""
        return max((proof.confidence or 0.0 for proof in self.proofs), default=0.0)


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one relation and direction, under the words that read from this thing to the others."""

    title: str
    predicate: str
    outgoing: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A reported number that has to do with the thing."""

    value: str
    unit: str
    stated: str
    of: Ref | None
    metric: Ref | None
    papers: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that is shown of a thing. ``names`` are (language, text), ``years`` (year, papers), ``near`` (thing, papers shared)."""

    iri: str
    name: str
    kind: str
    names: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    numbers: tuple[Number, ...]
    years: tuple[tuple[int, int], ...]
    near: tuple[tuple[Ref, int], ...]
    cut: bool


def portrait(store: ox.Store, node: ox.NamedNode) -> Portrait:
    """The portrait of a thing that the graph knows."""
    lookup = Lookup(store)
    claims = [
        (claim, outgoing)
        for role, outgoing in ((RDF.subject, True), (RDF.object, False))
        for claim in islice(_subjects(store, role, node), _CLAIMS + 1)
    ]
    groups = _groups(lookup, claims)
    papers = [fact.other for group in groups for fact in group.facts if fact.other.kind == "Paper"]
    return Portrait(
        iri=node.value,
        name=lookup.name(node),
        kind=lookup.kind(node),
        names=lookup.names(node),
        groups=groups,
        numbers=_numbers(store, lookup, node),
        years=_years(store, node),
        near=_near(lookup, node, list(dict.fromkeys(papers))),
        cut=len(claims) > _CLAIMS,
    )


def ref(lookup: Lookup, node: Any) -> Ref:
    """A node in passing."""
    return Ref(str(getattr(node, "value", node)), lookup.name(node), lookup.kind(node))


def proof(lookup: Lookup, claim: ox.NamedNode) -> Proof:
    """What a claim node says of its statement."""
    papers = lookup.about(claim).get(PROV.wasDerivedFrom.value, ())
    confidence = lookup.text(claim, KG.confidence.value)
    return Proof(
        claim=claim.value,
        paper=ref(lookup, papers[0]) if papers else None,
        confidence=_float(confidence),
        polarity=local_name(lookup.text(claim, KG.polarity.value)) or "asserted",
        quotes=read_quotes(lookup, claim),
    )


def _groups(lookup: Lookup, claims: list[tuple[ox.NamedNode, bool]]) -> tuple[Group, ...]:
    found: dict[tuple[str, bool], dict[Any, list[Proof]]] = {}
    for claim, outgoing in claims:
        said = lookup.about(claim)
        predicates = said.get(RDF.predicate.value, ())
        others = said.get((RDF.object if outgoing else RDF.subject).value, ())
        if predicates and others and lookup.kind(others[0]) != "Measurement":
            key = (local_name(predicates[0].value), outgoing)
            found.setdefault(key, {}).setdefault(others[0], []).append(proof(lookup, claim))
    for (name, outgoing), others_of in found.items():
        if name == "mentions":
            # A paper that introduces, uses or studies a thing mentions it as well: said once.
            stronger = {
                o
                for (n, way), os in found.items()
                if way == outgoing and n in _ROLES and n != name
                for o in os
            }
            for other in stronger & others_of.keys():
                del others_of[other]
    groups = [
        Group(
            relation_names(name)[0 if outgoing else 1],
            name,
            outgoing,
            tuple(
                sorted((_fact(lookup, other, proofs) for other, proofs in others_of.items()), key=_by_weight)
            ),
        )
        for (name, outgoing), others_of in found.items()
        if others_of
    ]
    return tuple(sorted(groups, key=lambda g: (_ROLES.get(g.predicate, -1), not g.outgoing, g.title)))


def _fact(lookup: Lookup, other: Any, proofs: list[Proof]) -> Fact:
    proofs.sort(key=lambda p: (p.polarity != "asserted", -(p.confidence or 0.0), p.claim))
    return Fact(ref(lookup, other), tuple(proofs))


def _by_weight(fact: Fact) -> tuple[int, float, str]:
    return -len(fact.proofs), -fact.best, fact.other.iri


def _numbers(store: ox.Store, lookup: Lookup, node: ox.NamedNode) -> tuple[Number, ...]:
    """Of it, by it as a metric, or reported in it as a paper."""
    measures = {
        *_subjects(store, KG.ofEntity, node, most=_CLAIMS),
        *_subjects(store, KG.metric, node, most=_CLAIMS),
        *(n for n in lookup.about(node).get(KG.reports.value, ()) if isinstance(n, ox.NamedNode)),
    }
    found = []
    for measure in sorted(measures, key=str):
        said = lookup.about(measure)
        of, metric = said.get(KG.ofEntity.value, ()), said.get(KG.metric.value, ())
        found.append(
            Number(
                value=lookup.text(measure, SCHEMA.value.value),
                unit=lookup.text(measure, SCHEMA.unitText.value),
                stated=lookup.text(measure, KG.asStated.value),
                of=ref(lookup, of[0]) if of else None,
                metric=ref(lookup, metric[0]) if metric else None,
                papers=tuple(ref(lookup, paper) for paper in lookup.subjects(KG.reports.value, measure)),
            )
        )
    return tuple(found)


def _years(store: ox.Store, node: ox.NamedNode) -> tuple[tuple[int, int], ...]:
    result = store.query(
        f"SELECT ?year (COUNT(DISTINCT ?paper) AS ?n) WHERE {{ ?paper <{KG.mentions.value}> {node} ; "
        f"<{DCTERMS.date.value}> ?date BIND(SUBSTR(STR(?date), 1, 4) AS ?year) }} GROUP BY ?year ORDER BY ?year"
    )
    assert isinstance(result, ox.QuerySolutions)
    return tuple(
        (int(row["year"].value), int(row["n"].value))
        for row in result
        if row["year"] is not None and row["year"].value.isdecimal()
    )


def _near(lookup: Lookup, node: ox.NamedNode, papers: list[Ref]) -> tuple[tuple[Ref, int], ...]:
    """What the same papers mention, by how many of them."""
    shared: Counter[Any] = Counter()
    for paper in papers[:_NEAR_PAPERS]:
        shared.update(set(lookup.about(paper.iri).get(KG.mentions.value, ())) - {node})
    best = sorted(shared.items(), key=lambda item: (-item[1], str(item[0])))[:_NEAR]
    return tuple((ref(lookup, thing), count) for thing, count in best)


def _subjects(
    store: ox.Store, predicate: ox.NamedNode, node: ox.NamedNode, most: int | None = None
) -> Iterator[ox.NamedNode]:
    for quad in islice(store.quads_for_pattern(None, predicate, node, None), most):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
