"""A decision taken back: its line goes, and the table is otherwise as it was."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.curate.lock import all_of, locked
from kg.curate.tables import mark_of
from kg.errors import PaperkgError, UsageError
from kg.settings import CURATION_TABLES


def undo(folder: Path, table: str, line: int, mark: str) -> None:
    """Take a line out of a table.

    Args:
        folder: that of the tables.
        table: the table's file name.
        line: the line's number, from 1, as ``written`` tells it.
        mark: the line's mark, as ``written`` tells it: what somebody changed meanwhile is not taken for what was meant.

    Raises:
        UsageError: there is no such table, or no such line any more.
        PaperkgError: the table cannot be written.
    """
    if table not in CURATION_TABLES:
        raise UsageError(f"undo: no table {table!r}; one of {', '.join(CURATION_TABLES)}")
    path = folder / table
    try:
        with locked(path, os.O_RDWR) as file:
            text = all_of(file)
            lines = text.split("\n")
            if not 0 < line <= len(lines) or mark_of(lines[line - 1].removesuffix("\r")) != mark:
                raise UsageError(f"{path}: line {line} is no longer what it was; look at the table again")
            del lines[line - 1]
            _replace(path, "\n".join(lines), os.fstat(file).st_mode & 0o777)
    except OSError as error:
        raise PaperkgError(f"{path}: cannot be written: {error.strerror}") from error


def _replace(path: Path, text: str, mode: int) -> None:
    """Put a new table in the place of the old: who reads meanwhile sees the one or the other."""
    file, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(text.encode("utf-8", "surrogateescape"))
            out.flush()
            os.fsync(out.fileno())
        beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise
