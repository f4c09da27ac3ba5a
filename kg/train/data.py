"""The corpora of a run, as examples."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from kg.errors import UsageError
from kg.extract.neural.pieces import LATIN, PieceTokenizer
from kg.train.config import Config
from kg.train.corpora import (
    GoldDoc,
    read_scicn,
    read_scienceie,
    read_scier,
    read_scierc,
    read_semeval,
    read_tdmsci,
)
from kg.train.features import Example, examples
from kg.train.gold import identifiers, read_own
from kg.train.labels import lessons
from kg.train.schemes import DENSE, OWN

log = logging.getLogger("kg.train")
#: SciCN's first documents never train: mention boundaries are scored on them.
SCICN_HELD = 71
#: One document of our gold in so many is held out, if no table says which.
HELD = 10

#: The training part of each public corpus: its files below ``data``, and what reads them.
PUBLIC: dict[str, tuple[tuple[str, ...], Callable[..., Iterable[GoldDoc]]]] = {
    "scier": (("scier/train.jsonl",), read_scier),
    "scierc": (("scierc/ner_train.txt", "scierc/rel_train.jsonl"), read_scierc),
    "semeval": (("semeval2018_task7/training-data/1.1",), read_semeval),
    "scienceie": (("scienceie2017/train",), read_scienceie),
    "tdmsci": (("tdmsci/train_1500_v2.conll",), read_tdmsci),
    "scicn": (("scicn/scicn_dev.jsonl",), lambda path: list(read_scicn(path))[SCICN_HELD:]),
}


def tokenizer_of(config: Config) -> PieceTokenizer:
    """The tokenizer of a run's encoder. Raises ``UsageError`` if it has none."""
    config.needs("encoder", config.encoder / LATIN)
    return PieceTokenizer.read(config.encoder)


def public(config: Config) -> dict[str, list[GoldDoc]]:
    """The training parts of the public corpora whose schemes and weights the run has."""
    found: dict[str, list[GoldDoc]] = {}
    for name, (files, read) in PUBLIC.items():
        if name in config.schemes and config.weights.get(name, 1.0) > 0:
            if config.data is None:
                raise UsageError(f"{config.source}: the key data is missing, where the corpus of {name} lies")
            found[name] = list(read(*(config.needs("data", config.data / file) for file in files)))
    return found


def plain(path: Path) -> list[GoldDoc]:
    """Texts without any entity, one a line: what a model that reads only gold never sees."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [GoldDoc(f"plain:{n}", "own", line) for n, line in enumerate(lines) if line]


def own(config: Config, lang: str = "en") -> tuple[list[GoldDoc], list[GoldDoc]]:
    """Our gold in a language, split: what trains, and what is held out."""
    gold, texts = config.annotation(lang)
    if not gold or not texts:
        return [], []
    docs = list(read_own(gold, texts))
    kept = {d.id for n, d in enumerate(docs) if n % HELD == HELD - 1}
    if config.held:
        kept = listed(config, "held", lang)
    return [d for d in docs if d.id not in kept], [d for d in docs if d.id in kept]


def listed(config: Config, key: Literal["held", "dense"], lang: str) -> set[str]:
    """The identifiers that a table of the config (language, tab, identifier) has for a language; none without a table."""
    path: Path | None = getattr(config, key)
    if path is None:
        return set()
    table = config.needs(key, path)
    rows = (row.partition("\t") for row in table.read_text(encoding="utf-8").splitlines())
    return {name for language, _, name in rows if language == lang}


def tuning(config: Config, lang: str = "en") -> list[GoldDoc]:
    """The held-out documents on which thresholds and calibration are set."""
    held = own(config, lang)[1]
    files = set(config.tuned_on) & set(config.annotation(lang)[0])
    kept = identifiers(files)
    return [d for d in held if d.id in kept] if files else held


def corpora(config: Config, tokenizer: PieceTokenizer) -> dict[str, list[Example]]:
    """All examples of a run by corpus. Raises ``UsageError`` if a file is missing."""
    docs = public(config)
    for lang, end in (("en", ""), ("zh", "_zh")):
        dense = listed(config, "dense", lang)
        for doc in own(config, lang)[0]:
            scheme = DENSE.name if doc.id in dense else OWN.name
            docs.setdefault(scheme + end, []).append(replace(doc, scheme=scheme))
    if config.negatives:
        docs["negatives"] = plain(config.needs("negatives", config.negatives))
    made = {name: list(examples(tokenizer, found)) for name, found in docs.items()}
    if config.teacher_labels:
        made["lessons"] = list(lessons(config.teacher_labels, tokenizer))
    for name, found in made.items():
        pieces = sum(map(len, found))
        mentions = sum(e.soft.mentions if e.soft else len(e.spans) for e in found)
        log.info("%s: %d windows, %d pieces, %d mentions", name, len(found), pieces, mentions)
    return made
