"""What is written is what is read back, by another library, in every RDF format; and the same graph gives the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graphs import graphs
from hypothesis import HealthCheck, given, settings
from rdflib.compare import isomorphic

from kg.export import ALIASES, FORMATS, export

# Our format -> the parser that rdflib has for it, which shares no code with the writer.
RDF_FORMATS = {
    "turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml"
}  # fmt: skip


def as_rdflib(triples) -> rdflib.Graph:
    """The triples as rdflib knows them, by way of N-Triples, the plainest form there is."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()
    return lowered(rdflib.Graph().parse(data=text, format="nt"))


def lowered(triples) -> rdflib.Graph:
    """The triples with language tags in lower case: RDF compares them so, and rdflib's test of isomorphism does not."""
    graph = rdflib.Graph()
    for subject, predicate, item in triples:
        if isinstance(item, rdflib.Literal) and item.language:
            item = rdflib.Literal(str(item), lang=item.language.lower())
        graph.add((subject, predicate, item))
    return graph


def read_back(path: Path, format_: str) -> rdflib.Graph:
    text = path.read_bytes().decode()
    if format_ not in {"nquads", "trig"}:
        return lowered(rdflib.Graph().parse(data=text, format=RDF_FORMATS[format_]))
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=RDF_FORMATS[format_])
    return lowered(quad[:3] for quad in dataset.quads((None, None, None, None)))


def test_every_format_is_tested():
    assert {*RDF_FORMATS, "graphml", "csv"} == set(FORMATS)
    assert set(ALIASES.values()) <= set(FORMATS)


@pytest.mark.parametrize("format_", RDF_FORMATS)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(triples=graphs)
def test_any_graph_comes_back_whole(tmp_path, format_, triples):
    path = tmp_path / "graph"
    export(triples, path, format_)
    assert isomorphic(read_back(path, format_), as_rdflib(triples))


@pytest.mark.parametrize("format_", RDF_FORMATS)
def test_the_seeds_come_back_whole(tmp_path, seeds, format_):
    path = tmp_path / "graph"
    export(seeds.store, path, format_)
    # The seeds' graph names all its nodes, so equal sets are isomorphic graphs.
    expected = as_rdflib(quad.triple for quad in seeds.store)
    assert not any(isinstance(node, rdflib.BNode) for node in expected.all_nodes())
    assert set(read_back(path, format_)) == set(expected)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes_in_any_order(tmp_path, seeds, format_):
    triples = [quad.triple for quad in seeds.store]
    export(triples, tmp_path / "one", format_)
    random.Random(7).shuffle(triples)
    export([*triples, *triples[:50]], tmp_path / "two", format_)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(("alias", "format_"), ALIASES.items())
def test_a_format_goes_by_its_usual_names(tmp_path, alias, format_):
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:x:p"), ox.Literal("b"))
    export([triple], tmp_path / "a", alias.upper())
    export([triple], tmp_path / "b", format_)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_language_tags_are_written_as_the_standard_writes_them(tmp_path):
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:x:p"), ox.Literal("名\\", language="zh-Hans"))
    for format_ in RDF_FORMATS:
        export([triple], tmp_path / "g", format_)
        assert "zh-Hans" in (tmp_path / "g").read_text(encoding="utf-8"), format_


def test_turtle_is_pleasant_to_read(seeds):
    text = seeds.turtle.read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("# ")]
    assert headings[0] == "# Papers"
    assert headings.index("# Models") < headings.index("# Evidence: claims")
    assert len(headings) == len(set(headings)), "each kind of thing stands together"
    assert "model:bloom a kg:Model" in text
    prefixes = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    body = text[text.index("# Papers") :]
    assert all(f"{'' if p == ':' else p}" in body or "^^" + p in body for p in prefixes), (
        "no prefix is unused"
    )


def test_things_outside_our_classes_stand_under_one_heading(tmp_path):
    places = ["http://a.org/x/1", "http://a.org/y/1", "http://a.org/x/2", "urn:z"]
    export(
        [ox.Triple(ox.NamedNode(p), ox.NamedNode("urn:x:p"), ox.Literal("v")) for p in places],
        tmp_path / "g",
        "ttl",
    )
    assert (tmp_path / "g").read_text(encoding="utf-8").count("# Further resources") == 1
