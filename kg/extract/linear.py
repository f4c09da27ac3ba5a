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
        # As they were read: turning them into another form took longer than reading a text.
        self._rows = rows

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a weights file (gzip of JSON)."""
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            raw = json.load(lines)
        return cls(tuple(raw["classes"]), tuple(raw["intercept"]), raw["rows"])

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each class."""
        totals = dict(zip(self.classes, self._intercept, strict=True))
        rows = self._rows
        for feature in features:
            if feature in rows:
                for name, weight in rows[feature].items():
                    totals[name] += weight
        top = max(totals.values())
        raised = {name: math.exp(total - top) for name, total in totals.items()}
        whole = sum(raised.values())
        return {name: value / whole for name, value in raised.items()}


@lru_cache(maxsize=4)
def linear_model(what: str, lang: str) -> LinearModel | None:
    """The model of ``relations`` or ``roles`` that ships for a language, if any."""
    path = WEIGHTS / f"{what}.{lang}.json.gz"
    return LinearModel.load(path) if path.exists() else None
