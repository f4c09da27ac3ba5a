"""Which classes a relation joins, as the annotators of a corpus have it."""

from __future__ import annotations

from kg.train.calibrate import SELDOM, joined_classes
from kg.train.corpora import GoldDoc, GoldMention


def document(number, *relations):
    mentions = (
        GoldMention(0, 3, "Method", "net"),
        GoldMention(4, 8, "Dataset", "data"),
        GoldMention(9, 13, "Task", "task"),
    )
    return GoldDoc(f"d{number}", "scier", "net data task", mentions, relations)


def test_what_annotators_do_seldom_is_a_mistake():
    often = [document(n, ("net", "Trained-With", "data")) for n in range(SELDOM)]
    seldom = [document(n, ("task", "Trained-With", "data")) for n in range(SELDOM - 1)]
    assert joined_classes(often + seldom) == {"Trained-With": [("Method", "Dataset")]}


def test_what_is_not_marked_has_no_class():
    assert joined_classes([document(n, ("net", "Used-For", "elsewhere")) for n in range(SELDOM)]) == {}
