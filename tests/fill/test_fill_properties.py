"""Whatever extraction finds and whatever the labels hold, the graph is sound RDF and its evidence stands."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.fill import Activity, fill
from kg.iri import slug
from kg.settings import FillSettings
from kg.types import Document, Entity, Extraction, Label, Link, Measurement, Mention, Relation, Resolved, Role
from kg.validate import validate_store
from kg.vocab import ENTITY_CLASSES, ENTITY_PREDICATES, PAPER_PREDICATES

HOSTILE = st.sampled_from(
    ["</script><script>alert(1)</script>", '" . <a> <b> <c> .', "'''\"\"\"\\", "a\r\nb\x00\x1b", "\ud800",
     "href=javascript:x", "<!--", "]]>", "𝓜odel 😀", "\u202eabc", "｛｝", "%zz <>|^`"]
)  # fmt: skip
TEXT = st.one_of(HOSTILE, st.text(min_size=1, max_size=30))
SCORE = st.floats(0, 1)


@st.composite
def papers(draw: st.DrawFn) -> Resolved:
    text = draw(st.lists(TEXT, min_size=1, max_size=5).map(" ".join))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(
        lambda pair: (min(pair), max(pair)) if pair[0] != pair[1] else (pair[0], pair[0] + 1)
    ).filter(lambda span: span[1] <= len(text))  # fmt: skip
    mentions, links = [], []
    for index in range(draw(st.integers(1, 4))):
        start, end = draw(spans)
        type_ = draw(st.sampled_from(ENTITY_CLASSES))
        label = draw(TEXT.filter(str.strip))
        mentions.append(Mention(start, end, text[start:end], type_, draw(SCORE)))
        labels = (Label(label, draw(st.sampled_from(["en", "zh-Hans"])), "pref"),)
        links.append(Link(index, Entity(f"{type_.lower()}/{slug(label)}", type_, labels), "label"))
    which = st.integers(0, len(mentions) - 1)
    relations = st.builds(
        lambda s, p, o, score, span, polarity: Relation(s, p, o, score, *span, polarity),
        which, st.sampled_from(ENTITY_PREDICATES), which, SCORE, spans,
        st.sampled_from(["asserted", "negated", "hedged"]),
    )  # fmt: skip
    roles = st.builds(
        lambda p, m, score, span: Role(p, m, score, *span),
        st.sampled_from(PAPER_PREDICATES),
        which,
        SCORE,
        spans,
    )
    measurements = st.builds(
        lambda span, value, unit, of: Measurement(*span, text[slice(*span)], value, unit, 0.5, of=of),
        spans, st.decimals(), st.one_of(st.just(""), TEXT), st.one_of(st.none(), which),
    )  # fmt: skip
    document = Document(
        id=draw(TEXT.filter(str.strip)),
        text=text,
        lang=draw(st.sampled_from(["en", "zh"])),
        title=draw(st.one_of(st.none(), TEXT)),
        authors=tuple(draw(st.lists(TEXT, max_size=2))),
        date=draw(st.one_of(st.none(), st.dates().map(str), TEXT)),
        links=tuple(draw(st.lists(TEXT, max_size=2))),
    )
    return Resolved(
        Extraction(
            document,
            tuple(mentions),
            tuple(draw(st.lists(relations, max_size=4))),
            tuple(draw(st.lists(roles, max_size=4))),
            tuple(draw(st.lists(measurements, max_size=3))),
        ),
        tuple(links),
    )


def deduplicated(paper: Resolved) -> Resolved:
    """The same paper with one entity a key, as resolution promises."""
    known: dict[str, Entity] = {}
    links = tuple(
        Link(link.mention, known.setdefault(link.entity.key, link.entity), link.reason)
        for link in paper.links
    )
    return Resolved(paper.extraction, links)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(papers().map(deduplicated))
def test_any_paper_gives_a_graph_that_validates(paper: Resolved) -> None:
    store = ox.Store()
    store.extend(fill([paper], FillSettings(), Activity("0.1.0")))
    report = validate_store(store)
    assert report.ok, str(report)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(papers().map(deduplicated))
def test_any_graph_comes_back_whole_from_every_strict_format(paper: Resolved) -> None:
    triples = {quad.triple for quad in fill([paper], FillSettings(), Activity("0.1.0"))}
    for format_ in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML):
        written = ox.serialize(triples, format=format_)
        assert written is not None
        assert {quad.triple for quad in ox.parse(written, format=format_)} == triples
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE)
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(triples)
