"""A worker process: opens the store read only, then answers one job after another from its standard input.

Run as ``python -m kg.serve.worker``, by the server alone. It ends when its input ends, so no worker outlives its server; and a
timer of the system ends it if a query outlasts its time while the server is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.serve.answers import Reply, answer
from kg.serve.errors import Refusal
from kg.serve.frames import PREFIX, pack
from kg.serve.jobs import SITE_JOBS
from kg.serve.limits import Limits
from kg.serve.lookup import counts, describe, page, search

Job = Callable[[ox.Store, dict[str, Any], Limits], Reply]


def _json(value: object) -> Reply:
    return Reply(200, "application/json", json.dumps(value).encode("ascii"))


# What a worker can be asked, by name.
JOBS: dict[str, Job] = {
    "query": lambda store, job, limits: answer(
        store, job["text"], job["default_graphs"], job["named_graphs"], job["accept"], limits
    ),
    "describe": lambda store, job, limits: describe(store, job["iris"], job["media_type"], limits),
    "page": lambda store, job, limits: _json((found := page(store, job["iris"])) and asdict(found)),
    "search": lambda store, job, limits: _json([asdict(hit) for hit in search(store, job["text"])]),
    "counts": lambda store, job, limits: _json(counts(store)),
    **SITE_JOBS,
}


def main() -> None:
    """Answer jobs until the input ends."""
    settings = json.loads(sys.argv[1])
    limits = Limits(**settings["limits"])
    # Ctrl-C reaches the whole terminal: it is the server that ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)
    _bound_memory(limits.memory)
    jobs, replies = sys.stdin.buffer, sys.stdout.buffer
    store = ox.Store.read_only(settings["store"])
    _send(replies, pack({"status": 200, "media_type": "ready", "headers": {}}))
    while prefix := jobs.read(PREFIX.size):
        length, _ = PREFIX.unpack(prefix)
        job = json.loads(jobs.read(length))
        signal.alarm(int(limits.timeout) + 2)
        _send(replies, _answered(store, job, limits))
        signal.alarm(0)


def _answered(store: ox.Store, job: dict[str, Any], limits: Limits) -> bytes:
    try:
        reply = JOBS[job["kind"]](store, job, limits)
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
