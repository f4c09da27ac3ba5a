"""The table of labels is what the terminology's Turtle says, and is passed over when it is not."""

from __future__ import annotations

from kg.extract import labels as table
from kg.extract.nlp import pipeline
from kg.extract.terms import TermMatcher
from kg.settings import ExtractSettings

NEW_TERM = """
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/paperkg/id/term/zorblattice> a skos:Concept ;
    kg:termType kg:Method ;
    skos:prefLabel "Zor-Blattice"@en .
"""


def test_the_table_is_what_make_docs_writes():
    assert table.FILE.read_text(encoding="utf-8") == table.made(), "run: make docs"


def test_a_line_tells_all_that_a_match_depends_on():
    keys, entry = table.parsed("hidden markov model\tModel\thm\tHiddenMarkovModels")
    assert keys == ["hidden", "markov", "model"]
    assert entry == table.Entry("Model", "HiddenMarkovModels", False, False, True, True)


def test_a_table_of_other_turtle_is_not_used(monkeypatch, tmp_path):
    stale = tmp_path / "labels.tsv"
    stale.write_text("0000\nnonsense\tTask\t\tnonsense\n", encoding="utf-8")
    fresh = table.labels()
    monkeypatch.setattr(table, "FILE", stale)
    assert table.labels() == fresh


def test_further_terms_are_read_beside_the_package_s_own(tmp_path):
    (tmp_path / "own.ttl").write_text(NEW_TERM, encoding="utf-8")
    added = set(table.labels([str(tmp_path / "own.ttl")])) - set(table.labels())
    # With its hyphen and without.
    assert added == {"zor blattice\tMethod\t\tZorBlattice", "zorblattice\tMethod\t\tZorBlattice"}


def test_a_label_is_laid_out_once_a_text_holds_its_first_word():
    lines = [
        "deep learning\tMethod\t\tdeeplearning",
        "deep\tConcept\t\tdeep",
        "large model\tModel\t\tlargemodel",
    ]
    matcher = TermMatcher(lines)
    text = pipeline("en", ExtractSettings(learned=False)).make_doc("We study deep learning and deep water.")
    found = matcher(text)._.candidates
    assert [(c.type, c.start, c.end) for c in found] == [("Method", 9, 22), ("Concept", 27, 31)]
    assert "large" not in " ".join(matcher._labels)
