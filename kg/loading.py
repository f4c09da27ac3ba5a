"""A graph file, or a store on disk, becomes a store: the one way in for every command that takes a graph."""

from __future__ import annotations

import gzip
import zlib
from codecs import BOM_UTF8
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError

_SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD, ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML,
}  # fmt: skip


def load_graph(path: Path) -> ox.Store:
    """A store of the graph file's triples; a folder is opened as an on-disk store, read only.

    Raises:
        UsageError: there is no such file, or its name tells no RDF format.
        PaperkgError: the file is damaged or not valid, or the folder is no store.
    """
    if path.is_dir():
        return _opened(path)
    store = ox.Store()
    load_into(path, store)
    return store


def load_into(path: Path, store: ox.Store) -> None:
    """Add the quads of a graph file, or of an on-disk store, to a store. A file is read in Rust: other threads work meanwhile.

    Raises:
        UsageError: there is no such file, or its name tells no RDF format.
        PaperkgError: the file is damaged or not valid, or the folder is no store.
    """
    if path.is_dir():
        store.bulk_extend(_opened(path))
        return
    if not path.is_file():
        raise UsageError(f"{path}: no such graph file; build one with: kg build SOURCE -o outputs")
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] == ".gz"
    suffix = suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    if suffix not in _SUFFIXES:
        raise UsageError(f"{path}: the name tells no RDF format; use one of {', '.join(sorted(_SUFFIXES))}")
    try:
        with gzip.open(path, "rb") if packed else path.open("rb") as data:
            # Some editors put it first; the grammars of RDF have no place for it.
            if data.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
                data.read(len(BOM_UTF8))
            store.bulk_load(input=cast("IO[bytes]", data), format=_SUFFIXES[suffix])
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise PaperkgError(
            f"{path}: the gzip file is damaged or cut short ({one_line(error)}); get it again"
        ) from error
    except OSError as error:
        raise PaperkgError(f"{path}: cannot be read: {error.strerror or one_line(error)}") from error
    except (SyntaxError, ValueError) as error:
        raise PaperkgError(f"{path}: not valid {suffix.removeprefix('.')}: {one_line(error)}") from error


def _opened(folder: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        raise PaperkgError(f"{folder}: is a folder but no graph store") from error


def one_line(error: BaseException) -> str:
    """What an error says, without line breaks."""
    return " ".join(str(error).split())
