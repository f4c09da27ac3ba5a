"""The ontology as a product of its own: explained in two languages, mapped to terms that exist, consistent."""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from papers import ROOT
from rdflib.collection import Collection
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD

from kg.resources import ontology_dir
from kg.validate.reasoner import check_consistency
from kg.vocab import PREFIXES

KG = rdflib.Namespace(PREFIXES["kg"])
ONTOLOGY = rdflib.URIRef("https://w3id.org/paperkg/ontology")
GRAPH = rdflib.Graph().parse(ontology_dir() / "kg.ttl", format="turtle")
TERMS = sorted({term for term in GRAPH.subjects(RDF.type) if str(term).startswith(KG)})
CLASSES = sorted(term for term in GRAPH.subjects(RDF.type, OWL.Class) if str(term).startswith(KG))
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)
PROPERTIES = sorted(
    {term for kind in KINDS for term in GRAPH.subjects(RDF.type, kind) if str(term).startswith(KG)}
)

# Outside terms, as the vocabulary's own file has them. rdflib holds copies of the first. The others were read by hand: FaBiO and
# ML-Schema in their repositories (SPAROntologies/fabio docs/current/fabio.ttl, ML-Schema/core MLSchema.ttl), MLSO in its
# documentation (dtai-kg/MLSO), the Web Annotation vocabulary in W3C's oa.ttl. PRISM's own file was not to be had:
# prism:publicationName is known from its use by others only.
PUBLISHED = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "vann": VANN,
    "prov": PROV,
    "schema": SDO,
    "skos": SKOS,
    "fabio": {"ResearchPaper"},
    "mls": {"Algorithm", "Dataset", "EvaluationMeasure", "Model", "Task", "specifiedBy"},
    "mlso": {"trainedOn"},
    "oa": {"Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "hasTarget", "hasSource",
           "hasSelector", "start", "end", "exact", "prefix", "suffix"},
    "prism": {"publicationName"},
}  # fmt: skip
BUILT_IN = {"rdf", "rdfs", "owl", "xsd", "kg"}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(KG))
def test_every_term_is_explained_in_both_languages(term: rdflib.URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(text.language for text in GRAPH.objects(term, predicate)) == ["en", "zh-Hans"]
    assert (term, RDFS.isDefinedBy, ONTOLOGY) in GRAPH


@pytest.mark.parametrize("term", CLASSES, ids=lambda term: term.removeprefix(KG))
def test_every_class_has_an_example(term: rdflib.URIRef) -> None:
    assert list(GRAPH.objects(term, SKOS.example))


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda term: term.removeprefix(KG))
def test_every_property_has_one_domain_and_one_range(term: rdflib.URIRef) -> None:
    assert len(list(GRAPH.objects(term, RDFS.domain))) == 1
    assert len(list(GRAPH.objects(term, RDFS.range))) == 1


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Paper", "fabio:ResearchPaper"), ("Paper", "schema:ScholarlyArticle"), ("Model", "mls:Model"),
        ("Dataset", "dcat:Dataset"), ("Dataset", "mls:Dataset"), ("Benchmark", "kg:Dataset"),
        ("Method", "mls:Algorithm"), ("Task", "mls:Task"), ("Metric", "mls:EvaluationMeasure"),
        ("Concept", "skos:Concept"), ("Software", "schema:SoftwareApplication"), ("Person", "foaf:Person"),
        ("Organization", "foaf:Organization"), ("Event", "schema:Event"),
        ("Measurement", "schema:QuantitativeValue"), ("Claim", "rdf:Statement"),
    ],
)  # fmt: skip
def test_every_class_maps_to_the_standard_term(ours: str, theirs: str) -> None:
    prefix, name = theirs.split(":")
    mappings = set(GRAPH.objects(KG[ours], RDFS.subClassOf | SKOS.closeMatch))
    assert rdflib.URIRef(PREFIXES[prefix] + name) in mappings


def test_no_outside_term_is_invented() -> None:
    terms = {term for triple in GRAPH for term in triple if isinstance(term, rdflib.URIRef)}
    for term in terms:
        prefix = next((name for name, namespace in PREFIXES.items() if term.startswith(namespace)), None)
        if prefix is None:
            assert str(term).startswith(
                ("https://w3id.org/paperkg/ontology", "https://www.apache.org/licenses/")
            ), term
        elif prefix not in BUILT_IN:
            assert term.removeprefix(PREFIXES[prefix]) in _names(prefix), f"{prefix} has no {term}"


def _names(prefix: str) -> set[str]:
    published = PUBLISHED[prefix]
    if isinstance(published, set):
        return published
    return {str(term).removeprefix(PREFIXES[prefix]) for term in dir(published)}


def test_the_version_is_in_the_version_iri_and_in_the_changelog() -> None:
    version = GRAPH.value(ONTOLOGY, OWL.versionInfo)
    assert GRAPH.value(ONTOLOGY, OWL.versionIRI) == ONTOLOGY + f"/{version}"
    assert f"\n## {version}\n" in (ontology_dir() / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")
def test_hermit_finds_the_ontology_consistent() -> None:
    pytest.importorskip("owlready2")
    assert list(check_consistency()) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")
def test_hermit_would_find_a_contradiction(tmp_path: Path) -> None:
    """A paper that is a dataset as well, against the disjointness of papers and entities."""
    pytest.importorskip("owlready2")
    broken = tmp_path / "broken.ttl"
    text = (ontology_dir() / "kg.ttl").read_text(encoding="utf-8")
    broken.write_text(
        text + "\n<https://example.org/x> a owl:NamedIndividual , kg:Paper , kg:Benchmark .", encoding="utf-8"
    )
    assert [row.message for row in check_consistency(broken)] == ["HermiT finds the ontology inconsistent"]


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_the_files_are_strict_turtle(name: str) -> None:
    assert list(ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE))


def test_the_reference_page_in_the_tree_is_the_one_that_the_ontology_gives() -> None:
    page = _page()
    assert (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8") == page, "run make docs"


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(KG))
def test_the_reference_page_explains_every_term_in_both_languages(term: rdflib.URIRef) -> None:
    page = _page()
    assert f'<article id="{term.removeprefix(KG)}">' in page
    for text in GRAPH.objects(term, SKOS.definition):
        assert str(text) in html.unescape(page)


@cache
def _page() -> str:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, 'tools'); import ontology_page as o; sys.stdout.buffer.write(o.render().encode())"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode()


@pytest.mark.parametrize(
    "term",
    sorted(set(GRAPH.subjects(RDF.type, OWL.DatatypeProperty)) & set(TERMS)),
    ids=lambda term: term.removeprefix(KG),
)
def test_domains_and_ranges_of_values_hold_in_the_seeds(seeds, term: rdflib.URIRef) -> None:
    """Those of relations are for ``kg validate`` to look at."""
    domain, range_ = GRAPH.value(term, RDFS.domain), GRAPH.value(term, RDFS.range)
    found = list(seeds.store.quads_for_pattern(None, ox.NamedNode(term), None))
    for quad in found:
        types = {
            str(typed.object.value)
            for typed in seeds.store.quads_for_pattern(quad.subject, ox.NamedNode(RDF.type), None)
        }
        assert str(domain) in types
        if isinstance(range_, rdflib.BNode):
            values = {str(value) for value in Collection(GRAPH, GRAPH.value(range_, OWL.oneOf))}
            assert quad.object.value in values
        elif range_ == RDF.PlainLiteral:
            assert quad.object.language
        else:
            # Every integer is a decimal.
            assert quad.object.datatype.value in {str(range_), str(XSD.integer)}
    assert found or term == KG.uncertainty


def test_every_message_of_the_shapes_is_a_sentence() -> None:
    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")
    for shape in {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(SH.path)} - set(
        shapes.subjects(SH["in"], None)
    ):
        if isinstance(shape, rdflib.URIRef) and (shape, SH.message, None) in shapes:
            assert all(
                str(text).endswith(".") and text.language == "en"
                for text in shapes.objects(shape, SH.message)
            )
    unspoken = [shape for shape in shapes.subjects(SH.path) if (shape, SH.message, None) not in shapes]
    assert unspoken == []
