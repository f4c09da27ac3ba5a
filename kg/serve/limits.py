"""What one request may cost: the bounds that keep a public endpoint standing."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a server.

    Attributes:
        timeout: seconds a query may run; it is then ended, not waited for.
        max_rows: rows (SELECT) or triples (CONSTRUCT, DESCRIBE) of an answer.
        max_bytes: bytes of an answer.
        max_body: bytes of a request's body.
        max_accept: bytes of an ``Accept`` header.
        memory: bytes of data a worker may hold; 0 sets no bound. Kept where the system can (Linux).
        workers: processes that may run at one time, each with one query.
        quick: queries that take turns at one time, about one a processor; one that turns out slow gives its turn to the next.
    """

    timeout: float = 10.0
    max_rows: int = 100_000
    max_bytes: int = 32 * 1024 * 1024
    max_body: int = 1024 * 1024
    max_accept: int = 8 * 1024
    memory: int = 2 * 1024**3
    workers: int = 32
    quick: int = min(8, max(2, os.cpu_count() or 2))
