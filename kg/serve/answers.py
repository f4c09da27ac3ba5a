"""A query answered in the form the client asked for, within bounds. Runs in a worker process."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError
from kg.query import evaluate, query_prefixes
from kg.serve.errors import Refusal
from kg.serve.limits import Limits
from kg.serve.negotiate import GRAPHS, JSON_LD, N_TRIPLES, RDF_XML, TABLES, TURTLE, choose

_JSON, _XML, _CSV, _TSV = TABLES[:4]
_RESULTS = {
    _JSON: ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    _XML: ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    _CSV: ox.QueryResultsFormat.CSV,
    _TSV: ox.QueryResultsFormat.TSV,
}
_RDF = {
    TURTLE: ox.RdfFormat.TURTLE,
    N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    JSON_LD: ox.RdfFormat.JSON_LD,
    RDF_XML: ox.RdfFormat.RDF_XML,
}

_PREFIXES = re.compile(rb"(?:@prefix [^\n]*\n)*")
# What XML 1.0 cannot hold, and a property whose IRI has no local name to write as an element.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<oxprefix:[ >]")


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished answer: never part of one."""

    status: int
    media_type: str
    body: bytes


def answer(
    store: ox.Store,
    text: str,
    default_graphs: list[str],
    named_graphs: list[str],
    accept: str,
    limits: Limits,
) -> Reply:
    """The answer to a query.

    Args:
        store: the graph.
        text: the query.
        default_graphs: IRIs of the graphs that make the query's default graph.
        named_graphs: IRIs of the graphs it may name. With both empty the store's own graphs stand.
        accept: the client's ``Accept`` header.
        limits: bounds of the answer.

    Raises:
        Refusal: 400 not valid, 406 no such form, 422 too large or without an answer.
    """
    chosen = bool(default_graphs or named_graphs)
    try:
        result = evaluate(
            store,
            text,
            _nodes(default_graphs) if chosen else None,
            _nodes(named_graphs) if chosen else None,
        )
        if isinstance(result, ox.QueryTriples):
            media = _chosen(accept, GRAPHS)
            return Reply(200, media, serialize(result, media, limits))
        media = _chosen(accept, TABLES)
        return Reply(200, media, _table(result, media, limits))
    except UsageError as error:
        raise Refusal(400, str(error)) from error
    except PaperkgError as error:
        raise Refusal(422, str(error)) from error
    except (ValueError, RuntimeError) as error:
        raise Refusal(422, f"query: cannot be answered: {' '.join(str(error).split())}") from error


def serialize(triples: Iterable[ox.Triple], media_type: str, limits: Limits) -> bytes:
    """Triples, each once and sorted, in an RDF format.

    Raises:
        Refusal: 422: they are too many or too large.
    """
    taken = list(islice(triples, limits.max_rows + 1))
    _bound(len(taken), limits, "triples")
    out = _Bounded(limits.max_bytes)
    prefixes = query_prefixes() if media_type == TURTLE else None
    try:
        ox.serialize(
            sorted(set(taken), key=str), cast("IO[bytes]", out), format=_RDF[media_type], prefixes=prefixes
        )
    except ValueError as error:
        raise Refusal(422, f"this cannot be said in {media_type}: {error}; ask for {TURTLE}") from error
    body = out.getvalue()
    if media_type == RDF_XML:
        _refuse_what_is_not_xml(body)
    return _prefixes_in_order(body) if media_type == TURTLE else body


def _prefixes_in_order(turtle: bytes) -> bytes:
    """The same Turtle with its prefixes sorted: the writer gives them in an order that changes from run to run."""
    head = _PREFIXES.match(turtle)
    assert head is not None
    return b"".join(sorted(head[0].splitlines(keepends=True))) + turtle[head.end() :]


def _refuse_what_is_not_xml(xml: bytes) -> None:
    if _NOT_XML.search(xml):
        raise Refusal(
            422, "the answer has a character or a name that XML cannot hold; ask for another format"
        )


def _table(result: ox.QuerySolutions | ox.QueryBoolean, media: str, limits: Limits) -> bytes:
    out = _Bounded(limits.max_bytes)
    result.serialize(cast("IO[bytes]", out), format=_RESULTS[media])
    body = out.getvalue()
    if _RESULTS[media] == ox.QueryResultsFormat.XML:
        _refuse_what_is_not_xml(body)
    if isinstance(result, ox.QuerySolutions):
        _bound(_count_rows(body, _RESULTS[media]), limits, "rows")
    return body


def _count_rows(body: bytes, format_: ox.QueryResultsFormat) -> int:
    """Rows of a table as written: a quick bound first, since most answers are small."""
    if format_ == ox.QueryResultsFormat.XML:
        return body.count(b"<result>")  # in text, "<" is always escaped
    if format_ == ox.QueryResultsFormat.TSV:
        return body.count(b"\n") - 1  # in terms, line ends are always escaped
    if format_ == ox.QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))) - 1
    return len(json.loads(body)["results"]["bindings"])


def _bound(count: int, limits: Limits, what: str) -> None:
    if count > limits.max_rows:
        raise Refusal(422, f"the answer has more than {limits.max_rows} {what}; add LIMIT, or ask for less")


def _chosen(accept: str, offers: tuple[str, ...]) -> str:
    media = choose(accept, offers)
    if media is None:
        raise Refusal(406, f"this query answers in {', '.join(offers)}")
    return media


def _nodes(iris: list[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise Refusal(400, "a graph's name is not an absolute IRI") from error


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow past a size, so that a vast answer ends early."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._most:
            raise Refusal(422, f"the answer has more than {self._most} bytes; add LIMIT, or ask for less")
        return super().write(data)
