"""How the witnesses of a mention are weighed: what must hold whatever weights a training gives."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from kg.extract.combine import considered
from kg.extract.judged_mentions import MENTIONS, features, weigh
from kg.extract.nlp import EASIER, pipeline
from kg.extract.notes import Candidate, Definition
from kg.settings import ExtractSettings

TEXTS = {
    "en": "We present FooNet, a language model (LM). FooNet was trained on the ROOTS corpus and outperforms BLOOM on SQuAD.",
    "zh": "本文提出了FooNet，一种语言模型。FooNet在ROOTS语料库上训练，并在SQuAD上优于BLOOM。",
}
LANGS = sorted(TEXTS)


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_weight_for_each_feature(lang):
    _, rows = features("FooNet", [Candidate(0, 6, "Model", 0.5, "learned")], ())
    assert len(json.loads(MENTIONS.read_text(encoding="utf-8"))[lang]) == 1 + rows.shape[1]


@pytest.mark.parametrize("lang", LANGS)
def test_the_surer_the_learned_model_the_higher_the_score(lang):
    text = {"en": "a language model", "zh": "一种语言模型"}[lang]
    start = text.index({"en": "language", "zh": "语言"}[lang])
    scores = [
        weigh(text, [Candidate(start, len(text), "Model", chance, "learned")], ())[start, len(text)]
        for chance in (0.1, 0.3, 0.6, 0.9)
    ]
    assert all(low < high for low, high in pairwise(scores))
    assert all(0 < score < 1 for score in scores)


@pytest.mark.parametrize("lang", LANGS)
def test_every_span_that_anyone_proposes_is_scored(lang):
    doc = pipeline(lang, ExtractSettings())(TEXTS[lang])
    candidates = considered(doc)
    assert set(weigh(TEXTS[lang], candidates, doc._.definitions)) == {(c.start, c.end) for c in candidates}


def test_what_crosses_a_span_is_seen():
    """The same span twice, once with a rival that the learned model believes in: nothing else differs."""
    text = "graph neural network"
    alone = Candidate(6, 20, "Model", 0.5, "learned")
    rival = Candidate(0, 20, "Model", 0.9, "learned")
    (_, (without,)), (spans, rows) = (features(text, found, ()) for found in ([alone], [alone, rival]))
    beside = rows[spans.index((6, 20))]
    assert [n for n, (a, b) in enumerate(zip(without, beside, strict=True)) if a != b] == [2, 3]


def test_what_only_shares_an_end_is_no_longer_term_around():
    text = "deep graph neural network"
    span, rival = Candidate(11, 25, "Model", 0.5, "learned"), Candidate(5, 17, "Method", 0.9, "learned")
    (_, (without,)), (spans, rows) = (features(text, found, ()) for found in ([span], [span, rival]))
    beside = rows[spans.index((11, 25))]
    assert [n for n, (a, b) in enumerate(zip(without, beside, strict=True)) if a != b] == [2]


def test_both_names_of_a_definition_are_scored_though_nobody_else_proposes_them():
    text = "language model (LM)"
    spans, _ = features(text, [], [Definition((0, 14), (16, 18))])
    assert spans == [(0, 14), (16, 18)]


def test_nothing_proposed_is_nothing_scored():
    assert weigh("nothing here", [], ()) == {}


@pytest.mark.parametrize("lang", LANGS)
def test_mentions_do_not_overlap_and_reach_the_least_score(lang):
    settings = ExtractSettings()
    mentions = pipeline(lang, settings)(TEXTS[lang])._.mentions
    assert {"FooNet", "BLOOM", "SQuAD"} <= {m.text for m in mentions}
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(settings.min_mention_score - EASIER[lang] <= m.score < 1 for m in mentions)


def test_a_long_chinese_term_of_a_list_stands_where_nothing_more_probable_does():
    """Translated by machine: 最佳运输 is optimal transport, in words that no annotated text has."""
    doc = pipeline("zh", ExtractSettings())("不平衡的最佳运输可以应用于任何数据。")
    assert any("最佳运输" in m.text for m in doc._.mentions)
