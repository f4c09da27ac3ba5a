"""The IRIs of the graph's nodes, each made from what the node stands for. There are no blank nodes.

paper/arxiv-2211.05100               a paper, by its identifier
model/bloom                          an entity, as resolution named it
person/rohin-shah                    an author, by name: people of one name share a node
claim/5f0c…                          a claim, by paper, triple and polarity
measurement/arxiv-2211.05100-1c9a…   a number, by paper, place and value
span/arxiv-2211.05100-120-245        characters 120 to 245 of the paper's abstract
span/…#position, span/…#quote        the span's two selectors
activity/77e2…                       the making of the statements, by version and settings
activity/curation-alice-doe          what a person decided by hand
agent/paperkg-0.1.0                  a program that took part in it
agent/curator-alice-doe              a person who did
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.iri import digest, paper_key, slug
from kg.types import Document, Measurement

# Sixteen hexadecimal digits: at a hundred million claims, two of them share a name once in some four
# thousand builds.
_CLAIM_DIGITS = 16


class Nodes:
    """Names nodes below one base, which :func:`kg.iri.check_base` allows."""

    def __init__(self, base: str) -> None:
        self._base = base

    def named(self, key: str) -> NamedNode:
        """The node with this key, which is its IRI below the base."""
        return NamedNode(self._base + key)

    def paper(self, document: Document) -> NamedNode:
        """The paper."""
        return self.named(paper_key(document.id))

    def person(self, name: str) -> NamedNode:
        """The author of this name."""
        return self.named(f"person/{slug(name)}")

    def claim(
        self, paper: NamedNode, triple: tuple[NamedNode, NamedNode, NamedNode], polarity: str
    ) -> NamedNode:
        """The claim of a paper that a triple holds, does not hold, or may hold."""
        parts = " ".join(node.value for node in (paper, *triple))
        return self.named(f"claim/{digest(f'{parts} {polarity}', _CLAIM_DIGITS)}")

    def measurement(self, document: Document, found: Measurement) -> NamedNode:
        """A number in its place."""
        place = f"{found.start} {found.end} {found.value.normalize()} {found.unit}"
        return self.named(f"measurement/{_slug_of(document)}-{digest(place)}")

    def span(self, document: Document, start: int, end: int) -> NamedNode:
        """Characters of the abstract."""
        return self.named(f"span/{_slug_of(document)}-{start}-{end}")


def part(node: NamedNode, name: str) -> NamedNode:
    """A part of a node that is described on the same page."""
    return NamedNode(f"{node.value}#{name}")


def _slug_of(document: Document) -> str:
    return paper_key(document.id).removeprefix("paper/")
