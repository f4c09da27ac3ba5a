"""The pages that are text work without JavaScript: home's charts, a relation's table and CSV, a paper's marked abstract, the explorer's list."""

from __future__ import annotations

import csv
import io
import json

import httpx
import pytest
from running import start


def test_home_plots_types_and_years_and_leads_to_relations(http):
    page = http.get("/").text
    assert 'aria-label="Things by type: Model 3' in page
    assert 'href="/relation/trainedOn"' in page


def test_a_relation_is_a_table_and_a_csv(http):
    page = http.get("/relation/trainedOn").text
    assert 'href="/id/model/bloom"' in page
    assert "1 rows" in page
    (row,) = csv.DictReader(io.StringIO(http.get("/relation/trainedOn?format=csv").text))
    assert (row["subject"], row["object"], row["papers"], row["confidence"]) == (
        "BLOOM",
        "ROOTS",
        "1",
        "0.75",
    )


def test_a_relation_is_filtered_and_sorted_by_its_address(http):
    assert "0 rows" in http.get("/relation/trainedOn?q=no+such+name").text
    assert "1 rows" in http.get("/relation/trainedOn?q=ROO&sort=-subject").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/relation/nonsense", 404),
        ("/relation/trainedOn?sort=drop", 400),
        ("/relation/trainedOn?page=0", 400),
        ("/relation/trainedOn?page=x", 400),
        ("/relation/trainedOn?since=now", 400),
        ("/relation/trainedOn?least=2", 400),
        ("/relation/trainedOn?least=nan", 400),
        ("/things/Claim", 404),
        ("/things/Model?sort=weight", 400),
        ("/things/Model?page=0", 400),
        ("/things/Model?page=000000001999999999999999999999", 400),
        ("/relation/trainedOn?page=000000001999999999999999999999", 400),
        ("/things/Model?page=000000001999999999999999999999", 400),
        ("/relation/trainedOn?page=000000001999999999999999999999", 400),
        ("/things/Paper?year=20", 400),
        ("/explore.json?node=model/none", 404),
        ("/explore?node=model/none", 404),
        ("/explore.json?node=model/bloom&skip=-1", 400),
        ("/search.json?q=", 400),
        ("/search.json?q=" + "a" * 201, 400),
    ],
)
def test_odd_wishes_are_clean_errors(http, path, status):
    assert http.get(path).status_code == status


def test_the_things_of_a_class_are_a_page_that_home_leads_to(http):
    assert 'href="/things/Model"' in http.get("/").text
    page = http.get("/things/Model").text
    assert 'href="/id/model/bloom"' in page
    assert "3 of them" in page
    assert "1 of them" in http.get("/things/Model?q=布鲁").text
    assert 'href="/id/paper/p"' in http.get("/things/Paper").text


def test_a_relation_may_be_asked_about_one_thing(http):
    page = http.get("/relation/trainedOn?about=model/bloom").text
    assert "1 rows" in page
    assert 'href="?about=model%2Fbloom&amp;sort=' in page
    assert "0 rows" in http.get("/relation/trainedOn?about=model/evil").text
    assert "1 rows" in http.get("/relation/trainedOn?least=0.7").text
    assert "0 rows" in http.get("/relation/trainedOn?since=2020").text


def test_the_csv_holds_no_formula(http):
    from kg.serve.relation import _cell

    assert _cell("=1+1") == "'=1+1"
    assert _cell("BLOOM") == "BLOOM"


def test_a_neighbourhood_names_both_ends_and_the_relation(http):
    found = http.get("/explore.json?node=model/bloom").json()
    assert found["centre"]["name"] == "BLOOM"
    assert {thing["name"] for thing in found["things"]} == {"ROOTS", "A paper on BLOOM"}
    assert {edge["relation"] for edge in found["edges"]} == {"trained on", "introduces"}


def test_the_explorer_lists_its_neighbours_without_scripts(http):
    for asked in ("model/bloom", "bloom", "布鲁姆"):
        assert 'href="/id/dataset/roots"' in http.get("/explore", params={"node": asked}).text


def test_suggestions_say_where_they_lead(http):
    (hit,) = http.get("/search.json?q=布鲁姆").json()
    assert (hit["name"], hit["href"]) == ("BLOOM", "/id/model/bloom")


def test_completions_are_our_terms(http):
    terms = json.loads(http.get("/terms.json").text)
    assert "kg:trainedOn" in terms["terms"]
    assert terms["prefixes"]["model"].endswith("/id/model/")


def test_a_paper_leads_to_its_authors(tmp_path):
    graph = tmp_path / "graph.ttl"
    graph.write_text(
        "@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> . @base <https://w3id.org/paperkg/id/> .\n"
        '<paper/q> a kg:Paper ; dcterms:title "Q" ; dcterms:creator <person/ada> , "A plain name" . <person/ada> a kg:Person ; <http://xmlns.com/foaf/0.1/name> "Ada" .',
        encoding="utf-8",
    )
    server = start(graph)
    try:
        page = httpx.get(server.url + "/id/paper/q", trust_env=False).text
    finally:
        server.stop()
    line = next(line for line in page.splitlines() if line.startswith('<p class="meta">'))
    assert 'href="/id/person/ada"' in line
    assert "<bdi>A plain name</bdi>" in line
