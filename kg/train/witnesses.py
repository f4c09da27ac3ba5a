"""Fit how the witnesses of a relation are weighed (``kg/extract/judged_relations.py``) on abstracts that trained none of them.

The held-out documents are those of :func:`kg.train.data.tuning`. A relation counts as right when its two things bear names of the
gold's two entities. Precision, recall and F1 by least score are logged, cross-validated: each document is scored by weights
that were fitted on others. ``min_relation_score`` of the settings is chosen from them.
"""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.extract.judged_relations import WITNESSES, witnessed
from kg.extract.nlp import pipeline
from kg.extract.relations import names
from kg.settings import ExtractSettings
from kg.text import fold
from kg.train.config import Config
from kg.train.corpora import GoldDoc
from kg.train.weighing import PARTS, tell, write_weights
from kg.types import Lang

log = logging.getLogger("kg.train")
#: Least scores that are compared.
THRESHOLDS = (0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3)

#: By document, every relation that could hold: its two things, its features, and whether the gold has it.
Table = list[list[tuple[frozenset[str], tuple[float, ...], bool]]]


def rows(docs: list[GoldDoc], lang: Lang) -> Table:
    """What the models, the templates and the rest of the pipeline as installed see in the documents."""
    nlp = pipeline(lang, ExtractSettings())
    out: Table = []
    with nlp.select_pipes(disable="paperkg_learned_pairs"):  # only what templates state is in the documents
        reads = list(nlp.pipe([d.text for d in docs]))
    for doc, read in zip(docs, reads, strict=True):
        entity = {fold(doc.text[m.start : m.end]): m.entity for m in doc.mentions}
        things = names(read)
        same = [entity.get(fold(m.text)) for m in read._.mentions]
        wanted = set(doc.relations)
        seen = witnessed(read)
        ends = zip(seen.subjects, seen.predicates, seen.objects, strict=True)
        out.append(
            [
                (frozenset((things[a], things[b])), tuple(features), (same[a], predicate, same[b]) in wanted)
                for (a, predicate, b), features in zip(ends, seen.features.tolist(), strict=True)
            ]
        )
    return out


def witnesses(config: Config, out: Path = WITNESSES) -> None:
    """Fit the weights and write them; raises as :func:`kg.train.weighing.write_weights` does."""
    write_weights(config, out, train)


def train(docs: list[GoldDoc], lang: Lang) -> list[float]:
    """Intercept and weights for a language, to three places; what they would find in documents not seen is logged."""
    table = rows(docs, lang)
    scored = cross_validated(table)
    wanted = sum(len(d.relations) for d in docs)
    log.info("%s: %d documents, %d relations, cross-validated in %d parts", lang, len(docs), wanted, PARTS)
    for least in THRESHOLDS:
        kept = [right for score, right in scored if score >= least]
        tell(lang, least, kept, wanted)
    model = fit(table)
    return [round(float(w), 3) for w in (*model.intercept_, *model.coef_[0])]


def cross_validated(table: Table) -> list[tuple[float, bool]]:
    """Score, and whether it is right, of the surest relation of each two things, by weights fitted on other documents."""
    scored: list[tuple[float, bool]] = []
    for part in range(PARTS):
        model = fit([r for n, r in enumerate(table) if n % PARTS != part])
        for row in (r for n, r in enumerate(table) if n % PARTS == part and r):
            chance = model.predict_proba(np.array([f for _, f, _ in row]))[:, 1]
            best: dict[frozenset[str], tuple[float, bool]] = {}
            for (pair, _, right), score in zip(row, chance.tolist(), strict=True):
                if pair not in best or score > best[pair][0]:
                    best[pair] = (score, right)
            scored += best.values()
    return scored


def fit(table: Table) -> LogisticRegression:
    """The logistic model of all rows."""
    flat = [r for row in table for r in row]
    model = LogisticRegression(C=10.0, max_iter=300)
    return model.fit(np.array([f for _, f, _ in flat]), [right for *_, right in flat])
