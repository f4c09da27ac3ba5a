"""What is told of a contribution far from its name: who is tested on what, and compared with whom."""

from __future__ import annotations

import re

import pytest

from kg.extract.nlp import pipeline
from kg.extract.relations.afar import relate_afar
from kg.extract.sentences import mark_sentences
from kg.settings import ExtractSettings
from kg.text import script_lang
from kg.types import Mention, Relation, Role

BEGUN = "We present Zorbel. It has two parts. One part reads. The other part writes. "
BEGUN_ZH = "我们提出了Zorbel。它有两个部分。一部分负责读。另一部分负责写。"
KINDS = {"Zorbel": "Method", "Quux": "Method", "SQuAD": "Benchmark", "Grobe": "Model", "Frob": "Concept"}
ROLES = {"Zorbel": "introduces", "Quux": "introduces", "SQuAD": "uses", "Grobe": "mentions", "Frob": "uses"}


def read(text, roles=ROLES, relations=()):
    doc = mark_sentences(pipeline(script_lang(text), ExtractSettings(learned=False)).make_doc(text))
    found = sorted((m.start(), m.end(), name) for name in KINDS for m in re.finditer(name, text))
    doc._.mentions = [Mention(start, end, name, KINDS[name], 0.9) for start, end, name in found]
    doc._.roles = [Role(roles[name], i, 0.9, 0, 1) for i, (_, _, name) in enumerate(found)]
    doc._.relations = list(relations)
    return relate_afar(doc)


def told(doc):
    of = [m.text for m in doc._.mentions]
    return [(of[r.subject], r.predicate, of[r.object]) for r in doc._.relations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BEGUN + "Results on SQuAD are good.", ("Zorbel", "evaluatedOn", "SQuAD")),
        (BEGUN + "Our method outperforms Grobe.", ("Zorbel", "comparedWith", "Grobe")),
        (BEGUN_ZH + "在SQuAD上的结果很好。", ("Zorbel", "evaluatedOn", "SQuAD")),
        (BEGUN_ZH + "该方法优于Grobe。", ("Zorbel", "comparedWith", "Grobe")),
    ],
)
def test_the_end_of_an_abstract_speaks_of_what_its_beginning_names(text, expected):
    assert told(read(text)) == [expected]


def test_the_sentence_far_away_is_the_proof():
    text = BEGUN + "Results on SQuAD are good. More follows."
    (relation,) = read(text)._.relations
    assert text[relation.start : relation.end].strip() == "Results on SQuAD are good."
    assert relation.polarity == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "We present Zorbel. Results on SQuAD are good.",  # near: the models have looked
        BEGUN + "Results on SQuAD are good. In sum, Zorbel works.",
        BEGUN + "It is pre-trained on SQuAD.",
        BEGUN + "Grobe is another method.",
        BEGUN + "Results on Frob are good.",
        "Results on SQuAD were poor. Nobody knew why. Many had tried. All had failed. We present Zorbel.",
    ],
)
def test_what_does_not_tell_it_relates_nothing(text):
    assert told(read(text)) == []


def test_only_what_the_paper_uses_is_what_it_was_tested_on():
    text = BEGUN + "Results on SQuAD are good."
    assert told(read(text, ROLES | {"SQuAD": "mentions"})) == []
    assert told(read(text, ROLES | {"Zorbel": "uses"})) == []


def test_of_several_contributions_the_first_is_meant():
    text = "We present Zorbel and Quux. It has two parts. One part reads. The other part writes. Results on SQuAD are good."
    assert told(read(text)) == [("Zorbel", "evaluatedOn", "SQuAD")]


def test_what_a_template_found_stays_and_is_not_said_twice():
    text = BEGUN + "Results on SQuAD are good."
    known = Relation(0, "usedFor", 1, 0.3, 0, 1)
    assert read(text, relations=[known])._.relations == [known]


def test_what_is_denied_is_marked_so():
    (relation,) = read(BEGUN + "Our method has not been tested on SQuAD.")._.relations
    assert relation.polarity == "negated"


def test_a_named_twice_thing_is_told_of_once():
    text = BEGUN + "Results on SQuAD are good. On SQuAD it is fast."
    assert told(read(text)) == [("Zorbel", "evaluatedOn", "SQuAD")]


def test_the_whole_pipeline_reads_so():
    text = (
        "We introduce ZorbNet, a neural network for question answering. Questions are hard to answer. They need many facts. "
        "Facts are spread over many pages. Experiments on the SQuAD benchmark show that our method is accurate."
    )
    doc = pipeline("en", ExtractSettings())(text)
    assert ("ZorbNet", "evaluatedOn", "SQuAD") in [
        (s, p, o.removesuffix(" benchmark")) for s, p, o in told(doc)
    ]
