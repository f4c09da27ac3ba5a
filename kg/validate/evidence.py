"""Facts and their proof: a fact has an asserted claim, an asserted claim its fact, a quotation its place, all of one paper.

A graph without any claim (the ``facts`` profile) has no evidence to check.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.belief import beliefs
from kg.validate.report import Row, row
from kg.vocab import DCTERMS, ENTITY_PREDICATES, KG, OA, PAPER_PREDICATES, PROV, RDF, TERMS

# What only a paper itself does.
_OF_PAPERS = frozenset(TERMS[name] for name in (*PAPER_PREDICATES, "reports"))
# Half of the fourth decimal, and what arithmetic may add.
_ROUNDING = 0.00005 + 1e-9


def check_evidence(store: ox.Store) -> Iterator[Row]:
    """Facts nobody claims, claims without their fact or proved by another paper, and quotations that do not stand where they say."""
    claims = [quad.subject for quad in store.quads_for_pattern(None, RDF.type, KG.Claim)]
    named = [claim for claim in claims if isinstance(claim, ox.NamedNode)]
    if named:
        yield from _facts(store, named)
        yield from _papers(store, named)
        yield from _beliefs(store)
    for source in store.quads_for_pattern(None, OA.hasSource, None):
        if isinstance(source.subject, ox.NamedNode):
            fault = _fault(store, source.subject, source.object)
            if fault:
                yield row(store, "evidence", source.subject, fault)


def _facts(store: ox.Store, claims: list[ox.NamedNode]) -> Iterator[Row]:
    asserted: set[tuple[object, object, object]] = set()
    for claim in claims:
        polarity = _value(store, claim, KG.polarity)
        subject, predicate, object_ = (
            _value(store, claim, part) for part in (RDF.subject, RDF.predicate, RDF.object)
        )
        if not isinstance(polarity, ox.Literal) or polarity.value != "asserted" or predicate == KG.synonymOf:
            continue
        asserted.add((subject, predicate, object_))
        if not _holds(store, subject, predicate, object_):
            yield row(store, "evidence", claim, "asserted, but the graph does not hold its triple")
    for name in (*PAPER_PREDICATES, "reports", *ENTITY_PREDICATES):
        for quad in store.quads_for_pattern(None, TERMS[name], None):
            if (quad.subject, quad.predicate, quad.object) in asserted:
                continue
            if isinstance(quad.subject, ox.NamedNode):
                message = f"kg:{name} {quad.object}: no asserted claim says so"
                yield row(store, "evidence", quad.subject, message)


def _papers(store: ox.Store, claims: list[ox.NamedNode]) -> Iterator[Row]:
    """Claims that point at the words of another paper than they were derived from, or tell what another paper does."""
    for claim in claims:
        paper, subject, predicate = (
            _value(store, claim, part) for part in (PROV.wasDerivedFrom, RDF.subject, RDF.predicate)
        )
        if paper is None:
            continue
        for target in store.quads_for_pattern(claim, OA.hasTarget, None):
            source = _value(store, target.object, OA.hasSource)
            if source not in (None, paper):
                message = f"derived from {paper}, but the words it points at are of {source}"
                yield row(store, "evidence", claim, message)
        if subject != paper and predicate in _OF_PAPERS:
            yield row(store, "evidence", claim, f"derived from {paper}, but tells what {subject} does")


def _beliefs(store: ox.Store) -> Iterator[Row]:
    """Claims whose belief is not what the claims of all papers give, or lacking; a graph that states none is not asked for any."""
    stated = {quad.subject for quad in store.quads_for_pattern(None, KG.belief, None)}
    for claim, figure in beliefs(store) if stated else ():
        value = _value(store, claim, KG.belief)
        if isinstance(value, ox.Literal) and abs(_number(value.value) - figure) > _ROUNDING:
            message = f"kg:belief {value.value}, but the papers' claims give {figure:.4f}"
            yield row(store, "evidence", claim, message)
        elif value is None and figure > _ROUNDING:
            message = f"states no kg:belief, but the papers' claims give {figure:.4f}"
            yield row(store, "evidence", claim, message)
    for node in stated:
        if isinstance(node, ox.NamedNode) and _value(store, node, RDF.predicate) in _OF_PAPERS:
            message = "kg:belief of what a paper itself does, which no other paper can make surer"
            yield row(store, "evidence", node, message)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _holds(store: ox.Store, subject: object, predicate: object, object_: object) -> bool:
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        return False
    found = store.quads_for_pattern(subject, predicate, None)
    return isinstance(object_, ox.NamedNode) and any(quad.object == object_ for quad in found)


def _fault(store: ox.Store, span: ox.NamedNode, paper: object) -> str:
    """What is wrong with a target's quotation, or nothing. Offsets count code points."""
    start, end, exact, prefix, suffix = (
        next(_selected(store, span, name), None)
        for name in (OA.start, OA.end, OA.exact, OA.prefix, OA.suffix)
    )
    if start is None or end is None or exact is None or not (start.isdigit() and end.isdigit()):
        return "has no readable position and quotation"
    first, last = int(start), int(end)
    quads = store.quads_for_pattern(paper, DCTERMS.abstract, None) if isinstance(paper, ox.NamedNode) else ()
    texts = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
    if not texts:
        return "its paper has no abstract to quote"
    for text in texts:
        before, after = text[:first], text[last:]
        if text[first:last] == exact and before.endswith(prefix or "") and after.startswith(suffix or ""):
            return ""
    found = texts[0][first:last]
    return f"quotes {exact[:80]!r}, but characters {first} to {last} of the abstract are {found[:80]!r}"


def _selected(store: ox.Store, span: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[str]:
    for selector in store.quads_for_pattern(span, OA.hasSelector, None):
        if isinstance(selector.object, ox.NamedNode):
            for quad in store.quads_for_pattern(selector.object, predicate, None):
                if isinstance(quad.object, ox.Literal):
                    yield quad.object.value


def _value(store: ox.Store, subject: object, predicate: ox.NamedNode) -> object:
    if not isinstance(subject, ox.NamedNode | ox.BlankNode):
        return None
    return next((quad.object for quad in store.quads_for_pattern(subject, predicate, None)), None)
