"""What the learned extractor says of a text: mentions, relations, and what it keeps of its reading to be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.decode import Floats
from kg.extract.neural.pieces import Ints, Pieces


@dataclass(frozen=True, slots=True)
class NeuralMention:
    """A span (code points, end exclusive) that names something. ``score`` is the calibrated probability that it does;
    ``roles`` are (role, probability) of the paper to it, the most probable first."""

    start: int
    end: int
    type: str
    score: float
    roles: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class NeuralRelation:
    """A statement between two mentions (indices) with its calibrated probability."""

    subject: int
    predicate: str
    object: int
    score: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one text says: mentions sorted by position, which do not overlap, and relations between them."""

    mentions: tuple[NeuralMention, ...] = ()
    relations: tuple[NeuralRelation, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """What may relate each two entities, a row each: the two mentions (indices) that relate them best, and the probability of
    every relation [pairs, relations] as the network gives it, before calibration and thresholds."""

    relations: tuple[str, ...]
    subjects: Ints
    objects: Ints
    chances: NDArray[np.float64]

    @classmethod
    def joined(cls, relations: tuple[str, ...], parts: Sequence[Pairs]) -> Pairs:
        """The rows of several windows, of none if there are none."""
        nothing, empty = np.zeros(0, np.int64), np.zeros((0, len(relations)))
        return cls(
            relations,
            np.concatenate([nothing, *(p.subjects for p in parts)]),
            np.concatenate([nothing, *(p.objects for p in parts)]),
            np.concatenate([empty, *(p.chances for p in parts)]),
        )


@dataclass(frozen=True, slots=True)
class Links:
    """Roles of each span asked for (empty where a span could not be read), and what relates them."""

    roles: tuple[tuple[tuple[str, float], ...], ...]
    pairs: Pairs


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One window as the network sees it; ``hidden`` [1, pieces, width], ``edges`` by scheme [1, pieces, 3] each.

    ``spans`` (first and last piece) may name something, the likeliest first. ``vectors`` and ``types`` (logits, the first of no
    mention at all) keep those of the spans that were looked at; ``lang`` is the language whose calibration holds.
    """

    lang: str
    pieces: Pieces
    hidden: Floats
    edges: dict[str, Floats]
    spans: list[tuple[int, int]]
    vectors: dict[tuple[int, int], Floats]
    types: dict[tuple[int, int], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text that was read, and what is needed to ask more of it.

    ``proposals`` are all spans that may name something, overlapping and improbable ones included: for a judge who has other
    witnesses too.
    """

    text: str
    views: tuple[View, ...]
    proposals: tuple[NeuralMention, ...]
