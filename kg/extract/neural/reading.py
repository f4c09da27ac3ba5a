"""What the learned extractor says of a text: mentions, relations, and what it keeps of its reading to be asked again."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.neural.decode import Floats
from kg.extract.neural.pieces import Pieces


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


@dataclass(frozen=True, slots=True)
class Links:
    """Roles of each span asked for (empty where a span could not be read), and what relates them, by index.

    ``chances``: for each two entities, by the mentions (subject, object) that relate them best, the probability of every
    relation as the network gives it, before calibration and thresholds.
    """

    roles: tuple[tuple[tuple[str, float], ...], ...]
    chances: tuple[tuple[int, int, dict[str, float]], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One window as the network sees it; ``hidden`` [1, pieces, width], ``edges`` by scheme [1, pieces, 3] each.

    ``vectors`` and ``types`` (logits, the first of no mention at all) keep those of the spans that were looked at; ``lang`` is
    the language whose calibration holds.
    """

    lang: str

    pieces: Pieces
    hidden: Floats
    edges: dict[str, Floats]
    vectors: dict[tuple[int, int], Floats]
    types: dict[tuple[int, int], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text that was read: the mentions found (no roles yet), and what linking them needs.

    ``proposals`` are all spans that may name something, overlapping and improbable ones included: for a judge who has other
    witnesses too.
    """

    text: str
    mentions: tuple[NeuralMention, ...]
    views: tuple[View, ...]
    proposals: tuple[NeuralMention, ...] = ()
