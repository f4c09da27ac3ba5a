"""Small logistic models that weigh witnesses: a JSON file with, for each language, an intercept and a weight a feature."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def odds(chances: ArrayLike, sure: float) -> Floats:
    """The log-odds of probabilities; nearer to 0 or 1 than ``sure`` they tell no more."""
    held = np.clip(np.asarray(chances, np.float64), sure, 1 - sure)
    return np.asarray(np.log(held / (1 - held)))


def chance(log_odds: ArrayLike) -> Floats:
    """The probabilities that log-odds stand for."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(log_odds, np.float64))))


def probabilities(weights: Sequence[float], features: Floats) -> Floats:
    """What a model says of things, a row of features each; ``weights`` begin with the intercept."""
    total = np.full(len(features), weights[0])
    # Feature by feature, in their order: a product of matrices would sum as suits the processor.
    for weight, column in zip(weights[1:], features.T, strict=True):
        total += weight * column
    return chance(total)


@lru_cache(maxsize=2)
def read_weights(path: Path) -> dict[str, list[float]]:
    """The weights by language, read once."""
    raw: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))
    return raw
