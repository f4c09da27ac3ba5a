"""query: SPARQL 1.1 over a graph file or a store, with results in every standard form.

The prefixes of the vocabulary are known to every query; a ``PREFIX`` line in the query wins over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError
from kg.iri import DEFAULT_BASE, check_base, resource_prefixes
from kg.loading import load_graph, load_into, one_line
from kg.vocab import PREFIXES

__all__ = [
    "FORMATS",
    "Answer",
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
# Escapes in names, strings, IRIs and comments of a query, cut as the grammar of SPARQL cuts them: what is in them is no keyword.
# A form cut more generously than the grammar does would hide a keyword behind it; so an escaped quote opens no string, an IRI
# holds no braces, and either line end ends a comment.
_QUOTED = re.compile(
    r'\\.|"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\r\n]|\\.)*"|\'(?:[^\'\\\r\n]|\\.)*\''
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\r\n]*',
    re.DOTALL,
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


def query(graph: Path | ox.Store, text: str, base: str = DEFAULT_BASE) -> Answer:
    """Answer a SPARQL 1.1 query.

    Args:
        graph: a graph file, or a store.
        text: the query. ``SERVICE`` is refused: it would let a query reach other hosts.
        base: IRI under which the graph's resources live.

    Raises:
        UsageError: the query is not valid, or uses ``SERVICE``, or no IRIs can be made below the base.
    """
    result = evaluate(graph if isinstance(graph, ox.Store) else load_graph(graph), text, base=base)
    try:
        if isinstance(result, ox.QueryBoolean):
            return Answer(truth=bool(result))
        if isinstance(result, ox.QueryTriples):
            return Answer(triples=tuple(result))
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns, tuple(tuple(solution) for solution in result))
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {one_line(error)}") from error


def query_prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """The prefixes a query may use unasked: the vocabulary's, and ``model:bloom`` for resources below the base."""
    return {**PREFIXES, **resource_prefixes(base)}


def serialize(graph: Path | ox.Store, text: str, format_: str, base: str = DEFAULT_BASE) -> bytes:
    """The answer in a standard format: json, csv, tsv or xml for SELECT and ASK, ttl for CONSTRUCT and DESCRIBE.

    Raises:
        UsageError: the query is not valid or has no answer in that format.
    """
    store = graph if isinstance(graph, ox.Store) else load_graph(graph)
    result = evaluate(store, text, base=base)
    try:
        if isinstance(result, ox.QueryTriples):
            if format_ != "ttl":
                raise UsageError(f"query: CONSTRUCT and DESCRIBE answer in ttl, not {format_}")
            ordered = sorted(result, key=str)
            return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=query_prefixes(base)) or b""
        if format_ not in _RESULTS:
            raise UsageError(f"query: SELECT and ASK answer in {', '.join(_RESULTS)}, not {format_}")
        return result.serialize(format=_RESULTS[format_]) or b""
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {one_line(error)}") from error


def evaluate(
    store: ox.Store,
    text: str,
    default_graphs: Sequence[ox.NamedNode] | None = None,
    named_graphs: Sequence[ox.NamedNode] | None = None,
    base: str = DEFAULT_BASE,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The store's own answer to a query that may be run. A relative IRI is one of the graph's own: ``<model/bloom>``.

    Args:
        store: the graph.
        text: the query.
        default_graphs: graphs whose union the query sees as its default graph, in place of what the query says; None leaves it.
        named_graphs: graphs the query may name, likewise.
        base: IRI under which the graph's resources live, and a relative IRI of the query is.

    Raises:
        UsageError: the query is not valid, or uses ``SERVICE``, or no IRIs can be made below the base.
        PaperkgError: it is valid and yet has no answer.
    """
    if re.search(r"\bSERVICE\b", _QUOTED.sub(" ", text), re.IGNORECASE):
        raise UsageError("query: SERVICE is not allowed; it would reach other hosts")
    try:
        return store.query(
            text,
            base_iri=check_base(base),
            prefixes=query_prefixes(base),
            default_graph=None if default_graphs is None else list(default_graphs),
            named_graphs=None if named_graphs is None else list(named_graphs),
        )
    except SyntaxError as error:
        raise UsageError(f"query: not valid SPARQL: {one_line(error)}") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {one_line(error)}") from error
