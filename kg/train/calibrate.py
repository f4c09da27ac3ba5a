"""Fit what a trained network cannot know of itself: thresholds, and probabilities that are as often right as they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.extract.neural.decode import Floats
from kg.extract.neural.model import FORMAT, NeuralModel, calibrate
from kg.train.corpora import GoldDoc
from kg.train.schemes import SCHEMES
from kg.train.score import evaluate, strict

NEUTRAL = (1.0, 0.0)


def write_labels(
    folder: Path, scheme: str, thresholds: dict[str, float], calibration: dict[str, tuple[float, float]]
) -> None:
    """The json beside the weights that names their outputs."""
    s = SCHEMES[scheme]
    raw = {"format": FORMAT, "scheme": scheme, "types": s.types, "roles": s.roles, "relations": s.relations,
           "thresholds": thresholds, "calibration": calibration}  # fmt: skip
    name = "labels.json" if scheme == "own" else f"labels.{scheme}.json"
    (folder / name).write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


def fit(scores: Floats, right: Floats) -> tuple[float, float]:
    """Slope and shift of Platt's scaling (Platt 1999) by Newton's method on the log-odds, lightly regularised."""
    p = np.clip(scores, 1e-6, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], 1).astype(np.float64)
    w, prior = np.array([1.0, 0.0]), np.array([1.0, 0.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (q - right) + (w - prior)
        hessian = (x * (q * (1 - q))[:, None]).T @ x + np.eye(2)
        w -= np.linalg.solve(hessian, gradient)
    return float(w[0]), float(w[1])


def tune(folder: Path, scheme: str, docs: Sequence[GoldDoc]) -> None:
    """Calibrate mentions, then roles and relations, and choose the thresholds with the best F1 on ``docs``."""
    thresholds = {"mention": 0.02, "relation": 0.02}
    calibration = {"mention": NEUTRAL, "relation": NEUTRAL, "role": NEUTRAL}
    texts = [d.text for d in docs]

    def run() -> NeuralModel:
        write_labels(folder, scheme, thresholds, calibration)
        return NeuralModel.load(folder, scheme)

    found = [(m.score, (m.start, m.end) in {(g.start, g.end) for g in d.mentions})
             for d, p in zip(docs, run().predict(texts), strict=True) for m in p.mentions]  # fmt: skip
    scores, right = np.array([s for s, _ in found], np.float32), np.array([r for _, r in found], np.float32)
    calibration["mention"] = fit(scores, right)
    scores = calibrate(scores, *calibration["mention"])
    wanted = sum(len(d.mentions) for d in docs)
    # F1 of exact spans; candidates that a lower threshold lets in never displace better ones, so one pass will do.
    thresholds["mention"] = best_threshold(scores, right, wanted)

    predictions = run().predict(texts)
    stated: list[tuple[float, bool]] = []
    for d, p in zip(docs, predictions, strict=True):
        one: dict[tuple[str, str, str], float] = {}
        at = {(m.start, m.end): m.entity for m in d.mentions}
        names = [at.get((m.start, m.end), f"?{k}") for k, m in enumerate(p.mentions)]
        for r in p.relations:
            key = (names[r.subject], r.predicate, names[r.object])
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


__all__ = ["fit", "strict", "tune", "write_labels"]
