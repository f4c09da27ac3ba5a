"""From a store to the graph that is shown: the outline of it all, then the details of what a page can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph

from kg.evidence import Lookup, read_quotes
from kg.export.html.model import Claim, Fact, Graph, Measure, Node
from kg.export.html.outline import Outline, read_outline
from kg.export.html.terms import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, SKOS, local_name

_FOAF_NAME = "http://xmlns.com/foaf/0.1/name"


def read_graph(store: pyoxigraph.Store, limit: int) -> Graph:
    """The ``limit`` best connected nodes of ``store``, the facts between them and their evidence."""
    whole = read_outline(store)
    outline = whole.best(limit)
    lookup = Lookup(store)
    iris = sorted(outline.types)
    place = {iri: i for i, iri in enumerate(iris)}
    degrees = outline.degrees()
    facts, claims = _read_facts(lookup, outline, place)
    return Graph(
        nodes=tuple(_read_node(lookup, iri, outline.types[iri]) for iri in iris),
        facts=facts,
        claims=claims,
        measures=_read_measures(lookup, outline, place),
        degrees=tuple(degrees[iri] for iri in iris),
        totals=(len(whole.types), len(whole.claims)),
    )


def _read_node(lookup: Lookup, iri: str, type_: str) -> Node:
    said = lookup.about(iri)
    preferred = _tagged(said.get(SKOS + "prefLabel", ()))
    if type_ == "Paper":
        preferred += _tagged(said.get(DCTERMS + "title", ()))
    others = _tagged(said.get(SKOS + "altLabel", ())) + _tagged(said.get(RDFS + "label", ()))
    names = tuple(dict.fromkeys(preferred + others))
    known = {text for _, text in names}
    # An untagged copy of a tagged name says nothing new.
    names = tuple(n for n in names if n[0] or not any(n[1] == m[1] and m[0] for m in names))
    about = []
    if type_ == "Paper":
        for term in ("identifier", "abstract", "language", "date", "creator"):
            about += [(term, _name_of(lookup, value)) for value in said.get(DCTERMS + term, ())]
    hidden = tuple(_text(v) for v in said.get(SKOS + "hiddenLabel", ()) if _text(v) not in known)
    return Node(iri, type_, names, hidden, tuple(about))


def _name_of(lookup: Lookup, value: Any) -> str:
    """The text of a literal, or the name of the thing that an IRI stands for (a creator may be either)."""
    if isinstance(value, pyoxigraph.Literal):
        return value.value
    names = (lookup.text(value, p) for p in (SKOS + "prefLabel", RDFS + "label", _FOAF_NAME))
    return next(filter(None, names), local_name(str(getattr(value, "value", value))))


def _read_facts(
    lookup: Lookup, outline: Outline, place: dict[str, int]
) -> tuple[tuple[Fact, ...], tuple[Claim, ...]]:
    """Facts that are asserted, facts that are only claimed (denied, hedged), and the claims of both."""
    keys = sorted(outline.claims, key=lambda key: (place[key[0]], key[1], place[key[2]]))
    facts = tuple(Fact(place[s], p, place[o], (s, p, o) in outline.asserted) for s, p, o in keys)
    claims = [
        Claim(
            iri=iri,
            fact=position,
            paper=place.get(lookup.text(iri, PROV + "wasDerivedFrom")),
            confidence=_number(lookup.text(iri, KG + "confidence")),
            polarity=local_name(lookup.text(iri, KG + "polarity")) or "asserted",
            quotes=read_quotes(lookup, iri),
        )
        for position, key in enumerate(keys)
        for iri in outline.claims[key]
    ]
    # Most certain first, so that the page shows the best words first.
    claims.sort(key=lambda c: (c.fact, -(c.confidence or 0.0), c.iri))
    return facts, tuple(claims)


def _read_measures(lookup: Lookup, outline: Outline, place: dict[str, int]) -> tuple[Measure, ...]:
    found = []
    papers = (iri for iri, type_ in outline.types.items() if type_ == "Paper")
    for paper, measure in ((p, m) for p in papers for m in lookup.about(p).get(KG + "reports", ())):
        value = lookup.text(measure, SCHEMA + "value")
        if not value:
            continue
        # The words are the claim's that the paper reports it, unless the number carries its own.
        quotes = read_quotes(lookup, measure) or tuple(
            quote
            for claim in lookup.subjects(RDF + "object", measure)
            for quote in read_quotes(lookup, claim)
        )
        found.append(
            Measure(
                paper=place[paper],
                value=value,
                unit=lookup.text(measure, SCHEMA + "unitText"),
                stated=lookup.text(measure, KG + "asStated"),
                of=place.get(lookup.text(measure, KG + "ofEntity")),
                metric=place.get(lookup.text(measure, KG + "metric")),
                uncertainty=lookup.text(measure, KG + "uncertainty"),
                quotes=quotes,
            )
        )
    return tuple(sorted(found, key=_measure_order))


def _measure_order(measure: Measure) -> tuple[int, int, str, str, str, int, int]:
    """By paper, then as the text goes."""
    start = measure.quotes[0].start if measure.quotes else None
    of, metric = (-1 if i is None else i for i in (measure.of, measure.metric))
    return (measure.paper, start or 0, measure.value, measure.unit, measure.stated, of, metric)


def _tagged(values: Iterable[Any]) -> list[tuple[str, str]]:
    """(language tag, text) of the literals among ``values``."""
    return [
        (v.language or "", v.value) for v in values if isinstance(v, pyoxigraph.Literal) and v.value.strip()
    ]


def _text(value: Any) -> str:
    return str(value.value) if isinstance(value, pyoxigraph.Literal | pyoxigraph.NamedNode) else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
