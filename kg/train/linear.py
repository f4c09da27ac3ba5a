"""Train the linear models of roles and of relations on our gold.

A model of Chinese learns from the gold of both languages, since most features are no words. The documents that the network's
config holds out are left out here too, since the witnesses of a relation are weighed there (:mod:`kg.train.witnesses`);
scores on them are logged. For relations the roles of things are disturbed as often as the extractor mistakes them, so that
the model does not lean on roles more than it may.
"""

from __future__ import annotations

import logging
import random
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from kg.errors import PaperkgError, UsageError
from kg.extract.linear import NONE, PARTS, LinearModel
from kg.extract.nlp import pipeline
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations.pairs import candidate_pairs
from kg.extract.role_features import role_features
from kg.extract.roles import find_roles
from kg.settings import ExtractSettings
from kg.text import script_lang
from kg.train.config import Config
from kg.train.data import own
from kg.train.gold import annotated
from kg.types import Lang, Mention
from kg.vocab import PAPER_PREDICATES

log = logging.getLogger("kg.train")
# Share of mentions whose role the extractor gets wrong, measured on held-out documents.
ROLE_NOISE = 0.4
# Weights nearer to zero than this are left out of the file.
SMALLEST = 0.02
# Features of fewer examples than this are left out.
LEAST_OFTEN = 3
MOST_STEPS = 120
SEED = 7
# The languages whose gold a model learns from.
LEARNT_FROM: dict[Lang, tuple[Lang, ...]] = {"en": ("en",), "zh": ("en", "zh")}

Record = dict[str, Any]
Row = tuple[dict[str, int], str]
Rows = Callable[[Record, Doc, random.Random | None], Iterator[Row]]


def read_document(record: Record, text: str) -> Doc:
    """A spaCy document with the sentences and mentions of a gold record, and the roles that rules give them."""
    nlp = pipeline(script_lang(text), ExtractSettings(learned=False))
    doc = nlp.get_pipe("paperkg_sentences")(nlp.make_doc(text))
    kinds = {e["key"]: e["type"] for e in record["entities"]}
    doc._.mentions = [
        Mention(m["start"], m["end"], m["text"], kinds[m["entity"]], 1.0) for m in record["mentions"]
    ]
    return find_roles(doc)


def relation_rows(record: Record, doc: Doc, noise: random.Random | None) -> Iterator[Row]:
    """Features and relation (or ``none``) of every candidate pair."""
    roles = {e["key"]: e["role"] for e in record["entities"]}
    if noise is not None:
        roles = {
            key: noise.choice(PAPER_PREDICATES) if noise.random() < ROLE_NOISE else role
            for key, role in sorted(roles.items())
        }
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for relation in record["relations"]:
        if relation["polarity"] == "asserted":
            stated[relation["subject"], relation["object"]].add(relation["predicate"])
    keys = [m["entity"] for m in record["mentions"]]
    for pair in candidate_pairs(
        text_of(doc), sentence_spans(doc), doc._.mentions, keys, [roles[key] for key in keys]
    ):
        found = sorted(stated.get((keys[pair.subject], keys[pair.object]), ()))
        yield dict.fromkeys(pair.features, 1), found[0] if found else NONE


def role_rows(record: Record, doc: Doc, _: random.Random | None) -> Iterator[Row]:
    """Features and role of every thing."""
    members: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(record["mentions"]):
        members[mention["entity"]].append(index)
    cued = {role.mention: role.predicate for role in doc._.roles}
    for entity in record["entities"]:
        own = members.get(entity["key"])
        if own:
            best = min((cued[i] for i in own), key=PAPER_PREDICATES.index)
            yield (
                dict.fromkeys(role_features(text_of(doc), sentence_spans(doc), doc._.mentions, own, best), 1),
                entity["role"],
            )


def train(what: str, lang: Lang, config: Config, out: Path) -> None:
    """Fit the model of ``roles`` or ``relations`` of a language, log its scores on held-out documents, write its weights.

    Raises:
        UsageError: the config has no gold of the language, or a file is missing.
        PaperkgError: a file is not of its form, or ``out`` cannot be written.
    """
    rows: Rows = role_rows if what == "roles" else relation_rows
    noise = random.Random(SEED)  # noqa: S311 - a disturbance, not a secret
    table: list[Row] = []
    held: list[Row] = []
    for language, (gold, texts) in sources(config, lang).items():
        left_out = {doc.id for doc in own(config, language)[1]}
        for record, text in annotated(gold, texts):
            if record["id"] not in left_out:
                table += rows(record, read_document(record, text), noise)
            elif language == lang:
                held += rows(record, read_document(record, text), None)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([features for features, _ in table] or [{}])
    common = np.asarray((matrix > 0).sum(0)).ravel() >= LEAST_OFTEN
    if len({label for _, label in table}) < 2 or not common.any():
        raise PaperkgError(f"{config.source}: too little gold to tell {what} apart; give more")
    vectors.restrict(common)
    model = LogisticRegression(C=0.4, max_iter=MOST_STEPS, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # MOST_STEPS is where it is to stop
        model.fit(matrix[:, common], [label for _, label in table])
    log.info(
        "%d examples, %d of %d features, %d steps", len(table), common.sum(), len(common), model.n_iter_[0]
    )
    report(model, vectors, held)
    write(model, vectors, out)


def sources(config: Config, lang: Lang) -> dict[Lang, tuple[tuple[Path, ...], Path]]:
    """Gold and texts of each language that a model learns from. Raises ``UsageError`` if the config has none."""
    found: dict[Lang, tuple[tuple[Path, ...], Path]] = {}
    for language in LEARNT_FROM[lang]:
        gold, texts = config.annotation(language)
        if not gold or not texts:
            key = "gold" if language == "en" else "gold_zh"
            raise UsageError(f"{config.source}: the key {key} is missing, from which this model learns")
        found[language] = (gold, texts)
    return found


def report(model: LogisticRegression, vectors: DictVectorizer, held: Sequence[Row]) -> None:
    """Log precision, recall and F1 on held-out rows, a class a line."""
    if not held:
        return
    guessed = model.predict(vectors.transform([features for features, _ in held]))
    wanted = [label for _, label in held]
    for name in model.classes_:
        right = sum(g == w == name for g, w in zip(guessed, wanted, strict=True))
        predicted, expected = int((guessed == name).sum()), wanted.count(name)
        if expected:
            log.info(
                "%-14s P %.2f R %.2f F1 %.2f (%d)",
                name,
                right / max(1, predicted),
                right / expected,
                2 * right / (predicted + expected),
                expected,
            )


def write(model: LogisticRegression, vectors: DictVectorizer, out: Path) -> None:
    """Write the weights that matter, by feature in order, so that the same training gives the same file."""
    classes, weights, intercept = [str(c) for c in model.classes_], model.coef_, model.intercept_
    if len(classes) == 2:  # scikit-learn keeps those of the second only
        weights, intercept = np.vstack([0 * weights, weights]), [0.0, *intercept]
    kept = {
        str(feature): [round(float(w) * PARTS) if abs(w) >= SMALLEST else 0 for w in row]
        for feature, row in zip(vectors.get_feature_names_out(), weights.T, strict=True)
        if (abs(row) >= SMALLEST).any()
    }
    names = sorted(kept)
    table = np.asarray([kept[name] for name in names], np.int16).reshape(-1, len(classes))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        LinearModel(tuple(classes), np.round(intercept, 4), names, table).save(out)
    except OSError as error:
        raise PaperkgError(f"{out}: cannot be written: {error.strerror}") from error
