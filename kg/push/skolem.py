"""Blank nodes become IRIs (RDF 1.1 Concepts, section 3.5): a name for a blank node ends with the request that carries it.

The IRI follows from what is said of the blank nodes, not from the labels that a file or a parser gave them: labels are made canonical
(RDFC-1.0) over the quads that hold blank nodes, and a digest of those keeps the nodes of two graphs apart. paperkg's own graphs have
no blank nodes; others' have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.iri import DEFAULT_BASE

_GENID = f"{DEFAULT_BASE.split('/id/')[0]}/.well-known/genid/"


def named(store: ox.Store) -> Iterator[ox.Quad]:
    """The quads of a store with an IRI for every blank node. Only quads with blank nodes are held in memory."""
    blank = ox.Dataset(quad for quad in store if _has_blank(quad))
    if not len(blank):
        yield from store
        return
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(str(quad) for quad in blank)
    prefix = f"{_GENID}{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}-"
    for quad in store:
        if not _has_blank(quad):
            yield quad
    for quad in blank:
        yield ox.Quad(
            _name(quad.subject, prefix), quad.predicate, _name(quad.object, prefix), _name(quad.graph_name, prefix)
        )  # fmt: skip


def _has_blank(quad: ox.Quad) -> bool:
    return any(_is_blank(term) for term in (quad.subject, quad.object, quad.graph_name))


def _is_blank(term: object) -> bool:
    if isinstance(term, ox.Triple):
        return _is_blank(term.subject) or _is_blank(term.object)
    return isinstance(term, ox.BlankNode)


def _name(term: Any, prefix: str) -> Any:
    # Any kind of term, to one that may stand in the same place.
    if isinstance(term, ox.Triple):
        return ox.Triple(_name(term.subject, prefix), term.predicate, _name(term.object, prefix))
    return ox.NamedNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term
