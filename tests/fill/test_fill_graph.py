"""Given these resolved papers, the graph says this."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest
from sample_papers import BLEU, BLOOM, CHINESE, ENGLISH, ROOTS, chinese, english

from kg.errors import PaperkgError
from kg.fill import Activity, fill
from kg.settings import FillSettings
from kg.types import Entity, Label, Link, Relation, Resolved, Role
from kg.vocab import KG, PREFIXES

MADE_BY = Activity("0.1.0", extractors=("rules 1", "terminology 2"))


def graph(*papers: Resolved, settings: FillSettings | None = None, activity: Activity = MADE_BY) -> ox.Store:
    store = ox.Store()
    store.extend(fill(papers or (english(), chinese()), settings or FillSettings(), activity))
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(
        store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES, base_iri="https://w3id.org/paperkg/id/")
    )


def select(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES, base_iri="https://w3id.org/paperkg/id/")
    return {tuple(value.value if value else "" for value in row) for row in found}


@pytest.mark.parametrize(
    "fact",
    [
        "<paper/arxiv-2211.05100> a kg:Paper ; dcterms:identifier 'arXiv:2211.05100' ; dcterms:language 'en'",
        "<paper/arxiv-2211.05100> dcterms:title 'BLOOM: a model'@en ; rdfs:label 'BLOOM: a model'@en",
        "<paper/arxiv-2211.05100> dcterms:date '2022-11'^^xsd:gYearMonth ; prism:publicationName 'arXiv'",
        "<paper/arxiv-2211.05100> dcterms:creator <person/angela-fan>, <person/teven-le-scao>",
        "<paper/arxiv-2211.05100> schema:identifier 'doi:10.48550/arXiv.2211.05100'",
        "<paper/arxiv-2211.05100> foaf:page <https://arxiv.org/abs/2211.05100>, <https://example.org/bloom>",
        "<paper/arxiv-2211.05100> foaf:page <https://doi.org/10.48550/arXiv.2211.05100>",
        "<paper/sha256-0a1b2c> dcterms:identifier 'sha256-0a1b2c' ; rdfs:label 'sha256-0a1b2c'",
        "<paper/sha256-0a1b2c> dcterms:language 'zh'",
        "<person/angela-fan> a kg:Person ; foaf:name 'Angela Fan' ; rdfs:label 'Angela Fan'@en",
        "<model/bloom> a kg:Model ; skos:prefLabel 'BLOOM'@en ; rdfs:label 'BLOOM'@en",
        "<model/bloom> skos:hiddenLabel 'Bloom'@en",
        "<dataset/roots> skos:prefLabel 'ROOTS'@en, 'ROOTS 语料库'@zh-Hans",
        "<dataset/roots> rdfs:label 'ROOTS'@en, 'ROOTS 语料库'@zh-Hans",
        "<concept/inverse-scaling> skos:altLabel '反向缩放'@zh-Hans ; skos:exactMatch <term/inverse-scaling>",
        "<paper/arxiv-2211.05100> kg:introduces <model/bloom> ; kg:mentions <model/bloom>, <dataset/roots>",
        "<paper/sha256-0a1b2c> kg:mentions <model/bloom>, <dataset/roots>",
        "<model/bloom> kg:trainedOn <dataset/roots>",
        "?m a kg:Measurement ; schema:value 176000000000 ; schema:unitText 'parameters'",
        "?m schema:value 176000000000 ; kg:ofEntity <model/bloom>",
        "?m schema:value 28.4 ; kg:metric <metric/bleu> ; kg:uncertainty 0.3",
        "?m schema:value 28.4 ; kg:asStated 'BLEU of 28.4 ± 0.3'@en",
    ],
)
def test_the_graph_says(fact: str) -> None:
    assert ask(graph(), fact)


@pytest.mark.parametrize(
    ("what", "nonsense"),
    [
        ("a link that is no web page", "?paper foaf:page ?page FILTER(!STRSTARTS(STR(?page), 'http'))"),
        ("a weaker role beside the strongest", "?paper kg:studies <model/bloom>"),
        ("a hedged relation as a fact", "?s kg:exhibits ?o"),
        ("two names of one thing as a relation", "?s kg:synonymOf ?o"),
        ("a thing related to itself", "?s ?p ?s"),
        ("a unit where none is stated", "?m schema:value 28.4 ; schema:unitText ?unit"),
        ("a blank node", "?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o))"),
    ],
)
def test_the_graph_never_holds(what: str, nonsense: str) -> None:
    assert not ask(graph(), nonsense), what


def test_a_claim_says_who_claims_what_how_surely() -> None:
    claim = """
        ?claim a kg:Claim ; rdf:subject <model/bloom> ; rdf:predicate kg:trainedOn ; rdf:object <dataset/roots> ;
            kg:polarity "asserted" ; prov:wasDerivedFrom ?paper ; prov:wasGeneratedBy ?activity ;
            kg:confidence ?confidence .
        ?activity a prov:Activity ; prov:wasAssociatedWith <agent/paperkg-0.1.0>, <agent/terminology-2> .
    """
    assert select(graph(), f"SELECT ?paper ?confidence {{ {claim} }}") == {
        ("https://w3id.org/paperkg/id/paper/arxiv-2211.05100", "0.93"),
        ("https://w3id.org/paperkg/id/paper/sha256-0a1b2c", "0.7123"),
    }


def test_a_name_that_stands_twice_is_one_claim_with_two_targets_as_sure_as_its_surest() -> None:
    claim = """
        ?claim rdf:subject <paper/arxiv-2211.05100> ; rdf:predicate kg:mentions ; rdf:object <model/bloom> ;
            kg:confidence ?confidence ; oa:hasTarget/oa:hasSelector/oa:start ?start
    """
    query = f"SELECT ?claim ?confidence ?start {{ {claim} }}"
    rows = select(graph(), query)
    assert {(confidence, start) for _, confidence, start in rows} == {
        ("0.97", "11"),
        ("0.97", str(ENGLISH.rindex("BLOOM"))),
    }
    assert len({claim for claim, _, _ in rows}) == 1


@pytest.mark.parametrize("polarity", ["hedged", "negated"])
def test_what_the_text_does_not_assert_is_a_claim_with_its_polarity(polarity: str) -> None:
    triple = "rdf:subject <model/bloom> ; rdf:predicate kg:exhibits ; rdf:object <concept/inverse-scaling>"
    claim = f"?c {triple} ; kg:polarity '{polarity}'"
    assert ask(graph(english(polarity)), claim)
    assert not ask(graph(english(polarity), settings=FillSettings(keep_unasserted=False)), claim)


def test_every_quotation_stands_at_its_offsets() -> None:
    query = """
        SELECT ?paper ?start ?end ?exact ?prefix ?suffix {
            ?span oa:hasSource/dcterms:identifier ?paper ;
                oa:hasSelector [ oa:start ?start ; oa:end ?end ], ?quote .
            ?quote oa:exact ?exact OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix }
        }
    """
    rows = select(graph(), query)
    assert len(rows) == 13
    for paper, start, end, exact, prefix, suffix in rows:
        text = CHINESE if paper.startswith("sha256") else ENGLISH
        assert text[int(start) : int(end)] == exact
        assert text[: int(start)].endswith(prefix)
        assert text[int(end) :].startswith(suffix)
        assert max(len(prefix), len(suffix)) <= 32


def test_every_fact_about_an_entity_has_a_claim() -> None:
    store = graph()
    facts = "?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(kg:)) && ISIRI(?o) && ?p NOT IN (kg:ofEntity, kg:metric))"
    proof = "?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:polarity 'asserted'"
    unproved = f"{facts} FILTER NOT EXISTS {{ {proof} }}"
    assert ask(store, facts)
    assert not ask(store, unproved)


def test_one_name_in_two_places_for_a_thing_is_one_claim_in_each_paper() -> None:
    query = "SELECT ?claim { ?claim rdf:predicate kg:trainedOn }"
    assert len(select(graph(), query)) == 2


def test_the_order_of_the_papers_changes_nothing() -> None:
    papers = [english(), chinese(), replaced_id(english(), "a"), replaced_id(chinese(), "b")]
    expected = set(fill(papers, FillSettings(), MADE_BY))
    random.Random(7).shuffle(papers)
    assert set(fill(papers, FillSettings(), MADE_BY)) == expected


def test_a_quad_comes_twice_only_where_two_papers_state_one_fact() -> None:
    times = Counter(fill([english(), chinese()], FillSettings(), MADE_BY))
    assert [quad.predicate for quad, count in times.items() if count > 1] == [KG.trainedOn]


def test_a_store_gives_back_the_very_literals_that_were_put_in() -> None:
    assert set(graph()) == set(fill((english(), chinese()), FillSettings(), MADE_BY))


def test_the_activity_is_named_by_what_it_is_and_not_by_when() -> None:
    def node(activity: Activity) -> set[tuple[str, ...]]:
        return select(graph(activity=activity), "SELECT ?a { ?a a prov:Activity }")

    assert node(MADE_BY) == node(Activity("0.1.0", extractors=("terminology 2", "rules 1")))
    assert node(MADE_BY) != node(Activity("0.1.1", extractors=MADE_BY.extractors))
    assert node(MADE_BY) != node(Activity("0.1.0", extractors=MADE_BY.extractors, settings="{}"))


def test_all_nodes_live_under_the_base() -> None:
    store = graph(settings=FillSettings(base="https://example.org/x/"))
    assert all(quad.subject.value.startswith("https://example.org/x/") for quad in store)


def test_a_relation_that_the_classes_do_not_allow_is_left_out() -> None:
    """Resolution may find that what seemed a dataset here is, by all papers, a metric."""
    paper = english()
    links = (paper.links[0], Link(1, BLEU, "label"), *paper.links[2:])
    assert not ask(graph(replace(paper, links=links)), "?s kg:trainedOn ?o")
    assert not ask(graph(replace(paper, links=links)), "?c rdf:predicate kg:trainedOn")


def test_a_metric_that_resolved_to_something_else_is_not_a_metric() -> None:
    paper = english()
    links = (*paper.links[:3], Link(3, ROOTS, "label"), paper.links[4])
    store = graph(replace(paper, links=links))
    assert ask(store, "?m schema:value 28.4 ; kg:ofEntity <model/bloom>")
    assert not ask(store, "?m kg:metric ?o")


def test_names_that_stayed_two_things_are_said_to_be_one_in_a_claim_only() -> None:
    paper = english()
    other = Entity("model/bloom-176b", "Model", (Label("BLOOM-176B", "en", "pref"),))
    store = graph(replace(paper, links=(*paper.links[:2], Link(2, other, "label"), *paper.links[3:])))
    assert ask(
        store, "?c rdf:subject <model/bloom> ; rdf:predicate kg:synonymOf ; rdf:object <model/bloom-176b>"
    )
    assert not ask(store, "?s kg:synonymOf ?o")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"relations": (Relation(0, "likes", 1, 1.0, 0, 5),)}, "no predicate 'likes'"),
        ({"roles": (Role("refutes", 0, 1.0, 0, 5),)}, "no predicate 'refutes'"),
        ({"relations": (Relation(0, "trainedOn", 1, 1.0, 0, 9999),)}, "evidence at characters 0 to 9999"),
    ],
)
def test_an_extraction_that_makes_no_sense_is_an_error_that_names_the_paper(
    broken: dict, message: str
) -> None:
    paper = english()
    with pytest.raises(PaperkgError, match=rf"^arXiv:2211.05100: .*{message}"):
        graph(replace(paper, extraction=replace(paper.extraction, **broken)))


def test_a_class_that_the_ontology_lacks_is_an_error() -> None:
    unknown = Link(0, Entity("city/paris", "City", BLOOM.labels), "label")
    paper = chinese()
    with pytest.raises(PaperkgError, match="city/paris: no entity class 'City'"):
        graph(replace(paper, links=(unknown, paper.links[1])))


def replaced_id(paper: Resolved, identifier: str) -> Resolved:
    document = replace(paper.extraction.document, id=identifier)
    return replace(paper, extraction=replace(paper.extraction, document=document))
