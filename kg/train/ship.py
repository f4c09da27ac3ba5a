"""``python -m kg.train.ship CONFIG.toml OUT [GOLD.en.jsonl [GOLD.zh.jsonl]]``: export the last checkpoint of a run, calibrate it, print its scores."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import torch

from kg.extract.neural.model import NeuralModel
from kg.extract.neural.pieces import LATIN, WORDS
from kg.train.calibrate import tune
from kg.train.config import Config
from kg.train.corpora import read_own, read_scier
from kg.train.data import own
from kg.train.encoder import EncoderConfig
from kg.train.export import export
from kg.train.model import Network
from kg.train.schemes import SCHEMES
from kg.train.score import score, strict

log = logging.getLogger("kg.train")


def ship(config: Config, out: Path, test: list[Path], sentences: int = 300) -> None:
    """Write the weights into ``out`` and log their scores on tune, test and SciER's dev part."""
    torch.set_num_threads(1)
    network = Network(
        EncoderConfig.read(config.encoder), tuple(SCHEMES[s] for s in config.schemes), config.inner
    )
    network.load_state_dict(
        torch.load(config.out / "last.pt", map_location="cpu", weights_only=False)["network"]
    )
    schemes = [s for s in ("own", "scier") if s in config.schemes]
    export(network, schemes, out)
    for name in (LATIN, WORDS):
        if (config.encoder / name).exists():
            shutil.copy(config.encoder / name, out / name)
    for lang, texts, gold in (("en", config.texts, test[:1]), ("zh", config.texts_zh, test[1:])):
        held = own(config, lang)[1]
        if not held or not texts:
            continue
        tune(out, "own", held, lang)
        log.info("%s tune (%d)\n%s", lang, len(held), score(NeuralModel.load(out), held))
        if gold:
            docs = list(read_own(gold, texts, "test"))
            log.info("%s test (%d)\n%s", lang, len(docs), score(NeuralModel.load(out), docs))
    if "scier" in schemes:
        dev = list(read_scier(config.data / "scier/dev.jsonl"))
        tune(out, "scier", dev[-150:])
        ner, rel = strict(
            dev[:sentences], NeuralModel.load(out, "scier").predict([d.text for d in dev[:sentences]])
        )
        log.info("SciER dev, first %d sentences\nNER  %s\nRel+ %s", sentences, ner, rel)


def main() -> None:
    """Arguments: config, output folder, then the annotation with the test part of each language."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger().setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    ship(Config.read(Path(sys.argv[1])), Path(sys.argv[2]), [Path(p) for p in sys.argv[3:]])


if __name__ == "__main__":
    main()
