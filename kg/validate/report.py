"""What validation says: one row a fault, in words."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.vocab import DCTERMS, OA, PROV, RDF


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One fault: which check found it, at which node, in which paper (its identifier) and words, if any,
    and what is wrong.
    """

    check: str
    node: str
    message: str
    paper: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All faults, sorted, and how much was looked at."""

    rows: tuple[Row, ...]
    triples: int

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.rows

    def __str__(self) -> str:
        lines = [f"{row.check}: {row.node}: {row.message}" for row in self.rows]
        return "\n".join([*lines, f"{len(self.rows)} faults in {self.triples} triples"])


def row(store: ox.Store, check: str, node: ox.NamedNode | ox.BlankNode, message: str) -> Row:
    """A fault at a node, with the paper and the words that the node comes from."""
    paper, quote = _origin(store, node)
    return Row(check, node.value if isinstance(node, ox.NamedNode) else str(node), message, paper, quote)


def _origin(store: ox.Store, node: ox.NamedNode | ox.BlankNode) -> tuple[str, str]:
    """The identifier of the paper that a claim, target, selector or paper belongs to, and the words it
    points at.
    """
    span = _one(store, node, OA.hasTarget) or _one_before(store, OA.hasSelector, node) or node
    paper = _one(store, node, PROV.wasDerivedFrom) or _one(store, span, OA.hasSource)
    if paper is None:
        # A measurement or the like: some claim is about it.
        claim = _one_before(store, RDF.object, node)
        span = _one(store, claim, OA.hasTarget) or span
        paper = _one(store, claim, PROV.wasDerivedFrom) or node
    identifier = _one(store, paper, DCTERMS.identifier)
    quotes = [
        quad.object
        for selector in store.quads_for_pattern(_subject(span), OA.hasSelector, None)
        for quad in store.quads_for_pattern(_subject(selector.object), OA.exact, None)
    ]
    words = next((quote.value for quote in quotes if isinstance(quote, ox.Literal)), "")
    return (identifier.value if isinstance(identifier, ox.Literal) else ""), words


def _one(store: ox.Store, subject: object, predicate: ox.NamedNode) -> object:
    node = _subject(subject)
    if node is None:
        return None
    found = (quad.object for quad in store.quads_for_pattern(node, predicate, None))
    return min(found, key=str, default=None)


def _one_before(store: ox.Store, predicate: ox.NamedNode, value: ox.NamedNode | ox.BlankNode) -> object:
    return min(
        (quad.subject for quad in store.quads_for_pattern(None, predicate, value)), key=str, default=None
    )


def _subject(node: object) -> ox.NamedNode | ox.BlankNode | None:
    return node if isinstance(node, ox.NamedNode | ox.BlankNode) else None
