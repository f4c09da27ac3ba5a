"""The corpora of a run, as examples."""

from __future__ import annotations

import logging
from pathlib import Path

from kg.extract.neural.pieces import PieceTokenizer
from kg.train.config import Config
from kg.train.corpora import (
    GoldDoc,
    read_own,
    read_scicn,
    read_scienceie,
    read_scier,
    read_scierc,
    read_semeval,
    read_tdmsci,
)
from kg.train.features import Example, examples

log = logging.getLogger("kg.train")
#: SciCN's first documents never train: mention boundaries are scored on them.
SCICN_HELD = 71


def public(data: Path) -> dict[str, list[GoldDoc]]:
    """The training parts of the public corpora below ``data``."""
    return {
        "scier": list(read_scier(data / "scier/train.jsonl")),
        "scierc": list(read_scierc(data / "scierc/ner_train.txt", data / "scierc/rel_train.jsonl")),
        "semeval": list(read_semeval(data / "semeval2018_task7/training-data/1.1")),
        "scienceie": list(read_scienceie(data / "scienceie2017/train")),
        "tdmsci": list(read_tdmsci(data / "tdmsci/train_1500_v2.conll")),
        "scicn": list(read_scicn(data / "scicn/scicn_dev.jsonl"))[SCICN_HELD:],
    }


def plain(path: Path) -> list[GoldDoc]:
    """Texts without any entity, one a line: what a model that reads only gold never sees."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [GoldDoc(f"plain:{n}", "own", line) for n, line in enumerate(lines) if line]


def own(config: Config, lang: str = "en") -> tuple[list[GoldDoc], list[GoldDoc]]:
    """Our gold in a language, split: what trains, and every tenth document, on which thresholds and calibration are tuned."""
    gold, texts = (config.gold, config.texts) if lang == "en" else (config.gold_zh, config.texts_zh)
    if not texts:
        return [], []
    docs = list(read_own(list(gold), texts))
    return [d for n, d in enumerate(docs) if n % 10 != 9], [d for n, d in enumerate(docs) if n % 10 == 9]


def corpora(config: Config, tokenizer: PieceTokenizer) -> dict[str, list[Example]]:
    """All examples of a run by corpus, those of schemes and weights that the run has."""
    docs: dict[str, list[GoldDoc]] = {
        k: v for k, v in public(config.data).items() if k in config.schemes and config.weights.get(k, 1.0) > 0
    }
    docs |= {
        name: docs_of for name, lang in (("own", "en"), ("own_zh", "zh")) if (docs_of := own(config, lang)[0])
    }
    if config.negatives:
        docs["negatives"] = plain(config.negatives)
    made = {name: list(examples(tokenizer, found)) for name, found in docs.items()}
    for name, found in made.items():
        log.info(
            "%s: %d windows, %d pieces, %d mentions",
            name,
            len(found),
            sum(map(len, found)),
            sum(len(e.spans) for e in found),
        )
    return made
