"""What writes each format: a function from quads, sorted and read as often as it likes, to a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from kg.export import turtle, xml
from kg.export.jsonld import write_jsonld

Writer = Callable[[Iterable[ox.Quad], Path], None]


def _serialised(format_: ox.RdfFormat, *, prefixed: bool, graphs: bool) -> Writer:
    def write(quads: Iterable[ox.Quad], path: Path) -> None:
        if format_ == ox.RdfFormat.RDF_XML:
            xml.check(quad.triple for quad in quads)
        prefixes = turtle.used(quads) if prefixed else None
        items = quads if graphs else (quad.triple for quad in quads)
        with path.open("wb") as file:
            out = _Canonical(file, format_)
            ox.serialize(items, cast("IO[bytes]", out), format=format_, prefixes=prefixes)
            out.finish()

    return write


class _Canonical(io.RawIOBase):
    """Passes bytes on line by line, with language tags and carriage returns as they should be; holds one line at a time.

    No literal goes over a line but in RDF/XML, where a start tag does not.
    """

    def __init__(self, out: BinaryIO, format_: ox.RdfFormat) -> None:
        super().__init__()
        self._out, self._format, self._line = out, format_, b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        whole, newline, rest = bytes(data).rpartition(b"\n")
        if newline:
            self._emit(self._line + whole + newline)
            self._line = rest
        else:
            self._line += rest
        return len(data)

    def finish(self) -> None:
        self._emit(self._line)
        self._line = b""

    def _emit(self, text: bytes) -> None:
        text = turtle.canonical_tags(text, self._format)
        # XML reads a bare carriage return as a line feed.
        self._out.write(text.replace(b"\r", b"&#xD;") if self._format == ox.RdfFormat.RDF_XML else text)


def _write_turtle(quads: Iterable[ox.Quad], path: Path) -> None:
    turtle.write_turtle(quads, path)


def _write_graphml(quads: Iterable[ox.Quad], path: Path) -> None:
    from kg.export.network import write_graphml  # networkx, which no other format needs, is slow to import

    write_graphml(quads, path)


WRITERS: dict[str, Writer] = {
    "turtle": _write_turtle,
    "ntriples": _serialised(ox.RdfFormat.N_TRIPLES, prefixed=False, graphs=False),
    "nquads": _serialised(ox.RdfFormat.N_QUADS, prefixed=False, graphs=True),
    "trig": _serialised(ox.RdfFormat.TRIG, prefixed=True, graphs=True),
    "jsonld": write_jsonld,
    "rdfxml": _serialised(ox.RdfFormat.RDF_XML, prefixed=True, graphs=False),
    "graphml": _write_graphml,
}
# Formats that hold named graphs; in the others all graphs are one.
DATASETS = frozenset({"nquads", "trig", "jsonld"})
