"""How probable each candidate is, by all that speaks for it and against it: a small logistic model weighs the witnesses.

The learned model's own probability counts most. What stands across a span speaks against it; that a list knows the words, that
they are written like a name, defined, or stand in quotes, speaks for them as far as annotators of held-out abstracts agreed.
``kg train mentions`` fits the weights.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.extract.linear import WEIGHTS
from kg.extract.logistic import odds, probability, read_weights
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
) -> dict[Span, tuple[float, ...]]:
    """What speaks for and against each span that somebody proposes."""
    by: dict[Span, dict[str, float]] = defaultdict(dict)
    for c in candidates:
        said = by[c.start, c.end]
        said[c.by] = max(said.get(c.by, 0.0), c.score)
    defined = {span for d in definitions for span in (d.long, d.short)}
    for span in defined:
        by.setdefault(span, {})
    spans = sorted(by)
    learned = {span: by[span].get("learned", 0.0) for span in spans}
    name = {span: fold(text[span[0] : span[1]]) for span in spans}
    best: dict[str, float] = defaultdict(float)
    often: dict[str, int] = defaultdict(int)
    for span in spans:
        best[name[span]] = max(best[name[span]], learned[span])
        often[name[span]] += 1
    result: dict[Span, tuple[float, ...]] = {}
    for span in spans:
        start, end = span
        said = by[span]
        surface = text[start:end]
        across = [learned[o] for o in spans if o != span and o[0] < end and start < o[1]]
        around = [learned[o] for o in spans if o != span and o[0] <= start and end <= o[1]]
        listed = max(said.get("terminology", 0.0), said.get("mined", 0.0))
        unseen = float(not learned[span])
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        result[span] = (
            odds(learned[span], _SURE),
            unseen,
            odds(max(across, default=0.0), _SURE),
            odds(max(around, default=0.0), _SURE),
            odds(best[name[span]], _SURE),
            math.log(often[name[span]]),
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
        )
    return result


def weigh(text: str, candidates: Sequence[Candidate], definitions: Sequence[Definition]) -> dict[Span, float]:
    """The probability of each span."""
    weights = read_weights(MENTIONS)[script_lang(text)]
    return {span: probability(weights, row) for span, row in features(text, candidates, definitions).items()}
