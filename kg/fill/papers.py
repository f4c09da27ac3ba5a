"""What a paper is: the description that its source gave of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from kg.fill.literals import calendar, plain, web_page, worded
from kg.fill.nodes import Nodes
from kg.types import Document
from kg.vocab import DCTERMS, FOAF, KG, PRISM, RDF, RDFS, SCHEMA

# Where an identifier of a known kind can be read about: prefix -> pattern of the rest, address.
_RESOLVERS = {
    "arxiv": (re.compile(r"[\w.-]+(/\d{7})?(v\d+)?", re.ASCII), "https://arxiv.org/abs/"),
    "doi": (re.compile(r"10\.\d{4,9}/\S+", re.ASCII), "https://doi.org/"),
}


def paper_quads(document: Document, nodes: Nodes) -> Iterator[Quad]:
    """The paper's own description. A date, link or author that is not well formed is left out; the rest
    stays.

    ``dcterms:identifier`` is the identifier as given, and only that; identifiers of other schemes are
    ``schema:identifier``, and a DOI or arXiv number gives a link as well.
    """
    paper = nodes.paper(document)
    identifier = plain(document.id)
    yield Quad(paper, RDF.type, KG.Paper)
    yield Quad(paper, DCTERMS.identifier, identifier)
    yield Quad(paper, DCTERMS.language, plain(document.lang))
    yield Quad(paper, DCTERMS.abstract, worded(document.text, document.lang))
    title = document.title and document.title.strip()
    if title:
        yield Quad(paper, DCTERMS.title, worded(title))
    yield Quad(paper, RDFS.label, worded(title) if title else identifier)
    day = calendar(document.date) if document.date else None
    if day is not None:
        yield Quad(paper, DCTERMS.date, day)
    if document.venue and document.venue.strip():
        yield Quad(paper, PRISM.publicationName, plain(document.venue.strip()))
    for other in sorted(set(document.identifiers) - {document.id}):
        yield Quad(paper, SCHEMA.identifier, plain(other))
    for page in sorted(_pages(document), key=lambda node: node.value):
        yield Quad(paper, FOAF.page, page)
    for name in sorted({name.strip() for name in document.authors} - {""}):
        yield Quad(paper, DCTERMS.creator, nodes.person(name))


def person_quads(name: str, nodes: Nodes) -> Iterator[Quad]:
    """An author. Nothing but the name tells people apart here, so all papers of one name meet in one node."""
    person = nodes.person(name)
    yield Quad(person, RDF.type, KG.Person)
    yield Quad(person, FOAF.name, plain(name))
    yield Quad(person, RDFS.label, worded(name))


def _pages(document: Document) -> set[NamedNode]:
    pages = {web_page(link.strip()) for link in document.links}
    for identifier in (document.id, *document.identifiers):
        scheme, colon, rest = identifier.partition(":")
        pattern, address = _RESOLVERS.get(scheme.strip().lower(), (None, ""))
        if colon and pattern and pattern.fullmatch(rest := rest.strip()):
            pages.add(web_page(address + quote(rest, safe="/:;()-._~")))
    return {page for page in pages if page is not None}
