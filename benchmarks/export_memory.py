"""How much memory an export takes: a synthetic store on disk, each format written by a process of its own.

    python benchmarks/export_memory.py [PAPERS ...]

A paper gives some 180 triples; the default is 1,000 and 6,000 papers, so that the growth shows. Peak resident memory is VmHWM of
the process (Linux; ru_maxrss would count its parent's too); the first row, a process that only reads the store through, is the base.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg.export import export
from kg.fill import Activity, fill
from kg.settings import FillSettings
from kg.types import Document, Entity, Extraction, Label, Link, Measurement, Mention, Relation, Resolved, Role

RUNS = [
    ("turtle", "full"), ("ntriples", "full"), ("nquads", "full"), ("trig", "full"), ("jsonld", "full"), ("rdfxml", "full"),
    ("csv", "full"), ("turtle", "facts"), ("turtle", "rdf12"), ("trig", "nanopub"), ("turtle", "description"),
]  # fmt: skip


def papers(count: int) -> Iterator[Resolved]:
    """Papers that name four things each, of a stock that grows with their number."""
    for number in range(count):
        names = [f"Thing{(number * 7 + step) % (count // 2 + 5)}" for step in range(4)]
        text = f"We train {names[0]} on {names[1]}. It beats {names[2]} and reaches {names[3]} of {number}.5 points."
        kinds = ("Model", "Dataset", "Model", "Concept")
        mentions, links = [], []
        for index, (name, kind) in enumerate(zip(names, kinds, strict=True)):
            start = text.index(name)
            mentions.append(Mention(start, start + len(name), name, kind, 0.9))
            entity = Entity(f"{kind.lower()}/{name.lower()}", kind, (Label(name, "en", "pref"),))
            links.append(Link(index, entity, "label"))
        end = text.index(".") + 1
        yield Resolved(
            Extraction(
                Document(f"doc-{number}", text, "en", title=f"On {names[0]}"),
                tuple(mentions),
                (
                    Relation(0, "trainedOn", 1, 0.8, 0, end),
                    Relation(0, "comparedWith", 2, 0.7, end + 1, len(text)),
                ),
                (Role("introduces", 0, 0.9, 0, end), Role("uses", 1, 0.8, 0, end)),
                (Measurement(len(text) - 10, len(text), text[-10:], Decimal(number), "points", 0.9, of=0),),
            ),
            tuple(links),
        )


def child(store: str, format_: str, profile: str, out: str) -> None:
    """What a process that is measured does."""
    graph = ox.Store.read_only(store)
    if format_ == "read":
        print(sum(1 for _ in graph), end=" ")
    else:
        export(graph, Path(out), format_, profile)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)


def main() -> None:
    """Print a table for every size."""
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 6_000]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, pyoxigraph {ox.__version__}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = ox.Store(f"{folder}/store")
            store.bulk_extend(fill(papers(size), FillSettings(), Activity("synthetic")))
            store.flush()
            del store
            for format_, profile in [("read", ""), *RUNS]:
                start = time.perf_counter()
                command = [
                    sys.executable,
                    __file__,
                    "--child",
                    f"{folder}/store",
                    format_,
                    profile,
                    f"{folder}/out",
                ]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                *triples, peak = done.stdout.split()
                head = f"{size} papers, {triples[0]} triples" if triples else f"  {format_} {profile}"
                print(f"{head:<34}{peak:>6} MB {time.perf_counter() - start:>8.1f} s", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        main()
