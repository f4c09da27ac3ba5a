"""SPARQL over a graph: standard answers, and nothing that reaches another host."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import PaperkgError, UsageError
from kg.query import Curies, load_graph, query, query_prefixes, serialize

GRAPH = """
@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix model: <https://w3id.org/paperkg/id/model/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .
model:a a kg:Model ; skos:prefLabel "A, \\"quoted\\"\\nline"@en , "甲"@zh-Hans ; schema:value 176000000000 .
model:b a kg:Model ; skos:prefLabel "B"@en ; kg:basedOn model:a .
"""
TRIPLES = 7
PACKED = gzip.compress(GRAPH.encode())
SELECT = "SELECT ?m ?name ?value WHERE { ?m a kg:Model ; skos:prefLabel ?name . OPTIONAL { ?m schema:value ?value } } ORDER BY ?m ?name"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.bulk_load(input=GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    return made


def test_a_select_gives_columns_and_rows_of_text(store):
    answer = query(store, SELECT)
    assert answer.columns == ("m", "name", "value")
    assert list(answer) == [
        ("https://w3id.org/paperkg/id/model/a", 'A, "quoted"\nline', "176000000000"),
        ("https://w3id.org/paperkg/id/model/a", "甲", "176000000000"),
        ("https://w3id.org/paperkg/id/model/b", "B", ""),
    ]


def test_an_ask_gives_a_truth_value_and_a_construct_triples(store):
    assert query(store, "ASK { model:b kg:basedOn model:a }").truth is True
    assert query(store, "ASK { model:a kg:basedOn model:b }").truth is False
    assert len(query(store, "CONSTRUCT { ?b kg:basedOn ?a } WHERE { ?b kg:basedOn ?a }").triples) == 1


def test_a_prefix_of_the_query_wins_over_ours(store):
    assert query(store, "PREFIX model: <urn:other:> ASK { model:b kg:basedOn ?x }").truth is False


def test_a_relative_iri_is_one_of_the_graphs_own_unless_the_query_says_else(store):
    assert query(store, "ASK { <model/b> kg:basedOn <model/a> }").truth is True
    assert query(store, "BASE <https://example.org/> ASK { <model/b> kg:basedOn ?x }").truth is False


def test_csv_is_read_by_python_and_keeps_quotes_and_lines(store):
    rows = list(csv.reader(io.StringIO(serialize(store, SELECT, "csv").decode(), newline="")))
    assert rows[0] == ["m", "name", "value"]
    assert rows[1][1] == 'A, "quoted"\nline'
    assert len(rows) == 4


def test_tsv_has_one_line_a_row(store):
    lines = serialize(store, SELECT, "tsv").decode().splitlines()
    assert lines[0].split("\t") == ["?m", "?name", "?value"]
    assert len(lines) == 4


def test_json_follows_the_sparql_results_form(store):
    data = json.loads(serialize(store, SELECT, "json"))
    assert data["head"]["vars"] == ["m", "name", "value"]
    first = data["results"]["bindings"][0]
    assert first["m"] == {"type": "uri", "value": "https://w3id.org/paperkg/id/model/a"}
    assert first["name"]["xml:lang"] == "en"
    assert "value" not in data["results"]["bindings"][2], "an unbound variable is left out"


def test_xml_is_read_by_an_xml_parser(store):
    root = ET.fromstring(serialize(store, SELECT, "xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert root.tag == f"{space}sparql"
    assert len(root.findall(f".//{space}result")) == 3


def test_ask_in_json_is_a_boolean(store):
    assert json.loads(serialize(store, "ASK { ?s ?p ?o }", "json"))["boolean"] is True


def test_construct_in_turtle_is_read_by_rdflib(store):
    text = serialize(store, "CONSTRUCT WHERE { ?s a kg:Model ; skos:prefLabel ?n }", "ttl")
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 5


@pytest.mark.parametrize(
    ("asked", "format_"), [("SELECT * { ?s ?p ?o }", "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv")]
)
def test_a_form_that_the_answer_does_not_have_is_refused(store, asked, format_):
    with pytest.raises(UsageError, match="answer in"):
        serialize(store, asked, format_)


@pytest.mark.parametrize(
    "asked", ["SELECT", "SELECT ?x WHERE { ?x ", "DELETE WHERE { ?s ?p ?o }", "DROP ALL", "", "\x00"]
)
def test_what_is_no_query_is_refused_in_one_line(store, asked):
    with pytest.raises(UsageError, match=r"not valid SPARQL|updates are off") as caught:
        query(store, asked)
    assert "\n" not in str(caught.value)
    assert len(store) == TRIPLES, "and changes nothing"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("SELECT * { syntax", 'not valid SPARQL: line 1, column 18: expected "." or ":"'),
        ("SELECT ?x WHERE ?s ?p ?o", 'not valid SPARQL: line 1, column 17: expected "{"'),
        (
            "SELECT * {\n ?s ?p ?o .\n FILTER(?x = ) }",
            "not valid SPARQL: line 3, column 14: this cannot be read",
        ),
        ("SELECT * { ?s ?p ?o ", "not valid SPARQL: line 1, column 21: the query ends too early"),
        ("ASK {\n  nope:x ?p ?o }", "not valid SPARQL: line 2, column 3: there is no prefix nope:"),
        ("ASK { ?s ?p <a b> }", "not valid SPARQL: line 1, column 18: IRI parsing failed"),
    ],
)
def test_a_fault_is_told_by_its_place_and_in_few_words(store, asked, said):
    with pytest.raises(UsageError) as caught:
        query(store, asked)
    assert str(caught.value) == f"query: {said}"


@pytest.mark.parametrize(
    "asked",
    [
        "INSERT DATA { <a> <b> <c> }",
        "# all of it\nBASE <urn:x>\nPREFIX e: <urn:e:>\nPREFIX : <urn:f:>\ndelete where { ?s ?p ?o }",
        "CLEAR ALL",
    ],
)
def test_an_update_is_told_that_updates_are_off(store, asked):
    with pytest.raises(UsageError, match="updates are off"):
        query(store, asked)


class TestService:
    """SERVICE would let a query make this machine ask other hosts."""

    CALLS = (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE\n\tSILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * {SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
        "SELECT * { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        # behind what only looks like a string, an IRI or a comment
        "SELECT * { # a comment ends at a carriage return too\rSERVICE <http://127.0.0.1:9/> { ?s ?p ?o }\n}",
        "PREFIX e: <urn:e:> SELECT * { ?s e:a\\' ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ?x e:b \"'\" }",
        "SELECT * { BIND(1 AS ?a) BIND(<http://127.0.0.1:9/> AS ?x) FILTER(?a<?b)SERVICE?x{?s ?p ?o}FILTER(?a>?b) }",
        "SELECT * {BIND(<http://127.0.0.1:9/> AS ?x)FILTER(1<?b)SERVICE?x{?s?p?o}FILTER(3>?b)}",
        'SELECT * { ?s ?p "\\"" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ?s ?p "" }',
        "SELECT * { ?s ?p '''a''' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ?s ?p '''b''' }",
        "SELECT * { ?s ?p ?o { SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        # where the engine needs no space
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/>{} }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{} }",
        "SELECT * { ?s ?p ?o.SERVICE<http://127.0.0.1:9/>{} }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{} }",
        "PREFIX h: <http://127.0.0.1:9/> SELECT * { SERVICEh:x{} }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x{} }",
        "PREFIX : <http://127.0.0.1:9/> PREFIX service: <urn:x:> SELECT * { service:x{} }",
        # beside the word as a name
        "SELECT ?service { ?service a <urn:service> . SERVICE ?service {} }",
    )

    @pytest.mark.parametrize("asked", CALLS)
    def test_it_is_refused_however_it_is_written(self, store, asked):
        with pytest.raises(UsageError, match="SERVICE is not allowed"):
            query(store, asked)

    def test_a_name_that_the_engine_would_read_as_the_keyword_is_refused(self, store):
        """Where a prefix makes no IRI of the name, the engine takes the prefix alone, and then the keyword."""
        with pytest.raises(UsageError, match="not valid SPARQL"):
            query(store, "PREFIX e: <http://a:8> SELECT * { ?s ?p e:SERVICE<http://127.0.0.1:9/>{} }")

    @pytest.mark.parametrize(
        "asked",
        [
            'SELECT * { ?s ?p "SERVICE" }',
            "SELECT * { ?s ?p '''a SERVICE\n is meant''' }",
            "SELECT * { ?s ?p ?o } # no SERVICE here",
            "SELECT * { ?s <http://example.org/SERVICE> ?o }",
            "SELECT ?services { ?services ?p ?o }",
            "SELECT ?service { ?service a kg:Model }",
            "PREFIX sd: <urn:sd:> ASK { ?x a sd:Service }",
            "PREFIX service: <urn:service:> SELECT $SERVICE { $SERVICE service:of _:service ; a service: }",
            'ASK { ?s ?p "a"@service }',
            "SELECT ?service ?Service { ?service ?p ?Service }",
        ],
    )
    def test_the_word_in_strings_comments_and_names_is_no_call(self, store, asked):
        query(store, asked)

    @given(
        before=st.text(alphabet="'\"\\#<>{} \n\ra?:1.", max_size=12),
        between=st.sampled_from(["", " ", "SILENT", "\n#\r"]),
        after=st.text(alphabet="'\"\\#<>{} \n\ra?:1.", max_size=12),
    )
    def test_no_text_around_it_lets_it_through(self, before, between, after):
        """Whatever surrounds the call: it is refused, or the text is no query, or the word is not a call in it."""
        called = []
        empty = ox.Store()
        asked = f"SELECT * {{ {before}SERVICE{between}<http://127.0.0.1:9/> {{ ?s ?p ?o }} {after} }}"
        try:
            answer = query(empty, asked)
            called = list(answer)
        except UsageError:
            return
        except PaperkgError as error:  # the store tried to answer, and could not reach the host
            pytest.fail(f"{asked!r} was let through: {error}")
        assert not any(cell for row in called for cell in row), "an empty graph binds nothing"


class TestLoading:
    """A graph is loaded by what its name says it is."""

    @pytest.mark.parametrize("name", ["g.ttl", "g.TTL", "my.graph.ttl"])
    def test_turtle(self, tmp_path, name):
        (tmp_path / name).write_text(GRAPH, encoding="utf-8")
        assert len(load_graph(tmp_path / name)) == TRIPLES

    def test_gzip(self, tmp_path):
        (tmp_path / "g.ttl.gz").write_bytes(PACKED)
        assert len(load_graph(tmp_path / "g.ttl.gz")) == TRIPLES

    @pytest.mark.parametrize(
        ("name", "content", "error", "says"),
        [
            ("g.txt", b"", UsageError, "no RDF format"),
            ("g", b"", UsageError, "no RDF format"),
            ("g.gz", b"", UsageError, "no RDF format"),
            ("g.ttl", b"<a> <b> .", PaperkgError, "not valid ttl"),
            ("g.ttl", b"\xff\xfe", PaperkgError, "not valid ttl"),
            ("g.ttl.gz", b"no gzip", PaperkgError, "the gzip file is damaged"),
            ("g.ttl.gz", PACKED[:-20], PaperkgError, "the gzip file is damaged or cut short"),
            ("g.ttl.gz", PACKED[:30] + bytes(30) + PACKED[60:], PaperkgError, "the gzip file is damaged"),
            ("g.rdf", b"<rdf", PaperkgError, "not valid rdf"),
        ],
    )
    def test_what_cannot_be_loaded_is_said_in_one_line(self, tmp_path, name, content, error, says):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(error, match=says) as caught:
            load_graph(tmp_path / name)
        assert "\n" not in str(caught.value)

    def test_a_missing_file_says_how_to_make_one(self, tmp_path):
        with pytest.raises(UsageError, match="kg build"):
            load_graph(tmp_path / "none.ttl")

    def test_a_folder_without_a_store_is_an_error(self, tmp_path):
        with pytest.raises(PaperkgError, match="no graph store"):
            load_graph(tmp_path)
        assert list(tmp_path.iterdir()) == [], "and nothing is made in it"


def test_prefixes_cover_the_vocabulary_and_the_resources():
    prefixes = query_prefixes()
    assert prefixes["kg"] == "https://w3id.org/paperkg/ontology#"
    assert prefixes["model"] == "https://w3id.org/paperkg/id/model/"


def test_every_prefix_of_a_graph_is_known_to_a_query(seeds):
    turtle = seeds.turtle.read_text(encoding="utf-8")
    written = dict(re.findall(r"^@prefix (\S+): <(.+)> \.$", turtle, re.MULTILINE))
    assert {"claim", "measurement", "span", "activity", "agent"} <= written.keys()
    assert written.items() <= query_prefixes().items()


def test_a_graph_may_live_under_another_base(tmp_path):
    base = "https://example.org/"
    (tmp_path / "g.ttl").write_text(f"@base <{base}> . <model/a> a <x> .", encoding="utf-8")
    for name in ("<model/a>", "model:a"):
        assert query(tmp_path / "g.ttl", f"ASK {{ {name} ?p ?o }}", base).truth
        assert not query(tmp_path / "g.ttl", f"ASK {{ {name} ?p ?o }}").truth
    made = serialize(tmp_path / "g.ttl", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "ttl", base)
    assert b"model:a " in made


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_byte_order_mark_is_no_part_of_a_graph(tmp_path, packed):
    path = tmp_path / ("g.ttl.gz" if packed else "g.ttl")
    content = b"\xef\xbb\xbf" + GRAPH.encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    assert len(load_graph(path)) == TRIPLES


class TestCuries:
    """IRIs of an answer in the form that a query takes."""

    @pytest.mark.parametrize(
        "local",
        ["bloom", "gpt-3.5", "语言模型", "x_1", "a.b", "end.", "", "a(b)", "a%20b", "-a", "café", "a/b"],
    )
    def test_a_short_form_means_the_same_iri_in_a_query(self, local):
        iri = f"https://w3id.org/paperkg/id/model/{local}"
        short = Curies(query_prefixes()).iri(iri)
        assert short in {iri, f"model:{local}"}
        term = short if short != iri else f"<{iri}>"
        ((found,),) = query(ox.Store(), f"SELECT ?x {{ BIND({term} AS ?x) }}")
        assert found == iri

    @pytest.mark.parametrize("local", ["bloom", "gpt-3.5", "语言模型", "x_1", "a.b"])
    def test_plain_names_are_short(self, local):
        assert Curies(query_prefixes()).iri(f"https://w3id.org/paperkg/id/model/{local}") == f"model:{local}"

    def test_a_prefix_that_the_query_declares_is_left_to_it(self):
        text = "prefix model: <https://e.org/> SELECT ?x { ?x a kg:Model }"
        curies = Curies(query_prefixes(), text)
        assert curies.iri("https://w3id.org/paperkg/id/model/x") == "https://w3id.org/paperkg/id/model/x"
        assert curies.iri("https://w3id.org/paperkg/ontology#Model") == "kg:Model"
