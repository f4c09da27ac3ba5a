"""Profiles that say the same in another form: triple terms, nanopublications, a description, named graphs, readable JSON-LD."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from graphs import datasets, graphs
from hypothesis import HealthCheck, given, settings

from kg.errors import UsageError
from kg.export import FORMATS, PROFILES, export
from kg.export.html import write_html
from kg.export.jsonld import terms
from kg.export.sorting import QUADS, Sorted
from kg.export.turtle import prefixes, quad_order
from kg.query import load_graph
from kg.settings import ViewSettings
from kg.show import show
from kg.validate import validate, validate_store
from kg.vocab import KG, PROV, RDF

ANY = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
OX = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
}  # fmt: skip
NP = "http://www.nanopub.org/nschema#"
VOID = "http://rdfs.org/ns/void#"
DENIED = """
@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <https://e.org/id/> .
<claim/1> a kg:Claim ; rdf:subject <model/m> ; rdf:predicate kg:exhibits ; rdf:object <concept/c> ;
  kg:polarity "negated" ; kg:confidence 0.9 ; prov:wasDerivedFrom <paper/p> ; prov:wasGeneratedBy <activity/a> .
<paper/p> a kg:Paper .
<activity/a> a prov:Activity ; prov:wasAssociatedWith <agent/b> . <agent/b> a prov:SoftwareAgent ; rdfs:label "b"@en .
"""


def canonical(quads) -> ox.Dataset:
    """The data set with its blank nodes named as RDFC-1.0 names them: equal where two are isomorphic."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def stored(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    return store


def written(graph, path, format_: str, profile: str = "full") -> list[ox.Quad]:
    export(graph, path, format_, profile)
    return list(ox.parse(path=str(path), format=OX[format_]))


def unreified(quads) -> set[ox.Quad]:
    """The quads of RDF 1.2 in the words of RDF 1.1."""
    found = set()
    for quad in quads:
        if quad.predicate == RDF.reifies and isinstance(quad.object, ox.Triple):
            triple = quad.object
            parts = (
                (RDF.subject, triple.subject),
                (RDF.predicate, triple.predicate),
                (RDF.object, triple.object),
            )
            found |= {ox.Quad(quad.subject, part, value, quad.graph_name) for part, value in parts}
        else:
            found.add(quad)
    return found


class TestNamedGraphs:
    @pytest.mark.parametrize("format_", ["nquads", "trig", "jsonld"])
    @ANY
    @given(quads=datasets)
    def test_any_data_set_comes_back_whole(self, tmp_path, format_, quads):
        assert canonical(written(quads, tmp_path / "g", format_)) == canonical(quads)

    @ANY
    @given(quads=datasets)
    def test_another_library_reads_the_same_graphs_in_json_ld(self, tmp_path, quads):
        export(quads, tmp_path / "g", "jsonld")
        pyld = pytest.importorskip("pyld.jsonld")
        theirs = pyld.to_rdf(
            json.loads((tmp_path / "g").read_text(encoding="utf-8")), {"format": "application/n-quads"}
        )
        assert canonical(ox.parse(theirs, format=ox.RdfFormat.N_QUADS)) == canonical(quads)

    @pytest.mark.parametrize("format_", ["turtle", "ntriples", "rdfxml"])
    def test_formats_that_know_none_hold_every_triple_once(self, tmp_path, format_):
        s, p, o = ox.NamedNode("urn:s"), ox.NamedNode("urn:x:p"), ox.Literal("o")
        quads = [ox.Quad(s, p, o), ox.Quad(s, p, o, ox.NamedNode("urn:g"))]
        assert written(quads, tmp_path / "g", format_) == [ox.Quad(s, p, o)]

    def test_a_store_keeps_its_named_graphs(self, tmp_path):
        store = ox.Store()
        store.add(
            ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"), ox.NamedNode("urn:g"))
        )
        for format_ in ("nquads", "trig", "jsonld"):
            assert written(store, tmp_path / "g", format_) == list(store), format_


class TestSorting:
    @ANY
    @given(quads=datasets)
    def test_what_is_sorted_on_disk_is_what_is_sorted_in_memory(self, quads):
        with Sorted(quads, quad_order, QUADS, run=2) as ordered:
            assert list(ordered) == list(ordered) == sorted(set(quads), key=quad_order)
            assert set(ordered.in_any_order()) == set(quads)

    def test_many_runs_are_merged(self, monkeypatch):
        monkeypatch.setattr("kg.export.sorting._FAN_IN", 3)
        node = ox.NamedNode("urn:x")
        quads = [ox.Quad(node, node, ox.Literal(f"{n:03}")) for n in range(100)]
        with Sorted(reversed(quads), quad_order, QUADS, run=7) as ordered:
            assert list(ordered) == quads


class TestTripleTerms:
    @pytest.mark.parametrize("format_", PROFILES["rdf12"])
    def test_the_seeds_say_the_same(self, seeds, tmp_path, format_):
        quads = written(seeds.store, tmp_path / "g", format_, "rdf12")
        assert unreified(quads) == set(seeds.store)
        claims = sum(1 for _ in seeds.store.quads_for_pattern(None, RDF.type, KG.Claim))
        assert sum(quad.predicate == RDF.reifies for quad in quads) == claims

    @pytest.mark.parametrize("format_", PROFILES["rdf12"])
    @ANY
    @given(triples=graphs)
    def test_any_graph_comes_back_whole(self, tmp_path, format_, triples):
        quads = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
        assert canonical(unreified(written(triples, tmp_path / "g", format_, "rdf12"))) == canonical(quads)

    def test_what_is_denied_is_named_and_not_asserted(self, tmp_path):
        quads = written(stored(DENIED), tmp_path / "g", "turtle", "rdf12")
        assert not any(quad.predicate == KG.exhibits for quad in quads)
        (term,) = [quad.object for quad in quads if quad.predicate == RDF.reifies]
        assert term.predicate == KG.exhibits

    def test_all_that_reads_a_graph_reads_them_back(self, seeds, tmp_path):
        export(seeds.store, tmp_path / "g.trig", "trig", "rdf12")
        store = load_graph(tmp_path / "g.trig")
        for format_ in (*FORMATS, "html"):
            for place, graph in (("old", seeds.store), ("new", store)):
                if format_ == "html":
                    write_html(graph, tmp_path / place, ViewSettings())
                else:
                    export(graph, tmp_path / place, format_)
            assert (tmp_path / "old").read_bytes() == (tmp_path / "new").read_bytes(), format_
        assert show(store, "BLOOM") == show(seeds.store, "BLOOM")
        assert validate(tmp_path / "g.trig").ok

    def test_of_several_on_one_node_no_parts_are_mixed(self, tmp_path):
        node, terms = ox.NamedNode("urn:x:c"), [ox.Literal("a"), ox.Literal("b")]
        store = ox.Store()
        store.extend(ox.Quad(node, RDF.reifies, ox.Triple(node, node, term)) for term in terms)
        assert set(written(store, tmp_path / "g", "ntriples")) == set(store)
        assert "leads to a triple term" in str(validate_store(store))


class TestNanopublications:
    def test_every_claim_is_one_with_four_graphs(self, seeds, tmp_path):
        quads = written(seeds.store, tmp_path / "g", "trig", "nanopub")
        claims = {quad.subject for quad in seeds.store.quads_for_pattern(None, RDF.type, KG.Claim)}
        heads = [quad for quad in quads if quad.object == ox.NamedNode(f"{NP}Nanopublication")]
        assert len(heads) == len(claims) > 100
        assert len({quad.graph_name for quad in quads}) == 4 * len(claims)

    def test_the_evidence_is_all_there(self, seeds, tmp_path):
        """The provenance graphs together hold every triple about a claim, as it was."""
        quads = written(seeds.store, tmp_path / "g", "nquads", "nanopub")
        proof = {quad.triple for quad in quads if quad.graph_name.value.endswith("#provenance")}
        for claim in seeds.store.quads_for_pattern(None, RDF.type, KG.Claim):
            assert {quad.triple for quad in seeds.store.quads_for_pattern(claim.subject, None, None)} <= proof

    def test_the_forms_say_the_same(self, seeds, tmp_path):
        trig, nquads, jsonld = (
            set(written(seeds.store, tmp_path / "g", f, "nanopub")) for f in PROFILES["nanopub"]
        )
        assert trig == nquads == jsonld

    def test_what_is_denied_is_in_no_assertion(self, tmp_path):
        quads = written(stored(DENIED), tmp_path / "g", "trig", "nanopub")
        assert not any(quad.predicate == KG.exhibits for quad in quads)
        assertion = {
            quad.triple for quad in quads if quad.graph_name.value == "https://e.org/id/nanopub/1#assertion"
        }
        assert (
            ox.Triple(ox.NamedNode("https://e.org/id/claim/1"), KG.polarity, ox.Literal("negated"))
            in assertion
        )

    def test_a_claim_that_says_too_little_is_named(self, tmp_path):
        from kg.errors import PaperkgError

        store = stored(DENIED)
        store.update(f"DELETE WHERE {{ ?c <{PROV.wasDerivedFrom.value}> ?p }}")
        with pytest.raises(
            PaperkgError, match=r"the claim <https://e\.org/id/claim/1> has no <.*wasDerivedFrom>"
        ):
            export(store, tmp_path / "g", "trig", "nanopub")

    @pytest.mark.filterwarnings("ignore::DeprecationWarning")
    def test_the_nanopub_library_finds_them_valid(self, seeds, tmp_path):
        nanopub = pytest.importorskip("nanopub")
        graphs: dict[str, list[ox.Quad]] = {}
        for quad in written(seeds.store, tmp_path / "g", "nquads", "nanopub"):
            graphs.setdefault(quad.graph_name.value.partition("#")[0], []).append(quad)
        for quads in list(graphs.values())[::20]:
            dataset = rdflib.Dataset()
            dataset.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
            assert nanopub.Nanopub(rdf=dataset).is_valid


class TestDescription:
    def test_its_numbers_are_those_of_the_graph(self, seeds, tmp_path):
        quads = written(seeds.store, tmp_path / "g", "turtle", "description")
        dataset = ox.NamedNode("https://w3id.org/paperkg/id/dataset")
        said = {q.predicate.value.removeprefix(VOID): q.object.value for q in quads if q.subject == dataset}
        everything = list(seeds.store)
        assert int(said["triples"]) == len(everything)
        assert int(said["distinctSubjects"]) == len({quad.subject for quad in everything})
        assert int(said["distinctObjects"]) == len({quad.object for quad in everything})
        assert int(said["properties"]) == len({quad.predicate for quad in everything})
        papers = ox.NamedNode(f"{dataset.value}#class-kg-Paper")
        assert ox.Quad(papers, ox.NamedNode(f"{VOID}entities"), ox.Literal(10)) in quads

    def test_the_base_is_read_off_the_papers(self, tmp_path):
        quads = written(stored(DENIED), tmp_path / "g", "turtle", "description")
        space = ox.Quad(
            ox.NamedNode("https://e.org/id/dataset"),
            ox.NamedNode(f"{VOID}uriSpace"),
            ox.Literal("https://e.org/id/"),
        )
        assert space in quads

    def test_every_term_is_one_of_the_vocabularies(self, seeds, tmp_path):
        from rdflib.namespace import DCAT, DCTERMS, VOID

        quads = written(seeds.store, tmp_path / "g", "turtle", "description")
        for quad in quads:
            term = rdflib.URIRef(quad.predicate.value)
            assert quad.predicate == RDF.type or any(term in space for space in (DCAT, DCTERMS, VOID)), term

    def test_an_empty_graph_has_one_too(self, tmp_path):
        quads = written([], tmp_path / "g", "turtle", "description")
        assert any(
            quad.predicate.value == f"{VOID}triples" and quad.object == ox.Literal(0) for quad in quads
        )


class TestJsonLd:
    def test_it_reads_like_json(self, seeds, tmp_path):
        export(seeds.store, tmp_path / "g", "jsonld")
        nodes = {
            node["id"]: node for node in json.loads((tmp_path / "g").read_text(encoding="utf-8"))["@graph"]
        }
        bloom = nodes["model:bloom"]
        assert bloom["type"] == "Model"
        assert bloom["prefLabel"]["en"] == "BLOOM"
        assert "dataset:roots" in bloom["trainedOn"]
        keys = {key for node in nodes.values() for key in node}
        # A short key fixes the type of its values; a date is a year, a month or a day, and a value may have decimals.
        assert {key for key in keys if ":" in key} <= {"dcterms:date", "schema:value"}

    def test_no_key_is_a_prefix_too(self):
        assert not set(terms()) & set(prefixes())

    def test_a_scheme_that_is_one_of_our_prefixes_is_no_prefix_then(self, tmp_path):
        triple = ox.Triple(
            ox.NamedNode("model:x"),
            ox.NamedNode("urn:x:p"),
            ox.NamedNode("https://w3id.org/paperkg/id/model/y"),
        )
        assert [quad.triple for quad in written([triple], tmp_path / "g", "jsonld")] == [triple]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_format_holds_a_profile_or_says_which_do(tmp_path, profile):
    for format_ in FORMATS:
        if format_ in PROFILES[profile]:
            export(stored(DENIED), tmp_path / "g", format_, profile)
        else:
            with pytest.raises(
                UsageError, match=f"{format_}: cannot hold the profile {profile}; use turtle|trig"
            ):
                export([], tmp_path / "none", format_, profile)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_graph_gives_the_same_bytes(seeds, tmp_path, profile):
    for format_ in PROFILES[profile]:
        export(seeds.store, tmp_path / "one", format_, profile)
        export(reversed(list(seeds.store)), tmp_path / "two", format_, profile)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes(), format_
