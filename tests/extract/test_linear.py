"""The linear models: what is written is read back to the bit, and a sum does not depend on what is asked beside it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kg.extract.linear import LinearModel, linear_model

CLASSES = ("none", "uses")
# In thousandths: the weights of two features for the two classes.
WEIGHTS = np.asarray([[1500, -250], [0, 2000]], np.int16)


@pytest.fixture
def model() -> LinearModel:
    return LinearModel(CLASSES, np.asarray([0.25, -0.5]), ["before 我们", "class Model"], WEIGHTS)


def test_a_thing_is_scored_by_the_weights_of_its_features(model):
    (chances,) = model.probabilities([["class Model", "before 我们", "never seen"]])
    none, uses = math.exp(0.25 + 0.0 + 1.5), math.exp(-0.5 + 2.0 - 0.25)
    assert chances == pytest.approx([none / (none + uses), uses / (none + uses)])


def test_nothing_seen_leaves_the_intercept(model):
    assert model.probabilities([]).shape == (0, 2)
    assert np.array_equal(model.probabilities([[]]), model.probabilities([["never seen"]]))


def test_what_is_written_is_read_back_and_written_again_the_same(model, tmp_path):
    model.save(tmp_path / "first.npz")
    read = LinearModel.load(tmp_path / "first.npz")
    read.save(tmp_path / "second.npz")
    things = [["class Model"], ["before 我们", "class Model"], []]
    assert np.array_equal(read.probabilities(things), model.probabilities(things))
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()


@pytest.mark.parametrize("what", ["roles", "relations"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sum_is_the_same_to_the_bit_whatever_is_asked_beside_it(what, lang):
    shipped = linear_model(what, lang)
    assert shipped is not None
    features = sorted(shipped._row)
    things = [features[start::9973] for start in range(40)]
    together = shipped.probabilities(things)
    assert np.array_equal(together, np.concatenate([shipped.probabilities([thing]) for thing in things]))
    assert np.array_equal(together, shipped.probabilities([thing[::-1] for thing in things]))
    totals = shipped._intercept.tolist()
    for feature in things[0]:
        row = (shipped._weights[shipped._row[feature]] / 1000).tolist()
        totals = [total + weight for total, weight in zip(totals, row, strict=True)]
    raised = [math.exp(total) for total in totals]
    assert together[0] == pytest.approx([value / sum(raised) for value in raised])
