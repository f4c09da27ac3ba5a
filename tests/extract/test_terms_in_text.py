"""Given a text, the terminology's names are found in it in any spelling, and nowhere that a word only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from said import names

from kg.errors import UsageError
from kg.terminology import load_terminology


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("We study language models.", "language models", "Model"),
        ("Language model scaling.", "Language model", "Model"),
        ("A language-model study.", "language-model", "Model"),
        ("LANGUAGE MODELS ARE HERE.", "LANGUAGE MODELS", "Model"),
        ("We study deep\nlearning.", "deep\nlearning", "Method"),
        ("The language model's loss.", "language model", "Model"),
        ("We test on BIG-bench.", "BIG-bench", "Benchmark"),
        ("We test on BIG bench.", "BIG bench", "Benchmark"),
        ("我们研究语言模型的能力。", "语言模型", "Model"),
        ("基于Transformer的方法很好。", "Transformer", "Model"),
        # Machine translation strews 的 inside terms; the whole is marked.
        ("深度的学习很有用。", "深度的学习", "Method"),
    ],
)
def test_a_term_is_found_in_any_spelling(by_rules, text, surface, kind):
    assert names(by_rules(text)).get(surface) == kind


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        # one-word names keep their capitals
        ("The plant has deep roots in the soil.", "roots"),
        ("We bert nothing.", "bert"),
        # a short term that ends inside a Chinese word
        ("通过量化模型实现压缩。", "通过量"),
        # a Latin name inside a longer word
        ("We use PongMaster.", "Pong"),
        # words that every abstract holds
        ("In this paper we present a method with good results on this task.", "method"),
        ("本文提出的方法性能很好。", "方法"),
    ],
)
def test_a_word_that_only_looks_like_a_term_is_left_alone(by_rules, text, absent):
    assert absent not in names(by_rules(text))


def test_the_longest_term_wins(by_rules):
    found = names(by_rules("We study large language models."))
    assert "large language models" in found
    assert "language models" not in found


def test_mentions_do_not_overlap_and_are_sorted(by_rules):
    mentions = by_rules(
        "We train large language models with reinforcement learning from human feedback (RLHF) on GLUE."
    ).mentions
    assert len(mentions) >= 4
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_an_ambiguous_label_alone_names_nothing_and_with_support_its_concept():
    terminology = load_terminology()
    concept = next(c for c in terminology.concepts if c.ambiguous)
    label = min(text for text in concept.ambiguous if terminology.find(text) is not concept)
    assert terminology.find(label, supported=True) is not None


def test_a_users_own_terms_are_matched_too(tmp_path):
    from papers import document

    from kg.extract import extract_document
    from kg.settings import ExtractSettings

    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix kg: <https://w3id.org/paperkg/ontology#> .\n"
        '<urn:x:1> a skos:Concept ; kg:termType kg:Task ; skos:prefLabel "gleaming of widgets"@en .\n',
        encoding="utf-8",
    )
    text = document("We study gleaming of widgets.")
    without = extract_document(text, ExtractSettings(learned=False))
    with_own = extract_document(text, ExtractSettings(learned=False, terms=(str(own),)))
    assert "gleaming of widgets" not in names(without)
    assert names(with_own)["gleaming of widgets"] == "Task"


def test_a_users_own_term_of_no_class_is_told_with_its_file(tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix kg: <https://w3id.org/paperkg/ontology#> .\n"
        '<urn:x:1> a skos:Concept ; kg:termType kg:Gadget ; skos:prefLabel "gleaming of widgets"@en .\n',
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match=r"own\.ttl.*urn:x:1.*Gadget"):
        load_terminology((str(own),))
