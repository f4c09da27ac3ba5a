"""Every relation template is held to its own example: it must match, with the right predicate and slots that its classes allow."""

from __future__ import annotations

import re

import pytest

from kg.extract.relations import chinese, english
from kg.extract.relations.templates import Template, classes_in, compiled, could_match, find, polarity
from kg.text import has_cjk
from kg.vocab import DOMAIN, RANGE

TEMPLATES = [*english.TEMPLATES, *chinese.TEMPLATES]
PLACE = re.compile(r"⟨([A-Za-z]+):(\d+)⟩")


def identity(template: Template) -> str:
    return f"{template.predicate}: {template.example}"


@pytest.mark.parametrize("template", TEMPLATES, ids=identity)
def test_a_template_matches_its_own_example(template):
    places = {int(number): kind for kind, number in PLACE.findall(template.example)}
    matches = list(find(template, template.example))
    assert matches, f"{template.pattern} does not match {template.example}"
    for match in matches:
        # None stands for the paper's own contribution, which the example names by "we" or "our method".
        assert match.subject is None or match.subject in places
        assert match.object is None or match.object in places
        assert match.subject != match.object
    fitting = [
        m
        for m in matches
        if (m.subject is None or places[m.subject] in DOMAIN[template.predicate])
        and (m.object is None or places[m.object] in RANGE[template.predicate])
    ]
    assert fitting, f"no match of the example fits the domain and range of {template.predicate}"


@pytest.mark.parametrize("template", TEMPLATES, ids=identity)
def test_a_template_names_a_predicate_of_the_ontology_and_a_likelihood(template):
    assert template.predicate in DOMAIN
    assert 0.5 <= template.score < 1


@pytest.mark.parametrize("template", TEMPLATES, ids=identity)
def test_a_template_needs_its_words_not_only_its_mentions(template):
    """The bare mentions of the example, without the words between them, state nothing."""
    bare = " | ".join(match[0] for match in PLACE.finditer(template.example))
    assert compiled(template.pattern).search(bare) is None


def test_templates_stand_with_their_language():
    assert not any(has_cjk(t.example) for t in english.TEMPLATES)
    assert all(has_cjk(t.example) for t in chinese.TEMPLATES)


def test_no_match_leaves_its_clause():
    trained = english.TEMPLATES[0]
    assert list(find(trained, "⟨Model:0⟩ was trained on ⟨Dataset:1⟩"))
    assert not list(find(trained, "⟨Model:0⟩ is old. Another was trained on ⟨Dataset:1⟩"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("was trained on", "asserted"), ("was not trained on", "negated"), ("cannot be used for", "negated"),
        ("may suffer from", "hedged"), ("is expected to outperform", "hedged"), ("不能用于", "negated"), ("可能用于", "hedged"),
        ("用于", "asserted"), ("notably outperforms", "asserted"), ("lacks", "negated"), ("缺乏", "negated"),
        ("learn not only", "asserted"), ("不仅用于", "asserted"), ("has the potential to improve", "hedged"),
        (", which do not see the samples, are beaten by", "asserted"), (" is new. It may, unlike others, help", "asserted"),
        ("aims to solve", "asserted"), ("旨在评估", "asserted"),
    ],
)  # fmt: skip
def test_polarity_is_read_from_the_words_between(words, expected):
    assert polarity(words) == expected


def test_a_template_that_is_not_tried_would_not_match():
    tried = [could_match(t.pattern, classes_in(other.example)) for t in TEMPLATES for other in TEMPLATES]
    matches = [any(find(t, other.example)) for t in TEMPLATES for other in TEMPLATES]
    assert not [m for t, m in zip(tried, matches, strict=True) if m and not t]
    assert tried.count(False) > len(tried) / 4
