"""The relation of each two things, judged by the learned model, the linear one, how sure it is that both are named, and templates.

A small logistic model weighs the four witnesses, so that a score is how often annotators agree; ``kg train witnesses``
fits it on held-out abstracts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.linear import WEIGHTS
from kg.extract.logistic import Floats, chance, odds, probabilities, read_weights
from kg.extract.neural.pieces import Bools, Ints
from kg.extract.neural.reading import Pairs
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations import allowed, linear_chances, names, read_off, strongest
from kg.text import script_lang
from kg.types import Mention, Relation
from kg.vocab import ENTITY_CLASSES

WITNESSES = WEIGHTS / "witnesses.json"
# A score less than this is not worth carrying along.
_LEAST = 0.05
# Where the models see nothing, what a template says of an evaluation is right in 29 of 99 cases (2,000 training documents), what
# others say in one of 15. A template so sure of itself is believed at least so much: of 31 things that a text calls by a name and
# says to be based on another, 28 are.
_EVALUATED, _CERTAIN, _CERTAINLY = 0.25, 0.85, 0.3
# Probabilities nearer to 0 or 1 than this tell no more.
_SURE = 1e-4
_MOST = float(odds(1 - _SURE, _SURE))
# Scores are rounded to four places.
_ROUNDED = 1e-4
# A thing that is named at all counts as named at least so surely: that a list alone knows it is no reason to doubt what is said of it.
_NAMED = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Witnessed:
    """Relations that could hold, a row each, between mentions (indices).

    ``features`` [rows, 5]: log-odds by the learned and the linear model, the log-probability that both things are named, whether
    the linear model did not look (it looks one sentence far), and whether a template states it.
    """

    subjects: list[int]
    predicates: list[str]
    objects: list[int]
    features: Floats


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
    seen = witnessed(doc, worth_asking(weights))
    scores = probabilities(weights, seen.features).round(4).tolist()
    for subject, predicate, item, score in zip(
        seen.subjects, seen.predicates, seen.objects, scores, strict=True
    ):
        said = stated.pop((things[subject], predicate, things[item]), None)
        if said is not None:  # a template knows which words state it
            found.append(replace(said, score=max(score, _stated_at_least(said))))
        elif score >= _LEAST:
            found.append(read_off(doc, sentences, subject, predicate, item, score))
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
    needed = float(chance((odds(_LEAST - _ROUNDED, _SURE) - intercept - others) / learned))
    return needed if needed > _SURE else 0.0  # below that all chances count alike


def witnessed(doc: Doc, least: float = 0.0) -> Witnessed:
    """Every relation that the learned model was asked for and classes allow, where it gives it a chance of at least ``least``."""
    pairs: Pairs | None = doc._.pair_chances
    things = names(doc)
    if pairs is None or not things:
        return Witnessed([], [], [], np.zeros((0, 5)))
    mentions: list[Mention] = doc._.mentions
    number = {thing: n for n, thing in enumerate(dict.fromkeys(things))}
    thing = np.asarray([number[name] for name in things])
    named = np.full(len(number), _NAMED)
    np.maximum.at(named, thing, [m.score for m in mentions])
    row, column = _possible(pairs, mentions, thing, least)
    second, read = _by_linear_model(doc, things, pairs, row)
    subjects, objects = pairs.subjects[row], pairs.objects[row]
    stated = {(things[r.subject], r.predicate, things[r.object]) for r in doc._.relations}
    predicates = [pairs.relations[c] for c in column.tolist()]
    said = [
        (things[s], p, things[o]) in stated
        for s, p, o in zip(subjects.tolist(), predicates, objects.tolist(), strict=True)
    ]
    features = (
        odds(pairs.chances[row, column], _SURE),
        odds(second[row, column], _SURE),
        np.log(named[thing[subjects]] * named[thing[objects]]),
        ~read[row],
        said,
    )
    return Witnessed(subjects.tolist(), predicates, objects.tolist(), np.stack(features, axis=1))


def _possible(pairs: Pairs, mentions: Sequence[Mention], thing: Ints, least: float) -> tuple[Ints, Ints]:
    """The pairs (rows) and relations (columns) that classes allow and the learned model gives some chance, by the things they join.

    ``thing`` numbers the thing of each mention. Of those that say the same of the same two things only the surest is among them.
    """
    kind = np.asarray([ENTITY_CLASSES.index(m.type) for m in mentions])
    subject, item = thing[pairs.subjects], thing[pairs.objects]
    possible = _allowed_table(pairs.relations)[kind[pairs.subjects], kind[pairs.objects]]
    row, column = np.nonzero(possible & (subject != item)[:, None] & (pairs.chances >= least))
    surest = np.argsort(-pairs.chances[row, column], kind="stable")
    row, column = row[surest], column[surest]
    said = (subject[row] * (1 + thing.max()) + item[row]) * len(pairs.relations) + column
    _, once = np.unique(said, return_index=True)
    return row[once], column[once]


def _by_linear_model(doc: Doc, things: Sequence[str], pairs: Pairs, rows: Ints) -> tuple[Floats, Bools]:
    """What the linear model gives each relation of some ``rows`` of pairs, in a table for all, and for which it looked."""
    chances = np.zeros(pairs.chances.shape)
    read = np.zeros(len(chances), bool)
    ends = {
        row: (things[pairs.subjects[row]], things[pairs.objects[row]]) for row in np.unique(rows).tolist()
    }
    classes, looked, table = linear_chances(doc, dict.fromkeys(ends.values()))
    at = {(things[pair.subject], things[pair.object]): n for n, pair in enumerate(looked)}
    found = [(row, at[both]) for row, both in ends.items() if both in at]
    if found:
        here, there = np.asarray(found).T
        read[here] = True
        known = [c for c, name in enumerate(pairs.relations) if name in classes]
        column = [classes.index(pairs.relations[c]) for c in known]
        chances[np.ix_(here, known)] = table[np.ix_(there, column)]
    return chances, read


@cache
def _allowed_table(relations: tuple[str, ...]) -> Bools:
    """Whether two classes allow a relation: [subject, object, relation]."""
    return np.asarray(
        [[[r in allowed(a, b) for r in relations] for b in ENTITY_CLASSES] for a in ENTITY_CLASSES]
    )
