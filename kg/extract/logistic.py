"""Small logistic models that weigh witnesses: a JSON file with, for each language, an intercept and a weight a feature."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path


def odds(chance: float, sure: float) -> float:
    """The log-odds of a probability; nearer to 0 or 1 than ``sure`` it tells no more."""
    held = min(max(chance, sure), 1 - sure)
    return math.log(held / (1 - held))


def chance(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-log_odds))


def probability(weights: Sequence[float], features: Sequence[float]) -> float:
    """What a model says of a row of features; ``weights`` begin with the intercept."""
    return chance(weights[0] + sum(w * x for w, x in zip(weights[1:], features, strict=True)))


@lru_cache(maxsize=2)
def read_weights(path: Path) -> dict[str, list[float]]:
    """The weights by language, read once."""
    raw: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))
    return raw
