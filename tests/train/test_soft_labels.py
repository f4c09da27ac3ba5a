"""A teacher labels abstracts, a student with another vocabulary learns from them."""

from __future__ import annotations

import dataclasses
import json
import logging

import numpy as np
import pytest
from tiny import WORDS, abstracts, config, encoder, home, record

torch = pytest.importorskip("torch", reason="training needs the extra paperkg[train]")
pytest.importorskip("safetensors", reason="training needs the extra paperkg[train]")

from kg.errors import PaperkgError, UsageError  # noqa: E402
from kg.train.config import Config  # noqa: E402
from kg.train.data import corpora, tokenizer_of  # noqa: E402
from kg.train.labels import lessons, read_shard  # noqa: E402


@pytest.fixture(scope="module")
def teacher(tmp_path_factory):
    """A folder with a trained teacher and texts that nobody annotated: ``texts.jsonl``, ids 1-0 to 1-39."""
    from kg.train.loop import train

    folder = home(tmp_path_factory.mktemp("teacher"), 40)
    told = Config.read(config(folder, epochs=14))
    train(told, corpora(told, tokenizer_of(told)))
    known = abstracts(5)  # annotated
    lines = [json.dumps({"id": k, "abstract": t}) for k, t in {**known, **abstracts(40, seed=1)}.items()]
    (folder / "texts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def label(teacher, out, **options):
    from kg.train.distil import label as run

    run(Config.read(teacher / "config.toml"), teacher / "texts.jsonl", out, **options)
    return [document for path in sorted(out.glob("*.safetensors")) for document in read_shard(path)]


def test_what_gold_annotates_is_left_out(teacher, tmp_path):
    documents = label(teacher, tmp_path / "labels")
    assert {d.id for d in documents} == {f"1-{n}" for n in range(40)}
    (tmp_path / "more.jsonl").write_text(json.dumps(record("1-7", abstracts(8, seed=1)["1-7"], "test")))
    fewer = label(teacher, tmp_path / "fewer", without=[tmp_path / "more.jsonl"])
    assert {d.id for d in documents} - {d.id for d in fewer} == {"1-7"}


def test_a_larger_number_takes_the_same_and_more(teacher, tmp_path):
    few = [d.id for d in label(teacher, tmp_path / "labels", number=10)]
    more = [d.id for d in label(teacher, tmp_path / "labels", number=20)]
    assert more[:10] == few
    assert len(more) == 20
    assert few != sorted(few)


def test_the_teacher_says_of_a_text_what_gold_would(teacher, tmp_path):
    right = wanted = 0
    for document in label(teacher, tmp_path / "labels"):
        (window,) = document.windows
        soft = window.soft
        said = {document.text[window.start[i] : window.end[j]] for i, j in soft.spans[: soft.mentions]}
        asked = {e["key"] for e in record(document.id, document.text)["entities"]}
        right, wanted = right + len(said & asked), wanted + len(asked)
        assert len(soft.types) == len(soft.spans)
        assert len(soft.groups) == soft.mentions
        assert abs(soft.types.sum(1) - 1).max(initial=0) < 0.01
        assert abs(soft.relations.sum(1) - 1).max(initial=0) < 0.01
    assert right / wanted > 0.9


def test_the_same_labels_are_the_same_bytes_and_neighbours_change_little(teacher, tmp_path, monkeypatch):
    from kg.train import distil

    label(teacher, tmp_path / "a")
    label(teacher, tmp_path / "b")
    shard = "00000.safetensors"
    assert (tmp_path / "a" / shard).read_bytes() == (tmp_path / "b" / shard).read_bytes()
    monkeypatch.setattr(distil, "BUDGET", 1)  # every window by itself
    for one, other in zip(label(teacher, tmp_path / "c"), read_shard(tmp_path / "a" / shard), strict=True):
        assert one.text == other.text
        assert abs(one.windows[0].soft.edges - other.windows[0].soft.edges).max() < 0.002


def test_a_labelling_that_was_stopped_goes_on(teacher, tmp_path, monkeypatch):
    from kg.train import distil

    monkeypatch.setattr(distil, "ABSTRACTS", 8)
    label(teacher, tmp_path / "whole")
    shards = sorted(path.name for path in (tmp_path / "whole").glob("*.safetensors"))
    assert len(shards) == 5
    label(teacher, tmp_path / "stopped", number=16)
    kept = (tmp_path / "stopped" / shards[0]).stat().st_mtime_ns
    label(teacher, tmp_path / "stopped")
    assert (tmp_path / "stopped" / shards[0]).stat().st_mtime_ns == kept
    for name in (*shards, "labels.json"):
        assert (tmp_path / "stopped" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_processes_share_the_shards(teacher, tmp_path, monkeypatch):
    from kg.train import distil

    monkeypatch.setattr(distil, "ABSTRACTS", 8)
    monkeypatch.setenv("WORLD_SIZE", "2")
    for rank, shards in (("1", ["00001", "00003"]), ("0", ["00000", "00001", "00002", "00003", "00004"])):
        monkeypatch.setenv("RANK", rank)
        label(teacher, tmp_path / "labels")
        assert sorted(p.stem for p in (tmp_path / "labels").glob("*.safetensors")) == shards


def test_labels_of_two_teachers_do_not_mix(teacher, tmp_path):
    from kg.train.distil import label as run

    label(teacher, tmp_path / "labels", number=3)
    other = dataclasses.replace(Config.read(teacher / "config.toml"), seed=8)
    with pytest.raises(PaperkgError, match="labels of another seed"):
        run(other, teacher / "texts.jsonl", tmp_path / "labels", number=3)


def test_bad_input_is_told(teacher, tmp_path):
    from kg.train.distil import label as run

    told = Config.read(teacher / "config.toml")
    with pytest.raises(UsageError, match="nowhere"):
        run(told, tmp_path / "nowhere.jsonl", tmp_path / "labels")
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "abstract": "x"}\n{broken\n')
    with pytest.raises(PaperkgError, match=r"bad\.jsonl:2"):
        run(told, tmp_path / "bad.jsonl", tmp_path / "labels")
    with pytest.raises(PaperkgError, match="no abstract is left"):
        run(told, teacher / "texts.jsonl", tmp_path / "labels", field="abstract_zh")
    untrained = Config.read(config(home(tmp_path), out=str(tmp_path / "untrained")))
    with pytest.raises(UsageError, match=r"out: no file or folder .*last.pt"):
        run(untrained, teacher / "texts.jsonl", tmp_path / "labels")


class TestAStudent:
    def test_with_other_numbers_of_the_same_pieces_takes_every_lesson(self, teacher, tmp_path):
        """MPNet and MiniLM: the vocabularies are in another order, the cuts are the same."""
        documents = label(teacher, tmp_path / "labels")
        other = Config.read(config(home(tmp_path), encoder=str(encoder(tmp_path / "mp", words=WORDS[::-1]))))
        tokenizer = tokenizer_of(other)
        taken = list(lessons([tmp_path / "labels"], tokenizer))
        assert [e.doc.id for e in taken] == [d.id for d in documents]
        for example, document in zip(taken, documents, strict=True):
            (window,) = document.windows
            assert example.pieces.start.tolist() == window.start.tolist()
            assert (example.pieces.ids == tokenizer.cut(document.text).ids[0]).any()

    def test_that_cuts_otherwise_leaves_a_window_out_and_counts_it(self, teacher, tmp_path, caplog):
        documents = label(teacher, tmp_path / "labels")
        other = encoder(tmp_path / "other", words=[w for w in WORDS if w != "bloom"])
        told = Config.read(config(home(tmp_path), encoder=str(other)))
        with caplog.at_level(logging.INFO, "kg.train"):
            logging.getLogger("kg.train").propagate = True
            taken = {e.doc.id for e in lessons([tmp_path / "labels"], tokenizer_of(told))}
        assert taken == {d.id for d in documents if "BLOOM" not in d.text}
        assert 0 < len(taken) < 40
        assert f"{len(taken)} windows, {40 - len(taken)} left out" in caplog.text

    def test_learns_from_lessons_alone(self, teacher, tmp_path):
        """Without any gold the student comes to think as its teacher does."""
        from kg.train.checkpoint import build, trained
        from kg.train.distil import view_all
        from kg.train.loop import train

        label(teacher, tmp_path / "labels")
        encoder(tmp_path / "encoder", words=WORDS[::-1], seed=5)
        told = Config.read(
            config(tmp_path, gold=None, texts=None, teacher_labels=[str(tmp_path / "labels")], epochs=10)
        )
        examples = corpora(told, tokenizer_of(told))
        assert list(examples) == ["lessons"]
        rows = [(e.doc.text, e.pieces) for e in examples["lessons"]]

        def apart(network) -> float:
            """How far the student's probabilities of edges are from the teacher's, on average."""
            views = view_all(network.eval(), rows)
            return np.mean(
                [
                    np.abs(v.edges.astype(float) - e.soft.edges).mean()
                    for v, e in zip(views, examples["lessons"], strict=True)
                ]
            )

        before = apart(build(told))
        train(told, examples)
        assert apart(trained(told)) < before / 4

    def test_reads_labels_beside_gold_as_often_as_their_weight_says(self, teacher, tmp_path):
        import random

        from kg.train.loop import epoch_of

        label(teacher, tmp_path / "labels")
        home(tmp_path)
        path = config(tmp_path, teacher_labels=str(tmp_path / "labels"))
        path.write_text(path.read_text() + "weights = {own = 2, lessons = 0.5}\n")
        told = Config.read(path)
        drawn = epoch_of(told, corpora(told, tokenizer_of(told)), random.Random(1))
        assert sum(e.soft is None for e in drawn) == 2 * 18
        assert sum(e.soft is not None for e in drawn) == 20

    @pytest.mark.parametrize(
        ("broken", "says"),
        [
            (lambda folder: (folder / "labels.json").unlink(), "kg train label writes it"),
            (lambda folder: (folder / "labels.json").write_text('{"format": 0}'), "labels of format 0"),
            (
                lambda folder: (folder / "00000.safetensors").write_bytes(b"\x80\x04junk"),
                "not a shard of labels",
            ),
        ],
        ids=["no header", "another format", "no shard"],
    )
    def test_refuses_what_are_no_labels(self, teacher, tmp_path, broken, says):
        label(teacher, tmp_path / "labels", number=3)
        broken(tmp_path / "labels")
        with pytest.raises(PaperkgError, match=says):
            list(lessons([tmp_path / "labels"], tokenizer_of(Config.read(teacher / "config.toml"))))
