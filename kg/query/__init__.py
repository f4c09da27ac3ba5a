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
_SERVICE = re.compile("service", re.IGNORECASE)
# The word where it could begin a call; in the name of a variable, after a prefix or as a language it could not.
_CALL = re.compile(r"(?<![?$:@])service", re.IGNORECASE)
# What may stand before the first word of a query, and that word where it would change the graph.
_UPDATE = re.compile(
    r"(?:\s|#[^\r\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*"
    r"(?:INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\b",
    re.IGNORECASE,
)
# A complaint of the engine: where, and what it expected; of that, the signs, the sentences and the keywords. The rest are classes of
# characters.
_COMPLAINT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(
    r"""(?P<sign>"(?:[^"\\]|\\.)+")|\[[^\]]*\]|<\w+>|(?P<sentence>[A-Za-z]+ [A-Za-z ]+)|(?P<keyword>[A-Za-z]\w+)"""
)
# With more signs than these to go on with, no one of them helps.
_MOST_SIGNS = 5
_PREFIX = re.compile(r"([A-Za-z][\w.-]*):")


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
    _refuse_service(text)
    try:
        return store.query(
            text,
            base_iri=check_base(base),
            prefixes=query_prefixes(base),
            default_graph=None if default_graphs is None else list(default_graphs),
            named_graphs=None if named_graphs is None else list(named_graphs),
        )
    except SyntaxError as error:
        raise UsageError(f"query: {_fault(text, error)}") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {one_line(error)}") from error


def _refuse_service(text: str) -> None:
    """Refuse a query that calls ``SERVICE``, however it is written.

    The engine's grammar is the judge, since it takes the keyword where a look at words would not (``1SERVICE<x>{}``, ``SERVICEx:y{}``)
    and may take a name for the keyword: with one letter changed everywhere the names of a query are names still, and a keyword is none.

    Raises:
        UsageError: it calls ``SERVICE``, or is not valid.
    """
    if not _SERVICE.search(text):
        return
    renamed = _SERVICE.sub(lambda word: word[0].translate({ord("v"): "w", ord("V"): "W"}), text)
    try:
        ox.Store().query(renamed, base_iri=DEFAULT_BASE, prefixes=query_prefixes())
    except SyntaxError as error:
        fault = _fault(text, error)
        if _CALL.search(text):
            fault = f"SERVICE is not allowed, since it would reach other hosts; without it: {fault}"
        raise UsageError(f"query: {fault}") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise PaperkgError(f"query: cannot be answered: {one_line(error)}") from error


def _fault(text: str, error: SyntaxError) -> str:
    """What is wrong with a query, in a few words, and where."""
    if _UPDATE.match(text):
        return "updates are off: a query asks (SELECT, ASK, CONSTRUCT, DESCRIBE) and changes nothing"
    complaint = _COMPLAINT.fullmatch(str(error))
    if complaint is None:
        return f"not valid SPARQL: {one_line(error)}"
    found: dict[str, list[str]] = {"sign": [], "sentence": [], "keyword": []}
    for expected in _EXPECTED.finditer(complaint[3]):
        if expected.lastgroup:
            found[expected.lastgroup].append(expected[0])
    lines = text.split("\n")
    at = sum(len(line) + 1 for line in lines[: int(complaint[1]) - 1]) + int(complaint[2]) - 1
    if found["keyword"] and not found["sign"] and not found["sentence"]:
        # To look for a keyword the engine reads on by as many characters, and tells the place behind them.
        at = max(0, at - min(map(len, found["keyword"])))
    before = text[:at].split("\n")
    where = f"line {len(before)}, column {len(before[-1]) + 1}"
    prefix = _PREFIX.match(text, at)
    if found["sentence"]:
        why = found["sentence"][0].strip()
    elif (
        prefix
        and prefix[1] not in query_prefixes()
        and not re.search(rf"(?i:PREFIX)\s+{re.escape(prefix[0])}", text)
    ):
        why = f"there is no prefix {prefix[0]}"
    elif 0 < len(found["sign"]) <= _MOST_SIGNS:
        why = f"expected {' or '.join(found['sign'])}"
    elif found["sign"] and not text[at:].strip():
        why = "the query ends too early"
    else:
        why = "this cannot be read"
    return f"not valid SPARQL: {where}: {why}"
