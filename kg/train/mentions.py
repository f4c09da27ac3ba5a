"""Fit how the witnesses of a mention are weighed (``kg/extract/judged_mentions.py``) on abstracts that trained none of them.

A span counts as right when the gold marks just it. Precision, recall and F1 by least score are logged, cross-validated: each
document is scored by weights that were fitted on others. ``min_mention_score`` of the settings is chosen from them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from kg.extract.combine import considered
from kg.extract.judged_mentions import MENTIONS, Span, features
from kg.extract.nlp import pipeline
from kg.settings import ExtractSettings
from kg.train.config import Config
from kg.train.corpora import GoldDoc
from kg.train.weighing import PARTS, tell, write_weights
from kg.types import Lang

log = logging.getLogger("kg.train")
#: Least scores that are compared.
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)

Floats = NDArray[np.float64]
#: By document, every span that somebody proposes: where it is, its features, and whether the gold has it.
Table = list[tuple[list[Span], Floats, list[bool]]]


def mentions(config: Config, out: Path = MENTIONS) -> None:
    """Fit the weights and write them; raises as :func:`kg.train.weighing.write_weights` does."""
    write_weights(config, out, train)


def rows(docs: Sequence[GoldDoc], lang: Lang) -> Table:
    """What the pipeline as installed proposes in the documents."""
    nlp = pipeline(lang, ExtractSettings())
    out: Table = []
    for doc, read in zip(docs, nlp.pipe([d.text for d in docs]), strict=True):
        gold = {(m.start, m.end) for m in doc.mentions}
        spans, found = features(doc.text, considered(read), read._.definitions)
        if spans:
            out.append((spans, found, [span in gold for span in spans]))
    return out


def train(docs: list[GoldDoc], lang: Lang) -> list[float]:
    """Intercept and weights for a language, to three places; what they would find in documents not seen is logged."""
    table = rows(docs, lang)
    scores = cross_validated(table)
    wanted = sum(len(d.mentions) for d in docs)
    log.info("%s: %d documents, %d mentions, cross-validated in %d parts", lang, len(docs), wanted, PARTS)
    for least in THRESHOLDS:
        kept = [
            right
            for (spans, _, rights), chance in zip(table, scores, strict=True)
            for right in standing(spans, rights, chance, least)
        ]
        tell(lang, least, kept, wanted)
    scale, model = (step for _, step in fit(table).steps)
    weights = model.coef_[0] / scale.scale_
    intercept = model.intercept_[0] - float(weights @ scale.mean_)
    return [round(float(w), 3) for w in (intercept, *weights)]


def cross_validated(table: Table) -> list[Floats]:
    """For each document the probability of its spans, by weights fitted on other documents."""
    scores: dict[int, Floats] = {}
    for part in range(PARTS):
        model = fit([row for n, row in enumerate(table) if n % PARTS != part])
        for n, (_, x, _) in enumerate(table):
            if n % PARTS == part:
                scores[n] = model.predict_proba(x)[:, 1]
    return [scores[n] for n in range(len(table))]


def standing(spans: Sequence[Span], rights: Sequence[bool], chance: Floats, least: float) -> list[bool]:
    """Whether each span is right that stands: the probable before what crosses it."""
    taken: list[Span] = []
    kept: list[bool] = []
    for k in np.argsort(-chance, kind="stable").tolist():
        start, end = spans[k]
        if chance[k] >= least and not any(start < b and a < end for a, b in taken):
            taken.append((start, end))
            kept.append(rights[k])
    return kept


def fit(table: Table) -> Pipeline:
    """The logistic model of all rows, over features of like scale."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=1000))
    return model.fit(np.concatenate([x for _, x, _ in table]), [r for *_, rights in table for r in rights])
