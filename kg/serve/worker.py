"""A worker process: opens the store and its index read only, then answers one job after another from its standard input.

Run as ``python -m kg.serve.worker``, by the server alone. It ends when its input ends, so no worker outlives its server; and a
timer of the system ends it if a query outlasts its time while the server is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.serve.errors import Refusal
from kg.serve.frames import PREFIX, pack
from kg.serve.index import Index
from kg.serve.jobs import JOBS, Graph
from kg.serve.limits import Limits


def main() -> None:
    """Answer jobs until the input ends."""
    settings = json.loads(sys.argv[1])
    limits = Limits(**settings["limits"])
    # Ctrl-C reaches the whole terminal: it is the server that ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)
    _bound_memory(limits.memory)
    jobs, replies = sys.stdin.buffer, sys.stdout.buffer
    graph = Graph(ox.Store.read_only(settings["store"]), Index(Path(settings["index"])), limits)
    _send(replies, pack({"status": 200, "media_type": "ready", "headers": {}}))
    while prefix := jobs.read(PREFIX.size):
        length, _ = PREFIX.unpack(prefix)
        job = json.loads(jobs.read(length))
        signal.alarm(int(limits.timeout) + 2)
        _send(replies, _answered(graph, job))
        signal.alarm(0)


def _answered(graph: Graph, job: dict[str, Any]) -> bytes:
    try:
        reply = JOBS[job["kind"]](graph, job)
    except Refusal as refusal:
        header = {"status": refusal.status, "media_type": "text/plain", "headers": refusal.headers}
        return pack(header, refusal.reason.encode("utf-8", "replace"))
    except MemoryError:
        raise  # the server sees this worker end
    except Exception as error:
        reason = f"unforeseen {type(error).__name__}; please report it"
        return pack({"status": 500, "media_type": "text/plain", "headers": {}}, reason.encode())
    return pack({"status": reply.status, "media_type": reply.media_type, "headers": {}}, reply.body)


def _send(out: BinaryIO, frame: bytes) -> None:
    out.write(frame)
    out.flush()


def _bound_memory(most: int) -> None:
    """A query that wants more data than this ends its worker, and not the machine."""
    if not most:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):  # a system without such bounds
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
