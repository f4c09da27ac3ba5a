"""Text read by the schemes of public corpora: what they mark as a relation is one, though our own graph has it as one node."""

from __future__ import annotations

import pytest

from kg.extract.neural.labels import Labels, labels_path
from kg.extract.neural.links import same_entity
from kg.extract.neural.model import WEIGHTS
from kg.extract.schemes import extract_in_scheme
from kg.types import Document

DEFINED = [
    (
        "scier",
        "en",
        "We train a hierarchical attention network (HAN) for document classification.",
        ("HAN", "Synonym-Of", "hierarchical attention network"),
    ),
    ("scicn", "zh", "本文提出了一种基于图神经网络(GNN)的推荐方法。", ("GNN", "简称", "图神经网络")),
]


@pytest.mark.parametrize(("scheme", "lang", "text", "said"), DEFINED)
def test_the_two_names_of_a_definition_are_related(scheme, lang, text, said):
    (found,) = extract_in_scheme([Document("d", text, lang)], scheme)
    names = [m.text for m in found.mentions]
    assert said in [(names[r.subject], r.predicate, names[r.object]) for r in found.relations]


def test_a_relation_of_a_scheme_joins_classes_that_its_annotators_join():
    text = (
        "We train a hierarchical attention network (HAN) on IMDB for document classification. HAN outperforms LSTM on IMDB, "
        "a benchmark for sentiment analysis, which is a kind of document classification."
    )
    (found,) = extract_in_scheme([Document("d", text, "en")], "scier")
    joins = Labels.read(labels_path(WEIGHTS, "scier")).joins
    assert joins is not None
    kinds = [m.type for m in found.mentions]
    assert found.relations
    assert all((kinds[r.subject], kinds[r.object]) in joins[r.predicate] for r in found.relations)


def test_what_no_labels_say_joins_any_classes():
    anything = Labels((), (), ("r", "s"), {}, {})
    assert anything.may_join("A", "B") == [True, True]
    some = Labels((), (), ("r", "s"), {}, {}, {"r": frozenset({("A", "B")})})
    assert [some.may_join("A", "B"), some.may_join("B", "A")] == [[True, False], [False, False]]


def test_a_definition_is_one_entity_unless_told_otherwise():
    text = "random forest (RF) and random forests"
    spans = [(0, 13), (15, 17), (23, 37)]
    assert same_entity(text, spans) == [0, 0, 0]
    assert same_entity(text, spans, defined=False) == [0, 1, 0]
