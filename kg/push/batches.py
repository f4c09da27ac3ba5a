"""Quads cut into batches: each of one graph, of at most so many triples and so many bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

# Bytes after which a batch is sent though it has few triples: abstracts are long.
MOST_BYTES = 4 * 1024 * 1024
_ESCAPED = re.compile(r"\\(.)([uU]?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Batch:
    """Triples of one graph (None: the default graph), each a line of N-Triples; ``first`` of that graph or not."""

    graph: str | None
    lines: tuple[str, ...]
    first: bool

    def as_turtle(self) -> bytes:
        """N-Triples, which is Turtle: the one format that every store takes."""
        return "".join(f"{line} .\n" for line in self.lines).encode()

    def as_update(self, *, replace: bool) -> bytes:
        """An update that adds the triples, or puts them in the place of what the graph held."""
        place = "DEFAULT" if self.graph is None else f"GRAPH <{self.graph}>"
        drop = f"DROP SILENT {place} ;\n" if replace else ""
        body = "".join(f"{_for_sparql(line)} .\n" for line in self.lines)
        inner = body if self.graph is None else f"{place} {{\n{body}}}"
        return f"{drop}INSERT DATA {{\n{inner}}}\n".encode()


def order(quad: ox.Quad) -> tuple[str, str]:
    """By graph, the default graph first; then by triple."""
    graph = quad.graph_name
    return ("" if isinstance(graph, ox.DefaultGraph) else graph.value, str(quad.triple))


def batches(quads: Iterable[ox.Quad], most: int) -> Iterator[Batch]:
    """Quads in order as batches, the same each time.

    Args:
        quads: sorted by ``order``; without blank nodes, which would not survive being cut apart.
        most: triples of a batch.
    """
    graph: str | None = None
    lines: list[str] = []
    size, first = 0, True
    for quad in quads:
        of = None if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        line = str(quad.triple)
        if lines and (of != graph or len(lines) >= most or size >= MOST_BYTES):
            yield Batch(graph, tuple(lines), first)
            lines, size, first = [], 0, of != graph
        graph = of
        lines.append(line)
        size += len(line.encode())
    if lines:
        yield Batch(graph, tuple(lines), first)


def _for_sparql(line: str) -> str:
    r"""N-Triples as SPARQL takes it.

    SPARQL replaces ``\uXXXX`` wherever it stands before it reads anything else (SPARQL 1.1, section 19.2), so that the escaped
    backslash of a text ``\u0022`` would be half of an escape in a strict engine. The letter after it is written as an escape itself.
    """

    def escape(found: re.Match[str]) -> str:
        if found[1] == "\\" and found[2]:
            return rf"\\\u{ord(found[2]):04X}"
        return found[0]

    return _ESCAPED.sub(escape, line)
