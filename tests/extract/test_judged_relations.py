"""How the witnesses of a relation are weighed: what must hold whatever weights a training gives."""

from __future__ import annotations

import json
import re

import pytest
import spacy

from kg.extract.judged_relations import WITNESSES, Least, Witnesses, witnessed
from kg.extract.logistic import read_weights
from kg.extract.nlp import EASIER_RELATIONS, pipeline
from kg.extract.relations import find_relations, fits, names
from kg.extract.sentences import mark_sentences
from kg.settings import ExtractSettings
from kg.types import Mention, Role

TEXTS = {
    "en": "We present FooNet, a language model. FooNet was trained on the ROOTS corpus and outperforms BLOOM on SQuAD.",
    "zh": "本文提出了FooNet，一种语言模型。FooNet在ROOTS语料库上训练，并在SQuAD上优于BLOOM。",
}


def said(seen, things):
    """What each row says, by the names of its things."""
    rows = zip(seen.subjects, seen.predicates, seen.objects, strict=True)
    return [(things[subject], predicate, things[item]) for subject, predicate, item in rows]


@pytest.fixture(params=sorted(TEXTS))
def doc(request):
    return pipeline(request.param, ExtractSettings())(TEXTS[request.param])


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_every_witness_speaks_for_a_relation_not_against_it(lang):
    _, network, linear, named, _, stated = json.loads(WITNESSES.read_text(encoding="utf-8"))[lang]
    assert min(network, linear, named, stated) > 0


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
    seen = said(witnessed(doc), things)
    assert seen
    assert len(seen) == len(set(seen))
    assert all(subject != item for subject, _, item in seen)


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_a_relation_that_is_not_asked_about_could_not_have_counted(monkeypatch, lang):
    read = pipeline(lang, ExtractSettings())
    few = read(TEXTS[lang])
    monkeypatch.setattr(Least, "within_reach", lambda *_: True)
    every = read(TEXTS[lang])
    assert few._.relations == every._.relations
    monkeypatch.undo()
    asked = witnessed(every, Least(0.05, read_weights(WITNESSES)[lang]))
    assert 0 < len(asked.predicates) < len(witnessed(every).predicates)


@pytest.mark.parametrize("lang", sorted(TEXTS))
@pytest.mark.parametrize("least", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_a_least_score_keeps_what_reaches_it_as_it_is(lang, least):
    every = pipeline(lang, ExtractSettings(min_relation_score=0.0))(TEXTS[lang])
    some = pipeline(lang, ExtractSettings(min_relation_score=least))(TEXTS[lang])
    easier = least - EASIER_RELATIONS[lang]
    assert some._.relations == [r for r in every._.relations if r.score >= easier]


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "item"),
    [
        (
            "We study oblix. A grobe based on oblix, which we call Zorbel, is shown.",
            "Zorbel",
            "basedOn",
            "oblix",
        ),
        ("We present Zorbel. Tests on SQuAD follow.", "Zorbel", "evaluatedOn", "SQuAD"),
    ],
)
def test_what_is_called_by_a_name_or_tested_is_believed_though_the_models_see_nothing(
    text, subject, predicate, item
):
    doc = spacy.blank("en")(text)
    found = {"oblix": "Method", "SQuAD": "Benchmark", "Zorbel": "Method"}
    doc._.mentions = sorted(
        (
            Mention(m.start(), m.end(), name, kind, 0.9)
            for name, kind in found.items()
            for m in re.finditer(name, text)
        ),
        key=lambda m: m.start,
    )
    doc._.roles = [
        Role("introduces", i, 0.9, 0, 1) for i, m in enumerate(doc._.mentions) if m.text == "Zorbel"
    ]
    nothing = Witnesses(0.05)(find_relations(mark_sentences(doc)))._.relations
    of = [m.text for m in doc._.mentions]
    found = [r for r in nothing if (of[r.subject], r.predicate, of[r.object]) == (subject, predicate, item)]
    assert [r.score >= ExtractSettings().min_relation_score for r in found] == [True]


def test_what_other_templates_state_counts_as_far_as_the_models_agree():
    read = pipeline("en", ExtractSettings())
    with read.select_pipes(disable="paperkg_learned_pairs"):
        doc = read(TEXTS["en"])
    things = names(doc)
    stated = {(things[r.subject], r.predicate, things[r.object]) for r in doc._.relations}
    seen = witnessed(doc)
    marked = {one for one, *_, told in zip(said(seen, things), *seen.features.T, strict=True) if told}
    assert marked
    assert marked <= stated
