"""Given a sentence, the graph will say this, or knows that the text denies it."""

from __future__ import annotations

import pytest
from said import facts, roles

from kg.extract import extract
from kg.types import Document


@pytest.mark.parametrize(
    ("text", "fact", "polarity"),
    [
        ("BLOOM was trained on the ROOTS corpus.", ("BLOOM", "trainedOn", "ROOTS corpus"), "asserted"),
        ("BLOOM was not trained on the ROOTS corpus.", ("BLOOM", "trainedOn", "ROOTS corpus"), "negated"),
        ("BLOOM may be trained on the ROOTS corpus.", ("BLOOM", "trainedOn", "ROOTS corpus"), "hedged"),
        ("BLOOM在ROOTS语料库上进行了训练。", ("BLOOM", "trainedOn", "ROOTS语料库"), "asserted"),
        ("GPT-3 is evaluated on GLUE and SQuAD.", ("GPT-3", "evaluatedOn", "SQuAD"), "asserted"),
        ("BERT outperforms GPT-3.", ("BERT", "comparedWith", "GPT-3"), "asserted"),
        ("OpenAI's GPT-3 model is used.", ("GPT-3", "developedBy", "OpenAI"), "asserted"),
        ("Language models suffer from hallucination.", ("Language models", "exhibits", "hallucination"), "asserted"),
        ("We use deep learning for image classification.", ("deep learning", "usedFor", "image classification"), "asserted"),
        ("BERT is a language model.", ("BERT", "kindOf", "language model"), "asserted"),
    ],
)  # fmt: skip
def test_a_stated_relation_is_found_with_its_polarity(by_rules, text, fact, polarity):
    assert facts(by_rules(text)).get(fact) == polarity


def test_the_proof_of_a_relation_is_the_sentence_that_states_it(by_rules):
    text = "We look at data. BLOOM was trained on the ROOTS corpus. It is good."
    extraction = by_rules(text)
    (relation,) = [r for r in extraction.relations if r.predicate == "trainedOn"]
    assert text[relation.start : relation.end].strip() == "BLOOM was trained on the ROOTS corpus."


def test_two_names_in_different_sentences_are_not_related(by_rules):
    assert (
        facts(by_rules("BLOOM is new. Others were trained on the ROOTS corpus."))
        .keys()
        .isdisjoint({("BLOOM", "trainedOn", "ROOTS corpus")})
    )


def test_our_method_is_what_the_paper_introduces(by_rules):
    text = "We present FooNet-2, a new network. Our method outperforms BERT."
    assert ("FooNet-2", "comparedWith", "BERT") in facts(by_rules(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We present FooNet-2, a network. We study sentiment analysis. We use BERT.",
            {"FooNet-2": "introduces", "sentiment analysis": "studies", "BERT": "uses"},
        ),
        (
            "本文提出了一种名为Foozle的模型。我们研究情感分析问题。我们使用BERT。",
            {"Foozle": "introduces", "情感分析": "studies", "BERT": "uses"},
        ),
        ("Others propose BERT. It is introduced by OpenAI.", {"OpenAI": "mentions"}),
    ],
)
def test_verbs_of_own_work_give_roles(by_rules, text, expected):
    found = roles(by_rules(text))
    assert {name: found.get(name) for name in expected} == expected


def test_every_mention_has_exactly_one_role(by_rules):
    extraction = by_rules("We present FooNet-2 and test it on GLUE. FooNet-2 beats BERT on GLUE.")
    assert sorted(role.mention for role in extraction.roles) == list(range(len(extraction.mentions)))


@pytest.mark.parametrize(
    ("text", "lang", "name", "role"),
    [
        ("This report outlines the aims of the Open Harvest Robotics (OHR) project, which began in 2021.", "en", "OHR", "introduces"),
        ("We describe the results of the GreenVoice project on low-resource speech recognition.", "en", "GreenVoice", "introduces"),
        ("本报告概述了多语言手语识别（MUSIGN）项目的工作，旨在收集手语数据。", "zh", "MUSIGN", "introduces"),
        # What a project is about, and what is made in one, is not the project.
        ("This report outlines the challenges of federated learning in the Horizon project.", "en", "federated learning", "studies"),
        ("本报告概述了联邦学习在该项目中面临的挑战。", "zh", "联邦学习", "studies"),
    ],
)  # fmt: skip
def test_a_document_contributes_the_project_that_it_reports_on(text, lang, name, role):
    (found,) = extract([Document("d", text, lang)])
    assert roles(found)[name] == role
