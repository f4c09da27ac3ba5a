"""The ``rdf12`` profile: a claim names its triple as one term, as RDF 1.2 can.

    claim:5f0c rdf:reifies <<( model:bloom kg:trainedOn dataset:roots )>>

in the place of ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``. The triple term states nothing: what a paper denies or
supposes is named by its claim and asserted nowhere (https://www.w3.org/TR/rdf12-concepts/#section-triple-terms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pyoxigraph as ox

from kg.vocab import RDF

_PARTS = (RDF.subject, RDF.predicate, RDF.object)


def reified(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, which come subject by subject, with triple terms for reified triples.

    A node with no, or with several, subjects, predicates or objects reifies no single triple, and stays as it is.
    """
    for (subject, graph), group in groupby(quads, key=lambda quad: (quad.subject, quad.graph_name)):
        about = list(group)
        parts = {part: [quad.object for quad in about if quad.predicate == part] for part in _PARTS}
        triple = _triple(*(parts[part] for part in _PARTS))
        if triple is None:
            yield from about
            continue
        rest = [quad for quad in about if quad.predicate not in _PARTS]
        types = [quad for quad in rest if quad.predicate == RDF.type]
        yield from types
        yield ox.Quad(subject, RDF.reifies, triple, graph)
        yield from (quad for quad in rest if quad.predicate != RDF.type)


def _triple(*parts: Sequence[object]) -> ox.Triple | None:
    if any(len(values) != 1 for values in parts):
        return None
    subject, predicate, item = (values[0] for values in parts)
    if not isinstance(subject, ox.NamedNode | ox.BlankNode) or not isinstance(predicate, ox.NamedNode):
        return None
    assert isinstance(item, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)
    return ox.Triple(subject, predicate, item)
