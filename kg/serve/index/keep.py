"""An index kept beside the store on disk that it is of, since to read a large one takes minutes; made anew when the store has changed."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.serve.index.build import build_index

# Another form of index has another number.
_FORM = "1"


def kept_index(store: ox.Store, folder: Path, otherwise: Path) -> Path:
    """The file of the index over a store on disk: ``graph.store.index`` beside ``graph.store``.

    Args:
        store: the store, open to read.
        folder: where it lies. Nothing is written into it.
        otherwise: the file to write where none can be kept.
    """
    beside = folder.absolute().with_name(f"{folder.absolute().name}.index")
    state = state_of(folder)
    if _read_state(beside) == state:
        return beside
    try:
        handle, name = tempfile.mkstemp(prefix=f".{beside.name}-", dir=beside.parent)
    except OSError:
        build_index(store, otherwise)
        return otherwise
    os.close(handle)
    made = Path(name)
    try:
        build_index(store, made)
        with closing(sqlite3.connect(made)) as database, database:
            database.execute("INSERT INTO kept VALUES ('state', ?)", (state,))
        made.replace(beside)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return beside


def state_of(folder: Path) -> str:
    """A sign of what a store holds: its data files are never changed, only made and deleted, and so are told by name, size and time."""
    files = sorted(
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.suffix in {".sst", ".log"} or path.name.startswith("MANIFEST")
    )
    return sha256(json.dumps([_FORM, files]).encode()).hexdigest()


def _read_state(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT value FROM kept WHERE key = 'state'").fetchone()
    except sqlite3.Error:
        return ""  # no index, or not a whole one: made anew
    return str(found[0]) if found else ""
