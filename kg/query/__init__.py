"""query: SPARQL 1.1 over a graph file or a store, with results in every standard form.

The prefixes of the vocabulary are known to every query; a ``PREFIX`` line in the query wins over them.
"""

from __future__ import annotations

import gzip
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError
from kg.iri import DEFAULT_BASE
from kg.query.curies import Curies
from kg.vocab import PREFIXES

__all__ = [
    "FORMATS",
    "Answer",
    "Curies",
    "evaluate",
    "load_graph",
    "load_into",
    "query",
    "query_prefixes",
    "serialize",
]

FORMATS = ("table", "json", "csv", "tsv", "xml", "ttl")
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD, ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML,
}  # fmt: skip
# Escapes in names, strings, IRIs and comments of a query, cut as the grammar of SPARQL cuts them: what is in them is no keyword.
# A form cut more generously than the grammar does would hide a keyword behind it; so an escaped quote opens no string, an IRI
# holds no braces, and either line end ends a comment.
_QUOTED = re.compile(
    r'\\.|"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\r\n]|\\.)*"|\'(?:[^\'\\\r\n]|\\.)*\''
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\r\n]*',
    re.DOTALL,
)
_SEGMENTS = (
    "paper",
    "model",
    "dataset",
    "benchmark",
    "method",
    "task",
    "metric",
    "concept",
    "software",
    "person",
    "organization",
    "event",
    "term",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a query: a table, a truth value, or triples."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Rows of plain text."""
        for row in self.rows:
            yield tuple("" if cell is None else str(getattr(cell, "value", cell)) for cell in row)


def load_graph(path: Path) -> ox.Store:
    """A store of the graph file's triples; a folder is opened as an on-disk store, read only.

    Raises:
        UsageError: there is no such file, or its name tells no RDF format.
        PaperkgError: the file is not valid.
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
        PaperkgError: the file is not valid.
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
            if data.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
                data.read(
                    len(BOM_UTF8)
                )  # some editors put it first; the grammars of RDF have no place for it
            store.bulk_load(input=cast("IO[bytes]", data), format=_SUFFIXES[suffix])
    except (SyntaxError, ValueError, OSError, EOFError) as error:
        raise PaperkgError(f"{path}: not valid {suffix.removeprefix('.')}: {_one_line(error)}") from error


def _opened(folder: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        raise PaperkgError(f"{folder}: is a folder but no graph store") from error


def query(graph: Path | ox.Store, text: str) -> Answer:
    """Answer a SPARQL 1.1 query.

    Args:
        graph: a graph file, or a store.
        text: the query. ``SERVICE`` is refused: it would let a query reach other hosts.

    Raises:
        UsageError: the query is not valid, or uses ``SERVICE``.
    """
    result = evaluate(graph if isinstance(graph, ox.Store) else load_graph(graph), text)
    try:
        if isinstance(result, ox.QueryBoolean):
            return Answer(truth=bool(result))
        if isinstance(result, ox.QueryTriples):
            return Answer(triples=tuple(result))
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns, tuple(tuple(solution) for solution in result))
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {_one_line(error)}") from error


def query_prefixes() -> dict[str, str]:
    """The prefixes a query may use unasked: the vocabulary's, and ``model:bloom`` for resources."""
    return {**PREFIXES, **{segment: f"{DEFAULT_BASE}{segment}/" for segment in _SEGMENTS}}


def serialize(graph: Path | ox.Store, text: str, format_: str) -> bytes:
    """The answer in a standard format: json, csv, tsv or xml for SELECT and ASK, ttl for CONSTRUCT and DESCRIBE.

    Raises:
        UsageError: the query is not valid or has no answer in that format.
    """
    store = graph if isinstance(graph, ox.Store) else load_graph(graph)
    result = evaluate(store, text)
    try:
        if isinstance(result, ox.QueryTriples):
            if format_ != "ttl":
                raise UsageError(f"query: CONSTRUCT and DESCRIBE answer in ttl, not {format_}")
            ordered = sorted(result, key=str)
            return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=query_prefixes()) or b""
        if format_ not in _RESULTS:
            raise UsageError(f"query: SELECT and ASK answer in {', '.join(_RESULTS)}, not {format_}")
        return result.serialize(format=_RESULTS[format_]) or b""
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {_one_line(error)}") from error


def evaluate(
    store: ox.Store,
    text: str,
    default_graphs: Sequence[ox.NamedNode] | None = None,
    named_graphs: Sequence[ox.NamedNode] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The store's own answer to a query that may be run. A relative IRI is one of the graph's own: ``<model/bloom>``.

    Args:
        store: the graph.
        text: the query.
        default_graphs: graphs whose union the query sees as its default graph, in place of what the query says; None leaves it.
        named_graphs: graphs the query may name, likewise.

    Raises:
        UsageError: the query is not valid, or uses ``SERVICE``.
        PaperkgError: it is valid and yet has no answer.
    """
    if re.search(r"\bSERVICE\b", _QUOTED.sub(" ", text), re.IGNORECASE):
        raise UsageError("query: SERVICE is not allowed; it would reach other hosts")
    try:
        return store.query(
            text,
            base_iri=DEFAULT_BASE,
            prefixes=query_prefixes(),
            default_graph=None if default_graphs is None else list(default_graphs),
            named_graphs=None if named_graphs is None else list(named_graphs),
        )
    except SyntaxError as error:
        raise UsageError(f"query: not valid SPARQL: {_one_line(error)}") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {_one_line(error)}") from error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
