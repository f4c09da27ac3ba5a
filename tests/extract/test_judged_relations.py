"""How the witnesses of a relation are weighed: what must hold whatever weights a training gives."""

from __future__ import annotations

import json

import pytest

from kg.extract import judged_relations
from kg.extract.judged_relations import WITNESSES, witnessed
from kg.extract.logistic import read_weights
from kg.extract.nlp import pipeline
from kg.extract.relations import fits, names
from kg.settings import ExtractSettings

TEXTS = {
    "en": "We present FooNet, a language model. FooNet was trained on the ROOTS corpus and outperforms BLOOM on SQuAD.",
    "zh": "本文提出了FooNet，一种语言模型。FooNet在ROOTS语料库上训练，并在SQuAD上优于BLOOM。",
}


@pytest.fixture(params=sorted(TEXTS))
def doc(request):
    return pipeline(request.param, ExtractSettings())(TEXTS[request.param])


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_every_witness_speaks_for_a_relation_not_against_it(lang):
    _, network, linear, named, _ = json.loads(WITNESSES.read_text(encoding="utf-8"))[lang]
    assert min(network, linear, named) > 0


def test_scores_are_probabilities_and_classes_fit(doc):
    relations = [r for r in doc._.relations if r.predicate != "synonymOf"]
    assert relations
    for r in relations:
        assert 0 < r.score < 1
        assert fits(doc._.mentions, r.subject, r.predicate, r.object)


def test_two_things_have_one_relation(doc):
    things = names(doc)
    pairs = [
        frozenset((things[r.subject], things[r.object]))
        for r in doc._.relations
        if r.predicate != "synonymOf"
    ]
    assert len(pairs) == len(set(pairs))


def test_each_pair_and_predicate_is_witnessed_once(doc):
    things = names(doc)
    seen = [(things[w.subject], w.predicate, things[w.object]) for w in witnessed(doc)]
    assert seen
    assert len(seen) == len(set(seen))
    assert all(subject != item for subject, _, item in seen)


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_a_relation_that_is_not_asked_about_could_not_have_counted(monkeypatch, lang):
    read = pipeline(lang, ExtractSettings())
    few = read(TEXTS[lang])
    monkeypatch.setattr(judged_relations, "worth_asking", lambda _: 0.0)
    every = read(TEXTS[lang])
    assert few._.relations == every._.relations
    weights = read_weights(WITNESSES)[lang]
    monkeypatch.undo()
    asked = len(list(witnessed(every, judged_relations.worth_asking(weights))))
    assert asked < len(list(witnessed(every)))


def test_what_a_template_states_is_not_dropped():
    doc = pipeline("en", ExtractSettings())(TEXTS["en"])
    things = names(doc)
    stated = [
        r
        for r in doc._.relations
        if r.predicate == "trainedOn"
        and things[r.subject] == "foonet"
        and "roots" in things[r.object].casefold()
    ]
    assert stated
    assert stated[0].score >= ExtractSettings().min_relation_score
