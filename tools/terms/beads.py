"""Which sentences of two languages say the same, by length alone (Gale and Church 1993)."""

from __future__ import annotations

import math

# Chinese characters for one English character, and how much that varies, in abstracts of papers.
_RATIO = 0.295
_VARIANCE = 2.05
# How likely it is that so many sentences on one side answer to so many on the other.
_BEADS = {(1, 1): 0.90, (1, 2): 0.04, (2, 1): 0.04, (1, 0): 0.005, (0, 1): 0.005}


def pair_sentences(source: list[str], target: list[str]) -> list[tuple[str, str]]:
    """Pairs of English and Chinese text in order: a sentence each, or two on one side; those left alone are dropped."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            for (down, right), prior in _BEADS.items():
                before = best.get((i - down, j - right))
                if before is not None:
                    cost = before[0] - math.log(prior) + _misfit(source[i - down : i], target[j - right : j])
                    if (i, j) not in best or cost < best[i, j][0]:
                        best[i, j] = (cost, (down, right))
    pairs, i, j = [], len(source), len(target)
    while i or j:
        down, right = best[i, j][1]
        if down and right:
            pairs.append((" ".join(source[i - down : i]), "".join(target[j - right : j])))
        i, j = i - down, j - right
    return pairs[::-1]


def _misfit(source: list[str], target: list[str]) -> float:
    """Minus the log of how often lengths that belong together differ as much as these."""
    one, other = sum(map(len, source)), sum(map(len, target))
    if not one or not other:
        return 3.0
    delta = (other - one * _RATIO) / math.sqrt(one * _RATIO * _VARIANCE)
    return -math.log(max(math.erfc(abs(delta) / math.sqrt(2)), 1e-12))
