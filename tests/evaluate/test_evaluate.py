"""Given gold and a prediction, these are the counts: what is right, what was found, what was expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import PaperkgError, UsageError
from kg.evaluate import Counts, evaluate, score_document
from kg.extraction import extract_file
from kg.settings import ExtractSettings, Settings

GOLD = {
    "id": "a",
    "entities": [
        {"key": "bloom", "type": "Model", "role": "introduces", "forms": ["BLOOM", "the BLOOM model"]},
        {"key": "roots", "type": "Dataset", "role": "uses", "forms": ["ROOTS", "ROOTS corpus"]},
        {"key": "nlp", "type": "Task", "forms": ["NLP"]},
    ],
    "mentions": [
        {"start": 0, "end": 5, "type": "Model", "entity": "bloom"},
        {"start": 20, "end": 25, "type": "Dataset", "entity": "roots"},
        {"start": 30, "end": 33, "type": "Task", "entity": "nlp"},
    ],
    "relations": [
        {"subject": "bloom", "predicate": "trainedOn", "object": "roots"},
        {"subject": "bloom", "predicate": "usedFor", "object": "nlp", "polarity": "negated"},
    ],
    "measurements": [{"value": "176000000000", "unit": "parameters"}, {"value": 46, "unit": "languages"}],
}


def mention(start: int, text: str, kind: str, role: str = "mentions") -> dict[str, object]:
    return {"start": start, "end": start + len(text), "text": text, "type": kind, "score": 0.9, "role": role}


def relation(subject: int, predicate: str, item: int, polarity: str = "asserted") -> dict[str, object]:
    return {"subject": subject, "predicate": predicate, "object": item, "score": 0.9, "polarity": polarity}


PERFECT = {
    "id": "a",
    "mentions": [
        mention(0, "BLOOM", "Model", "introduces"),
        mention(20, "ROOTS", "Dataset", "uses"),
        mention(30, "NLP", "Task"),
    ],
    "relations": [relation(0, "trainedOn", 1)],
    "measurements": [{"value": 176000000000, "unit": "parameters"}, {"value": "46.0", "unit": "languages"}],
}


def test_a_perfect_prediction_is_right_in_every_measure():
    scores = score_document(GOLD, PERFECT)
    assert {name: counts.f1 for name, counts in scores.items() if counts.expected} == {
        name: 1.0 for name, counts in scores.items() if counts.expected
    }
    assert scores["entities"] == Counts(3, 3, 3)
    assert scores["relations"] == Counts(1, 1, 1), "what the text denies is not expected as a fact"
    assert scores["measurements"] == Counts(2, 2, 2)


def test_a_wrong_class_costs_the_class_and_not_the_entity():
    wrong = PERFECT | {"mentions": [mention(0, "BLOOM", "Method"), *PERFECT["mentions"][1:]]}
    scores = score_document(GOLD, wrong)
    assert scores["entities"] == Counts(3, 3, 3)
    assert scores["entities with type"] == Counts(2, 3, 3)
    assert scores["type Model"] == Counts(0, 0, 1)
    assert scores["type Method"] == Counts(0, 1, 0)


def test_a_second_entity_for_one_thing_is_one_too_many():
    split = PERFECT | {"mentions": [*PERFECT["mentions"], mention(40, "the BLOOM model", "Model")]}
    assert score_document(GOLD, split)["entities"] == Counts(3, 4, 3)
    joined = split | {"relations": [*split["relations"], relation(3, "synonymOf", 0)]}
    assert score_document(GOLD, joined)["entities"] == Counts(3, 3, 3)


def test_a_relation_counts_by_things_and_direction():
    reversed_ = PERFECT | {"relations": [relation(1, "trainedOn", 0)]}
    assert score_document(GOLD, reversed_)["relations"] == Counts(0, 1, 1)
    other = PERFECT | {"relations": [relation(0, "evaluatedOn", 1)]}
    scores = score_document(GOLD, other)
    assert scores["relations"] == Counts(0, 1, 1)
    assert scores["related pairs"] == Counts(1, 1, 1)


def test_a_denied_relation_is_no_found_fact():
    denied = PERFECT | {"relations": [relation(0, "trainedOn", 1, "negated")]}
    assert score_document(GOLD, denied)["relations"] == Counts(0, 0, 1)


def test_mentions_are_scored_strictly_by_borders_and_by_overlap():
    longer = PERFECT | {"mentions": [mention(0, "BLOOM is", "Model"), mention(20, "ROOTS", "Task")]}
    scores = score_document(GOLD, longer)
    assert scores["mentions strict"] == Counts(0, 2, 3)
    assert scores["mentions boundaries"] == Counts(1, 2, 3)
    assert scores["mentions relaxed"] == Counts(2, 2, 3)


def test_a_number_found_twice_is_right_once():
    twice = PERFECT | {"measurements": [{"value": 46, "unit": "x"}, {"value": 46, "unit": "x"}]}
    assert score_document(GOLD, twice)["measurements"] == Counts(1, 2, 2)


def test_precision_recall_and_f1():
    counts = Counts(right=2, predicted=4, expected=3)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 2 / 3, pytest.approx(4 / 7))
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)


class TestFiles:
    @staticmethod
    def write(path: Path, *records: object) -> Path:
        path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        return path

    def test_a_paper_without_a_prediction_counts_as_missed(self, tmp_path):
        gold = self.write(tmp_path / "g", GOLD, GOLD | {"id": "b"})
        report = evaluate(gold, self.write(tmp_path / "p", PERFECT))
        assert report.documents == 2
        assert report["entities"] == Counts(3, 3, 6)

    def test_a_prediction_without_gold_is_left_out(self, tmp_path):
        gold = self.write(tmp_path / "g", GOLD)
        assert evaluate(gold, self.write(tmp_path / "p", PERFECT, PERFECT | {"id": "z"}))[
            "entities"
        ] == Counts(3, 3, 3)

    def test_the_interval_holds_the_value_and_is_the_same_every_time(self, tmp_path):
        worse = PERFECT | {"id": "b", "mentions": [], "relations": []}
        gold = self.write(tmp_path / "g", GOLD, GOLD | {"id": "b"}, GOLD | {"id": "c"})
        predictions = self.write(tmp_path / "p", PERFECT, worse, PERFECT | {"id": "c"})
        report = evaluate(gold, predictions)
        row = next(row for row in report.rows if row.name == "entities")
        assert row.low < row.counts.f1 < row.high
        assert evaluate(gold, predictions) == report

    def test_what_kg_extract_writes_can_be_scored(self, tmp_path):
        text = "BLOOM was trained on the ROOTS corpus."
        source = self.write(tmp_path / "in.jsonl", {"id": 7, "text": text})
        extract_file(source, tmp_path / "out.jsonl", Settings(extract=ExtractSettings(learned=False)))
        gold = {
            "id": "7",
            "entities": [
                {"key": "b", "type": "Model", "forms": ["BLOOM"]},
                {"key": "r", "type": "Dataset", "forms": ["ROOTS corpus"]},
            ],
            "mentions": [
                {"start": 0, "end": 5, "type": "Model", "entity": "b"},
                {"start": 25, "end": 37, "type": "Dataset", "entity": "r"},
            ],
            "relations": [{"subject": "b", "predicate": "trainedOn", "object": "r"}],
            "measurements": [],
        }
        report = evaluate(self.write(tmp_path / "g", gold), tmp_path / "out.jsonl")
        assert report["mentions strict"] == Counts(2, 2, 2)
        assert report["relations"] == Counts(1, 1, 1)

    @pytest.mark.parametrize(
        ("gold", "error", "says"),
        [
            ("", PaperkgError, "holds no document"),
            ("{}\n", PaperkgError, "g:1: needs id"),
            ("\n[1]\n", PaperkgError, "g:2: needs id"),
            ("{", PaperkgError, "g:1: not valid JSON"),
            pytest.param(
                "[" * 100_000 + "]" * 100_000, PaperkgError, "g:1: JSON nested too deeply", id="deep"
            ),
            pytest.param("9" * 10_000, PaperkgError, "g:1: cannot be read: Exceeds the limit", id="digits"),
            (json.dumps(GOLD | {"entities": [{"key": "x"}]}), PaperkgError, "document a: not of the form"),
            (json.dumps(GOLD | {"mentions": 3}), PaperkgError, "document a: not of the form"),
        ],
    )
    def test_gold_that_cannot_be_read_is_said_with_its_line(self, tmp_path, gold, error, says):
        (tmp_path / "g").write_text(gold, encoding="utf-8")
        with pytest.raises(error, match=says):
            evaluate(tmp_path / "g", self.write(tmp_path / "p", PERFECT))

    def test_predictions_that_point_nowhere_are_an_error(self, tmp_path):
        broken = PERFECT | {"relations": [relation(0, "trainedOn", 99)]}
        with pytest.raises(PaperkgError, match="document a"):
            evaluate(self.write(tmp_path / "g", GOLD), self.write(tmp_path / "p", broken))

    def test_bytes_that_are_not_utf_8_are_an_error(self, tmp_path):
        (tmp_path / "g").write_bytes(b'{"id": "\xe9"}')
        with pytest.raises(PaperkgError, match="UTF-8"):
            evaluate(tmp_path / "g", self.write(tmp_path / "p", PERFECT))

    def test_a_missing_file_is_wrong_usage(self, tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            evaluate(tmp_path / "none", tmp_path / "none")
