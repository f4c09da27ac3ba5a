"""A graph as a store on disk, which ``kg serve`` and ``kg query`` open at once where a file of millions of triples is read for minutes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError

Fill = Callable[[ox.Store], None]
#: A file that every store of this kind (RocksDB) has.
_MARK = "CURRENT"


def write_store(fill: Fill, folder: Path) -> None:
    """Write a store on disk, made beside its place first; one that stands there is replaced.

    Args:
        fill: what puts the graph into the empty store, such as :func:`kg.query.load_into`, which needs no second one in memory.
        folder: where it is to lie.

    Raises:
        UsageError: something else lies there.
        PaperkgError: the folder cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and not (folder / _MARK).is_file() and not _empty(folder):
        raise UsageError(f"{folder}: is no graph store; give a new folder, or a store to replace")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name[:100]}-", dir=folder.parent) as beside:
            made = Path(beside) / "made"
            fill_store(fill, made)
            if folder.exists():
                folder.replace(Path(beside) / "replaced")
            made.replace(folder)
    except OSError as error:
        raise PaperkgError(f"{folder}: cannot be written: {error.strerror or error}") from error


def fill_store(fill: Fill, folder: Path) -> None:
    """Make a store in a folder that does not exist yet; nothing stays of one that fails. Raises what ``fill`` does, and ``OSError``."""
    try:
        store = ox.Store(str(folder))
        fill(store)
        store.flush()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None
