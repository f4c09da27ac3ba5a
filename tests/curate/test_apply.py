"""What each decision does to the graph, and that nothing is left of it when its line is gone."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.curate import Decision, apply
from kg.export import export
from kg.fill import Activity, fill
from kg.iri import DEFAULT_BASE
from kg.resolve import resolve
from kg.settings import FillSettings
from kg.types import Document, Extraction, Measurement, Mention, Outcome, Relation, Role, Source
from kg.validate import validate_store
from kg.validate.evidence import check_evidence
from kg.vocab import KG, PROV, RDF, RDFS, SKOS

TEXT = "FrobNet is a model trained on GleamSet and compared with SchloopNet. FrobNet has 7B parameters."
NAMES = {"FrobNet": "Model", "GleamSet": "Dataset", "SchloopNet": "Model"}


def paper(identifier: str = "p1", text: str = TEXT) -> Extraction:
    """A paper that introduces FrobNet, trained on GleamSet, compared with SchloopNet, with 7B parameters."""
    places = [(text.index(name), name, kind) for name, kind in NAMES.items()]
    mentions = tuple(Mention(at, at + len(name), name, kind, 0.9) for at, name, kind in places)
    seven = text.index("7B")
    return Extraction(
        Document(identifier, text, "en"),
        mentions,
        (Relation(0, "trainedOn", 1, 0.8, 0, 38), Relation(0, "comparedWith", 2, 0.7, 0, 67)),
        (Role("introduces", 0, 0.9, 0, 38),),
        (Measurement(seven, seven + 13, "7B parameters", Decimal(7_000_000_000), "parameters", 0.9, of=0),),
    )


def node(key: str) -> ox.NamedNode:
    return ox.NamedNode(DEFAULT_BASE + key)


def built(*decisions: Decision, papers: tuple[Extraction, ...] = ()) -> tuple[ox.Store, list[Outcome]]:
    """The graph of the papers with the decisions applied, and what came of them. Every graph's evidence is checked."""
    resolved = list(resolve(papers or (paper(),)))
    given = [(decision, Source("curation.tsv", line)) for line, decision in enumerate(decisions, start=2)]
    for decision in decisions:
        assert decision.fault() == ""
    changed, outcomes = apply(resolved, given)
    store = ox.Store()
    store.bulk_extend(fill(changed, FillSettings(), Activity("0.1.0")))
    assert list(check_evidence(store)) == []
    return store, outcomes


def holds(store: ox.Store, s: str, p: ox.NamedNode, o: str) -> bool:
    return any(store.quads_for_pattern(node(s), p, node(o)))


def claims(store: ox.Store, s: str, p: ox.NamedNode, o: str) -> list[ox.NamedNode]:
    found = [quad.subject for quad in store.quads_for_pattern(None, RDF.object, node(o))]
    return [
        claim
        for claim in found
        if any(store.quads_for_pattern(claim, RDF.subject, node(s)))
        and any(store.quads_for_pattern(claim, RDF.predicate, p))
    ]


def labels(store: ox.Store, key: str, kind: ox.NamedNode) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(node(key), kind, None)}


def applied(outcomes: list[Outcome]) -> bool:
    return all(outcome.why == "" for outcome in outcomes)


def test_without_decisions_the_graph_is_as_extracted():
    store, outcomes = built()
    assert holds(store, "model/frobnet", KG.trainedOn, "dataset/gleamset")
    assert outcomes == []


@pytest.mark.parametrize("name", ["FrobNet", "FROBNETS", "model/frobnet"])
def test_rename_keeps_the_iri_and_the_old_name(name):
    store, outcomes = built(Decision("rename", name, object="FrobNet-XL"))
    assert applied(outcomes)
    assert labels(store, "model/frobnet", SKOS.prefLabel) == {"FrobNet-XL"}
    assert labels(store, "model/frobnet", SKOS.altLabel) == {"FrobNet"}


def test_rename_in_chinese_leaves_the_english_name():
    store, _ = built(Decision("rename", "FrobNet", object="弗罗网络"))
    assert labels(store, "model/frobnet", SKOS.prefLabel) == {"FrobNet", "弗罗网络"}


def test_the_later_of_two_names_counts():
    store, _ = built(Decision("rename", "FrobNet", object="A"), Decision("rename", "FrobNet", object="B"))
    assert labels(store, "model/frobnet", SKOS.prefLabel) == {"B"}


def test_retype_keeps_the_iri_and_drops_what_no_longer_fits():
    store, outcomes = built(Decision("retype", "GleamSet", object="kg:Task"))
    assert applied(outcomes)
    assert {q.object for q in store.quads_for_pattern(node("dataset/gleamset"), RDF.type, None)} == {KG.Task}
    assert not holds(store, "model/frobnet", KG.trainedOn, "dataset/gleamset")


def test_reject_takes_a_thing_and_all_that_is_said_of_it():
    store, outcomes = built(Decision("reject", "GleamSet"))
    assert applied(outcomes)
    assert not any(store.quads_for_pattern(node("dataset/gleamset"), None, None))
    assert not any(store.quads_for_pattern(None, None, node("dataset/gleamset")))
    assert holds(store, "model/frobnet", KG.comparedWith, "model/schloopnet"), "the rest stays"


def test_reject_takes_a_claim_from_one_paper_or_from_all():
    papers = paper("p1"), paper("p2")
    triple = ("model/frobnet", "trainedOn", "dataset/gleamset")
    one, outcomes = built(Decision("reject", *triple, paper="p1"), papers=papers)
    assert applied(outcomes)
    assert len(claims(one, "model/frobnet", KG.trainedOn, "dataset/gleamset")) == 1
    none, _ = built(Decision("reject", *triple), papers=papers)
    assert claims(none, "model/frobnet", KG.trainedOn, "dataset/gleamset") == []
    assert not holds(none, "model/frobnet", KG.trainedOn, "dataset/gleamset")


@pytest.mark.parametrize(
    ("predicate", "item"),
    [("introduces", "model/frobnet"), ("mentions", "SchloopNet"), ("reports", "7B parameters")],
)
def test_reject_takes_what_a_paper_does(predicate, item):
    before, _ = built()
    store, outcomes = built(Decision("reject", "paper/p1", predicate, item))
    assert applied(outcomes)
    term = getattr(KG, predicate)
    count = lambda s: sum(1 for _ in s.quads_for_pattern(node("paper/p1"), term, None))  # noqa: E731
    assert count(store) == count(before) - 1


def test_confirm_makes_a_claim_sure_and_says_that_a_person_did():
    store, outcomes = built(Decision("confirm", "FrobNet", "trainedOn", "GleamSet", paper="p1"))
    assert applied(outcomes)
    (claim,) = claims(store, "model/frobnet", KG.trainedOn, "dataset/gleamset")
    (confidence,) = [q.object.value for q in store.quads_for_pattern(claim, KG.confidence, None)]
    assert Decimal(confidence) == 1
    made = {q.object.value for q in store.quads_for_pattern(claim, PROV.wasGeneratedBy, None)}
    assert len(made) == 2
    assert f"{DEFAULT_BASE}activity/curation" in made


def test_confirm_of_a_number():
    store, outcomes = built(Decision("confirm", "p1", "reports", "7B parameters"))
    assert applied(outcomes)
    confidences = {
        q.object.value
        for c in store.quads_for_pattern(None, RDF.predicate, KG.reports)
        for q in store.quads_for_pattern(c.subject, KG.confidence, None)
    }
    assert {Decimal(c) for c in confidences} == {1}


def test_of_right_and_wrong_the_later_counts():
    triple = ("FrobNet", "trainedOn", "GleamSet")
    right, wrong = Decision("confirm", *triple), Decision("reject", *triple)
    assert holds(built(wrong, right)[0], "model/frobnet", KG.trainedOn, "dataset/gleamset")
    assert not holds(built(right, wrong)[0], "model/frobnet", KG.trainedOn, "dataset/gleamset")


def test_add_states_a_fact_by_the_words_of_the_paper():
    added = Decision("add", "SchloopNet", "trainedOn", "GleamSet", "p1", "trained on  GleamSet")
    store, outcomes = built(added)
    assert applied(outcomes)
    assert holds(store, "model/schloopnet", KG.trainedOn, "dataset/gleamset")
    (claim,) = claims(store, "model/schloopnet", KG.trainedOn, "dataset/gleamset")
    made = [q.object.value for q in store.quads_for_pattern(claim, PROV.wasGeneratedBy, None)]
    assert made == [f"{DEFAULT_BASE}activity/curation"]


def test_what_people_say_is_attributed_to_each_by_name(tmp_path):
    """In the graph and in the nanopublications made of it; and such a graph is valid."""
    triple = ("FrobNet", "trainedOn", "GleamSet")
    store, outcomes = built(
        Decision("confirm", *triple, paper="p1", author="Alice Doe"),
        Decision("confirm", *triple, paper="p1", author="王芳"),
        Decision(
            "add", "SchloopNet", "trainedOn", "GleamSet", "p1", "trained on GleamSet", author="Alice Doe"
        ),
    )
    assert applied(outcomes)
    (confirmed,) = claims(store, "model/frobnet", KG.trainedOn, "dataset/gleamset")
    (added,) = claims(store, "model/schloopnet", KG.trainedOn, "dataset/gleamset")
    assert makers(store, added) == {("Alice Doe", PROV.Person)}
    people = {("Alice Doe", PROV.Person), ("王芳", PROV.Person)}
    assert makers(store, confirmed) - people == {("paperkg 0.1.0", PROV.SoftwareAgent)}
    assert validate_store(store).ok
    export(store, tmp_path / "n.nq", "nquads", "nanopub")
    published = ox.Store()
    published.load(path=tmp_path / "n.nq", format=ox.RdfFormat.N_QUADS)
    publication = ox.NamedNode(confirmed.value.replace("/claim/", "/nanopub/"))
    assert len(set(published.quads_for_pattern(publication, PROV.wasAttributedTo, None))) == 3
    export(store, tmp_path / "f.nt", "ntriples", "facts")
    assert "Alice" not in (tmp_path / "f.nt").read_text(encoding="utf-8")


def makers(store: ox.Store, claim: ox.NamedNode) -> set[tuple[str, object]]:
    """Name and kind of the agents whose activities generated the claim."""
    return {
        (label.object.value, kind.object)
        for activity in store.quads_for_pattern(claim, PROV.wasGeneratedBy, None)
        for agent in store.quads_for_pattern(activity.object, PROV.wasAssociatedWith, None)
        for label in store.quads_for_pattern(agent.object, RDFS.label, None)
        for kind in store.quads_for_pattern(agent.object, RDF.type, None)
    }


def test_add_may_bring_a_new_thing_which_the_paper_then_mentions():
    added = Decision("add", "FrobNet", "trainedOn", "Dataset: Schloop Corpus", "p1", "trained on GleamSet")
    store, outcomes = built(added)
    assert applied(outcomes)
    assert holds(store, "model/frobnet", KG.trainedOn, "dataset/schloop-corpus")
    assert holds(store, "paper/p1", KG.mentions, "dataset/schloop-corpus")
    assert labels(store, "dataset/schloop-corpus", SKOS.prefLabel) == {"Schloop Corpus"}


def test_add_what_a_paper_does():
    store, outcomes = built(Decision("add", "p1", "uses", "GleamSet", quote="trained on GleamSet"))
    assert applied(outcomes)
    assert holds(store, "paper/p1", KG.uses, "dataset/gleamset")


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (Decision("rename", "NoNet", object="x"), "no paper names NoNet"),
        (Decision("reject", "FrobNet", "basedOn", "SchloopNet"), "no paper claims it"),
        (Decision("reject", "FrobNet", "trainedOn", "GleamSet", "p9"), "no paper p9 was read"),
        (Decision("add", "GleamSet", "trainedOn", "FrobNet", "p1", "FrobNet"), "the ontology has no Dataset trainedOn Model"),
        (Decision("add", "SchloopNet", "trainedOn", "GleamSet", "p1", "not there"), "does not hold the quote"),
        (Decision("add", "FrobNet", "comparedWith", "FrobNet", "p1", "FrobNet"), "the ontology has no"),
    ],
)  # fmt: skip
def test_what_the_papers_give_no_occasion_for_changes_nothing_and_says_why(decision, why):
    store, (outcome,) = built(decision)
    assert why in outcome.why
    assert str(outcome.source) == "curation.tsv:2"
    assert set(store) == set(built()[0])


def test_a_name_of_two_things_is_not_guessed():
    two = Extraction(Document("p2", "FrobNet", "en"), (Mention(0, 7, "FrobNet", "Organization", 0.9),))
    _, (outcome,) = built(Decision("reject", "FrobNet"), papers=(paper(), two))
    assert outcome.why == "FrobNet is the name of model/frobnet, organization/frobnet; say which"


def test_a_fact_about_a_rejected_thing_is_not_added():
    added = Decision("add", "SchloopNet", "trainedOn", "GleamSet", "p1", "GleamSet")
    _, outcomes = built(added, Decision("reject", "GleamSet"))
    assert [bool(outcome.why) for outcome in outcomes] == [True, False]


def test_a_key_whose_thing_was_joined_to_another_still_finds_it():
    store, outcomes = built(Decision("rename", "model/gleamset", object="Gleam"))
    assert applied(outcomes)
    assert labels(store, "dataset/gleamset", SKOS.prefLabel) == {"Gleam"}
