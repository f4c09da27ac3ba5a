"""A graph as the view sees it: things with names, facts between them, and for each fact the words that prove it.

Nodes, facts and claims are sorted by IRI and refer to each other by position, so that the page is small and its bytes do not
depend on the order in which a store gives its quads.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.evidence import Quote


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
    """All that can be shown; ``degrees`` are the nodes' numbers of neighbours, ``totals`` the nodes and facts before any cap."""

    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    measures: tuple[Measure, ...]
    degrees: tuple[int, ...]
    totals: tuple[int, int]
