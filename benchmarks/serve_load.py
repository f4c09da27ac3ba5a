"""``kg serve`` under load: many clients at once, one query in ten of a kind that never ends, every other answer compared.

    python benchmarks/serve_load.py [GRAPH] [--clients 32] [--seconds 60] [--timeout 10]

First one client alone asks each competency question and fetches each kind of page; those answers are the measure. Then all clients ask at
once, each in its own random order. A query of ten is a cartesian product, which has to end in 503. All else must be answered, with the
same bytes as before. Memory is that of the server and its workers together, sampled twice a second (proportional set size, where pages that
processes share count once; Linux). Exit status 1 if anything was wrong or unanswered.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o FILTER(?a != ?d) }"
_PAGES = ("/", "/relation/usedFor", "/search.json?q=language", "/query")


@dataclass
class Tally:
    """What came of the requests."""

    seconds: list[float] = field(default_factory=list)
    ended: int = 0
    faults: list[str] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)


class Memory(threading.Thread):
    """Watches the memory of a process and its children."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._over = pid, threading.Event()
        self.samples: list[int] = []
        self.processes = 0

    def run(self) -> None:
        """Sample until stopped."""
        while not self._over.wait(0.5):
            pids = [self._pid, *children(self._pid)]
            self.processes = max(self.processes, len(pids))
            self.samples.append(sum(memory_of(pid) for pid in pids))

    def stop(self) -> None:
        """End the watch."""
        self._over.set()
        self.join()


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def memory_of(pid: int) -> int:
    """Bytes of a process' own share of memory; 0 when it has gone."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def start(graph: Path, timeout: float) -> tuple[subprocess.Popen[str], str]:
    """A server, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--timeout", str(timeout)],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.match(r"serving (http://\S+)/ ", line):
            return process, found[1]
    raise SystemExit("the server did not start")


def good_requests() -> list[tuple[str, str]]:
    """Path and query of all that must be answered."""
    queries = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "ontology/queries").glob("*.rq"))]
    return [("/sparql", text) for text in queries] + [(page, "") for page in _PAGES]


def ask(client: httpx.Client, request: tuple[str, str]) -> httpx.Response:
    """One request."""
    path, text = request
    if text:
        return client.get(path, params={"query": text}, headers={"Accept": "text/csv, text/turtle"})
    return client.get(path)


def work(url: str, seed: int, until: float, expected: dict[tuple[str, str], bytes], tally: Tally, patience: float) -> None:  # fmt: skip
    """One client: asks until the time is over."""
    draw = random.Random(seed)
    requests = sorted(expected)
    with httpx.Client(base_url=url, timeout=patience, trust_env=False) as client:
        while time.monotonic() < until:
            endless = draw.random() < 0.1
            # Each its own query: equal ones would be answered as one.
            request = ("/sparql", f"{ENDLESS} # {draw.random()}") if endless else draw.choice(requests)
            begun = time.monotonic()
            try:
                response = ask(client, request)
            except httpx.HTTPError as error:
                tally.faults.append(f"{request[0]} {request[1][:60]!r}: {type(error).__name__}")
                continue
            tally.codes[response.status_code] += 1
            if endless:
                tally.ended += 1
                if response.status_code != 503:
                    tally.faults.append(f"an endless query gave {response.status_code}")
                continue
            tally.seconds.append(time.monotonic() - begun)
            if response.status_code != 200:
                tally.faults.append(
                    f"{request[0]} {request[1][:60]!r}: {response.status_code} {response.text[:80]!r}"
                )
            elif response.content != expected[request]:
                tally.faults.append(f"{request[0]} {request[1][:60]!r}: another answer than alone")


def measure(graph: Path, clients: int, seconds: float, timeout: float) -> tuple[Tally, Memory, float]:
    """Run the load.

    Returns:
        what came of it; memory under load; memory of the idle server before, in bytes.
    """
    process, url = start(graph, timeout)
    try:
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as alone:
            expected = {}
            for request in good_requests():
                response = ask(alone, request)
                response.raise_for_status()
                expected[request] = response.content
        idle = sum(memory_of(pid) for pid in (process.pid, *children(process.pid)))
        memory, tally = Memory(process.pid), Tally()
        memory.start()
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=work, args=(url, seed, until, expected, tally, timeout * 4 + 60))
            for seed in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        memory.stop()
    finally:
        process.terminate()
        process.wait(20)
        if process.stderr:
            process.stderr.close()
    return tally, memory, idle


def main() -> None:
    """Measure, and print a report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph", nargs="?", type=Path, default=ROOT / "outputs" / "graph.ttl")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--timeout", type=float, default=10.0)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    tally, memory, idle = measure(asked.graph, asked.clients, asked.seconds, asked.timeout)
    took = sorted(tally.seconds)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} before; Python {platform.python_version()}"
    )
    print(f"{asked.clients} clients, {asked.seconds:g} s, a time limit of {asked.timeout:g} s")
    print(f"answered     {len(took):,}, {len(took) / asked.seconds:.0f} a second")
    if took:
        print(
            f"seconds      median {statistics.median(took):.2f}, 95 % {took[int(len(took) * 0.95)]:.2f}, most {took[-1]:.2f}"
        )
    print(f"endless      {tally.ended:,}, each to end in 503")
    print(f"statuses     {dict(sorted(tally.codes.items()))}")
    print(
        f"memory       {idle / 1e6:.0f} MB idle, {max(memory.samples, default=0) / 1e6:.0f} MB at most, {memory.processes} processes"
    )
    print(f"faults       {len(tally.faults)}")
    for fault, count in Counter(tally.faults).most_common(10):
        print(f"  {count} × {fault}")
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
