"""Weights as they ship are a place to start a retrain from: what comes back is what went in, to the rounding of int8."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest


@pytest.mark.filterwarnings("ignore::Warning")
@pytest.mark.parametrize("activation", ["gelu", "relu"])
def test_a_network_survives_its_export(tmp_path: Path, activation: str) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra paperkg[train]")
    pytest.importorskip("onnx", reason="training needs the extra paperkg[train]")
    from kg.extract.neural.model import session
    from kg.train.encoder import EncoderConfig
    from kg.train.export import export
    from kg.train.model import Network
    from kg.train.recover import recover, sizes
    from kg.train.schemes import SCHEMES

    torch.manual_seed(3)
    small = EncoderConfig("bert", 120, 48, (4, 1, 3), 12, (96, 64, 96), 64, 0, 1e-12, activation)
    network = Network(small, (SCHEMES["own"], SCHEMES["scier"]), inner=32)
    with torch.no_grad():  # no two weights alike: the export would store equal ones once
        for weight in network.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    export(network, ["own", "scier"], tmp_path)

    state = recover(tmp_path)

    told = sizes(tmp_path)
    assert dataclasses.replace(told, eps=small.eps) == small
    assert told.eps == pytest.approx(small.eps)
    expected = network.state_dict()
    assert set(state) == set(expected)
    for name, weight in expected.items():
        step = float(weight.abs().max()) / 63  # seven bits
        assert torch.allclose(state[name], weight, atol=step * 0.51 + 1e-6), name

    ids, ones = torch.randint(0, 120, (1, 30)), torch.ones(1, 30, dtype=torch.int64)
    feed = {"ids": ids.numpy(), "shapes": ones.numpy(), "mask": ones.numpy()}
    read = session(tmp_path / "encoder.onnx").run(["hidden"], feed)[0]
    with torch.no_grad():
        meant = network.eval().encoder(ids, ones, ones).numpy()
    assert np.abs(read - meant).mean() < 0.1 * meant.std()
