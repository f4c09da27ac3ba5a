"""A table held by one writer at a time, whether it adds a line or takes one back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, flags: int) -> Iterator[int]:
    """The open file of a table, which no other writer has meanwhile.

    Args:
        path: the table.
        flags: how to open it, as ``os.open`` takes them.

    Raises:
        OSError: it cannot be opened.
    """
    import fcntl  # which Windows lacks: there a build reads the tables all the same

    while True:
        file = os.open(path, flags | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)  # let go of when the file is closed
            if _is_still(path, file):
                yield file
                return
        finally:
            os.close(file)


def all_of(file: int) -> str:
    """The text of an open file; bytes that are no UTF-8 come back as they were when it is written again."""
    os.lseek(file, 0, os.SEEK_SET)
    parts = []
    while part := os.read(file, 1 << 20):
        parts.append(part)
    return b"".join(parts).decode("utf-8", "surrogateescape")


def _is_still(path: Path, file: int) -> bool:
    """Whether the file is the table yet: who held the lock before may have put another in its place."""
    try:
        there, held = path.stat(), os.fstat(file)
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
