"""The protocol section of W3C's SPARQL 1.1 tests, case by case under its own name, in the words of this server's graph.

The cases are those of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ and of the protocol validator that its authors
publish, which sends each over HTTP: method, place of each parameter, media type and query are theirs, and so is what must come back. Queries
are answered, or refused with a 4xx. Its updates, the good and the bad, are all refused here with a 4xx, and change nothing.
"""

from __future__ import annotations

import pytest
import rdflib

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
RESULTS = ("application/sparql-results+xml", "application/sparql-results+json")
TABLES = (*RESULTS, "text/tab-separated-values", "text/csv")
GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples")
G1, G2 = "urn:g1", "urn:g2"
IN_BOTH = "ASK { <urn:s1> <urn:p> ?a . <urn:s2> <urn:p> ?b }"
IN_NAMED = "ASK { GRAPH ?g { <urn:s1> <urn:p> ?a } GRAPH ?h { <urn:s2> <urn:p> ?b } }"


def get(**parameters):
    return {"method": "GET", "params": parameters}


def form(**parameters):
    return {"method": "POST", "data": parameters}


def direct(text, media=QUERY, **parameters):
    return {"method": "POST", "params": parameters, "content": text, "headers": {"Content-Type": media}}


def untyped(body):
    return {"method": "POST", "content": body}


def graphs(default=(), named=()):
    return {"default-graph-uri": list(default), "named-graph-uri": list(named)}


BOOLEANS = {
    "query_get": get(query="ASK {}"),
    "query_post_form": form(query="ASK {}"),
    "query_post_direct": direct("ASK {}"),
    "query_dataset_default_graph": direct("ASK { <urn:s1> ?p ?o }", **graphs([G1])),
    "query_dataset_default_graphs_get": get(query=IN_BOTH, **graphs([G1, G2])),
    "query_dataset_default_graphs_post": direct(IN_BOTH, **graphs([G1, G2])),
    "query_dataset_named_graphs_get": get(query=IN_NAMED, **graphs([], [G1, G2])),
    "query_dataset_named_graphs_post": direct("ASK { GRAPH ?g { ?s ?p ?o } }", **graphs([], [G1, G2])),
    # What the protocol names counts, and not what the query does.
    "query_multiple_dataset": direct(
        "ASK FROM <urn:g1> { <urn:s2> <urn:p> ?o FILTER NOT EXISTS { <urn:s1> ?p ?q } }", **graphs([G2])
    ),
    "query_content_type_ask": direct("ASK {}"),
}


@pytest.mark.parametrize("case", BOOLEANS)
def test_is_answered_with_true(http, case):
    request = BOOLEANS[case]
    for accept in ("", *RESULTS):
        response = http.request(
            url="/sparql", **{**request, "headers": {**request.get("headers", {}), "Accept": accept}}
        )
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] in ((accept,) if accept else RESULTS)
        assert "true" in response.text


def test_query_dataset_full(http):
    """Of three graphs one is the default graph, two may be named: every row joins the one with one of the two."""
    query = "SELECT ?g ?x ?s { ?x ?y ?o  GRAPH ?g { ?s ?p ?o2 } }"
    response = http.request(url="/sparql", **direct(query, **graphs([G1], [G1, G2])))
    assert response.status_code == 200
    assert response.headers["content-type"] in RESULTS
    rows = [{k: v["value"] for k, v in row.items()} for row in response.json()["results"]["bindings"]]
    assert sorted(tuple(row[name] for name in "gxs") for row in rows) == [
        ("urn:g1", "urn:s1", "urn:s1"),
        ("urn:g2", "urn:s1", "urn:s2"),
    ]


@pytest.mark.parametrize(
    ("case", "query", "media", "size"),
    [
        ("query_content_type_select", "SELECT (1 AS ?value) {}", TABLES, None),
        # Nothing is known of it, and nothing is a graph too.
        ("query_content_type_describe", "DESCRIBE <http://example.org/>", GRAPHS, 0),
        # Relative IRIs: the base is the service's to define, and must not be left out.
        ("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS, 1),
    ],
)
def test_is_answered_in_a_form_that_fits(http, case, query, media, size):
    for asked in ("", *media):
        request = direct(query)
        response = http.request(
            url="/sparql", **{**request, "headers": {**request["headers"], "Accept": asked}}
        )
        assert response.status_code == 200, response.text
        given = response.headers["content-type"].split(";")[0]
        assert given == asked if asked else given in media
        if size is not None:
            graph = rdflib.Graph().parse(data=response.content, format=given)
            assert len(graph) == size
            assert all(str(s).startswith("https://w3id.org/paperkg/id/") for s in graph.subjects())


BAD_QUERIES = {
    "bad_query_method": {"method": "PUT", "params": {"query": "ASK {}"}},
    "bad_multiple_queries": get(query=["ASK {}", "SELECT * {}"]),
    "bad_multiple_queries, in a form": form(query=["ASK {}", "SELECT * {}"]),
    "bad_query_wrong_media_type": direct("ASK {}", "text/plain"),
    "bad_query_missing_form_type": untyped(b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": untyped(b"ASK {}"),
    "bad_query_non_utf8": direct("ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    "bad_query_non_utf8, not said": direct('ASK { ?s ?p "é" }'.encode("utf-16")),
    "bad_query_syntax": get(query="ASK {"),
}
INSERT = "CLEAR ALL ; INSERT DATA { <urn:a> <urn:b> <urn:c> }"


UPDATES = {
    "update_post_form": form(update=INSERT),
    "update_post_direct": direct(INSERT, UPDATE),
    "update_dataset_default_graph": direct(INSERT, UPDATE, **{"using-graph-uri": G1}),
    "update_dataset_default_graphs": direct(INSERT, UPDATE, **{"using-graph-uri": [G1, G2]}),
    "update_dataset_named_graphs": direct(INSERT, UPDATE, **{"using-named-graph-uri": [G1, G2]}),
    "update_dataset_full": direct(INSERT, UPDATE, **{"using-graph-uri": G1, "using-named-graph-uri": G2}),
    "update_base_uri": direct("INSERT DATA { GRAPH <urn:g1> { <urn:s1> <urn:p> <test> } }", UPDATE),
    "bad_update_get": get(update=INSERT),
    "bad_multiple_updates": form(update=["CLEAR NAMED", "CLEAR DEFAULT"]),
    "bad_update_wrong_media_type": direct("CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": untyped(b"update=CLEAR%20NAMED"),
    "bad_update_missing_direct_type": untyped(b"CLEAR NAMED"),
    "bad_update_non_utf8": direct("CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": form(update="CLEAR XYZ"),
    "bad_update_dataset_conflict": form(
        update="WITH <urn:g2> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", **{"using-named-graph-uri": G1}
    ),
}


@pytest.mark.parametrize("case", [*BAD_QUERIES, *UPDATES])
def test_is_refused_with_4xx_and_changes_nothing(http, case):
    def count():
        return http.get(
            "/sparql",
            params={"query": "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"},
        ).text

    before = count()
    response = http.request(url="/sparql", **{**BAD_QUERIES, **UPDATES}[case])
    assert 400 <= response.status_code < 500, response.text
    assert count() == before
