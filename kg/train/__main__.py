"""``python -m kg.train CONFIG.toml``: one training run; the log goes to standard error."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from kg.extract.neural.pieces import PieceTokenizer
from kg.train.config import Config
from kg.train.data import corpora
from kg.train.loop import train


def main() -> None:
    """Read the config and train."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    config = Config.read(Path(sys.argv[1]))
    train(config, corpora(config, PieceTokenizer.read(config.encoder)))


if __name__ == "__main__":
    main()
