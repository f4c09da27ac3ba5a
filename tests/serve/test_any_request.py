"""Whatever is sent, the server answers for it: no request finds a 500, an answer cut off, or a server that is gone.

Requests go over a bare socket, since a client of good manners would mend them. They are made of what the server listens for (its
paths, parameters, queries, headers) and of what it does not.
"""

from __future__ import annotations

import socket
from urllib.parse import quote_from_bytes, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

PATHS = (
    "/", "/sparql", "/query", "/id/model/bloom", "/id/paper/p", "/id/claim/c1", "/id/model/evil", "/id/", "/relation/trainedOn", "/relation/none",
    "/explore", "/explore.json", "/search.json", "/terms.json", "/style.css", "/assets/net.js", "/assets/none", "//", "/../x", "*",
)  # fmt: skip
NAMES = (
    "query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "q", "sort", "page", "format", "iri", "skip", "lang", "of", "name",
)  # fmt: skip
VALUES = (
    "", "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE model:bloom", "SELECT (1/0 AS ?x) {}", "ASK {",
    'SELECT ?x { BIND(STRDT("x", <urn:t>) AS ?x) }', "SELECT ?g { GRAPH ?g {} }", "SELECT (<<( <urn:a> <urn:b> 1 )>> AS ?t) {}", "csv", "text/turtle",
    "application/rdf+xml", "BLOOM", "布鲁姆", "papers", "-year", "1", "0", "-1", "99999999999999999999", "²", "urn:g1", "no iri", "model/bloom",
    "https://w3id.org/paperkg/id/model/bloom", "<script>", "\x00", "\ud7ff\uffff", "a" * 300,
)  # fmt: skip
HEADERS = {
    "Accept": (
        "", "*/*", "text/html", "text/html, */*;q=0", "text/turtle", "application/ld+json;q=1.000", "text/csv", "a/b;q=x", ";;,,", "image/png",
        "application/sparql-results+xml", "application/rdf+xml",
    ),
    "Content-Type": (
        "", "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", "text/plain", ";", "a/b; charset=\"",
        "application/sparql-query; charset=utf-16", "multipart/form-data; boundary=x",
    ),
    "Accept-Language": ("", "zh", "en;q=0"), "Origin": ("null", "https://example.org"), "If-None-Match": ("*",), "Range": ("bytes=5-1",),
    "Cookie": ("a=b; \xff",), "Expect": ("100-continue",), "Host": ("127.0.0.1", "", "a>b", "[::1]:x", "é"), "X-Forwarded-Host": ("evil",),
}  # fmt: skip

quoted = st.sampled_from(VALUES).map(
    lambda text: quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")
)
raw = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=20)
any_bytes = st.binary(max_size=30).map(quote_from_bytes)
parameters = st.lists(
    st.tuples(st.sampled_from(NAMES) | raw, quoted | any_bytes | raw).map("=".join), max_size=4
).map("&".join)
paths = st.sampled_from(PATHS) | st.builds(
    str.__add__, st.sampled_from(PATHS), any_bytes | raw.filter(lambda t: "?" not in t)
)
headers = st.lists(
    st.sampled_from(sorted(HEADERS)).flatmap(
        lambda name: st.sampled_from(HEADERS[name]).map(lambda value: (name, value))
    ),
    max_size=4,
    unique_by=lambda header: header[0],
)
bodies = st.one_of(
    st.just(b""), parameters.map(str.encode), st.sampled_from(VALUES).map(lambda t: t.encode("utf-8", "surrogatepass")), st.binary(max_size=40)
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "X-Y")


def answer(server: str, method: str, target: str, sent: list[tuple[str, str]], body: bytes) -> bytes:
    """The bytes that come back for one request."""
    host, port = urlsplit(server).hostname, urlsplit(server).port
    lines = [f"{method} {target} HTTP/1.1"]
    if not any(name == "Host" for name, _ in sent):
        lines.append(f"Host: {host}:{port}")
    lines += [f"{name}: {value}" for name, value in sent]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""])
    with socket.create_connection((host, port), 30) as connection:
        connection.sendall(head.encode("utf-8", "surrogatepass") + body)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(METHODS), paths, parameters, headers, bodies)
@example("GET", "/id/model/bloom", "format=application/rdf%2Bxml", [], b"")
@example("POST", "/sparql", "", [("Content-Type", "application/sparql-query")], b"DESCRIBE model:evil")
@example("GET", "/explore.json", "iri=%00&skip=%C2%B2", [], b"")
def test_no_request_finds_a_500(server, method, path, query, sent, body):
    came = answer(server.url, method, f"{path}?{query}" if query else path, sent, body)
    if came.startswith(b"HTTP/1.1 100"):
        came = came.partition(b"\r\n\r\n")[2]
    head, _, content = came.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    assert 200 <= status < 500 or status == 503, came[:400]
    assert b"Traceback" not in content
    assert b"unforeseen" not in content
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if method not in {"HEAD", "CONNECT"} and b"content-length" in fields:
        assert len(content) == int(fields[b"content-length"])


@pytest.fixture(autouse=True, scope="module")
def still_there(server):
    """After all of it the server answers as before."""
    yield
    response = httpx.get(
        f"{server.url}/sparql", params={"query": "ASK { model:bloom ?p ?o }"}, trust_env=False
    )
    assert response.json()["boolean"] is True
