"""The facts alone; the table for spreadsheets; the network for graph tools; and what happens when a file cannot be written."""

from __future__ import annotations

import csv
import os
import stat
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF

from kg.errors import PaperkgError, UsageError
from kg.export import export, write_beside

KG = "https://w3id.org/paperkg/ontology#"
ID = "https://w3id.org/paperkg/id/"
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
CLAIM = """
@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix dcterms: <http://purl.org/dc/terms/> .
<urn:m> a kg:Model ; skos:prefLabel "=cmd|'/C calc'!A0"@en ; kg:trainedOn <urn:d> .
<urn:d> a kg:Dataset ; skos:prefLabel "@SUM(1)"@en .
<urn:p> a kg:Paper ; dcterms:title "+1, \\"a\\"\\nline"@en ; kg:mentions <urn:m> .
<urn:c> a kg:Claim ; rdf:subject <urn:m> ; rdf:predicate kg:trainedOn ; rdf:object <urn:d> ; prov:wasDerivedFrom <urn:p> ;
  kg:polarity "asserted" ; kg:confidence 0.9 ; oa:hasTarget <urn:t> .
<urn:t> a oa:SpecificResource ; oa:hasSelector <urn:q> . <urn:q> a oa:TextQuoteSelector ; oa:exact "-quote" .
"""


def parsed(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")


@pytest.fixture
def claim() -> ox.Store:
    store = ox.Store()
    store.bulk_load(input=CLAIM.encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def facts(seeds, tmp_path_factory) -> rdflib.Graph:
    """The seeds without their evidence, as rdflib reads them."""
    path = tmp_path_factory.mktemp("facts") / "facts.ttl"
    export(seeds.store, path, "turtle", "facts")
    return parsed(path)


class TestFacts:
    def test_no_evidence_is_left(self, facts):
        assert not list(facts.subjects(RDF.type, rdflib.URIRef(f"{KG}Claim")))
        assert not list(facts.triples((None, OA.hasTarget, None)))
        assert not list(facts.triples((None, PROV.wasDerivedFrom, None)))
        assert not any("/claim/" in str(node) or "/selector/" in str(node) for node in facts.all_nodes())

    def test_every_fact_is_there(self, facts):
        assert (
            rdflib.URIRef(f"{ID}model/bloom"),
            rdflib.URIRef(f"{KG}trainedOn"),
            rdflib.URIRef(f"{ID}dataset/roots"),
        ) in facts

    def test_it_is_a_part_of_the_whole(self, facts, seeds):
        whole = parsed(seeds.turtle)
        assert set(facts) < set(whole)
        assert len(facts) > 500


class TestTable:
    def test_a_row_a_claim_with_names_and_words(self, seeds, tmp_path):
        export(seeds.store, tmp_path / "claims.csv", "csv")
        with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        claims = ox.NamedNode(f"{KG}Claim")
        assert len(rows) == sum(1 for q in seeds.store.quads_for_pattern(None, None, claims))
        said = ("BLOOM", "trainedOn", "ROOTS")
        row = next(r for r in rows if (r["subject_label"], r["predicate"], r["object_label"]) == said)
        assert "trained on the ROOTS corpus" in row["quote"]
        assert 0 < float(row["confidence"]) <= 1
        # One paper says so, so all papers together are as sure as it is.
        assert row["belief"] == row["confidence"]
        assert all((r["belief"] == "") == r["subject"].startswith(f"{ID}paper/") for r in rows)

    def test_of_the_facts_a_row_a_stated_relation(self, claim, tmp_path):
        rdf, node = str(RDF), ox.NamedNode("urn:no")
        for predicate, item in (
            (f"{rdf}type", ox.NamedNode(f"{KG}Claim")),
            (f"{rdf}subject", ox.NamedNode("urn:m")),
            (f"{rdf}predicate", ox.NamedNode(f"{KG}evaluatedOn")),
            (f"{rdf}object", ox.NamedNode("urn:d")),
            (f"{KG}polarity", ox.Literal("negated")),
            (f"{KG}confidence", ox.Literal("0.9")),
            ("http://www.w3.org/ns/prov#wasDerivedFrom", ox.NamedNode("urn:p")),
        ):
            claim.add(ox.Quad(node, ox.NamedNode(predicate), item))
        export(claim, tmp_path / "claims.csv", "csv")
        assert "negated" in (tmp_path / "claims.csv").read_text(encoding="utf-8")
        export(claim, tmp_path / "facts.csv", "csv", "facts")
        with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        assert header == ["subject", "subject_label", "predicate", "object", "object_label"]
        assert [(row[0], row[2], row[3]) for row in rows] == [
            ("urn:m", "trainedOn", "urn:d"),
            ("urn:p", "mentions", "urn:m"),
        ]
        assert rows[0][4] == "'@SUM(1)"

    def test_of_claims_is_refused_where_a_graph_has_facts_alone(self, seeds, tmp_path):
        export(seeds.store, tmp_path / "facts.ttl", "turtle", "facts")
        store = ox.Store()
        store.load(path=tmp_path / "facts.ttl", format=ox.RdfFormat.TURTLE)
        with pytest.raises(PaperkgError, match="it holds no claims; --profile facts"):
            export(store, tmp_path / "t.csv", "csv")
        assert not (tmp_path / "t.csv").exists()
        export(store, tmp_path / "one.csv", "csv", "facts")
        export(seeds.store, tmp_path / "two.csv", "csv", "facts")
        assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()

    def test_no_cell_is_a_formula_to_a_spreadsheet(self, claim, tmp_path):
        export(claim, tmp_path / "claims.csv", "csv")
        with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
            (row,) = list(csv.DictReader(lines))
        assert row["subject_label"] == "'=cmd|'/C calc'!A0"
        assert row["object_label"] == "'@SUM(1)"
        assert row["paper_title"] == '\'+1, "a"\nline'
        assert row["quote"] == "'-quote"
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row.values())


class TestNetwork:
    def test_graphml_is_read_by_networkx(self, seeds, tmp_path):
        export(seeds.store, tmp_path / "g.graphml", "graphml")
        graph = nx.read_graphml(tmp_path / "g.graphml")
        bloom = graph.nodes[f"{ID}model/bloom"]
        assert (bloom["label"], bloom["type"]) == ("BLOOM", "Model")
        edges = graph.get_edge_data(f"{ID}model/bloom", f"{ID}dataset/roots")
        assert "trainedOn" in {edge["predicate"] for edge in edges.values()}
        assert graph.nodes[f"{ID}benchmark/big-bench"]["label_zh"]

    def test_evidence_is_no_part_of_it(self, claim, tmp_path):
        export(claim, tmp_path / "g.graphml", "graphml")
        assert set(nx.read_graphml(tmp_path / "g.graphml").nodes) == {"urn:m", "urn:d", "urn:p"}

    def test_control_characters_do_not_break_the_xml(self, tmp_path):
        label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
        export(
            [ox.Triple(ox.NamedNode("urn:a"), label, ox.Literal("a\x00\x0b\uffffb<&"))],
            tmp_path / "g",
            "graphml",
        )
        assert nx.read_graphml(tmp_path / "g").nodes["urn:a"]["label"] == "ab<&"


class TestWriting:
    def test_a_failure_leaves_the_old_file_and_nothing_beside_it(self, tmp_path):
        path = tmp_path / "g.ttl"
        path.write_text("old", encoding="utf-8")

        def fails(temporary: Path) -> None:
            temporary.write_text("half", encoding="utf-8")
            raise OSError(28, "No space left on device")

        with pytest.raises(PaperkgError, match="No space left"):
            write_beside(path, fails)
        assert path.read_text(encoding="utf-8") == "old"
        assert [p.name for p in tmp_path.iterdir()] == ["g.ttl"]

    @pytest.mark.parametrize(
        ("format_", "triple", "says"),
        [
            # RDF/XML writes a predicate as an element's name, and "1" is none.
            (
                "rdfxml",
                ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("http://e.org/1"), ox.Literal("x")),
                "http://e.org/1",
            ),
            (
                "rdfxml",
                ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:x:p"), ox.Literal("\x01")),
                "control character",
            ),
            (
                "rdfxml",
                ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode(str(RDF.type)), ox.NamedNode("http://e.org/1")),
                "the class <http://e.org/1>",
            ),
            (
                "rdfxml",
                ox.Triple(
                    ox.NamedNode("urn:a"),
                    ox.NamedNode("urn:x:p"),
                    ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:x:p"), ox.Literal("x")),
                ),
                "the triple term of <urn:a> is RDF 1.2",
            ),
            (
                "jsonld",
                ox.Triple(
                    ox.NamedNode("urn:a"),
                    ox.NamedNode("urn:x:p"),
                    ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:x:p"), ox.Literal("x")),
                ),
                "RDF 1.2",
            ),
        ],
    )
    def test_a_graph_that_a_format_cannot_hold_is_an_error_and_leaves_the_old_file(
        self, tmp_path, format_, triple, says
    ):
        path = tmp_path / "old"
        path.write_text("old", encoding="utf-8")
        with pytest.raises(PaperkgError, match="cannot be written") as caught:
            export([triple], path, format_)
        assert says in str(caught.value)
        assert path.read_text(encoding="utf-8") == "old"

    def test_a_missing_folder_is_named(self, tmp_path, seeds):
        with pytest.raises(PaperkgError, match=r"none/g\.ttl: cannot be written"):
            export(seeds.store, tmp_path / "none" / "g.ttl", "ttl")

    def test_a_folder_in_the_place_of_the_file_is_an_error(self, tmp_path):
        with pytest.raises(PaperkgError, match="is a folder"):
            export([], tmp_path, "ttl")

    def test_a_link_still_points_where_it_did(self, tmp_path):
        (tmp_path / "real").write_text("old", encoding="utf-8")
        (tmp_path / "link").symlink_to("real")
        export([], tmp_path / "link", "nt")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_bytes() == b""

    def test_a_pipe_is_written_to_and_not_replaced(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"))
        export([triple], tmp_path / "pipe", "nt")
        assert os.read(reader, 100) == b'<urn:a> <urn:b> "c" .\n'
        os.close(reader)
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)

    @pytest.mark.parametrize(
        ("format_", "profile", "says"), [("pdf", "full", "no such format"), ("ttl", "all", "no such profile")]
    )
    def test_unknown_formats_and_profiles_are_wrong_usage(self, tmp_path, format_, profile, says):
        with pytest.raises(UsageError, match=says):
            export([], tmp_path / "g", format_, profile)
        assert list(tmp_path.iterdir()) == []
