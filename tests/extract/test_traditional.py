"""Traditional Chinese reads as Simplified does: the same things at the same places, in the text's own characters, and one node."""

from __future__ import annotations

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS

from kg.extract import extract
from kg.pipeline import build
from kg.script import is_traditional, simplified
from kg.text import fold, searchable
from kg.types import Document

PAIRS = [
    (
        "我們提出了一種基於強化學習的語義分割方法，在ImageNet數據集上準確率達到90%。",
        "我们提出了一种基于强化学习的语义分割方法，在ImageNet数据集上准确率达到90%。",
    ),
    # Words of Taiwan's computing
    (
        "本文研究影像分割與語音辨識，並在五個公開資料集上評估了類神經網路。",
        "本文研究图像分割与语音识别，并在五个公开数据集上评估了类神经网络。",
    ),
]


def found(text):
    (extraction,) = extract([Document("d", text, "zh")])
    return extraction


@pytest.mark.parametrize(("traditional", "simple"), PAIRS)
def test_the_same_is_found_in_the_characters_of_the_text(traditional, simple):
    assert simplified(traditional) == simple
    ours, theirs = found(traditional), found(simple)
    assert len(theirs.mentions) >= 2 and len(theirs.measurements) == 1
    assert [(m.start, m.end, m.type, m.score) for m in ours.mentions] == [
        (m.start, m.end, m.type, m.score) for m in theirs.mentions
    ]
    assert ours.relations == theirs.relations and ours.roles == theirs.roles
    for each in (*ours.mentions, *ours.measurements):
        assert each.text == traditional[each.start : each.end]


@pytest.mark.parametrize(("traditional", "simple"), PAIRS)
def test_names_meet_whichever_way_they_are_written(traditional, simple):
    assert fold(traditional) == fold(simple)
    assert searchable(traditional) == searchable(simple)


@pytest.mark.parametrize("text", ["BERT", "语义分割", "乾坤", "昇腾", "影像分割", "é ü 한국어"])
def test_what_is_not_traditional_comes_back_as_it_is(text):
    assert not is_traditional(text)
    assert simplified(text) is text


def test_both_scripts_give_one_node_and_each_text_its_own_tag(tmp_path):
    texts = [
        *PAIRS[0],
        "We study semantic segmentation by reinforcement learning on ImageNet. Accuracy is 90%.",
    ]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "out")
    graph = Graph().parse(tmp_path / "out" / "graph.ttl")
    asked = "SELECT ?l (COUNT(DISTINCT ?p) AS ?n) { ?p kg:studies|kg:uses|kg:mentions|kg:introduces ?x . ?x skos:prefLabel ?l FILTER(LANG(?l)='en') } GROUP BY ?l"
    papers = {str(row.l): int(row.n) for row in graph.query(asked)}
    for name in ("semantic segmentation", "reinforcement learning", "ImageNet", "accuracy"):
        assert papers.get(name) == 3, papers
    tags = {text.language for text in graph.objects(None, DCTERMS.abstract)}
    assert tags == {"zh-Hant", "zh-Hans", "en"} or tags == {"zh-hant", "zh-hans", "en"}
