"""show: all that a graph says of one thing, each fact with the words that prove it.

>>> import pyoxigraph as ox
>>> store = ox.Store()
>>> show(store, "BLOOM")
Traceback (most recent call last):
kg.errors.PaperkgError: BLOOM: nothing in the graph is called that; give a name, an IRI, or a key such as model/bloom
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import PaperkgError
from kg.evidence import Lookup
from kg.iri import DEFAULT_BASE, check_base
from kg.show.portrait import (
    Fact,
    Facts,
    Group,
    Number,
    Outline,
    Portrait,
    Proof,
    Ref,
    Sketch,
    portrait,
    proof,
    ref,
)
from kg.show.stored import Stored
from kg.triple_terms import plain
from kg.vocab import DCTERMS, FOAF, RDFS, SKOS

__all__ = [
    "Fact",
    "Facts",
    "Group",
    "Number",
    "Outline",
    "Portrait",
    "Proof",
    "Ref",
    "Sketch",
    "find",
    "portrait",
    "proof",
    "ref",
    "show",
]

_NAMES = (
    SKOS.prefLabel,
    SKOS.altLabel,
    RDFS.label,
    SKOS.hiddenLabel,
    DCTERMS.title,
    DCTERMS.identifier,
    FOAF.name,
)


def show(store: ox.Store, term: str, base: str = DEFAULT_BASE) -> Portrait:
    """What the graph says of the thing that ``term`` names.

    Args:
        store: the graph.
        term: a name in any language and case, an identifier, an IRI, or the end of one (``model/bloom``).
        base: IRI under which the graph's resources live.

    Raises:
        UsageError: no IRIs can be made below the base.
        PaperkgError: nothing in the graph is called that.
    """
    base = check_base(base)
    store = plain(store)
    node = find(store, term, base)
    if node is None:
        raise PaperkgError(
            f"{term}: nothing in the graph is called that; give a name, an IRI, or a key such as model/bloom"
        )
    lookup = Lookup(store)
    return portrait(store, lookup, node, Stored(store, lookup))


def find(store: ox.Store, term: str, base: str = DEFAULT_BASE) -> ox.NamedNode | None:
    """The thing that a term names; of several of one name, the one that is said most of."""
    for iri in (term, base + term):
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        for pattern in ((node, None, None, None), (None, None, node, None)):
            if next(iter(store.quads_for_pattern(*pattern)), None) is not None:
                return node
    found = _exactly(store, term) or _in_any_case(store, term)
    return min(found, key=lambda node: (-_weight(store, node), node.value), default=None)


def _exactly(store: ox.Store, term: str) -> set[ox.NamedNode]:
    """By index: quick in a graph of any size, where the case fits."""
    forms = [ox.Literal(term), *(ox.Literal(term, language=lang) for lang in ("en", "zh-Hans"))]
    return {
        quad.subject
        for form in forms
        for name in _NAMES
        for quad in store.quads_for_pattern(None, name, form, None)
        if isinstance(quad.subject, ox.NamedNode)
    }


def _in_any_case(store: ox.Store, term: str) -> set[ox.NamedNode]:
    wanted = term.strip().casefold()
    return {
        quad.subject
        for name in _NAMES
        for quad in store.quads_for_pattern(None, name, None, None)
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.object.value.casefold() == wanted
    }


def _weight(store: ox.Store, node: ox.NamedNode) -> int:
    return sum(
        1 for _, _ in zip(store.quads_for_pattern(None, None, node, None), range(10_000), strict=False)
    )
