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
from kg.extract.logistic import Floats, odds, probabilities, read_weights
from kg.extract.neural.pieces import Bools, Ints
from kg.extract.neural.reading import Pairs
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations import allowed, linear_chances, names, read_off, strongest
from kg.text import script_lang
from kg.types import Mention, Relation
from kg.vocab import ENTITY_CLASSES

WITNESSES = WEIGHTS / "witnesses.json"
# A score less than this is not worth carrying along, whatever the settings ask for.
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


class Witnesses:
    """Scores what templates found and adds what the models find; of each two things the surest relation stays."""

    def __init__(self, min_score: float) -> None:
        self.min_score = min_score

    def __call__(self, doc: Doc) -> Doc:
        things = names(doc)
        weights = read_weights(WITNESSES)[script_lang(text_of(doc))]
        sentences = sentence_spans(doc)
        stated = {(things[r.subject], r.predicate, things[r.object]): r for r in doc._.relations}
        found = [r for r in doc._.relations if r.predicate == "synonymOf"]
        seen = witnessed(doc, Least(self.min_score, weights))
        scores = probabilities(weights, seen.features).round(4).tolist()
        for subject, predicate, item, score in zip(
            seen.subjects, seen.predicates, seen.objects, scores, strict=True
        ):
            said = stated.pop((things[subject], predicate, things[item]), None)
            if said is not None:  # a template knows which words state it
                found.append(replace(said, score=max(score, _stated_at_least(said))))
            elif score >= self.min_score:
                found.append(read_off(doc, sentences, subject, predicate, item, score))
        found += [
            replace(r, score=_stated_at_least(r)) for r in stated.values() if r.predicate != "synonymOf"
        ]
        found = [r for r in found if r.score >= self.min_score]
        found.sort(key=lambda r: (r.subject, r.predicate, r.object))
        doc._.relations = strongest(found, things)
        return doc


def _stated_at_least(relation: Relation) -> float:
    """How probable what a template states is, whatever the models make of it."""
    if relation.score >= _CERTAIN:
        return _CERTAINLY
    return _EVALUATED if relation.predicate == "evaluatedOn" else 0.0


@dataclass(frozen=True, slots=True)
class Least:
    """The least score that is wanted of a relation, by the ``weights`` of its witnesses."""

    score: float
    weights: Sequence[float]

    def within_reach(self, learned: Floats, named: Floats) -> Bools:
        """Where the other witnesses could still lift a relation that high; the two witnesses are features of :class:`Witnessed`."""
        intercept, of_learned, of_linear, of_named, unread, said = self.weights
        others = max(of_linear * _MOST, unread - of_linear * _MOST) + max(said, 0.0)
        wanted = odds(self.score - _ROUNDED, _SURE) - intercept - others
        return np.asarray(of_learned * learned + of_named * named >= wanted)


def witnessed(doc: Doc, least: Least | None = None) -> Witnessed:
    """Every relation that the learned model was asked for and classes allow; of those that cannot score ``least``, none."""
    pairs: Pairs | None = doc._.pair_chances
    things = names(doc)
    if pairs is None or not things:
        return Witnessed([], [], [], np.zeros((0, 5)))
    mentions: list[Mention] = doc._.mentions
    number = {thing: n for n, thing in enumerate(dict.fromkeys(things))}
    thing = np.asarray([number[name] for name in things])
    score = np.full(len(number), _NAMED)
    np.maximum.at(score, thing, [m.score for m in mentions])
    learned = odds(pairs.chances, _SURE)
    named = np.log(score[thing[pairs.subjects]] * score[thing[pairs.objects]])
    possible = _possible(pairs, mentions, thing)
    if least is not None:
        possible &= least.within_reach(learned, named[:, None])
    row, column = _surest(pairs, thing, possible)
    second, read = _by_linear_model(doc, things, pairs, row)
    subjects, objects = pairs.subjects[row].tolist(), pairs.objects[row].tolist()
    predicates = [pairs.relations[c] for c in column.tolist()]
    stated = {(things[r.subject], r.predicate, things[r.object]) for r in doc._.relations}
    said = [
        (things[s], p, things[o]) in stated for s, p, o in zip(subjects, predicates, objects, strict=True)
    ]
    features = (learned[row, column], odds(second[row, column], _SURE), named[row], ~read[row], said)
    return Witnessed(subjects, predicates, objects, np.stack(features, axis=1))


def _possible(pairs: Pairs, mentions: Sequence[Mention], thing: Ints) -> Bools:
    """Whether classes allow a relation of a pair and it joins two things: [pairs, relations]. ``thing`` numbers that of each mention."""
    kind = np.asarray([ENTITY_CLASSES.index(m.type) for m in mentions])
    apart = thing[pairs.subjects] != thing[pairs.objects]
    return _allowed_table(pairs.relations)[kind[pairs.subjects], kind[pairs.objects]] & apart[:, None]


def _surest(pairs: Pairs, thing: Ints, possible: Bools) -> tuple[Ints, Ints]:
    """Pairs (rows) and relations (columns) of those ``possible``, by the things they join: of what says the same of them, the surest."""
    row, column = np.nonzero(possible)
    surest = np.argsort(-pairs.chances[row, column], kind="stable")
    row, column = row[surest], column[surest]
    subject, item = thing[pairs.subjects[row]], thing[pairs.objects[row]]
    said = (subject * (1 + thing.max()) + item) * len(pairs.relations) + column
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


@Language.factory(
    "paperkg_learned_pairs",
    requires=["doc._.mentions", "doc._.roles", "doc._.relations", "doc._.pair_chances", "doc.sents"],
    assigns=["doc._.relations"],
    default_config={"min_score": _LEAST},
)
def create_witnesses(nlp: Language, name: str, min_score: float) -> Witnesses:
    """The component that weighs; ``min_score`` is the lowest score of a relation."""
    return Witnesses(max(_LEAST, min_score))
