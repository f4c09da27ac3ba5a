"""A graph as the view sees it: things with names, facts between them, and for each fact the words that prove it.

Nodes, facts and claims are sorted by IRI and refer to each other by position, so that the page is small and its bytes do not
depend on the order in which the store gives its quads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph

from kg.export.html.evidence import Quote, read_quotes
from kg.export.html.look import most_specific
from kg.export.html.terms import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, SKOS, local_name

# Typed nodes that are not drawn: a claim is evidence of an edge, a measurement is a line in a panel.
_NOT_DRAWN = frozenset({"Claim", "Measurement"})
# What a paper does with a thing implies that it mentions it; the bare mention is drawn only where it says something of its own.
_ROLES = frozenset({"introduces", "uses", "studies"})


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: ``names`` are (language tag, text), preferred names first; ``hidden`` names are searched for, never shown."""

    iri: str
    type: str
    names: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    about: tuple[
        tuple[str, str], ...
    ] = ()  # for papers: identifier, abstract, language, date, creator, venue, as they come


@dataclass(frozen=True, slots=True)
class Fact:
    """``subject`` and ``object`` are positions in ``Graph.nodes``; ``asserted`` is false for what is only denied or hedged."""

    subject: int
    predicate: str
    object: int
    asserted: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One paper's words for ``Graph.facts[fact]``. ``paper`` is a position in ``Graph.nodes``, if the paper is there."""

    iri: str
    fact: int
    paper: int | None
    confidence: float | None
    polarity: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a paper reports, with what it is of and by which metric where they are known."""

    paper: int
    value: str
    unit: str
    stated: str
    of: int | None
    metric: int | None
    uncertainty: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """All that can be shown."""

    nodes: tuple[Node, ...] = ()
    facts: tuple[Fact, ...] = ()
    claims: tuple[Claim, ...] = ()
    measures: tuple[Measure, ...] = ()
    degrees: tuple[int, ...] = field(default=())


class _Index:
    """The store's triples by predicate, read once each: ``index(predicate)[subject]`` is a sorted list of objects."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store
        self._seen: dict[str, dict[Any, list[Any]]] = {}

    def __call__(self, predicate: str) -> dict[Any, list[Any]]:
        if predicate not in self._seen:
            found: defaultdict[Any, set[Any]] = defaultdict(set)
            for quad in self.store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), None, None):
                found[quad.subject].add(quad.object)
            self._seen[predicate] = {s: sorted(objects, key=str) for s, objects in found.items()}
        return self._seen[predicate]

    def text(self, predicate: str, subject: Any) -> str:
        """The first value, or nothing."""
        values = self(predicate).get(subject)
        return _text(values[0]) if values else ""


def read_graph(store: pyoxigraph.Store) -> Graph:
    """Everything of ``store`` that the view can show."""
    index = _Index(store)
    types: dict[Any, str] = {}
    for subject, values in index(RDF + "type").items():
        names = [
            local_name(v.value)
            for v in values
            if isinstance(v, pyoxigraph.NamedNode) and v.value.startswith(KG)
        ]
        if names and isinstance(subject, pyoxigraph.NamedNode):
            types[subject] = most_specific(names)
    drawn = sorted((s for s, name in types.items() if name not in _NOT_DRAWN), key=lambda s: s.value)
    authors = _loose_authors(index, types)
    drawn = [s for s in drawn if s not in authors]
    place = {subject: i for i, subject in enumerate(drawn)}
    nodes = tuple(_read_node(index, subject, types[subject]) for subject in drawn)
    facts, claims = _read_facts(index, place)
    return _with_degrees(Graph(nodes, facts, claims, _read_measures(index, place)))


def _loose_authors(index: _Index, types: dict[Any, str]) -> set[Any]:
    """People who are there only as the author of one paper: a line in its panel, where a node would only crowd the map."""
    papers: defaultdict[Any, int] = defaultdict(int)
    for values in index(DCTERMS + "creator").values():
        for person in values:
            papers[person] += 1
    once = {person for person, count in papers.items() if count == 1 and types.get(person) == "Person"}
    for quad in index.store.quads_for_pattern(None, None, None, None):
        if quad.predicate.value.startswith(KG):
            once.discard(quad.subject)
            once.discard(quad.object)
    return once


def keep_best(graph: Graph, limit: int) -> Graph:
    """The ``limit`` best connected nodes with what holds between them; ties go to the smaller IRI."""
    if len(graph.nodes) <= limit:
        return graph
    ranked = sorted(range(len(graph.nodes)), key=lambda i: (-graph.degrees[i], graph.nodes[i].iri))
    kept = sorted(ranked[: max(limit, 1)])
    place = {old: new for new, old in enumerate(kept)}
    facts = [i for i, f in enumerate(graph.facts) if f.subject in place and f.object in place]
    fact_place = {old: new for new, old in enumerate(facts)}
    return _with_degrees(
        Graph(
            nodes=tuple(graph.nodes[i] for i in kept),
            facts=tuple(
                replace(
                    graph.facts[i], subject=place[graph.facts[i].subject], object=place[graph.facts[i].object]
                )
                for i in facts
            ),
            claims=tuple(
                replace(c, fact=fact_place[c.fact], paper=None if c.paper is None else place.get(c.paper))
                for c in graph.claims
                if c.fact in fact_place
            ),
            measures=tuple(
                replace(
                    m,
                    paper=place[m.paper],
                    of=None if m.of is None else place.get(m.of),
                    metric=None if m.metric is None else place.get(m.metric),
                )
                for m in graph.measures
                if m.paper in place
            ),
        )
    )


def _with_degrees(graph: Graph) -> Graph:
    """The graph with each node's number of distinct neighbours, which is how much it counts."""
    neighbours: list[set[int]] = [set() for _ in graph.nodes]
    for fact in graph.facts:
        neighbours[fact.subject].add(fact.object)
        neighbours[fact.object].add(fact.subject)
    return replace(graph, degrees=tuple(len(n) for n in neighbours))


def _read_node(index: _Index, subject: Any, type_: str) -> Node:
    preferred = _tagged(index(SKOS + "prefLabel").get(subject, ()))
    if type_ == "Paper":
        preferred += _tagged(index(DCTERMS + "title").get(subject, ()))
    others = _tagged(index(SKOS + "altLabel").get(subject, ())) + _tagged(
        index(RDFS + "label").get(subject, ())
    )
    names = tuple(dict.fromkeys(preferred + others))
    known = {text for _, text in names}
    # An untagged copy of a tagged name says nothing new.
    names = tuple(n for n in names if n[0] or not any(n[1] == m[1] and m[0] for m in names))
    about = []
    if type_ == "Paper":
        for term in ("identifier", "abstract", "language", "date", "creator"):
            for value in index(DCTERMS + term).get(subject, ()):
                about.append((term, _name_of(index, value)))
    hidden = tuple(_text(v) for v in index(SKOS + "hiddenLabel").get(subject, ()) if _text(v) not in known)
    return Node(subject.value, type_, names, hidden, tuple(about))


def _name_of(index: _Index, value: Any) -> str:
    """The text of a literal, or the name of the thing that an IRI stands for (a creator may be either)."""
    if isinstance(value, pyoxigraph.Literal):
        return value.value
    for predicate in (SKOS + "prefLabel", RDFS + "label", "http://xmlns.com/foaf/0.1/name"):
        if name := index.text(predicate, value):
            return name
    return local_name(str(getattr(value, "value", value)))


def _read_facts(index: _Index, place: dict[Any, int]) -> tuple[tuple[Fact, ...], tuple[Claim, ...]]:
    """Facts that are asserted, facts that are only claimed (denied, hedged), and the claims of both."""
    asserted: set[tuple[int, str, int]] = set()
    for quad in index.store.quads_for_pattern(None, None, None, None):
        if quad.predicate.value.startswith(KG) and quad.subject in place and quad.object in place:
            asserted.add((place[quad.subject], local_name(quad.predicate.value), place[quad.object]))
    for paper, people in index(DCTERMS + "creator").items():
        asserted |= {(place[paper], "creator", place[p]) for p in people if paper in place and p in place}
    raw = []
    claimed: set[tuple[int, str, int]] = set()
    for claim, predicates in index(RDF + "predicate").items():
        subject = _first(index(RDF + "subject").get(claim))
        object_ = _first(index(RDF + "object").get(claim))
        if subject in place and object_ in place and predicates[0].value.startswith(KG):
            key = (place[subject], local_name(predicates[0].value), place[object_])
            claimed.add(key)
            raw.append((claim, key))
    pairs = {(s, o) for s, p, o in asserted | claimed if p in _ROLES}
    bare = {f for f in asserted - claimed if f[1] == "mentions" and (f[0], f[2]) in pairs}
    keys = sorted((asserted | claimed) - bare)
    facts = tuple(Fact(s, p, o, (s, p, o) in asserted) for s, p, o in keys)
    position = {key: i for i, key in enumerate(keys)}
    claims = [
        Claim(
            iri=getattr(claim, "value", ""),
            fact=position[key],
            paper=place.get(_first(index(PROV + "wasDerivedFrom").get(claim))),
            confidence=_number(index.text(KG + "confidence", claim)),
            polarity=local_name(index.text(KG + "polarity", claim)) or "asserted",
            quotes=read_quotes(index, claim),
        )
        for claim, key in raw
    ]
    # Most certain first, so that the page shows the best words first.
    claims.sort(key=lambda c: (c.fact, -(c.confidence or 0.0), c.iri))
    return facts, tuple(claims)


def _read_measures(index: _Index, place: dict[Any, int]) -> tuple[Measure, ...]:
    proof = {
        (_first(index(RDF + "subject").get(claim)), objects[0]): claim
        for claim, objects in index(RDF + "object").items()
    }
    found = []
    for paper, measures in index(KG + "reports").items():
        for measure in measures:
            if paper not in place or not index.text(SCHEMA + "value", measure):
                continue
            quotes = read_quotes(index, measure)
            if not quotes and (paper, measure) in proof:
                quotes = read_quotes(index, proof[(paper, measure)])
            found.append(
                Measure(
                    paper=place[paper],
                    value=index.text(SCHEMA + "value", measure),
                    unit=index.text(SCHEMA + "unitText", measure),
                    stated=index.text(KG + "asStated", measure),
                    of=place.get(_first(index(KG + "ofEntity").get(measure))),
                    metric=place.get(_first(index(KG + "metric").get(measure))),
                    uncertainty=index.text(KG + "uncertainty", measure),
                    quotes=quotes,
                )
            )
    return tuple(sorted(found, key=_measure_order))


def _measure_order(measure: Measure) -> tuple[int, int, str, str, str, int, int]:
    """By paper, then as the text goes."""
    start = measure.quotes[0].start if measure.quotes else None
    of, metric = (-1 if i is None else i for i in (measure.of, measure.metric))
    return (measure.paper, start or 0, measure.value, measure.unit, measure.stated, of, metric)


def _tagged(values: Iterable[Any]) -> list[tuple[str, str]]:
    """(language tag, text) of the literals among ``values``."""
    return [
        (v.language or "", v.value) for v in values if isinstance(v, pyoxigraph.Literal) and v.value.strip()
    ]


def _first(values: list[Any] | None) -> Any:
    return values[0] if values else None


def _text(value: Any) -> str:
    return str(value.value) if isinstance(value, pyoxigraph.Literal | pyoxigraph.NamedNode) else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
