"""``kg train network`` on a network of a few thousand weights: seeded, and resumable to the bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from papers import ROOT
from tiny import abstracts, config, encoder, gold, home

from kg.errors import PaperkgError, UsageError

torch = pytest.importorskip("torch", reason="training needs the extra paperkg[train]")
pytest.importorskip("safetensors", reason="training needs the extra paperkg[train]")


def run(path: Path):
    """Train by a config; the weights by name."""
    from kg.train.config import Config
    from kg.train.data import corpora, tokenizer_of
    from kg.train.loop import train

    told = Config.read(path)
    return train(told, corpora(told, tokenizer_of(told))).state_dict()


def same(one, other) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[k], other[k]) for k in one)


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_the_same_config_gives_the_same_weights(tmp_path, kind):
    gold(tmp_path, abstracts(12))
    encoder(tmp_path / "encoder", kind=kind)
    first = run(config(tmp_path, out=str(tmp_path / "a")))
    assert same(first, run(config(tmp_path, out=str(tmp_path / "b"))))
    assert not same(first, run(config(tmp_path, out=str(tmp_path / "c"), seed=8)))


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(tmp_path, monkeypatch):
    from kg.train import loop

    home(tmp_path)
    whole = run(config(tmp_path, out=str(tmp_path / "whole")))
    save = loop.save

    def stop_after(*given):
        save(*given)
        raise KeyboardInterrupt

    path = config(tmp_path, out=str(tmp_path / "stopped"))
    monkeypatch.setattr(loop, "save", stop_after)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    monkeypatch.undo()
    assert same(whole, run(path))


@pytest.mark.parametrize(
    ("values", "written", "says"),
    [
        ({"inner": 32}, None, "last.pt: weights of another network than the config's"),
        ({}, b"broken", "last.pt: not a checkpoint"),
    ],
    ids=["another network", "a broken file"],
)
def test_a_checkpoint_that_does_not_fit_is_told(tmp_path, values, written, says):
    home(tmp_path)
    run(config(tmp_path, epochs=1))
    if written:
        (tmp_path / "run" / "last.pt").write_bytes(written)
    with pytest.raises(PaperkgError, match=says):
        run(config(tmp_path, **values))


def test_an_encoder_of_another_kind_is_told(tmp_path):
    home(tmp_path)
    sizes = tmp_path / "encoder" / "config.json"
    sizes.write_text(sizes.read_text().replace('"bert"', '"gpt2"'), encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"config\.json: not the sizes of a BERT or MPNet encoder: model_type gpt2"
    ):
        run(config(tmp_path))


def test_it_learns_what_gold_says(tmp_path):
    """After some epochs the names of gold are found in held-out texts, and nothing else."""
    from kg.train.checkpoint import trained
    from kg.train.config import Config
    from kg.train.data import own, tokenizer_of
    from kg.train.distil import view_all

    home(tmp_path, 60)
    path = config(tmp_path, epochs=12)
    run(path)
    told = Config.read(path)
    held = own(told)[1]
    assert len(held) == 6
    from kg.extract.neural.pieces import encode

    rows = [(d.text, window) for d in held for window in encode(tokenizer_of(told), d.text)]
    found = [
        {(int(p.start[i]), int(p.end[j])) for i, j in view.spans[: view.mentions]}
        for view, (_, p) in zip(view_all(trained(told), rows), rows, strict=True)
    ]
    assert found == [{(m.start, m.end) for m in d.mentions} for d in held]


def test_densely_annotated_documents_train_heads_of_their_own(tmp_path):
    """Heads that begin as ours, and then go their own way; nothing of them reaches ours but by what both share."""
    from kg.train.checkpoint import build
    from kg.train.config import Config
    from kg.train.data import corpora, tokenizer_of

    home(tmp_path)
    run(config(tmp_path, out=str(tmp_path / "first"), epochs=1))
    (tmp_path / "dense.tsv").write_text("en\t0-1\nen\t0-2\nzh\t0-3\n", encoding="utf-8")
    told = Config.read(
        config(
            tmp_path,
            start=str(tmp_path / "first" / "last.pt"),
            schemes=["own", "dense"],
            dense=str(tmp_path / "dense.tsv"),
        )
    )
    made = corpora(told, tokenizer_of(told))
    assert {e.doc.id for e in made["dense"]} == {"0-1", "0-2"}
    assert not {e.doc.id for e in made["own"]} & {"0-1", "0-2"}
    assert len(made["own"]) == 16  # two of twenty are held out
    begun = build(told)
    before = {name: weight.clone() for name, weight in begun.types.named_parameters()}
    assert torch.equal(before["dense.weight"], before["own.weight"])
    after = run(told.source)
    assert not torch.equal(after["types.dense.weight"], after["types.own.weight"])


def test_last_layers_train_alone(tmp_path):
    home(tmp_path)
    first = run(config(tmp_path, out=str(tmp_path / "first"), epochs=1))
    after = run(config(tmp_path, start=str(tmp_path / "first" / "last.pt"), last_layers_of=["own"]))
    changed = {name.rpartition(".")[0] for name in first if not torch.equal(first[name], after[name])}
    assert changed == {"types.own", "edge_types.own", "relations.own"}


def test_processes_that_train_together_agree(tmp_path):
    """``torchrun -m kg.train CONFIG``: one checkpoint, one log."""
    home(tmp_path)
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [*torchrun, "-m", "kg.train", str(config(tmp_path, epochs=1, budget=64, every=2))],
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "last.pt").exists()
    log = (tmp_path / "run" / "train.log").read_text(encoding="utf-8")
    assert log.count("parameters") == 1
    assert "pieces/s" in log


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_bfloat16_reads_nearly_what_float32_reads(tmp_path, kind):
    from kg.extract.neural.pieces import WINDOW, encode
    from kg.train.batch import inputs
    from kg.train.checkpoint import build
    from kg.train.config import Config
    from kg.train.data import tokenizer_of

    gold(tmp_path, abstracts(3))
    encoder(tmp_path / "encoder", kind=kind)
    told = Config.read(config(tmp_path))
    short, full = (encode(tokenizer_of(told), text)[0] for text in ("We present BLOOM.", "BLOOM " * 700))
    assert len(full.ids) == WINDOW  # no room to round up
    network = build(told).eval()
    for rows in ([short], [short, full]):
        x = inputs(rows)
        exact, near = (network.read(x.ids, x.shapes, x.mask, bfloat16=half) for half in (False, True))
        assert near.dtype == exact.dtype == torch.float32
        seen = x.mask.bool()
        assert torch.allclose(near[seen], exact[seen], atol=0.06)
        assert not torch.equal(near[seen], exact[seen])


def test_the_mean_of_checkpoints_lies_between_them(tmp_path):
    from kg.train.checkpoint import average

    first, second = torch.nn.Linear(2, 1), torch.nn.Linear(2, 1)
    paths = [tmp_path / "a.pt", tmp_path / "b.pt"]
    for path, layer in zip(paths, (first, second), strict=True):
        torch.save({"network": layer.state_dict(), "epoch": 1}, path)
    average(paths, tmp_path / "mean.pt")
    mean = torch.load(tmp_path / "mean.pt", weights_only=True)["network"]["weight"]
    assert torch.allclose(mean, (first.weight + second.weight) / 2)
    torch.save({"network": torch.nn.Linear(3, 1).state_dict()}, paths[0])
    with pytest.raises(PaperkgError, match="weight has another shape"):
        average(paths, tmp_path / "mean.pt")


def test_borders_are_counted_whatever_the_type_and_generic_mentions_not_at_all():
    from kg.extract.neural.reading import NeuralMention, Prediction
    from kg.train.corpora import GoldDoc, GoldMention
    from kg.train.score import borders

    wanted = (("Method", 0, 2), ("Task", 3, 5), ("Generic", 6, 8), ("Task", 9, 11))
    doc = GoldDoc("d", "scicn", "text", tuple(GoldMention(a, b, t, f"{a}") for t, a, b in wanted))
    # Right by its borders, a generic one that is asked of nobody, one too long, a generic guess.
    found = (("Task", 0, 2), ("Method", 6, 8), ("Task", 3, 6), ("Generic", 9, 11))
    guess = Prediction(tuple(NeuralMention(a, b, t, 0.9) for t, a, b in found))
    tally = borders([doc], [guess], generic="Generic")
    assert (tally.right, tally.found, tally.wanted) == (1, 2, 3)
