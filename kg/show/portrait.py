"""A thing as people ask about it: names, facts by relation with their proofs, numbers, papers by year, what is near.

All is bounded: of a thing that fifty thousand papers mention, so many claims and numbers are read, and ``cut`` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import pyoxigraph as ox

from kg.evidence import Lookup, Quote, local_name, read_quotes
from kg.look import relation_names
from kg.vocab import KG, PAPER_PREDICATES, PROV, SCHEMA

# Numbers that are shown, and measurements looked at to tell whether there are more.
_NUMBERS = 600
_MEASURES = 601
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
    """The other end of a relation, how many papers say so, whether they assert it, and proofs, the surest first."""

    other: Ref
    papers: int
    polarity: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one relation and direction, under the words that read from this thing to the others; ``total`` counts them all."""

    title: str
    predicate: str
    outgoing: bool
    facts: tuple[Fact, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Sketch:
    """A fact whose proofs are yet to be read from its claims."""

    other: Ref
    papers: int
    polarity: str
    claims: tuple[ox.NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A group of such facts; ``total`` counts also those that are left out."""

    predicate: str
    outgoing: bool
    facts: tuple[Sketch, ...]
    total: int


class Facts(Protocol):
    """Where the facts of a thing are found: in the store, or in an index over it."""

    def outlines(self, node: ox.NamedNode) -> list[Outline]:
        """The groups, in any order, each with what most papers say first."""

    def years(self, node: ox.NamedNode) -> list[tuple[int, int]]:
        """(year, papers that mention it), in order."""

    def near(self, node: ox.NamedNode) -> list[tuple[Ref, int]]:
        """What the same papers mention, and how many of them, the most first."""


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


def portrait(
    store: ox.Store,
    lookup: Lookup,
    node: ox.NamedNode,
    facts: Facts,
    proved: int | None = None,
    numbers: int | None = None,
) -> Portrait:
    """The portrait of a thing that the graph knows.

    Args:
        store: the graph.
        lookup: over it.
        node: the thing.
        facts: where its facts are found.
        proved: facts of each group whose proofs are read; if ``None``, all.
        numbers: numbers that are read; if ``None``, some hundreds.
    """
    outlines = facts.outlines(node)
    measures, numbers = _measures(store, lookup, node), numbers or _NUMBERS
    return Portrait(
        iri=node.value,
        name=lookup.name(node),
        kind=lookup.kind(node),
        names=lookup.names(node),
        groups=tuple(sorted((_group(lookup, outline, proved) for outline in outlines), key=_by_meaning)),
        numbers=tuple(_number(lookup, measure) for measure in measures[:numbers]),
        years=tuple(facts.years(node)),
        near=tuple(facts.near(node)),
        cut=len(measures) > numbers or any(outline.total > len(outline.facts) for outline in outlines),
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


def _group(lookup: Lookup, outline: Outline, proved: int | None) -> Group:
    title = relation_names(outline.predicate)[0 if outline.outgoing else 1]
    facts = [
        Fact(
            sketch.other,
            sketch.papers,
            sketch.polarity,
            _proofs(lookup, sketch.claims) if proved is None or place < proved else (),
        )
        for place, sketch in enumerate(outline.facts)
    ]
    return Group(title, outline.predicate, outline.outgoing, tuple(facts), outline.total)


def _proofs(lookup: Lookup, claims: Iterable[ox.NamedNode]) -> tuple[Proof, ...]:
    proofs = [proof(lookup, claim) for claim in claims]
    return tuple(sorted(proofs, key=lambda p: (p.polarity != "asserted", -(p.confidence or 0.0), p.claim)))


def _by_meaning(group: Group) -> tuple[int, bool, str]:
    """What is said of the thing itself first, then what papers do with it, the most telling first."""
    return _ROLES.get(group.predicate, -1), not group.outgoing, group.title


def _measures(store: ox.Store, lookup: Lookup, node: ox.NamedNode) -> list[ox.NamedNode]:
    """Measurements of it, by it as a metric, or reported in it as a paper."""
    found = {
        *subjects(store, KG.ofEntity, node, _MEASURES),
        *subjects(store, KG.metric, node, _MEASURES),
        *(n for n in lookup.about(node).get(KG.reports.value, ()) if isinstance(n, ox.NamedNode)),
    }
    return sorted(found, key=str)


def _number(lookup: Lookup, measure: ox.NamedNode) -> Number:
    said = lookup.about(measure)
    of, metric = said.get(KG.ofEntity.value, ()), said.get(KG.metric.value, ())
    return Number(
        value=lookup.text(measure, SCHEMA.value.value),
        unit=lookup.text(measure, SCHEMA.unitText.value),
        stated=lookup.text(measure, KG.asStated.value),
        of=ref(lookup, of[0]) if of else None,
        metric=ref(lookup, metric[0]) if metric else None,
        papers=tuple(ref(lookup, paper) for paper in lookup.subjects(KG.reports.value, measure)),
    )


def subjects(
    store: ox.Store, predicate: ox.NamedNode, node: ox.NamedNode, most: int | None = None
) -> Iterator[ox.NamedNode]:
    """What points at a thing."""
    for quad in islice(store.quads_for_pattern(None, predicate, node, None), most):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
