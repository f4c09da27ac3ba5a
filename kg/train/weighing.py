"""What fitting the witnesses of mentions and of relations shares: the held-out documents, the log, the file."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import PaperkgError, UsageError
from kg.train.config import Config
from kg.train.corpora import GoldDoc
from kg.train.data import tuning
from kg.types import Lang

log = logging.getLogger("kg.train")
#: One document in so many is scored by weights fitted on the others.
PARTS = 5


def write_weights(config: Config, out: Path, train: Callable[[list[GoldDoc], Lang], list[float]]) -> None:
    """Fit the weights of each language on the held-out documents that thresholds are set on, and write them.

    Raises:
        UsageError: the config has no gold, or a file is missing.
        PaperkgError: a file is not of its form, or ``out`` cannot be written.
    """
    languages: tuple[Lang, ...] = ("en", "zh")
    made = {lang: train(held, lang) for lang in languages if (held := tuning(config, lang))}
    if not made:
        raise UsageError(f"{config.source}: no document is held out; the witnesses are weighed on gold")
    try:
        out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise PaperkgError(f"{out}: cannot be written: {error.strerror}") from error


def tell(lang: Lang, least: float, kept: Sequence[bool], wanted: int) -> None:
    """Log precision, recall and F1 of what is kept from a score on: whether each is right, and how many are wanted."""
    right, precision, recall = sum(kept), sum(kept) / max(1, len(kept)), sum(kept) / max(1, wanted)
    f1 = 2 * right / max(1, len(kept) + wanted)
    log.info("%s from %.2f: P %.3f R %.3f F1 %.3f", lang, least, precision, recall, f1)
