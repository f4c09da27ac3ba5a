"""How probable each candidate is, by all that speaks for it and against it: a small logistic model weighs the witnesses.

The learned model's own probability counts most. What stands across a span speaks against it; that a list knows the words, that
they are written like a name, defined, or stand in quotes, speaks for them as far as annotators of held-out abstracts agreed.
``kg train mentions`` fits the weights.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from kg.extract.linear import WEIGHTS
from kg.extract.logistic import Floats, odds, probabilities, read_weights
from kg.extract.notes import Candidate, Definition
from kg.text import fold, script_lang

MENTIONS = WEIGHTS / "mentions.json"
# Probabilities nearer to 0 or 1 than this tell no more.
_SURE = 0.01
# A listed term that stands alone in quotes is one that the author names.
_QUOTES = frozenset({'""', "''", "“”", "‘’", "「」", "``"})
Span = tuple[int, int]


def features(
    text: str, candidates: Iterable[Candidate], definitions: Sequence[Definition]
) -> tuple[list[Span], Floats]:
    """The spans that somebody proposes, sorted, and what speaks for and against each, a row of features."""
    by: dict[Span, dict[str, float]] = defaultdict(dict)
    for c in candidates:
        said = by[c.start, c.end]
        said[c.by] = max(said.get(c.by, 0.0), c.score)
    defined = {span for d in definitions for span in (d.long, d.short)}
    for span in defined:
        by.setdefault(span, {})
    spans = sorted(by)
    learned = [by[span].get("learned", 0.0) for span in spans]
    names = [fold(text[start:end]) for start, end in spans]
    best: dict[str, float] = defaultdict(float)
    often: dict[str, int] = defaultdict(int)
    for name, seen in zip(names, learned, strict=True):
        best[name] = max(best[name], seen)
        often[name] += 1
    likely = odds([learned, *_crossing(spans, learned), [best[name] for name in names]], _SURE).T.tolist()
    rows: list[tuple[float, ...]] = []
    for span, name, (own, across, around, anywhere) in zip(spans, names, likely, strict=True):
        start, end = span
        said = by[span]
        surface = text[start:end]
        listed = max(said.get("terminology", 0.0), said.get("mined", 0.0))
        unseen = float("learned" not in said)
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        rows.append((
            own,
            unseen,
            across,
            around,
            anywhere,
            math.log(often[name]),
            float("terminology" in said),
            float("mined" in said),
            float(0 < listed < 0.5),
            float("names" in said),
            float(said.get("names", 0.0) > 0.5),
            float("phrase" in said),
            float(span in defined),
            float(beside in _QUOTES),
            len(surface) / 10,
            float(surface[:1].isupper() and surface[1:] != surface[1:].lower()),
            float(" " not in surface),
            float("terminology" in said) * unseen,
            float("mined" in said) * unseen,
            float("names" in said) * unseen,
            listed * float(len(surface) <= 2),
        ))  # fmt: skip
    return spans, np.asarray(rows, np.float64)


def _crossing(spans: Sequence[Span], learned: Sequence[float]) -> tuple[list[float], list[float]]:
    """For each span, what the learned model gives the likeliest other one that shares text with it, and that holds all of it."""
    start, end = np.asarray(spans, np.int64).reshape(-1, 2).T
    alone = ~np.eye(len(spans), dtype=bool)
    across = alone & (start < end[:, None]) & (start[:, None] < end)
    around = alone & (start <= start[:, None]) & (end[:, None] <= end)
    seen = np.asarray(learned)
    return (
        np.where(across, seen, 0.0).max(1, initial=0.0).tolist(),
        np.where(around, seen, 0.0).max(1, initial=0.0).tolist(),
    )


def weigh(text: str, candidates: Sequence[Candidate], definitions: Sequence[Definition]) -> dict[Span, float]:
    """The probability of each span."""
    weights = read_weights(MENTIONS)[script_lang(text)]
    spans, rows = features(text, candidates, definitions)
    return dict(zip(spans, probabilities(weights, rows).tolist(), strict=True)) if spans else {}
