"""From scores to spans: which spans are worth a closer look, and which of them stand.

Plain numpy, shared by training (hard negatives are what the network itself proposes) and run time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.pieces import Pieces

Floats = NDArray[np.float32]

#: A mention is at most so many pieces long.
WIDEST = 24
#: An edge less probable than this opens or closes nothing.
FAINT = 0.06


def propose(opens: Floats, closes: Floats, pieces: Pieces) -> list[tuple[int, int]]:
    """Spans (first piece, last piece) between probable edges, best first, about one for two pieces at most.

    ``opens`` and ``closes``: for each piece the probability that a mention starts or ends there.
    """
    first = np.flatnonzero((opens > FAINT) & pieces.opens)
    last = np.flatnonzero((closes > FAINT) & pieces.closes)
    i, j = np.meshgrid(first, last, indexing="ij")
    fits = (j >= i) & (j - i < WIDEST) & (pieces.sentence[i] == pieces.sentence[j])
    fits &= pieces.depth[i] == pieces.depth[j]  # brackets that open inside close inside
    i, j = i[fits], j[fits]
    product = opens[i] * closes[j]
    best = np.argsort(-product, kind="stable")[: len(pieces.ids) // 2 + 4]
    best = best[product[best] > FAINT * FAINT * 4]
    return list(zip(i[best].tolist(), j[best].tolist(), strict=True))


def select(spans: list[tuple[int, int]], scores: Floats, least: float) -> list[int]:
    """Indices of spans that score at least ``least`` and do not overlap, the best first; returned by position."""
    taken: list[tuple[int, int]] = []
    kept: list[int] = []
    for k in np.argsort(-scores, kind="stable").tolist():
        if scores[k] < least:
            break
        i, j = spans[k]
        if all(j < a or b < i for a, b in taken):
            taken.append((i, j))
            kept.append(k)
    return sorted(kept, key=lambda k: spans[k])
