"""What a store has acknowledged, in a small file, so that a push that failed goes on where it stopped.

The file maps a push to the number of its batches that are done. A push is known by a digest of the graph's content, the endpoint and
how it is cut: when any of these changes, it begins anew. The file goes when nothing is left to resume; no credential is in it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.errors import PaperkgError, UsageError
from kg.export import write_beside


class State:
    """The file; it need not exist yet.

    Raises:
        UsageError: it exists and is no such file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            read = {}
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{path}: cannot be read as the state of a push; remove it to begin anew"
            ) from error
        if not isinstance(read, dict) or not all(
            type(count) is int and count >= 0 for count in read.values()
        ):
            raise UsageError(f"{path}: is not the state of a push; remove it to begin anew")
        self._done: dict[str, int] = read

    def key(self, *parts: object) -> str:
        """What a push is known by."""
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def done(self, key: str) -> int:
        """How many batches were acknowledged."""
        return self._done.get(key, 0)

    def acknowledge(self, key: str, batches: int) -> None:
        """Remember that so many batches are done.

        Raises:
            PaperkgError: the file cannot be written.
        """
        self._done[key] = batches
        self._write()

    def forget(self, key: str) -> None:
        """The push is complete."""
        self._done.pop(key, None)
        if self._done:
            self._write()
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise PaperkgError(f"{self._path}: cannot be removed: {error.strerror}") from error

    def _write(self) -> None:
        text = json.dumps(self._done, indent=1, sort_keys=True) + "\n"
        write_beside(self._path, lambda temporary: _ignored(temporary.write_text(text, encoding="utf-8")))


def _ignored(_: object) -> None:
    return None
