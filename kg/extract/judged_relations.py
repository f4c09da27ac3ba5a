"""The relation of each two things, judged by the learned model, the linear one, how sure it is that both are named, and templates.

A small logistic model weighs the four witnesses, so that a score is how often annotators agree; ``kg train witnesses``
fits it on held-out abstracts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.linear import WEIGHTS
from kg.extract.logistic import chance, odds, probability, read_weights
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations import allowed_between, linear_chances, names, read_off, strongest
from kg.text import script_lang
from kg.types import Mention, Relation

WITNESSES = WEIGHTS / "witnesses.json"
# A score less than this is not worth carrying along.
_LEAST = 0.05
# Where the models see nothing, what a template says of an evaluation is right in 29 of 99 cases (2,000 training documents), what
# others say in one of 15. A template so sure of itself is believed at least so much: of 31 things that a text calls by a name and
# says to be based on another, 28 are.
_EVALUATED, _CERTAIN, _CERTAINLY = 0.25, 0.85, 0.3
# Probabilities nearer to 0 or 1 than this tell no more.
_SURE = 1e-4
_MOST = odds(1 - _SURE, _SURE)
# Scores are rounded to four places.
_ROUNDED = 1e-4
# A thing that is named at all counts as named at least so surely: that a list alone knows it is no reason to doubt what is said of it.
_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A relation that could hold, and its features: log-odds by the learned and the linear model, the log-probability that both
    things are named, whether the linear model did not look (it looks one sentence far), and whether a template states it."""

    subject: int
    predicate: str
    object: int
    features: tuple[float, float, float, float, float]


@Language.component(
    "paperkg_learned_pairs",
    requires=["doc._.mentions", "doc._.roles", "doc._.relations", "doc._.pair_chances", "doc.sents"],
    assigns=["doc._.relations"],
)
def weigh_witnesses(doc: Doc) -> Doc:
    """Score what templates found and add what the models find; of each two things the surest relation stays."""
    things = names(doc)
    weights = read_weights(WITNESSES)[script_lang(text_of(doc))]
    sentences = sentence_spans(doc)
    stated = {(things[r.subject], r.predicate, things[r.object]): r for r in doc._.relations}
    found = [r for r in doc._.relations if r.predicate == "synonymOf"]
    for one in witnessed(doc, worth_asking(weights)):
        score = round(probability(weights, one.features), 4)
        said = stated.pop((things[one.subject], one.predicate, things[one.object]), None)
        if said is not None:  # a template knows which words state it
            found.append(replace(said, score=max(score, _stated_at_least(said))))
        elif score >= _LEAST:
            found.append(read_off(doc, sentences, one.subject, one.predicate, one.object, score))
    found += [replace(r, score=_stated_at_least(r)) for r in stated.values() if r.predicate != "synonymOf"]
    found = [r for r in found if r.score >= _LEAST]
    found.sort(key=lambda r: (r.subject, r.predicate, r.object))
    doc._.relations = strongest(found, things)
    return doc


def _stated_at_least(relation: Relation) -> float:
    """How probable what a template states is, whatever the models make of it."""
    if relation.score >= _CERTAIN:
        return _CERTAINLY
    return _EVALUATED if relation.predicate == "evaluatedOn" else 0.0


def worth_asking(weights: Sequence[float]) -> float:
    """The learned model's least chance of a relation that the other witnesses could still lift to a score worth carrying along."""
    intercept, learned, linear, _, unread, stated = weights
    # Whatever is said speaks for a relation: weights are positive.
    others = max(linear * _MOST, unread - linear * _MOST) + stated
    needed = chance((odds(_LEAST - _ROUNDED, _SURE) - intercept - others) / learned)
    return needed if needed > _SURE else 0.0  # below that all chances count alike


def witnessed(doc: Doc, least: float = 0.0) -> Iterator[Witnessed]:
    """Every relation that the learned model was asked for and classes allow, where it gives it a chance of at least ``least``."""
    things = names(doc)
    mentions: list[Mention] = doc._.mentions
    stated = {(things[r.subject], r.predicate, things[r.object]) for r in doc._.relations}
    asked = [
        (subject, item, likely)
        for subject, item, chances in doc._.pair_chances
        if things[subject] != things[item]
        and (likely := _likely(chances, allowed_between(mentions, subject, item), least))
    ]
    pairs = linear_chances(doc, {(things[subject], things[item]) for subject, item, _ in asked})
    linear = {(things[pair.subject], things[pair.object]): chances for pair, chances in pairs}
    named: dict[str, float] = {}
    for mention, thing in zip(mentions, things, strict=True):
        named[thing] = max(named.get(thing, _NAMED), mention.score)
    best: dict[tuple[str, str, str], Witnessed] = {}
    for subject, item, likely in asked:
        ends = things[subject], things[item]
        second = linear.get(ends)
        known = math.log(named[ends[0]] * named[ends[1]])
        for predicate, seen in likely:
            other = second.get(predicate, 0.0) if second else 0.0
            key = (ends[0], predicate, ends[1])
            features = (
                odds(seen, _SURE),
                odds(other, _SURE),
                known,
                float(second is None),
                float(key in stated),
            )
            if key not in best or features > best[key].features:
                best[key] = Witnessed(subject, predicate, item, features)
    yield from best.values()


def _likely(chances: dict[str, float], allowed: frozenset[str], least: float) -> list[tuple[str, float]]:
    return [
        (predicate, seen) for predicate, seen in chances.items() if seen >= least and predicate in allowed
    ]
