"""Linear models over named features: which relation a text states between two things, what a paper does with a thing.

Multinomial logistic regression, trained by ``kg.train.linear`` on annotated abstracts; its probabilities are used as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.logistic import Floats

WEIGHTS = Path(__file__).parent / "weights"
NONE = "none"
#: A weight is kept as a whole number of these parts of one, which any machine reads back to the same bits.
PARTS = 1000


class LinearModel:
    """Scores a thing by its features."""

    def __init__(
        self,
        classes: tuple[str, ...],
        intercept: Floats,
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

    def probabilities(self, things: Sequence[Iterable[str]]) -> Floats:
        """For each thing, given by its features, the probability of each class: [things, classes]."""
        row_of = self._row.get
        known = [[row for f in features if (row := row_of(f)) is not None] for features in things]
        rows = np.fromiter(chain.from_iterable(known), np.intp)
        ends = np.cumsum([0, *map(len, known)])
        # Whole numbers, so that a sum does not depend on the order of what is added.
        sums = np.zeros((len(rows) + 1, len(self.classes)), np.int64)
        np.cumsum(self._weights[rows], axis=0, out=sums[1:])
        totals = self._intercept + (sums[ends[1:]] - sums[ends[:-1]]) / PARTS
        raised = np.exp(totals - totals.max(1, keepdims=True, initial=-np.inf))
        return np.asarray(raised / raised.sum(1, keepdims=True))


@lru_cache(maxsize=4)
def linear_model(what: str, lang: str) -> LinearModel | None:
    """The model of ``relations`` or ``roles`` that ships for a language, if any."""
    path = WEIGHTS / f"{what}.{lang}.npz"
    return LinearModel.load(path) if path.exists() else None
