"""Linear models over named features: which relation a text states between two things, what a paper does with a thing.

Multinomial logistic regression, trained by ``kg.train.linear`` on annotated abstracts; its probabilities are used as they are.
The weights are a table of feature -> one weight a class.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"
NONE = "none"


class LinearModel:
    """Scores a thing by its features."""

    def __init__(
        self, classes: tuple[str, ...], intercept: tuple[float, ...], rows: dict[str, dict[str, float]]
    ) -> None:
        self.classes = classes
        self._intercept = intercept
        self._number = {name: k for k, name in enumerate(classes)}
        self._rows = rows

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a weights file (gzip of JSON)."""
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            raw = json.load(lines)
        return cls(tuple(raw["classes"]), tuple(raw["intercept"]), raw["rows"])

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each class."""
        totals = list(self._intercept)
        for feature in features:
            row = self._rows.get(feature)
            if row:
                for name, weight in row.items():
                    totals[self._number[name]] += weight
        top = max(totals)
        raised = [math.exp(total - top) for total in totals]
        whole = sum(raised)
        return {name: value / whole for name, value in zip(self.classes, raised, strict=True)}


@lru_cache(maxsize=4)
def linear_model(what: str, lang: str) -> LinearModel | None:
    """The model of ``relations`` or ``roles`` that ships for a language, if any."""
    path = WEIGHTS / f"{what}.{lang}.json.gz"
    return LinearModel.load(path) if path.exists() else None
