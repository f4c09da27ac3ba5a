"""The protocol section of W3C's SPARQL 1.1 tests, case by case under its own name, in the words of this server's graph.

The cases are those of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/: queries that are answered, and queries that are
refused with a 4xx. Its updates, the good and the bad, are all refused here with a 4xx, and change nothing.
"""

from __future__ import annotations

import pytest
import rdflib

FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
RESULTS = ("application/sparql-results+xml", "application/sparql-results+json")
G1, G2 = "urn:g1", "urn:g2"
IN_BOTH = "ASK { <urn:s1> <urn:p> ?a . <urn:s2> <urn:p> ?b }"
IN_NAMED = "ASK { GRAPH ?g { <urn:s1> <urn:p> ?a } GRAPH ?h { <urn:s2> <urn:p> ?b } }"
IN_FULL = "ASK { <urn:s1> <urn:p> ?a . GRAPH ?g { <urn:s2> <urn:p> ?b } }"


def get(**parameters):
    return {"method": "GET", "params": parameters}


def form(**parameters):
    return {"method": "POST", "data": parameters}


def direct(text, **parameters):
    return {"method": "POST", "params": parameters, "content": text, "headers": {"Content-Type": QUERY}}


def graphs(default=(), named=()):
    return {"default-graph-uri": list(default), "named-graph-uri": list(named)}


BOOLEANS = {
    "query_post_form": form(query="ASK {}"),
    "query_get": get(query="ASK {}"),
    "query_post_direct": direct("ASK {}"),
    "query_dataset_default_graph": form(query="ASK { <urn:s1> <urn:p> ?o }", **graphs([G1])),
    "query_dataset_default_graphs_get": get(query=IN_BOTH, **graphs([G1, G2])),
    "query_dataset_default_graphs_post": direct(IN_BOTH, **graphs([G1, G2])),
    "query_dataset_named_graphs_get": get(query=IN_NAMED, **graphs([], [G1, G2])),
    "query_dataset_named_graphs_post": direct(IN_NAMED, **graphs([], [G1, G2])),
    "query_dataset_full": form(query=IN_FULL, **graphs([G1], [G2])),
    "query_multiple_dataset": form(
        query="ASK FROM <urn:g2> { <urn:s1> <urn:p> ?o FILTER NOT EXISTS { <urn:s2> ?p ?q } }", **graphs([G1])
    ),
    "query_content_type_ask": get(query="ASK {}"),
}


@pytest.mark.parametrize("case", BOOLEANS)
def test_is_answered_with_true(http, case):
    for media in RESULTS:
        request = BOOLEANS[case]
        response = http.request(
            url="/sparql", **{**request, "headers": {**request.get("headers", {}), "Accept": media}}
        )
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == media
        assert "true" in response.text


@pytest.mark.parametrize(
    ("case", "query", "media"),
    [
        ("query_content_type_select", "SELECT (1 AS ?value) {}", RESULTS),
        (
            "query_content_type_describe",
            "DESCRIBE model:bloom",
            ("text/turtle", "application/rdf+xml", "application/n-triples"),
        ),
        (
            "query_content_type_construct",
            "CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}",
            ("text/turtle", "application/rdf+xml", "application/n-triples"),
        ),
    ],
)
def test_is_answered_in_a_form_that_fits(http, case, query, media):
    response = http.get("/sparql", params={"query": query}, headers={"Accept": ""})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] in media
    for asked in media:
        again = http.get("/sparql", params={"query": query}, headers={"Accept": asked})
        assert again.headers["content-type"].split(";")[0] == asked
        if media != RESULTS:
            assert len(rdflib.Graph().parse(data=again.content, format=asked)) > 0


BAD_QUERIES = {
    "bad_query_method": {"method": "PUT", "data": {"query": "ASK {}"}},
    "bad_multiple_queries": form(query=["ASK {}", "SELECT * {}"]),
    "bad_query_wrong_media_type": {
        "method": "POST",
        "content": "ASK {}",
        "headers": {"Content-Type": "text/plain"},
    },
    "bad_query_missing_form_type": {"method": "POST", "content": b"query=ASK%20%7B%7D"},
    "bad_query_missing_direct_type": {"method": "POST", "content": b"ASK {}"},
    "bad_query_non_utf8": direct('ASK { ?s ?p "é" }'.encode("utf-16")),
    "bad_query_syntax": get(query="ASK {"),
}
INSERT = "CLEAR ALL ; INSERT DATA { <urn:a> <urn:b> <urn:c> }"


def update_form(**parameters):
    return form(update=parameters.pop("update", INSERT), **parameters)


def update_direct(text=INSERT, **parameters):
    return {**direct(text, **parameters), "headers": {"Content-Type": UPDATE}}


UPDATES = {
    "update_post_form": update_form(),
    "update_post_direct": update_direct(),
    "update_dataset_default_graph": update_form(**{"using-graph-uri": G1}),
    "update_dataset_default_graphs": update_form(**{"using-graph-uri": [G1, G2]}),
    "update_dataset_named_graphs": update_form(**{"using-named-graph-uri": [G1, G2]}),
    "update_dataset_full": update_form(**{"using-graph-uri": G1, "using-named-graph-uri": G2}),
    "update_base_uri": update_form(
        update="CLEAR ALL ; BASE <http://example.org/> INSERT DATA { GRAPH <g> { <a> <b> 1 } }"
    ),
    "bad_update_get": get(update=INSERT),
    "bad_multiple_updates": update_form(update=[INSERT, INSERT]),
    "bad_update_wrong_media_type": {**update_direct(), "headers": {"Content-Type": "text/plain"}},
    "bad_update_missing_form_type": {"method": "POST", "content": b"update=CLEAR%20ALL"},
    "bad_update_missing_direct_type": {"method": "POST", "content": INSERT.encode()},
    "bad_update_non_utf8": update_direct(INSERT.encode("utf-16")),
    "bad_update_syntax": update_form(update="CLEAR XXX"),
    "bad_update_dataset_conflict": update_form(
        update="DELETE { ?s ?p ?o } USING <urn:g1> WHERE { ?s ?p ?o }", **{"using-named-graph-uri": G1}
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
