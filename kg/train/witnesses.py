"""Fit how the witnesses of a relation are weighed (``kg/extract/judged_relations.py``) on abstracts that trained none of them.

usage: python -m kg.train.witnesses CONFIG.toml [OUT.json]

The held-out documents are those of :func:`kg.train.data.own`. A relation counts as right when its two things bear names of the
gold's two entities. F1 by least score is logged: ``min_relation_score`` of the settings is chosen from it.
"""

from __future__ import annotations

import json
import logging
import sys
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
from kg.train.data import own
from kg.types import Lang

log = logging.getLogger("kg.train")
#: One document in so many is scored by weights fitted on the others.
PARTS = 5


def rows(docs: list[GoldDoc], lang: Lang) -> list[list[tuple[frozenset[str], tuple[float, ...], bool]]]:
    """For each document every relation that could hold: its two things, features, and whether the gold has it."""
    nlp = pipeline(lang, ExtractSettings())
    out: list[list[tuple[frozenset[str], tuple[float, ...], bool]]] = []
    for doc, read in zip(docs, nlp.pipe([d.text for d in docs]), strict=True):
        entity = {fold(doc.text[m.start : m.end]): m.entity for m in doc.mentions}
        things = names(read)
        same = [entity.get(fold(m.text)) for m in read._.mentions]
        wanted = set(doc.relations)
        out.append(
            [
                (
                    frozenset((things[w.subject], things[w.object])),
                    w.features,
                    (same[w.subject], w.predicate, same[w.object]) in wanted,
                )
                for w in witnessed(read)
            ]
        )
    return out


def train(docs: list[GoldDoc], lang: Lang) -> list[float]:
    """Intercept and weights for a language, to three places."""
    table = rows(docs, lang)
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
    wanted = sum(len(d.relations) for d in docs)
    for least in (0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3):
        kept = [right for score, right in scored if score >= least]
        log.info("%s from %.2f: F1 %.3f", lang, least, 2 * sum(kept) / max(1, len(kept) + wanted))
    model = fit(table)
    return [round(float(w), 3) for w in (*model.intercept_, *model.coef_[0])]


def fit(table: list[list[tuple[frozenset[str], tuple[float, ...], bool]]]) -> LogisticRegression:
    """The logistic model of all rows."""
    flat = [r for row in table for r in row]
    model = LogisticRegression(C=10.0, max_iter=300)
    return model.fit(np.array([f for _, f, _ in flat]), [right for *_, right in flat])


def main() -> None:
    """Arguments: config, and where to write."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    config = Config.read(Path(sys.argv[1]))
    languages: tuple[Lang, ...] = ("en", "zh")
    made = {lang: train(held, lang) for lang in languages if (held := own(config, lang)[1])}
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else WITNESSES
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
