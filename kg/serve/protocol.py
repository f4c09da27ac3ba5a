"""The SPARQL 1.1 Protocol's query operation: an HTTP request read into a ``QueryRequest``, or refused.

A query comes in one of three ways (https://www.w3.org/TR/sparql11-protocol/#query-operation):

    GET  /sparql?query=…                                        parameters in the URL
    POST /sparql   application/x-www-form-urlencoded            parameters in the body
    POST /sparql   application/sparql-query                     the query is the body, the rest in the URL

Updates are off, however they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.errors import Refusal

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
ALLOW = "GET, HEAD, POST, OPTIONS"

_UPDATES_OFF = "updates are off: this endpoint answers queries only"


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query as asked, and the graphs it is asked of (none named: the graphs as they are)."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_query(method: str, url_query: bytes, content_type: str, body: bytes) -> QueryRequest | None:
    """The query of an HTTP request; None for a GET without one, which asks what the service is.

    Args:
        method: GET, HEAD or POST.
        url_query: the query string of the URL, as sent.
        content_type: the header, empty where absent.
        body: the whole body.

    Raises:
        Refusal: 400, 405 or 415, with the reason.
    """
    if method in {"GET", "HEAD"}:
        return _from_parameters(_parameters(url_query), required=False)
    if method != "POST":
        raise Refusal(405, f"{method} is not allowed here; use GET or POST", {"Allow": ALLOW})
    media, charset = _content_type(content_type)
    if media == UPDATE:
        raise Refusal(400, _UPDATES_OFF)
    if media not in {FORM, DIRECT}:
        raise Refusal(415, f"send a query as {FORM} or {DIRECT}", {"Accept-Post": f"{FORM}, {DIRECT}"})
    if charset not in {"", "utf-8", "utf8"}:
        raise Refusal(415, "send a query in UTF-8")
    if media == FORM:
        return _from_parameters(_parameters(body), required=True)
    parameters = _parameters(url_query)
    if any(name == "query" for name, _ in parameters):
        raise Refusal(400, "the query is in the URL and in the body; send one")
    return _from_parameters([("query", _text(body)), *parameters], required=True)


def parameters_of(encoded: bytes) -> dict[str, str]:
    """The parameters of a URL or form, the last of each name.

    Raises:
        Refusal: 400: not UTF-8, a NUL, or hundreds of them.
    """
    return dict(_parameters(encoded))


def values_of(encoded: bytes, name: str) -> list[str]:
    """All values of one parameter, in order; raises as ``parameters_of``."""
    return [value for key, value in _parameters(encoded) if key == name]


def _from_parameters(parameters: list[tuple[str, str]], *, required: bool) -> QueryRequest | None:
    if any(name in {"update", "using-graph-uri", "using-named-graph-uri"} for name, _ in parameters):
        raise Refusal(400, _UPDATES_OFF)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise Refusal(400, f"one query a request, not {len(queries)}")
    if not queries:
        if required:
            raise Refusal(400, "the parameter query is missing")
        return None
    return QueryRequest(
        queries[0],
        tuple(value for name, value in parameters if name == "default-graph-uri"),
        tuple(value for name, value in parameters if name == "named-graph-uri"),
    )


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200
        )
    except UnicodeDecodeError:
        raise Refusal(400, "parameters must be percent-encoded UTF-8") from None
    except ValueError:
        raise Refusal(400, "too many parameters") from None
    for _, value in pairs:
        _refuse_nul(value)
    return pairs


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "the query is not UTF-8") from None
    _refuse_nul(text)
    return text


def _refuse_nul(text: str) -> None:
    if "\0" in text:
        raise Refusal(400, "NUL has no place in a request")


def _content_type(header: str) -> tuple[str, str]:
    """Media type and character set, in lower case."""
    media, *parameters = header.split(";")
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return media.strip().lower(), charset
