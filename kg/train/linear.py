"""Train the linear models of roles and of relations on annotated abstracts.

usage: python -m kg.train.linear {roles,relations} OUT.json.gz --gold GOLD.jsonl TEXTS.json [--gold …] [--held-every 10]

Gold is stand-off (``gold/README.md``); TEXTS is a JSON object of identifier -> abstract. Gold in a second language helps with all
features that are no words. Every tenth training document of the last gold named is held out; scores on it are logged.

For relations each document counts twice: with its annotated roles, and with roles disturbed as often as the extractor mistakes
them, so that the model does not lean on roles more than it may.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from kg.extract.linear import NONE
from kg.extract.nlp import pipeline
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations.pairs import candidate_pairs
from kg.extract.role_features import role_features
from kg.extract.roles import find_roles
from kg.settings import ExtractSettings
from kg.text import script_lang
from kg.types import Mention
from kg.vocab import PAPER_PREDICATES

log = logging.getLogger(__name__)
# Share of mentions whose role the extractor gets wrong, measured on held-out documents.
ROLE_NOISE = 0.4
# Weights nearer to zero than this are left out of the file.
SMALLEST = 0.02
SEED = 7

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


def role_rows(record: Record, doc: Doc, noise: random.Random | None) -> Iterator[Row]:
    """Features and role of every thing."""
    if noise is not None:
        return
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


def train(rows: Rows, sets: Sequence[tuple[Path, Path]], out: Path, held_every: int) -> None:
    """Fit a model, log its scores on held-out documents, write its weights."""
    noise = random.Random(SEED)  # noqa: S311 - a disturbance, not a secret
    table: list[Row] = []
    held: list[Row] = []
    for number, (gold, texts) in enumerate(sets, start=1):
        source = json.loads(texts.read_text(encoding="utf-8"))
        records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        records = [r for r in records if r["split"] == "train" and r["id"] in source]
        for n, record in enumerate(records):
            doc = read_document(record, source[record["id"]])
            if number == len(sets) and n % held_every == held_every - 1:
                held += rows(record, doc, None)
            else:
                table += [row for chance in (None, noise) for row in rows(record, doc, chance)]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([features for features, _ in table])
    model = LogisticRegression(C=0.4, max_iter=400)
    model.fit(matrix, [label for _, label in table])
    log.info("%d examples, %d features", len(table), matrix.shape[1])
    report(model, vectors, held)
    write(model, vectors, out)


def report(model: LogisticRegression, vectors: DictVectorizer, held: Sequence[Row]) -> None:
    """Log precision, recall and F1 on held-out rows, a class a line."""
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
    """Write the weights that matter, sorted, so that the same training gives the same file."""
    classes = [str(c) for c in model.classes_]
    kept: dict[str, dict[str, float]] = {}
    for k, feature in enumerate(vectors.get_feature_names_out()):
        row = {
            c: round(float(model.coef_[n, k]), 3)
            for n, c in enumerate(classes)
            if abs(model.coef_[n, k]) >= SMALLEST
        }
        if row:
            kept[str(feature)] = row
    raw = {
        "classes": classes,
        "intercept": [round(float(x), 4) for x in model.intercept_],
        "rows": dict(sorted(kept.items())),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as plain, gzip.GzipFile(fileobj=plain, mode="wb", mtime=0) as packed:
        packed.write(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode())


def main() -> None:
    """Read the command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("what", choices=("roles", "relations"))
    given.add_argument("out", type=Path)
    given.add_argument(
        "--gold", type=Path, nargs=2, action="append", required=True, metavar=("GOLD", "TEXTS")
    )
    given.add_argument("--held-every", type=int, default=10)
    options = given.parse_args()
    rows = role_rows if options.what == "roles" else relation_rows
    train(rows, [tuple(pair) for pair in options.gold], options.out, options.held_every)


if __name__ == "__main__":
    main()
