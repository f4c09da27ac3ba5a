"""``kg show``: a thing is found by what people call it, and every fact comes with its words."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from papers import Built

from kg.errors import PaperkgError
from kg.show import show
from kg.show.text import lines
from kg.vocab import KG, RDF, SKOS

BLOOM = "https://w3id.org/paperkg/id/model/bloom"


@pytest.mark.parametrize("term", ["BLOOM", "bloom", "model/bloom", BLOOM, "bloom-176b"])
def test_a_name_in_any_case_a_key_and_an_iri_find_the_thing(seeds: Built, term: str) -> None:
    assert show(seeds.store, term).iri == BLOOM


def test_a_chinese_name_finds_it_too(seeds: Built) -> None:
    assert show(seeds.store, "语言模型") == show(seeds.store, "language model")


def test_a_fact_has_its_words_its_paper_and_its_confidence(seeds: Built) -> None:
    (trained,) = (g for g in show(seeds.store, "BLOOM").groups if g.predicate == "trainedOn")
    (proof,) = next(fact.proofs for fact in trained.facts if fact.other.name == "ROOTS")
    assert proof.paper is not None and proof.paper.name.startswith("BLOOM: A 176B")
    assert proof.confidence is not None and 0 < proof.confidence <= 1
    assert "trained on the ROOTS corpus" in proof.quotes[0].exact


def test_a_number_says_what_it_is_of(seeds: Built) -> None:
    assert [(n.value, n.unit) for n in show(seeds.store, "BLOOM").numbers] == [("176000000000", "parameters")]


def test_the_lines_quote_the_text(seeds: Built) -> None:
    shown = show(seeds.store, "bloom")
    (trained,) = (g for g in shown.groups if g.predicate == "trainedOn")
    text = "\n".join(lines(shown))
    assert text.startswith("BLOOM  (Model)")
    said = f"trained on ({len(trained.facts)})\n  ROOTS  (Dataset)\n      “BLOOM is a decoder-only"
    assert said in text


def test_what_nobody_names_is_an_error_that_says_what_to_do(seeds: Built) -> None:
    with pytest.raises(PaperkgError, match="nothing in the graph is called that; give a name"):
        show(seeds.store, "no such thing")


def test_a_name_cannot_command_the_terminal() -> None:
    node = ox.NamedNode(BLOOM)
    store = ox.Store()
    store.add(ox.Quad(node, RDF.type, KG.Model))
    store.add(ox.Quad(node, SKOS.prefLabel, ox.Literal("a\x1b[2J\nb\u202ec")))
    text = "".join(lines(show(store, BLOOM)))
    assert not {"\x1b", "\n", "\u202e"} & set(text)
    assert "a�[2J b�c" in text


def test_of_a_hub_the_first_claims_are_read_and_it_says_so() -> None:
    store = ox.Store()
    hub = ox.NamedNode(BLOOM)
    for i in range(700):
        claim = ox.NamedNode(f"urn:claim:{i}")
        for predicate, value in (
            (RDF.subject, hub),
            (RDF.predicate, KG.usedFor),
            (RDF.object, ox.NamedNode(f"urn:t:{i}")),
        ):
            store.add(ox.Quad(claim, predicate, value))
    found = show(store, BLOOM)
    assert found.cut
    assert "This is not all" in list(lines(found))[-1]
