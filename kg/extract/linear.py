"""Linear models over named features: which relation a text states between two things, what a paper does with a thing.

Multinomial logistic regression, trained by ``kg.train.linear`` on annotated abstracts; its probabilities are used as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"
NONE = "none"
#: A weight is kept as a whole number of these parts of one, which any machine reads back to the same bits.
PARTS = 1000


class LinearModel:
    """Scores a thing by its features."""

    def __init__(
        self,
        classes: tuple[str, ...],
        intercept: NDArray[np.float64],
        features: Iterable[str],
        weights: NDArray[np.int16],
    ) -> None:
        """``weights`` [features, classes], in parts of one (see :data:`PARTS`), a row for each feature in the order given."""
        self.classes = classes
        self._intercept = intercept
        self._row = dict(zip(features, range(len(weights)), strict=True))
        self._weights = weights

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a weights file (numpy's npz): ``classes``, ``intercept``, ``features`` (UTF-8, a line each), ``weights``."""
        with np.load(path) as held:
            features = held["features"].tobytes().decode("utf-8").split("\n")
            return cls(tuple(held["classes"].tolist()), held["intercept"], features, held["weights"])

    def save(self, path: Path) -> None:
        """Write a weights file; the same weights give the same bytes."""
        lines = "\n".join(self._row).encode("utf-8")
        with path.open("wb") as out:
            np.savez_compressed(
                out,
                classes=np.asarray(self.classes),
                intercept=self._intercept,
                features=np.frombuffer(lines, np.uint8),
                weights=self._weights,
            )

    def probabilities(self, things: Sequence[Iterable[str]]) -> list[dict[str, float]]:
        """For each thing, given by its features, the probability of each class."""
        row = self._row
        known = [[row[feature] for feature in features if feature in row] for features in things]
        rows = np.fromiter(chain.from_iterable(known), np.intp)
        home = np.repeat(np.arange(len(known)), np.fromiter(map(len, known), np.intp))
        totals = np.tile(self._intercept, (len(known), 1))
        # Feature by feature, in their order: on it the last bit of a sum depends.
        np.add.at(totals, home, self._weights[rows] / PARTS)
        return [self._normal(total) for total in totals.tolist()]

    def _normal(self, totals: list[float]) -> dict[str, float]:
        top = max(totals)
        raised = [math.exp(total - top) for total in totals]
        whole = sum(raised)
        return {name: value / whole for name, value in zip(self.classes, raised, strict=True)}


@lru_cache(maxsize=4)
def linear_model(what: str, lang: str) -> LinearModel | None:
    """The model of ``relations`` or ``roles`` that ships for a language, if any."""
    path = WEIGHTS / f"{what}.{lang}.npz"
    return LinearModel.load(path) if path.exists() else None
