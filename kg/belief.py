"""How sure a fact is that several papers claim: the more papers, the surer; a paper that denies it counts against it.

A claim of confidence c is an error with probability 1 - c. Some errors are of one paper (a sentence read wrongly), others strike
all papers alike (a name that means two things, a pattern that reads every such sentence wrongly), and for these a second paper is
no second witness. So a share s of the smallest doubt is kept however many papers agree, and only the rest falls as a product:

    doubt(c1, ..., cn)  = s * min(1 - ci) + (1 - s) * (1 - c1) * ... * (1 - cn)
    belief              = (1 - doubt(asserting)) * doubt(denying)

One claim gives its own confidence; each further claim lowers the doubt, never below s times that of the surest. The model is that of
common-cause failure (the beta factor of reliability engineering). It follows INDRA's belief, whose error has a systematic part that
stays beside a random one that is raised to the number of sentences, and which multiplies in the same way with the doubt of the
negated evidence (Gyori et al., From word models to executable models, Molecular Systems Biology 13:954, 2017;
``indra.belief``). Hedged claims count on neither side: who supposes a thing says neither that it is so nor that it is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

# The systematic share of the doubt. INDRA's priors for a reader of texts are 0.05 systematic beside 0.30 random: one part in seven.
SYSTEMATIC = 1 / 7


def doubt(confidences: Iterable[float], systematic: float = SYSTEMATIC) -> float:
    """The probability that all of these claims are errors; 1 where there is none.

    >>> round(doubt([0.8]), 4), round(doubt([0.8, 0.8]), 4)
    (0.2, 0.0629)
    """
    # Sorted, so that rounding does not depend on the order of the papers.
    doubts = sorted(1 - confidence for confidence in confidences)
    if not doubts:
        return 1.0
    return systematic * doubts[0] + (1 - systematic) * math.prod(doubts)


def belief(asserting: Iterable[float], denying: Iterable[float] = ()) -> float:
    """The probability that a fact holds.

    Args:
        asserting: confidences, from 0 to 1, of the claims that assert it, one a paper.
        denying: those of the claims that deny it.

    >>> round(belief([0.8]), 4), round(belief([0.8, 0.8]), 4), round(belief([0.8], [0.5]), 4), belief([])
    (0.8, 0.9371, 0.4, 0.0)
    """
    return (1 - doubt(asserting)) * doubt(denying)
