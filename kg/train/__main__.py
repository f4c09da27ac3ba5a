"""``python -m kg.train CONFIG.toml``: one training run; the log goes to standard error."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from kg.train.config import Config
from kg.train.data import corpora, tokenizer_of
from kg.train.loop import train


def main() -> None:
    """Read the config and train."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    config = Config.read(Path(sys.argv[1]))
    train(config, corpora(config, tokenizer_of(config.encoder)))


if __name__ == "__main__":
    main()
