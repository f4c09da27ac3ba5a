"""The query operation of SPARQL 1.1 Protocol: the cases of W3C's protocol tests as HTTP requests, and what an endpoint must refuse.

Each row: what it shows, the request, the status, and what the answer must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib
from running import BASE, start

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
ASK = "ASK {}"
ONE = "SELECT ?o { ?s <urn:p> ?o }"
NAMED = "SELECT ?o { GRAPH ?g { ?s <urn:p> ?o } } ORDER BY ?o"


@pytest.fixture(scope="module")
def public(graph: Path) -> Iterator[httpx.Client]:
    """A server for others too, behind a proxy."""
    started = start(graph, "--cors")
    with httpx.Client(base_url=started.url, timeout=30, trust_env=False) as client:
        yield client
    started.stop()


def url(**parameters: str | list[str]) -> dict:
    return {"method": "GET", "params": parameters}


def form(**parameters: str | list[str]) -> dict:
    return {"method": "POST", "data": parameters}


def direct(body: str | bytes, headers: dict | None = None, /, **parameters: str | list[str]) -> dict:
    return {
        "method": "POST", "content": body, "headers": headers or DIRECT, "params": parameters,
    }  # fmt: skip


ANSWERED = {
    "query by GET": (url(query=ASK), "true"),
    "query by form": (form(query=ASK), "true"),
    "query as body": (direct(ASK), "true"),
    "query as body, with a character set": (
        direct(ASK, {"Content-Type": "application/sparql-query; charset=UTF-8"}),
        "true",
    ),
    "UTF-8 in the URL": (url(query='ASK { ?s ?p "布鲁姆"@zh-Hans }'), "true"),
    "UTF-8 in the body": (direct('ASK { ?s ?p "布鲁姆"@zh-Hans }'.encode()), "true"),
    "named graphs are apart": (url(query="ASK { ?s <urn:p> ?o }"), "false"),
    "default graph by GET": (url(**{"query": ONE, "default-graph-uri": "urn:g1"}), "one"),
    "default graph by form": (form(**{"query": ONE, "default-graph-uri": "urn:g2"}), "two"),
    "default graph with a body": (direct(ONE, None, **{"default-graph-uri": "urn:g1"}), "one"),
    "default graphs are merged": (
        url(
            **{
                "query": "ASK { <urn:s1> <urn:p> ?a . <urn:s2> <urn:p> ?b }",
                "default-graph-uri": ["urn:g1", "urn:g2"],
            }
        ),
        "true",
    ),
    "named graphs by GET": (url(**{"query": NAMED, "named-graph-uri": "urn:g2"}), "two"),
    "named graphs by form": (form(**{"query": NAMED, "named-graph-uri": "urn:g1"}), "one"),
    "named graph only: the default graph is empty": (
        url(**{"query": "ASK { ?s ?p ?o }", "named-graph-uri": "urn:g1"}),
        "false",
    ),
    "default graph only: no graph has a name": (
        url(**{"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "default-graph-uri": "urn:g1"}),
        "false",
    ),
    "default and named graphs": (
        form(
            **{
                "query": "ASK { <urn:s1> ?p ?o . GRAPH <urn:g2> { <urn:s2> ?q ?r } }",
                "default-graph-uri": "urn:g1",
                "named-graph-uri": "urn:g2",
            }
        ),
        "true",
    ),
    "the request wins over FROM": (
        url(
            **{
                "query": "SELECT ?o FROM <urn:g1> { ?s <urn:p> ?o }",
                "default-graph-uri": "urn:g2",
            }
        ),
        "two",
    ),
    "FROM is heard": (url(query="SELECT ?o FROM <urn:g1> { ?s <urn:p> ?o }"), "one"),
    "the house's prefixes are known": (url(query="ASK { model:bloom kg:trainedOn dataset:roots }"), "true"),
    "SERVICE in a string or a comment": (url(query='ASK { VALUES ?x { "SERVICE" } } # SERVICE'), "true"),
}


@pytest.mark.parametrize("case", ANSWERED)
def test_answers(http, case):
    request, expected = ANSWERED[case]
    response = http.request(url="/sparql", **request)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/sparql-results+json"
    answer = response.json()
    found = (
        [str(answer["boolean"]).lower()]
        if "boolean" in answer
        else [row["o"]["value"] for row in answer["results"]["bindings"]]
    )
    assert found == [expected]


UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
REFUSED = {
    "PUT": ({"method": "PUT", "content": ASK, "headers": DIRECT}, 405, "not allowed"),
    "DELETE": ({"method": "DELETE"}, 405, "not allowed"),
    "two queries in the URL": (url(query=[ASK, ASK]), 400, "one query"),
    "two queries in a form": (form(query=[ASK, ASK]), 400, "one query"),
    "a query in URL and body": (direct(ASK, None, query=ASK), 400, "send one"),
    "a form without a query": (form(text=ASK), 400, "missing"),
    "the wrong media type": (direct(ASK, {"Content-Type": "text/plain"}), 415, "application/sparql-query"),
    "a form without its type": (direct(b"query=ASK%20%7B%7D", {"X-Nothing": "1"}), 415, "application/sparql-query"),
    "a body that is not UTF-8": (direct(ASK.encode("utf-16")), 400, "UTF-8"),
    "a body in another character set": (
        direct(ASK, {"Content-Type": "application/sparql-query; charset=latin1"}),
        415,
        "UTF-8",
    ),
    "a URL that is not UTF-8": ({"method": "GET", "url": "/sparql?query=%FF"}, 400, "UTF-8"),
    "NUL in the URL": ({"method": "GET", "url": "/sparql?query=ASK%00%7B%7D"}, 400, "NUL"),
    "NUL in the body": (direct(b"ASK {}\0"), 400, "NUL"),
    "an invalid query": (url(query="ASK {"), 400, "not valid SPARQL"),
    "an empty query": (url(query=""), 400, "not valid SPARQL"),
    "an update as a query": (url(query=UPDATE), 400, "updates are off"),
    "an update in a form": (form(update=UPDATE), 400, "updates are off"),
    "an update in the URL": (url(update=UPDATE), 400, "updates are off"),
    "an update as body": (direct(UPDATE, {"Content-Type": "application/sparql-update"}), 400, "updates are off"),
    "a graph without a name": (url(**{"query": ASK, "default-graph-uri": "no iri"}), 400, "absolute IRI"),
    "too many parameters": ({"method": "GET", "url": "/sparql?" + "a=1&" * 500}, 400, "too many"),
    "a body too large": (direct(b"#" * 2_000_000), 413, "at most"),
    "a form too large": ({"method": "POST", "content": b"query=" + b"a" * 2_000_000, "headers": FORM}, 413, "at most"),
    "no form we have": (url(query=ASK) | {"headers": {"Accept": "image/png"}}, 406, "text/csv"),
    "a table as Turtle": (url(query=ASK) | {"headers": {"Accept": "text/turtle"}}, 406, "results+json"),
    "triples as a table": (
        url(query="CONSTRUCT WHERE { ?s ?p ?o }") | {"headers": {"Accept": "text/csv"}},
        406,
        "text/turtle",
    ),
    "an Accept without end": (url(query=ASK) | {"headers": {"Accept": "a/b," * 5000}}, 431, "Accept"),
    "too many rows": (url(query="SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 101"), 422, "more than 100 rows"),
    "too many triples": (
        url(query="CONSTRUCT { ?a ?e ?c } { ?a ?b ?c . ?d ?e ?f }"),
        422,
        "more than 100 triples",
    ),
    "XML of a control character": (
        url(query="SELECT ?x { model:evil skos:altLabel ?x }") | {"headers": {"Accept": "application/sparql-results+xml"}},
        422,
        "XML",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_in_one_line(http, case):
    request, status, reason = REFUSED[case]
    response = http.request(**{"url": "/sparql", **request})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert reason in response.text
    assert response.text.count("\n") == 1
    assert "Traceback" not in response.text


SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { BIND(<http://127.0.0.1:9/> AS ?u) SeRvIcE ?u { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } } } }",
    "ASK { #\nSERVICE#\n<http://127.0.0.1:9/> {} }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\'b' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_a_query_reaches_no_other_host(http, query):
    for response in (
        http.get("/sparql", params={"query": query}),
        http.post("/sparql", data={"query": query}),
    ):
        assert response.status_code == 400
        assert "SERVICE" in response.text or "not valid" in response.text


SELECT = "SELECT ?s ?o { ?s kg:trainedOn ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s kg:trainedOn ?o }"
FORMS = [
    (SELECT, "application/sparql-results+json", '"bindings"'),
    (SELECT, "application/json", '"bindings"'),
    (SELECT, "application/sparql-results+xml", "<result>"),
    (SELECT, "text/csv", "s,o\r\n"),
    (SELECT, "text/tab-separated-values", "?s\t?o\n"),
    (ASK, "application/sparql-results+xml", "<boolean>true</boolean>"),
    (ASK, "text/csv", "true"),
    (CONSTRUCT, "text/turtle", "kg:trainedOn"),
    (CONSTRUCT, "application/n-triples", f"<{BASE}model/bloom>"),
    (CONSTRUCT, "application/ld+json", "trainedOn"),
    (CONSTRUCT, "application/rdf+xml", "rdf:RDF"),
    ("DESCRIBE dataset:roots", "text/turtle", "ROOTS"),
]


@pytest.mark.parametrize(("query", "media", "expected"), FORMS)
def test_every_form_of_answer(http, query, media, expected):
    response = http.get("/sparql", params={"query": query}, headers={"Accept": media})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media
    assert response.headers["vary"] == "Accept"
    assert expected in response.text


def test_the_forms_of_rdf_say_the_same(http):
    graphs = []
    for media, name in [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
    ]:
        text = http.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": media}).text
        graphs.append(set(rdflib.Graph().parse(data=text, format=name)))
    assert graphs[0] == graphs[1] == graphs[2]
    assert len(graphs[0]) == 1


def test_without_a_query_the_service_describes_itself(http):
    graph = rdflib.Graph().parse(
        data=http.get("/sparql", headers={"Accept": "text/turtle"}).text, format="turtle"
    )
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert graph.value(predicate=rdflib.RDF.type, object=sd.Service) == rdflib.URIRef(
        str(http.base_url.join("/sparql"))
    )
    assert (None, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert http.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_host_that_is_none_is_refused(public):
    assert public.get("/sparql", headers={"Host": "a>b"}).status_code == 400


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LocalHost:8808", 200), ("127.0.0.1:1", 200), ("[::1]:8808", 200),
     ("evil.example", 421), ("evil.example:8808", 421), ("127.0.0.1.evil.example", 421), ("localhost:x", 421), ("a>b", 421)],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/sparql?query=ASK{}", "/", "/terms.json"])
def test_on_loopback_it_answers_to_its_own_names_alone(http, path, host, status):
    response = http.get(path, headers={"Host": host})
    assert response.status_code == status
    assert "content-security-policy" in response.headers


def test_on_loopback_no_page_of_another_site_may_ask(http):
    origin = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    for response in (
        http.options("/sparql", headers=origin),
        http.options("/id/model/bloom", headers=origin),
        http.get("/sparql", params={"query": ASK}, headers=origin),
        http.get("/id/model/bloom", headers={"Accept": "text/turtle"}),
    ):
        assert response.is_success
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_head_is_get_without_the_body(http):
    head, get = (http.request(m, "/sparql", params={"query": SELECT}) for m in ("HEAD", "GET"))
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.content))


def test_where_it_is_public_any_page_may_ask_but_without_credentials(public):
    preflight = public.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    for response in (
        preflight,
        public.get("/sparql", params={"query": ASK}),
        public.get("/sparql", params={"query": "ASK {"}),
        public.get("/sparql", params={"query": ASK}, headers={"Host": "graph.example.org"}),
    ):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
