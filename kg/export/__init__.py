"""export: a store's triples in the formats that other tools read.

Every format is written sorted, so that the same graph gives the same bytes, and beside its target first, so that a failure
leaves what was there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError
from kg.export import facts, tables, turtle, xml
from kg.export.network import write_graphml
from kg.export.ordered import Ordered

__all__ = ["FORMATS", "PROFILES", "export", "write_beside"]

Writer = Callable[[Iterable[ox.Triple], Path], None]


def _serialised(format_: ox.RdfFormat, *, prefixed: bool) -> Writer:
    def write(triples: Iterable[ox.Triple], path: Path) -> None:
        if format_ == ox.RdfFormat.RDF_XML:
            xml.check(triples)
        prefixes = turtle.prefixes() if prefixed else None
        text = ox.serialize(triples, format=format_, prefixes=prefixes)
        text = turtle.canonical_tags(text or b"", format_)
        if format_ == ox.RdfFormat.RDF_XML:
            # XML reads a bare carriage return as a line feed.
            text = text.replace(b"\r", b"&#xD;")
        path.write_bytes(text)

    return write


# Format name -> how it is written. The HTML view has a package of its own (kg.export.html).
FORMATS: dict[str, Writer] = {
    "turtle": turtle.write_turtle,
    "ntriples": _serialised(ox.RdfFormat.N_TRIPLES, prefixed=False),
    "nquads": _serialised(ox.RdfFormat.N_QUADS, prefixed=False),
    "trig": _serialised(ox.RdfFormat.TRIG, prefixed=True),
    "jsonld": _serialised(ox.RdfFormat.JSON_LD, prefixed=True),
    "rdfxml": _serialised(ox.RdfFormat.RDF_XML, prefixed=True),
    "graphml": write_graphml,
    "csv": tables.write_csv,
}
ALIASES = {
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "nq": "nquads",
    "n-quads": "nquads",
    "json-ld": "jsonld",
    "rdf/xml": "rdfxml",
    "xml": "rdfxml",
    "rdf": "rdfxml",
}
PROFILES = ("full", "facts")


def export(store: ox.Store | Iterable[ox.Triple], path: Path, format_: str, profile: str = "full") -> None:
    """Write a graph to a file.

    Args:
        store: the graph; of a store, the default graph and every named one.
        path: the file to write.
        format_: a key of ``FORMATS`` or of ``ALIASES``.
        profile: ``full``, or ``facts`` to leave the evidence out.

    Raises:
        UsageError: there is no such format or profile.
        PaperkgError: the file cannot be written.
    """
    name = ALIASES.get(format_.lower(), format_.lower())
    if name not in FORMATS:
        raise UsageError(f"{format_}: no such format; one of {', '.join(sorted(FORMATS))}, html")
    if profile not in PROFILES:
        raise UsageError(f"{profile}: no such profile; one of {', '.join(PROFILES)}")
    ordered: Iterable[ox.Triple]
    if isinstance(store, ox.Store) and profile == "full":
        ordered = Ordered(store)
    else:
        triples = {q.triple for q in store} if isinstance(store, ox.Store) else set(store)
        ordered = sorted(facts.only_facts(triples) if profile == "facts" else triples, key=turtle.order)
    try:
        write_beside(path, lambda temporary: FORMATS[name](ordered, temporary))
    except ValueError as error:
        raise PaperkgError(
            f"{path}: this graph cannot be written as {name}: {' '.join(str(error).split())}"
        ) from error


def write_beside(path: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` make a file next to ``path``, then put it in the place of ``path``.

    A link keeps pointing where it did, and a device or pipe is written to, not replaced.

    Raises:
        PaperkgError: the folder is missing or cannot be written.
    """
    try:
        path = path.resolve()
        if path.is_dir():
            raise PaperkgError(f"{path}: is a folder; give a file to write")
        special = path.exists() and not path.is_file()
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}-", dir=None if special else path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            if special:
                with temporary.open("rb") as done, path.open("wb") as out:
                    shutil.copyfileobj(done, out)
            else:
                temporary.chmod(0o644)
                temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise PaperkgError(f"{path}: cannot be written: {error.strerror or error}") from error
