"""Dense gold made sparse keeps what is likeliest, and nothing that hangs on what it left out."""

from __future__ import annotations

import json

import pytest
from tiny import config

from kg.errors import PaperkgError

for name in ("torch", "onnx", "sklearn"):
    pytest.importorskip(name, reason="training needs the extra paperkg[train]")

TEXT = "We present BLOOM, a language model trained on ROOTS. Results are good."


def record(identifier: str, text: str = TEXT) -> dict[str, object]:
    """BLOOM, which is introduced, trained on ROOTS, and "Results", which no annotator should have marked."""
    names = {
        "BLOOM": ("Model", "introduces"),
        "ROOTS": ("Dataset", "uses"),
        "Results": ("Concept", "mentions"),
    }
    return {
        "id": identifier,
        "split": "train",
        "entities": [{"key": n, "type": t, "role": r, "forms": [n]} for n, (t, r) in names.items()],
        "mentions": [
            {"start": text.index(n), "end": text.index(n) + len(n), "text": n, "type": t, "entity": n}
            for n, (t, _) in names.items()
        ],
        "relations": [
            {"subject": "BLOOM", "predicate": "trainedOn", "object": "ROOTS", "polarity": "asserted"},
            {"subject": "BLOOM", "predicate": "exhibits", "object": "Results", "polarity": "asserted"},
            {"subject": "BLOOM", "predicate": "basedOn", "object": "ROOTS", "polarity": "negated"},
        ],
    }


def believed(identifier: str, scores: tuple[float, float, float], relations: tuple[float, float, float]):
    from kg.train.thin import Believed

    return Believed(
        record(identifier), 12, dict(zip(["BLOOM", "ROOTS", "Results"], scores, strict=True)), relations
    )


def test_as_many_entities_are_kept_as_asked_for_and_their_mentions_with_them():
    from kg.train.thin import thinned

    (one,) = thinned([believed("a", (0.9, 0.8, 0.1), (0.7, 0.6, 0.0))], entities=2 / 12, relations=1)
    assert [e["key"] for e in one["entities"]] == ["BLOOM", "ROOTS"]
    assert [m["entity"] for m in one["mentions"]] == ["BLOOM", "ROOTS"]
    assert [r["predicate"] for r in one["relations"]] == ["trainedOn", "basedOn"]


def test_of_relations_the_likeliest_are_kept_and_all_that_are_denied():
    from kg.train.thin import thinned

    (one,) = thinned([believed("a", (0.9, 0.8, 0.7), (0.7, 0.6, 0.0))], entities=1, relations=1 / 12)
    assert [r["predicate"] for r in one["relations"]] == ["trainedOn", "basedOn"]


def test_the_number_holds_over_all_documents_and_one_with_a_single_entity_is_left_out():
    from kg.train.thin import thinned

    sure = believed("a", (0.9, 0.8, 0.7), (0.7, 0.6, 0.0))
    doubtful = believed("b", (0.5, 0.4, 0.3), (0.7, 0.6, 0.0))
    kept = list(thinned([sure, doubtful], entities=4 / 24, relations=1))
    assert [(r["id"], len(r["entities"])) for r in kept] == [("a", 3)]


def test_spans_that_begin_inside_another_are_left_out():
    from kg.train.thin import apart

    assert apart([(5, 9), (0, 6), (9, 12)]) == [(0, 6), (9, 12)]


def test_the_network_that_ships_keeps_names_rather_than_other_words(tmp_path):
    from kg.train.config import Config
    from kg.train.thin import thin

    (tmp_path / "gold.jsonl").write_text(
        "".join(json.dumps(record(i)) + "\n" for i in ("a", "b", "held")), encoding="utf-8"
    )
    (tmp_path / "gold.texts.json").write_text(
        json.dumps(dict.fromkeys(("a", "b", "held"), TEXT)), encoding="utf-8"
    )
    (tmp_path / "dense.tsv").write_text("en\ta\nen\theld\n", encoding="utf-8")
    (tmp_path / "held.tsv").write_text("en\theld\n", encoding="utf-8")
    path = config(
        tmp_path,
        dense=str(tmp_path / "dense.tsv"),
        held=str(tmp_path / "held.tsv"),
        schemes=["own", "dense"],
    )
    out = tmp_path / "thin.jsonl"
    thin(Config.read(path), "en", out, entities=100 * 2 / 12, relations=100)
    sparse, kept = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert kept["id"] == "a"
    assert sparse == record("b")
    assert {e["key"] for e in kept["entities"]} == {"BLOOM", "ROOTS"}
    with pytest.raises(PaperkgError, match="no training document of zh"):
        thin(Config.read(path), "zh", out, entities=1, relations=1)
