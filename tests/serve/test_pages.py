"""Linked data and pages: every resource answers at its path, and nothing that a paper says runs."""

from __future__ import annotations

import html.parser
import re

import pytest
import rdflib
from papers import QUERIES
from running import BASE, HOSTILE

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PATHS = [
    "/",
    "/?q=bloom",
    f"/?q={'%3Cscript%3E'}",
    "/query",
    "/id/model/bloom",
    "/id/model/evil",
    "/id/none",
    "/none",
]


class Reader(html.parser.HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "script":
            self.scripts.append(dict(attrs).get("src") or "inline")

    @property
    def links(self) -> list[str]:
        return [value for name, value in self.attributes if name == "href"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html", "text/html"),
        ("*/*", "text/html"),
        (BROWSER["Accept"], "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json, text/html;q=0.5", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
    ],
)
def test_a_resource_answers_as_the_client_likes(http, accept, media):
    response = http.get("/id/model/bloom", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media
    assert "BLOOM" in response.text


def test_its_turtle_says_what_the_graph_says(http):
    text = http.get("/id/model/bloom", headers={"Accept": "text/turtle"}).text
    graph = rdflib.Graph().parse(data=text, format="turtle")
    bloom = rdflib.URIRef(f"{BASE}model/bloom")
    assert (
        bloom,
        rdflib.URIRef("https://w3id.org/paperkg/ontology#trainedOn"),
        rdflib.URIRef(f"{BASE}dataset/roots"),
    ) in graph
    assert len(graph) == 5
    assert http.get("/id/model/bloom", headers={"Accept": "text/turtle"}).text == text


def test_the_turtle_of_a_span_holds_its_quote(http):
    assert "on ROOTS" in http.get("/id/span/p-1-9?format=text/turtle").text


def test_a_page_shows_names_facts_and_the_words_they_rest_on(http):
    page = http.get("/id/model/bloom").text
    assert "布鲁姆" in page
    assert "<mark>BLOOM was &lt;b&gt;trained&lt;/b&gt; on ROOTS</mark>" in page
    assert "confidence 0.75" in page
    links = Reader(page).links
    assert {"/id/dataset/roots", "/id/paper/p", "/id/claim/c1"} <= set(links)


def test_every_link_to_a_resource_answers(http):
    for link in {*Reader(http.get("/id/model/bloom").text).links, *Reader(http.get("/?q=语音").text).links}:
        if link.startswith("/id/"):
            assert http.get(link).status_code == 200, link


@pytest.mark.parametrize(
    "path", ["/id/task/语音", "/id/task/%E8%AF%AD%E9%9F%B3", "/id/model/a%2Fb", "/id/model/a%252Fb"]
)
def test_an_iri_is_found_as_decoded_and_as_sent(http, path):
    assert http.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_the_graph_runs_in_a_page(http, path):
    response = http.get(path, headers=BROWSER)
    page = Reader(response.text)
    assert all(re.fullmatch(r"/assets/[a-z]+\.js", source) for source in page.scripts), page.scripts
    assert not {"img", "iframe", "style", "object", "base", "b "} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert all(re.match(r"https?://|/|\?|#main$", link) for link in page.links), page.links
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


def test_a_hostile_name_is_shown_as_it_is(http):
    shown: list[str] = []
    reader = html.parser.HTMLParser()
    reader.handle_data = shown.append
    reader.feed(http.get("/id/model/evil").text)
    assert HOSTILE in "".join(shown)
    assert "https://example.org/good?a=b" in Reader(http.get("/id/model/evil").text).links


@pytest.mark.parametrize("text", ["bloom", "BLOO", "布鲁"])
def test_search_finds_by_any_name_in_any_case(http, text):
    assert "/id/model/bloom" in Reader(http.get("/", params={"q": text}).text).links


@pytest.mark.parametrize("text", ['") } #', "\\", "'", "\n", "${x}", "<urn:x>"])
def test_a_search_is_text_and_never_a_query(http, text):
    response = http.get("/", params={"q": text})
    assert response.status_code == 200
    assert not [link for link in Reader(response.text).links if link.startswith("/id/")] or text == "'"


def test_home_counts_and_offers_every_competency_question(http):
    page = http.get("/").text
    assert re.search(r"Model</a></th><td>3</td>", page)
    questions = [link for link in Reader(page).links if link.startswith("/query?query=")]
    assert len(questions) == len(list(QUERIES.glob("*.rq"))) >= 10
    for link in questions:
        assert http.get(link).status_code == 200


def test_the_query_page_answers_with_a_table(http):
    response = http.post("/query", data={"query": "SELECT ?m ?d { ?m kg:trainedOn ?d }"})
    assert response.status_code == 200
    assert "/id/dataset/roots" in Reader(response.text).links
    assert "1 rows" in response.text


def test_the_query_page_says_yes_shows_triples_and_explains(http):
    assert ">yes<" in http.get("/query", params={"query": "ASK {}"}).text
    assert "<pre>" in http.get("/query", params={"query": "DESCRIBE model:bloom"}).text
    wrong = http.get("/query", params={"query": "SELECT <script>"})
    assert wrong.status_code == 400
    assert "not valid SPARQL" in wrong.text
    assert Reader(wrong.text).scripts == ["/assets/query.js"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/id/model/none", 404),
        ("/id/", 404),
        ("/id/../../etc/passwd", 404),
        ("/id/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/id//etc/passwd", 404),
        ("/style.css/../app.py", 404),
        ("/templates/base.html", 404),
        ("/assets/none.js", 404),
        ("/assets/..%2Fapp.py", 404),
        ("/id/%00", 400),
        ("/id/a%0D%0ASet-Cookie:x=1", 404),
        ("/id/%FF", 400),
        ("/id/%C0%AF", 400),
        ("/id/%zz", 400),
        ("/id/%", 400),
        ("/id/%3Cscript%3E", 404),
        ("/id/" + "a" * 20_000, 404),
        ("/?q=%00", 400),
        ("/?q=" + "a" * 201, 400),
    ],
)
def test_odd_paths_are_clean_errors(server, path, status):
    import http.client as plain

    connection = plain.HTTPConnection(server.url.removeprefix("http://"), timeout=20)
    connection.putrequest("GET", path, skip_host=False)
    connection.putheader("Accept", "text/html")
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    assert response.status == status
    assert "root:" not in body
    assert "<script>" not in body
    assert response.getheader("set-cookie") is None


def test_the_wrong_method_is_405(http):
    assert http.post("/id/model/bloom").status_code == 405
    assert http.delete("/").status_code == 405
