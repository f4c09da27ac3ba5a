"""The ``facts`` profile: what is stated, without the claims and places in the text that prove it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.vocab import PREFIXES

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_EVIDENCE = frozenset(
    ox.NamedNode(iri)
    for iri in (
        f"{PREFIXES['kg']}Claim",
        f"{PREFIXES['oa']}SpecificResource",
        f"{PREFIXES['oa']}TextPositionSelector",
        f"{PREFIXES['oa']}TextQuoteSelector",
        f"{PREFIXES['prov']}Activity",
        f"{PREFIXES['prov']}SoftwareAgent",
    )
)


def only_facts(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples that neither describe evidence nor point at it."""
    everything = list(triples)
    evidence = {t.subject for t in everything if t.predicate == _TYPE and t.object in _EVIDENCE}
    return [t for t in everything if t.subject not in evidence and t.object not in evidence]
