"""What several papers claim is surer than what one claims, and what some deny is less sure: by one documented formula."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_papers import chinese, english

from kg.belief import SYSTEMATIC, belief, doubt
from kg.fill import Activity, fill, weigh
from kg.settings import FillSettings
from kg.types import Resolved
from kg.vocab import ENTITY_PREDICATES, KG, PREFIXES, RDF, TERMS

SURE = st.floats(0, 1)
CLAIMS = st.lists(SURE, max_size=6)


def weighed(*papers: Resolved) -> ox.Store:
    store = ox.Store()
    store.extend(fill(papers, FillSettings(), Activity("0.1.0")))
    store.extend(weigh(store))
    return store


def beliefs(store: ox.Store, predicate: str) -> list[str]:
    query = f"SELECT ?b {{ ?c rdf:predicate kg:{predicate} ; kg:belief ?b }}"
    return [row["b"].value for row in store.query(query, prefixes=PREFIXES)]


class TestFormula:
    @pytest.mark.parametrize(
        ("asserting", "denying", "expected"),
        [
            ([], [], 0.0),
            ([0.8], [], 0.8),
            # A seventh of the doubt of 0.2 stays; six sevenths become 0.2 * 0.2.
            ([0.8, 0.8], [], 1 - (0.2 / 7 + 0.04 * 6 / 7)),
            ([0.9, 0.5], [], 1 - (0.1 / 7 + 0.05 * 6 / 7)),
            ([1.0, 0.1], [], 1.0),
            ([0.8], [0.5], 0.4),
            ([], [0.9], 0.0),
        ],
    )
    def test_worked_by_hand(self, asserting, denying, expected):
        assert belief(asserting, denying) == pytest.approx(expected)

    @given(CLAIMS, CLAIMS)
    def test_it_is_a_probability(self, asserting, denying):
        assert 0 <= belief(asserting, denying) <= 1

    @given(SURE)
    def test_one_claim_gives_its_own_confidence(self, confidence):
        assert belief([confidence]) == pytest.approx(confidence)

    @given(CLAIMS, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
    def test_a_further_paper_makes_it_surer_and_a_denial_less_so(self, claims, first, more):
        claims = [min(claim, 0.99) for claim in claims] + [first]
        assert belief([*claims, more]) > belief(claims) > belief(claims, [more])

    @given(st.lists(SURE, min_size=1, max_size=40))
    def test_no_number_of_papers_does_away_with_the_systematic_doubt(self, claims):
        assert doubt(claims) >= SYSTEMATIC * (1 - max(claims)) - 1e-12

    @given(CLAIMS, st.randoms())
    def test_the_order_of_the_papers_does_not_matter(self, claims, chance):
        shuffled = list(claims)
        chance.shuffle(shuffled)
        assert belief(shuffled) == belief(claims)


class TestGraph:
    def test_two_papers_that_say_so_are_surer_than_either(self):
        """BLOOM was trained on ROOTS: with 0.93 in English, with 0.7123 in Chinese."""
        expected = 1 - (0.07 / 7 + 0.07 * 0.2877 * 6 / 7)
        assert beliefs(weighed(english(), chinese()), "trainedOn") == [f"{expected:.4f}"] * 2
        assert beliefs(weighed(english()), "trainedOn") == ["0.93"]

    @pytest.mark.parametrize("polarity", ["negated", "hedged"])
    def test_what_nobody_asserts_has_no_belief(self, polarity):
        assert beliefs(weighed(english(polarity)), "exhibits") == []

    def test_a_denial_in_another_paper_counts_against_it(self):
        stated, denied = english("asserted"), english("negated")
        document = replace(denied.extraction.document, id="other")
        denied = replace(denied, extraction=replace(denied.extraction, document=document))
        alone, disputed = weighed(stated), weighed(stated, denied)
        assert all(
            float(figure) < float(beliefs(alone, "exhibits")[0]) for figure in beliefs(disputed, "exhibits")
        )

    @pytest.mark.parametrize(
        ("name", "papers", "expected"),
        [
            ("comparedWith", ("paper/1", "paper/2"), "0.9371"),
            ("comparedWith", ("paper/1", "paper/1"), "0.8"),
            ("basedOn", ("paper/1", "paper/2"), "0.8"),
        ],
    )
    def test_both_directions_of_a_symmetric_relation_are_one_fact_and_a_paper_is_one_witness(
        self, name, papers, expected
    ):
        store = ox.Store()
        text = """
            <urn:1> rdf:predicate kg:{0} ; rdf:subject <urn:a> ; rdf:object <urn:b> ; kg:polarity "asserted" ; kg:confidence 0.8 ;
                    prov:wasDerivedFrom <urn:{1}> .
            <urn:2> rdf:predicate kg:{0} ; rdf:subject <urn:b> ; rdf:object <urn:a> ; kg:polarity "asserted" ; kg:confidence 0.8 ;
                    prov:wasDerivedFrom <urn:{2}> .
        """
        store.update(f"INSERT DATA {{ {text.format(name, *papers)} }}", prefixes=PREFIXES)
        assert {quad.object.value for quad in weigh(store)} == {expected}

    def test_of_what_one_paper_says_twice_the_surest_counts(self):
        store = ox.Store()
        claim = """
            <urn:{0}> rdf:predicate kg:comparedWith ; rdf:subject <urn:{1}> ; rdf:object <urn:{2}> ;
                      kg:polarity "asserted" ; kg:confidence {3} ; prov:wasDerivedFrom <urn:paper> .
        """
        said = claim.format(1, "a", "b", 0.6) + claim.format(2, "b", "a", 0.9)
        store.update(f"INSERT DATA {{ {said} }}", prefixes=PREFIXES)
        assert {quad.object.value for quad in weigh(store)} == {"0.9"}

    def test_every_claim_between_entities_has_one_in_the_seeds(self, seeds):
        """Where some paper asserts it."""
        for name in ENTITY_PREDICATES:
            for quad in seeds.store.quads_for_pattern(None, RDF.predicate, TERMS[name]):
                (polarity,) = seeds.store.quads_for_pattern(quad.subject, KG.polarity, None)
                if polarity.object.value != "asserted":
                    continue
                assert len(list(seeds.store.quads_for_pattern(quad.subject, KG.belief, None))) == 1

    def test_what_a_text_denies_or_supposes_is_nowhere_a_fact_in_the_seeds(self, seeds):
        """Unless some paper asserts it."""
        query = """
            ASK { ?s ?p ?o . ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:polarity ?other FILTER(?other != "asserted")
                  FILTER NOT EXISTS { ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:polarity "asserted" } }
        """
        assert not seeds.store.query(query, prefixes=PREFIXES)

    def test_a_build_is_one_activity(self, seeds):
        query = "SELECT DISTINCT ?a { { ?a a prov:Activity } UNION { ?claim prov:wasGeneratedBy ?a } }"
        assert len(list(seeds.store.query(query, prefixes=PREFIXES))) == 1
