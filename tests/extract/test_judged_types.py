"""How the class of a thing is judged: what must hold whatever weights a training gives."""

from __future__ import annotations

import pytest
import spacy

from kg.extract.judged_types import judge_types
from kg.extract.nlp import pipeline
from kg.extract.notes import Candidate, Definition
from kg.settings import ExtractSettings
from kg.types import Mention


@pytest.fixture
def judged():
    """The classes of the mentions of a text, by name, when witnesses say so much."""

    def judge(text, chances, candidates=(), definitions=()):
        doc = spacy.blank("en")(text)
        doc._.mentions = [
            Mention(start, start + len(name), name, "Concept", 0.9)
            for name in chances
            for start in [text.index(name)]
        ]
        doc._.type_chances = list(chances.values())
        doc._.candidates = [
            Candidate(text.index(name), text.index(name) + len(name), kind, score, by)
            for name, kind, score, by in candidates
        ]
        doc._.definitions = list(definitions)
        return [m.type for m in judge_types(doc)._.mentions]

    return judge


def test_the_class_that_all_mentions_agree_on_outweighs_the_surest_one(judged):
    text = "residual nets differ; every residual net and each Residual Net are"
    said = {"Model": 0.5, "Method": 0.5}
    unsure = {"Model": 0.7, "Method": 0.3}
    sure = {"Model": 0.2, "Method": 0.8}
    chances = {"residual nets": sure, "residual net": said, "Residual Net": unsure}
    assert judged(text, chances) == ["Method"] * 3
    assert judged(text, chances | {"residual net": unsure}) == ["Model"] * 3


@pytest.mark.parametrize(("name", "kind"), [("Cartpole", "Benchmark"), ("cartpole", "Software")])
def test_a_list_knows_names_better_than_plain_terms(judged, name, kind):
    seen = {name: {"Software": 0.8, "Benchmark": 0.08}}
    assert judged(f"we play {name}", seen, [(name, "Benchmark", 0.95, "terminology")]) == [kind]


def test_a_name_that_nobody_is_sure_of_is_what_its_neighbours_in_the_list_are(judged):
    chances = {
        "APPS": {"Software": 0.5, "Benchmark": 0.4},
        "HumanEval": {"Benchmark": 0.97, "Software": 0.01},
    }
    assert judged("coding (APPS and HumanEval)", chances) == ["Benchmark", "Benchmark"]
    assert judged("coding in APPS beyond HumanEval", chances) == ["Software", "Benchmark"]


def test_terms_in_a_list_do_not_share_their_class(judged):
    chances = {
        "attention": {"Method": 0.5, "Concept": 0.4},
        "language": {"Concept": 0.97, "Method": 0.01},
    }
    assert judged("attention and language", chances) == ["Method", "Concept"]


def test_both_names_of_a_definition_have_one_class(judged):
    chances = {"value model": {"Model": 0.9, "Method": 0.1}, "VM": {"Model": 0.4, "Method": 0.6}}
    assert judged("a value model (VM)", chances, (), [Definition((2, 13), (15, 17))]) == ["Model"] * 2


def test_what_nobody_knows_keeps_its_first_guess(judged):
    assert judged("some thing", {"thing": {}}) == ["Concept"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "We train FooNet on ImageNet."), ("zh", "我们在ImageNet上训练FooNet。")],
)
def test_the_learned_model_says_a_class_for_each_mention(lang, text):
    doc = pipeline(lang, ExtractSettings())(text)
    assert len(doc._.type_chances) == len(doc._.mentions) > 0
    assert all(sum(chances.values()) == pytest.approx(1, abs=1e-4) for chances in doc._.type_chances)
