"""Evidence: who says it, how surely, and with which words.

A claim is one paper's statement of one triple. A paper that says the same thing in several places has one
claim with several targets. Its confidence is that of the surest place: the places are read by one extractor
from one text, so they err together, and to multiply their doubts as if independent would make the figure
too high.

A target is a stretch of the abstract, held twice, as the Web Annotation model does
(https://www.w3.org/TR/annotation-model/): by position (code points, end exclusive) for machines that have
the text, and by quotation with what stands around it for whoever has another copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import PaperkgError
from kg.fill.literals import plain, probability
from kg.fill.nodes import Nodes, part
from kg.types import Document, Polarity
from kg.vocab import KG, OA, PROV, RDF, XSD

Triple = tuple[NamedNode, NamedNode, NamedNode]
# Characters kept on either side of a quotation: enough to find it again in a text that changed elsewhere.
_CONTEXT = 32


@dataclass(slots=True)
class _Evidence:
    confidence: float = 0.0
    spans: set[tuple[int, int]] = field(default_factory=set)


class Claims:
    """All that one paper claims, gathered statement by statement and then written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._claims: dict[tuple[Triple, Polarity], _Evidence] = {}

    def add(self, triple: Triple, polarity: Polarity, confidence: float, start: int, end: int) -> None:
        """Note that the characters ``start`` to ``end`` state the triple.

        Raises:
            PaperkgError: the text has no such characters.
        """
        length = len(self._document.text)
        if not 0 <= start < end <= length:
            raise PaperkgError(
                f"{self._document.id}: evidence at characters {start} to {end} of a text of {length}; "
                "extraction must point into the text as given"
            )
        evidence = self._claims.setdefault((triple, polarity), _Evidence())
        evidence.confidence = max(evidence.confidence, confidence)
        evidence.spans.add((start, end))

    def quads(self, nodes: Nodes, activity: NamedNode) -> Iterator[Quad]:
        """Facts, claims and targets, in a fixed order."""
        paper = nodes.paper(self._document)
        for (triple, polarity), evidence in sorted(self._claims.items(), key=_order):
            subject, predicate, object_ = triple
            # Names of one thing become one node; where they did not, it is a claim and no fact.
            if polarity == "asserted" and predicate != KG.synonymOf:
                yield Quad(subject, predicate, object_)
            claim = nodes.claim(paper, triple, polarity)
            yield Quad(claim, RDF.type, KG.Claim)
            yield Quad(claim, RDF.subject, subject)
            yield Quad(claim, RDF.predicate, predicate)
            yield Quad(claim, RDF.object, object_)
            yield Quad(claim, KG.polarity, plain(polarity))
            yield Quad(claim, KG.confidence, probability(evidence.confidence))
            yield Quad(claim, PROV.wasDerivedFrom, paper)
            yield Quad(claim, PROV.wasGeneratedBy, activity)
            for start, end in sorted(evidence.spans):
                yield Quad(claim, OA.hasTarget, nodes.span(self._document, start, end))
        # Claims that rest on the same characters share the target.
        for start, end in sorted(set().union(*(evidence.spans for evidence in self._claims.values()))):
            yield from self._target(nodes, paper, start, end)

    def _target(self, nodes: Nodes, paper: NamedNode, start: int, end: int) -> Iterator[Quad]:
        span, text = nodes.span(self._document, start, end), self._document.text
        position, quotation = part(span, "position"), part(span, "quote")
        yield Quad(span, RDF.type, OA.SpecificResource)
        yield Quad(span, OA.hasSource, paper)
        yield Quad(span, OA.hasSelector, position)
        yield Quad(span, OA.hasSelector, quotation)
        yield Quad(position, RDF.type, OA.TextPositionSelector)
        yield Quad(position, OA.start, Literal(str(start), datatype=XSD.integer))
        yield Quad(position, OA.end, Literal(str(end), datatype=XSD.integer))
        yield Quad(quotation, RDF.type, OA.TextQuoteSelector)
        yield Quad(quotation, OA.exact, plain(text[start:end]))
        if start:
            yield Quad(quotation, OA.prefix, plain(text[max(0, start - _CONTEXT) : start]))
        if end < len(text):
            yield Quad(quotation, OA.suffix, plain(text[end : end + _CONTEXT]))


def _order(item: tuple[tuple[Triple, Polarity], _Evidence]) -> tuple[str, ...]:
    (triple, polarity), _ = item
    return (*(node.value for node in triple), polarity)
