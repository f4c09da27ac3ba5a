"""The relation of each two things, judged by the learned model, the linear one, and how sure it is that both are named.

A small logistic model weighs the three witnesses, so that a score is how often annotators agree; ``kg train witnesses``
fits it on held-out abstracts. A template that matches keeps its relation from being dropped, no more: what templates add to the
learned model is not measurable, but they say which words state a relation.
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
from kg.types import Mention

WITNESSES = WEIGHTS / "witnesses.json"
# A relation that a template states has at least this score; less than this is not worth carrying along.
_STATED, _LEAST = 0.2, 0.05
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
    things are named, and whether the linear model did not look (it looks one sentence far)."""

    subject: int
    predicate: str
    object: int
    features: tuple[float, float, float, float]


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
    known = {(r.subject, r.predicate, r.object): r for r in doc._.relations}
    stated = {(things[r.subject], r.predicate, things[r.object]): key for key, r in known.items()}
    for key, r in known.items():
        if r.predicate != "synonymOf":
            known[key] = replace(r, score=_STATED)
    for one in witnessed(doc, worth_asking(weights)):
        score = round(probability(weights, one.features), 4)
        said = stated.get((things[one.subject], one.predicate, things[one.object]))
        if said is not None:
            known[said] = replace(known[said], score=max(known[said].score, score))
        elif score >= _LEAST:
            key = (one.subject, one.predicate, one.object)
            known[key] = read_off(doc, sentences, *key, score)
    doc._.relations = strongest([known[key] for key in sorted(known)], things)
    return doc


def worth_asking(weights: Sequence[float]) -> float:
    """The learned model's least chance of a relation that the other witnesses could still lift to a score worth carrying along."""
    intercept, learned, linear, _, unread = weights
    others = max(
        linear * _MOST, unread - linear * _MOST
    )  # whatever is said speaks for a relation: weights are positive
    needed = chance((odds(_LEAST - _ROUNDED, _SURE) - intercept - others) / learned)
    return needed if needed > _SURE else 0.0  # below that all chances count alike


def witnessed(doc: Doc, least: float = 0.0) -> Iterator[Witnessed]:
    """Every relation that the learned model was asked for and classes allow, where it gives it a chance of at least ``least``."""
    things = names(doc)
    mentions: list[Mention] = doc._.mentions
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
            features = (odds(seen, _SURE), odds(other, _SURE), known, float(second is None))
            key = (ends[0], predicate, ends[1])
            if key not in best or features > best[key].features:
                best[key] = Witnessed(subject, predicate, item, features)
    yield from best.values()


def _likely(chances: dict[str, float], allowed: frozenset[str], least: float) -> list[tuple[str, float]]:
    return [
        (predicate, seen) for predicate, seen in chances.items() if seen >= least and predicate in allowed
    ]
