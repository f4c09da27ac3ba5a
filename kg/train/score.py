"""Scores of a model on gold, by document: entities, their types, relations, roles; and on sentences for other schemes.

An entity of a document counts once, by its name in normal form (:func:`kg.extract.neural.links.normal`); relations and
roles hold between entities, so that an abbreviation and its long form are one. Counts are summed over documents (micro).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from kg.extract.neural.links import normal
from kg.extract.neural.model import NeuralModel
from kg.extract.neural.reading import Prediction
from kg.train.corpora import GoldDoc


@dataclass
class Tally:
    """Found, right and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: Set[object], wanted: Set[object]) -> None:
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.found + self.wanted)

    def __str__(self) -> str:
        p, r = self.right / max(1, self.found), self.right / max(1, self.wanted)
        return f"P {p:.3f} R {r:.3f} F1 {self.f1:.3f} ({self.wanted})"


@dataclass
class Report:
    """All scores of one run. ``typed`` is the share of right types among entities found."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    type_right: int = 0
    calibration: dict[str, float] = field(default_factory=dict)

    def tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    @property
    def typed(self) -> float:
        return self.type_right / max(1, self.tally("entities").right)

    def __str__(self) -> str:
        lines = [f"{name:32} {tally}" for name, tally in self.tallies.items()]
        lines += [f"{'type right of entities found':32} {self.typed:.3f}"]
        lines += [f"{'calibration error of ' + k:32} {v:.3f}" for k, v in self.calibration.items()]
        return "\n".join(lines)


def evaluate(docs: Sequence[GoldDoc], predictions: Sequence[Prediction]) -> Report:
    """Predictions against gold."""
    report = Report()
    observed: dict[str, list[tuple[float, bool]]] = {"mentions": [], "relations": [], "introduces": []}
    for doc, prediction in zip(docs, predictions, strict=True):
        one(report, doc, prediction, observed)
    report.calibration = {k: calibration_error(v) for k, v in observed.items()}
    return report


def one(
    report: Report, doc: GoldDoc, prediction: Prediction, observed: dict[str, list[tuple[float, bool]]]
) -> None:
    """Add one document to a report."""
    text = doc.text
    gold = {normal(text[m.start : m.end]): m for m in doc.mentions}
    names = [normal(text[m.start : m.end]) for m in prediction.mentions]
    report.tally("entities").add(set(names), set(gold))
    best = dict(zip(names, prediction.mentions, strict=True))
    for name, m in best.items():
        if name in gold:
            report.type_right += gold[name].type == m.type
            report.tally(f"  {gold[name].type}").right += gold[name].type == m.type
        report.tally(f"  {m.type}").found += 1
    for wanted_mention in gold.values():
        report.tally(f"  {wanted_mention.type}").wanted += 1
    exact = {(m.start, m.end) for m in doc.mentions}
    report.tally("mentions, exact span").add({(m.start, m.end) for m in prediction.mentions}, exact)
    typed = {(m.start, m.end, m.type) for m in doc.mentions}
    report.tally("mentions, exact span and type").add(
        {(m.start, m.end, m.type) for m in prediction.mentions},
        typed,
    )
    observed["mentions"] += [(m.score, (m.start, m.end) in exact) for m in prediction.mentions]
    entity = [gold[n].entity if n in gold else n for n in names]
    wanted = set(doc.relations)
    stated: dict[tuple[str, str, str], float] = {}
    for r in prediction.relations:
        triple = (entity[r.subject], r.predicate, entity[r.object])
        stated[triple] = max(stated.get(triple, 0.0), r.score)
    report.tally("relations").add(set(stated), wanted)
    report.tally("relations, any predicate").add(
        {(s, o) for s, _, o in stated}, {(s, o) for s, _, o in wanted}
    )
    observed["relations"] += [(score, t in wanted) for t, score in stated.items()]
    role = {m.entity: m.role for m in doc.mentions}
    if any(role.values()):
        given = {e: m.roles[0][0] for e, m in zip(entity, prediction.mentions, strict=True) if m.roles}
        for kind in ("introduces", "uses", "studies", "mentions"):
            report.tally(f"role {kind}").add(
                {e for e, r in given.items() if r == kind}, {e for e, r in role.items() if r == kind}
            )
        chance = {
            e: dict(m.roles)["introduces"]
            for e, m in zip(entity, prediction.mentions, strict=True)
            if m.roles
        }
        observed["introduces"] += [(c, role.get(e) == "introduces") for e, c in chance.items() if e in role]


def calibration_error(observed: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: mean distance between score and share that is right, over equal-width bins."""
    if not observed:
        return 0.0
    score, right = np.array([s for s, _ in observed]), np.array([r for _, r in observed], float)
    which = np.minimum((score * bins).astype(int), bins - 1)
    return float(
        sum(abs(score[which == b].sum() - right[which == b].sum()) for b in range(bins)) / len(score)
    )


def score(model: NeuralModel, docs: Sequence[GoldDoc]) -> Report:
    """A model's report on gold documents."""
    return evaluate(docs, model.predict([d.text for d in docs]))


def strict(docs: Sequence[GoldDoc], predictions: Sequence[Prediction]) -> tuple[Tally, Tally]:
    """NER (span and type) and Rel+ (both spans and types, and the relation), by sentence, as SciER scores them.

    A relation of that corpus names its ends by their words, so ends are compared by words and type.
    """
    ner, rel = Tally(), Tally()
    for doc, p in zip(docs, predictions, strict=True):
        ner.add(
            {(m.start, m.end, m.type) for m in p.mentions}, {(m.start, m.end, m.type) for m in doc.mentions}
        )
        end = {m.entity: (doc.text[m.start : m.end], m.type) for m in doc.mentions}
        ends = [(doc.text[m.start : m.end], m.type) for m in p.mentions]
        rel.add(
            {(ends[r.subject], r.predicate, ends[r.object]) for r in p.relations},
            {(end[s], r, end[o]) for s, r, o in doc.relations if s in end and o in end},
        )
    return ner, rel


def borders(docs: Sequence[GoldDoc], predictions: Sequence[Prediction], generic: str) -> Tally:
    """Where mentions begin and end, whatever their type; mentions of the type ``generic`` are neither asked for nor wrong."""
    tally = Tally()
    for doc, p in zip(docs, predictions, strict=True):
        wanted = {(m.start, m.end) for m in doc.mentions if m.type != generic}
        aside = {(m.start, m.end) for m in doc.mentions} - wanted
        found = {(m.start, m.end) for m in p.mentions if m.type != generic}
        tally.add(found - aside, wanted)
    return tally
