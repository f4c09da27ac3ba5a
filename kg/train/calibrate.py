"""Fit what a trained network cannot know of itself: thresholds, and probabilities that are as often right as they say."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.decode import Floats
from kg.extract.neural.labels import FORMAT, calibrate, labels_path
from kg.extract.neural.links import normal
from kg.extract.neural.model import NeuralModel
from kg.train.corpora import GoldDoc
from kg.train.schemes import SCHEMES
from kg.train.score import evaluate

NEUTRAL = (1.0, 0.0)
#: Annotators who join two classes by a relation less often than this do so by mistake.
SELDOM = 3
#: For each relation the classes (subject, object) that it joins.
Joins = dict[str, list[tuple[str, str]]]


def write_labels(
    folder: Path,
    scheme: str,
    lang: str,
    thresholds: dict[str, float],
    calibration: dict[str, tuple[float, float]],
    joins: Joins | None = None,
) -> None:
    """The json beside the weights that names their outputs; what it says of other languages stays."""
    s = SCHEMES[scheme]
    path = labels_path(folder, scheme)
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known = known if known.get("format") == FORMAT else {}
    raw = {"format": FORMAT, "scheme": scheme, "types": s.types, "roles": s.roles, "relations": s.relations,
           "thresholds": known.get("thresholds", {}) | {lang: thresholds},
           "calibration": known.get("calibration", {}) | {lang: calibration}}  # fmt: skip
    if joins is not None:
        raw["joins"] = joins
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


def joined_classes(docs: Iterable[GoldDoc]) -> Joins:
    """What each relation joins, by training documents."""
    often: Counter[tuple[str, str, str]] = Counter()
    for doc in docs:
        kind = {m.entity: m.type for m in doc.mentions}
        often.update((p, kind[s], kind[o]) for s, p, o in doc.relations if s in kind and o in kind)
    joins: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for (relation, subject, item), times in sorted(often.items()):
        if times >= SELDOM:
            joins[relation].append((subject, item))
    return dict(joins)


def fit(scores: Floats, right: Floats) -> tuple[float, float]:
    """Slope and shift of Platt's scaling (Platt 1999) by Newton's method on the log-odds, lightly regularised."""
    p = np.clip(scores, 1e-6, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], 1).astype(np.float64)
    w, prior = np.array([1.0, 0.0]), np.array([1.0, 0.0])

    def loss(w: NDArray[np.float64]) -> float:
        z = x @ w
        return float((np.logaddexp(0, z) - right * z).sum() + ((w - prior) ** 2).sum() / 2)

    for _ in range(50):
        q = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (q - right) + (w - prior)
        hessian = (x * (q * (1 - q))[:, None]).T @ x + np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        while loss(w - step) > loss(w) and np.abs(step).max() > 1e-9:
            step = step / 2  # a whole step of Newton's overshoots where scores are extreme
        w = w - step
    return float(w[0]), float(w[1])


def tune(
    folder: Path, scheme: str, docs: Sequence[GoldDoc], lang: str = "en", joins: Joins | None = None
) -> None:
    """Calibrate mentions, then roles and relations, and choose the thresholds with the best F1 on ``docs`` of a language.

    ``joins`` are the classes that relations hold between; without it between any.
    """
    thresholds = {"mention": 0.02, "relation": 0.02}
    calibration = {"mention": NEUTRAL, "relation": NEUTRAL, "role": NEUTRAL}
    texts = [d.text for d in docs]

    def run() -> NeuralModel:
        write_labels(folder, scheme, lang, thresholds, calibration, joins)
        return NeuralModel.load(folder, scheme)

    # A lower threshold lets no span in before a better one, so one pass serves all thresholds.
    predictions = run().predict(texts)
    spans = [(m.score, (m.start, m.end) in {(g.start, g.end) for g in d.mentions})
             for d, p in zip(docs, predictions, strict=True) for m in p.mentions]  # fmt: skip
    scores, right = np.array([s for s, _ in spans], np.float32), np.array([r for _, r in spans], np.float32)
    calibration["mention"] = fit(scores, right)
    names: list[tuple[float, bool]] = []
    wanted = 0
    for d, p in zip(docs, predictions, strict=True):
        gold = {normal(d.text[m.start : m.end]) for m in d.mentions}
        wanted += len(gold)
        best: dict[str, float] = {}
        for m in p.mentions:
            name = normal(d.text[m.start : m.end])
            best[name] = max(best.get(name, 0.0), m.score)
        names += [(score, name in gold) for name, score in best.items()]
    scores, right = np.array([s for s, _ in names], np.float32), np.array([r for _, r in names], np.float32)
    thresholds["mention"] = best_threshold(calibrate(scores, *calibration["mention"]), right, wanted)

    predictions = run().predict(texts)
    stated: list[tuple[float, bool]] = []
    for d, p in zip(docs, predictions, strict=True):
        one: dict[tuple[str, str, str], float] = {}
        at = {(m.start, m.end): m.entity for m in d.mentions}
        ends = [at.get((m.start, m.end), f"?{k}") for k, m in enumerate(p.mentions)]
        for r in p.relations:
            key = (ends[r.subject], r.predicate, ends[r.object])
            one[key] = max(one.get(key, 0.0), r.score)
        stated += [(s, key in set(d.relations)) for key, s in one.items()]
    scores, right = np.array([s for s, _ in stated], np.float32), np.array([r for _, r in stated], np.float32)
    calibration["relation"] = fit(scores, right)
    wanted = sum(len(d.relations) for d in docs)
    thresholds["relation"] = best_threshold(calibrate(scores, *calibration["relation"]), right, wanted)

    if SCHEMES[scheme].roles:
        slopes = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5]
        errors: list[float] = []
        for slope in slopes:
            calibration["role"] = (slope, 0.0)
            errors.append(evaluate(docs, run().predict(texts)).calibration["introduces"])
        calibration["role"] = (slopes[int(np.argmin(errors))], 0.0)
    run()


def best_threshold(scores: Floats, right: Floats, wanted: int) -> float:
    """The score from which on F1 is best."""
    grid = np.arange(0.05, 0.85, 0.01)
    f1 = [2 * right[scores >= t].sum() / max(1, (scores >= t).sum() + wanted) for t in grid]
    # The middle of the plateau around the best: a peak of a small tune set is luck.
    good = grid[np.asarray(f1) >= max(f1) - 0.004]
    return round(float(good.mean()), 3)
