"""``kg train prune``: what matters least goes, what stays is as it was, and the layers learn to do with less."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tiny import config, home

from kg.errors import UsageError

torch = pytest.importorskip("torch", reason="training needs the extra paperkg[train]")
for extra in ("safetensors", "onnx"):
    pytest.importorskip(extra, reason="training needs the extra paperkg[train]")


@pytest.fixture
def started(tmp_path):
    """A config that starts from weights as they ship, and the network that they are."""
    from kg.train.checkpoint import build
    from kg.train.config import Config
    from kg.train.data import corpora, tokenizer_of
    from kg.train.loop import train
    from kg.train.ship import ship

    home(tmp_path)
    first = Config.read(config(tmp_path, epochs=1))
    train(first, corpora(first, tokenizer_of(first)))
    ship(first, tmp_path / "weights")
    weights = str(tmp_path / "weights")
    told = Config.read(config(tmp_path, encoder=weights, start=weights, out=str(tmp_path / "more")))
    return told, build(told).eval(), corpora(told, tokenizer_of(told))


def read(network):
    with torch.no_grad():
        ids = torch.arange(12)[None]
        return network.encoder(ids, torch.zeros_like(ids), torch.ones_like(ids))


def test_a_head_that_gives_nothing_goes_and_nothing_is_lost(started):
    from kg.train.prune import Kept, with_only, worth_keeping

    told, full, examples = started
    width = full.encoder.config.head
    with torch.no_grad():
        full.encoder.stack[1].out.weight[:, :width] = 0
    kept = worth_keeping(full, told, examples, 1, 0)
    assert kept.heads == [[0, 1], [1]]
    assert kept.units == [list(range(48))] * 2
    small = with_only(full, kept)
    assert small.encoder.stack[1].query.weight.shape == (width, full.encoder.config.width)
    every = with_only(full, Kept([[0, 1], [0, 1]], kept.units))
    assert torch.allclose(read(small), read(every), atol=1e-5)
    with torch.no_grad():
        full.encoder.stack[0].out.weight[:, :width] = 0  # a head that gave something
    assert not torch.allclose(read(with_only(full, Kept([[1], [1]], kept.units))), read(small), atol=1e-5)


def test_units_that_give_nothing_go_and_blocks_are_filled(started):
    from kg.train.prune import worth_keeping

    told, full, examples = started
    with torch.no_grad():
        full.encoder.stack[0].outer.weight[:, :16] = 0
    assert worth_keeping(full, told, examples, 0, 16).units == [list(range(16, 48)), list(range(48))]
    most = worth_keeping(full, told, examples, 0, 20).units  # four more would break a block
    assert [len(units) for units in most] == [32, 48]


def test_the_layers_learn_to_give_what_they_gave(started):
    from kg.train.follow import apart, follow
    from kg.train.prune import Kept, with_only

    told, full, examples = started
    told = dataclasses.replace(told, epochs=40)
    small = with_only(full, Kept([[0], [1]], [list(range(32))] * 2))
    batch = examples["own"][:8]
    heads = {k: v.clone() for k, v in small.state_dict().items() if not k.startswith("encoder.stack")}
    before = apart(small, full, batch, bfloat16=False)
    follow(small, full, told, examples)
    after = apart(small, full, batch, bfloat16=False)
    assert (after < before / 2).all()
    assert all(torch.equal(small.state_dict()[k], v) for k, v in heads.items())


def test_what_is_written_is_a_folder_to_train_on_from(started, tmp_path):
    from kg.extract.neural.model import NeuralModel
    from kg.train.checkpoint import build
    from kg.train.prune import prune
    from kg.train.recover import sizes

    told, *_ = started
    out = tmp_path / "small"
    prune(told, 2, 32, out)
    assert sizes(out).heads == (1, 1)
    assert sizes(out).inner == (32, 32)
    assert sizes(out).activation == "relu"
    assert NeuralModel.load(out).read("We present BLOOM.").views
    again = build(dataclasses.replace(told, encoder=out, start=out))
    assert [layer.heads for layer in again.encoder.stack] == [1, 1]


def test_what_cannot_be_is_told(started, tmp_path):
    from kg.train.prune import prune

    told, *_ = started
    with pytest.raises(UsageError, match="3 heads cannot go: 4 are there, 2 must stay"):
        prune(told, 3, 0, tmp_path / "small")
    with pytest.raises(UsageError, match="start: pruning needs a folder of weights as they ship"):
        prune(dataclasses.replace(told, start=Path("nowhere")), 1, 0, tmp_path / "small")
