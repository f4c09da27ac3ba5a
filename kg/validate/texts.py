"""Texts that must agree: the language of a paper with that of its abstract, a number's words with the abstract that reports it."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.validate.report import Row, row
from kg.vocab import DCTERMS, KG, RDF


def check_texts(store: ox.Store) -> Iterator[Row]:
    """Papers whose abstract is tagged with another language than theirs, and numbers whose words their paper does not hold."""
    for quad in store.quads_for_pattern(None, RDF.type, KG.Paper):
        if isinstance(quad.subject, ox.NamedNode):
            yield from _paper(store, quad.subject)


def _paper(store: ox.Store, paper: ox.NamedNode) -> Iterator[Row]:
    abstracts = _literals(store, paper, DCTERMS.abstract)
    for language in _literals(store, paper, DCTERMS.language):
        for abstract in abstracts:
            tag = abstract.language or ""
            # A text in no language at all is the shapes' to tell.
            if tag and tag.partition("-")[0].lower() != language.value:
                yield row(store, "texts", paper, f"is in {language.value}, but its abstract is tagged {tag}")
    for reported in store.quads_for_pattern(paper, KG.reports, None):
        number = reported.object
        for words in _literals(store, number, KG.asStated):
            if abstracts and not any(_flat(words.value) in _flat(text.value) for text in abstracts):
                assert isinstance(number, ox.NamedNode | ox.BlankNode)
                yield row(
                    store, "texts", number, f"{words.value[:80]!r} stands nowhere in its paper's abstract"
                )


def _literals(store: ox.Store, node: object, predicate: ox.NamedNode) -> list[ox.Literal]:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return []
    found = (quad.object for quad in store.quads_for_pattern(node, predicate, None))
    return [item for item in found if isinstance(item, ox.Literal)]


def _flat(text: str) -> str:
    return " ".join(text.split())
