"""What validation says: one row a fault, in words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from kg.vocab import DCTERMS, OA, PROV, RDF

# A full stop before a space, or one of Chinese. What it cuts wrongly (an abbreviation) costs a reader a few words.
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？]")


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One fault: which check found it, at which node, what is wrong; and, if any, in which paper (its identifier),
    at which words, and the sentence of the abstract that they stand in.
    """

    check: str
    node: str
    message: str
    paper: str = ""
    quote: str = ""
    sentence: str = ""

    def __str__(self) -> str:
        lines = [f"{self.check}: {self.node}", f"    {self.message}"]
        if self.paper:
            lines.append(f"    in {self.paper}" + (f": {self.sentence or self.quote}" if self.quote else ""))
        return "\n".join(lines)


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
        if self.ok:
            return f"{self.triples} triples: valid"
        counts = Counter(row.check for row in self.rows)
        tally = ", ".join(f"{number} of {check}" for check, number in sorted(counts.items()))
        return "\n".join(
            [*map(str, self.rows), f"{len(self.rows)} faults in {self.triples} triples: {tally}"]
        )

    def as_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        return {"ok": self.ok, "triples": self.triples, "faults": [asdict(row) for row in self.rows]}


def row(store: ox.Store, check: str, node: ox.NamedNode | ox.BlankNode, message: str) -> Row:
    """A fault at a node, with the paper and the words that the node comes from."""
    paper, quote, sentence = _origin(store, node)
    name = node.value if isinstance(node, ox.NamedNode) else str(node)
    return Row(check, name, message, paper, quote, sentence)


def _origin(store: ox.Store, node: ox.NamedNode | ox.BlankNode) -> tuple[str, str, str]:
    """The identifier of the paper that a claim, target, selector or paper belongs to, the words it points at, and their
    sentence.
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
    place = [_place(store, span, end) for end in (OA.start, OA.end)]
    name = identifier.value if isinstance(identifier, ox.Literal) else ""
    return name, words, _sentence(_one(store, paper, DCTERMS.abstract), *place)


def _place(store: ox.Store, span: object, end: ox.NamedNode) -> int:
    """The offset that a target's position selector gives; -1 for none."""
    values = [
        quad.object.value
        for selector in store.quads_for_pattern(_subject(span), OA.hasSelector, None)
        for quad in store.quads_for_pattern(_subject(selector.object), end, None)
        if isinstance(quad.object, ox.Literal) and quad.object.value.isdecimal()
    ]
    return int(min(values, default="-1"))


def _sentence(abstract: object, first: int, last: int) -> str:
    """The sentence of the abstract in which these characters stand; nothing where it has none."""
    text = abstract.value if isinstance(abstract, ox.Literal) else ""
    if not 0 <= first < last <= len(text):
        return ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= first), default=0)
    stop = min((end for end in ends if end >= last), default=len(text))
    return " ".join(text[start:stop].split())


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
