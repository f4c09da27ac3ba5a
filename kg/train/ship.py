"""From a network to what ships: export it, calibrate it on held-out documents, log its scores."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch

from kg.extract.neural.model import NeuralModel
from kg.extract.neural.pieces import LATIN, WORDS
from kg.train.calibrate import joined_classes, tune
from kg.train.checkpoint import trained
from kg.train.config import Config
from kg.train.corpora import read_scicn, read_scier
from kg.train.data import SCICN_HELD, tuning
from kg.train.export import export
from kg.train.gold import read_own
from kg.train.model import Network
from kg.train.score import borders, score, strict

log = logging.getLogger("kg.train")
#: The schemes whose heads ship, of those that a run has.
SHIPPED = ("own", "scier", "scicn")
#: Sentences of SciER's dev part that are scored; on the others its thresholds are set.
SCORED = 300


def ship(config: Config, out: Path, test: Sequence[Path] = ()) -> None:
    """Write the weights of a run's last checkpoint into ``out``, and log their scores.

    Args:
        config: the run's.
        out: the folder to write; what :meth:`kg.extract.neural.model.NeuralModel.load` reads.
        test: the file of gold with the test part of English, then that of Chinese; what is not given is not scored.

    Raises:
        UsageError: a file is missing.
        PaperkgError: a file is not of its form.
    """
    prepare(trained(config), config, out, test)


def prepare(network: Network, config: Config, out: Path, test: Sequence[Path] = ()) -> None:
    """As :func:`ship`, of any network of a run."""
    torch.set_num_threads(1)
    schemes = [s for s in SHIPPED if s in config.schemes]
    export(network, schemes, out)
    for name in (LATIN, WORDS):
        if (config.encoder / name).exists():
            shutil.copy(config.encoder / name, out / name)
    for lang, texts, gold in (("en", config.texts, test[:1]), ("zh", config.texts_zh, test[1:2])):
        held = tuning(config, lang)
        if not held or not texts:
            continue
        tune(out, "own", held, lang)
        log.info("%s held out (%d)\n%s", lang, len(held), score(NeuralModel.load(out), held))
        if gold:
            docs = list(read_own(gold, texts, "test"))
            log.info("%s test (%d)\n%s", lang, len(docs), score(NeuralModel.load(out), docs))
    for scheme, judge in (("scier", _scier), ("scicn", _scicn)):
        if scheme in schemes and config.data and config.weights.get(scheme, 1.0) > 0:
            judge(config, config.data, out)


def _scier(config: Config, data: Path, out: Path) -> None:
    """Calibrate SciER's heads on the rest of its dev part; log how well its beginning is read."""
    dev = list(read_scier(config.needs("data", data / "scier/dev.jsonl")))
    train = read_scier(config.needs("data", data / "scier/train.jsonl"))
    tune(out, "scier", dev[SCORED:], joins=joined_classes(train))
    scored = dev[:SCORED]
    ner, rel = strict(scored, NeuralModel.load(out, "scier").predict([d.text for d in scored]))
    log.info("SciER dev, first %d sentences\nNER  %s\nRel+ %s", len(scored), ner, rel)


def _scicn(config: Config, data: Path, out: Path) -> None:
    """Calibrate SciCN's heads on half of the documents that never train; log how well the others are read."""
    held = list(read_scicn(config.needs("data", data / "scicn/scicn_dev.jsonl")))[:SCICN_HELD]
    scored, tuned = held[: len(held) // 2], held[len(held) // 2 :]
    tune(out, "scicn", tuned, "zh")
    model = NeuralModel.load(out, "scicn")
    found = borders(scored, model.predict([d.text for d in scored]), generic="通用")
    log.info(
        "SciCN, %d held out\n%s\nborders, generic mentions aside %s", len(scored), score(model, scored), found
    )
