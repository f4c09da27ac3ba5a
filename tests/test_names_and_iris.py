"""How names are compared, and how they become IRIs that never change."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE, paper_key, slug
from kg.text import fold, has_cjk, label_lang, singular


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Big-Bench", "BIG bench"), ("language models", "Language Model"), ("Alzheimer’s disease", "Alzheimer's disease"), ("fine‑tuning", "fine-tuning"),
        ("ＢＬＯＯＭ", "BLOOM"), ("语言 模型", "语言模型"), ("strategies", "strategy"), ("GPT-3", "gpt 3"),
        ("rates of convergence", "rate of convergence"), ("knowledge bases", "knowledge base"), ("wavelet bases", "wavelet basis"), ("REST APIs", "REST API"),
        ("inductive biases", "inductive bias"), ("test statistics", "test statistic"), ("local minima", "local minimum"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_fold_to_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-3", "GPT-4"),
        ("loss", "los"),
        ("C*-frob", "C-frob"),
        ("bias", "bia"),
        ("语言", "语音"),
        ("statistics", "statistic"),
    ],
)
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text("abcxyz -_–/0123456789", max_size=30))
def test_case_hyphens_and_space_around_never_tell_two_names_apart(name):
    assert fold(name.upper()) == fold(name) == fold(f" {name.replace(' ', '-')}\n")


@pytest.mark.parametrize(
    "word", ["bias", "analysis", "series", "loss", "corpus", "physics", "gas", "robotics", "dynamics"]
)
def test_what_only_looks_like_a_plural_is_left(word):
    assert singular(word) == word


@pytest.mark.parametrize(
    "word", ["metrics", "heuristics", "topics", "policies", "processes", "GANs", "corpora"]
)
def test_a_plural_meets_its_singular(word):
    one = {"policies": "policy", "processes": "process", "corpora": "corpus"}.get(
        word, word.removesuffix("s")
    )
    assert fold(f"neural {word}") == fold(f"neural {one}")


def test_the_language_of_a_name_is_that_of_its_script():
    assert label_lang("BLOOM") == "en"
    assert label_lang("BLOOM模型") == "zh-Hans"
    assert not has_cjk("é😀")


@given(st.text(max_size=200))
def test_any_text_makes_a_path_segment_that_an_iri_can_hold(text):
    segment = slug(text)
    assert segment
    assert len(segment) <= 80
    assert "/" not in segment
    assert not re.search(r"[\s<>\"{}|\\^`%?#]", segment)
    ox.NamedNode(DEFAULT_BASE + "model/" + segment)
    assert segment == slug(text), "the same text, the same segment"
    assert not segment.startswith(".")


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_different_identifiers_are_different_papers(one, other):
    assume(one.strip().casefold() != other.strip().casefold())
    assert paper_key(one) != paper_key(other)


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("2211.05100", "paper/arxiv-2211.05100"),
        ("arXiv:2211.05100", "paper/arxiv-2211.05100"),
        ("arXiv:2211.05100v3", "paper/arxiv-2211.05100"),
        ("https://arxiv.org/abs/2211.05100", "paper/arxiv-2211.05100"),
        ("doi:10.48550/arXiv.2211.05100", "paper/arxiv-2211.05100"),
        ("arxiv-2211.05100", "paper/arxiv-2211.05100"),
        ("hep-th/9901001", "paper/arxiv-hep-th-9901001"),
        ("w123", "paper/w123"),
        ("sha256-a95e9d916d0b", "paper/sha256-a95e9d916d0b"),
    ],
)
def test_a_paper_goes_by_its_arxiv_number_however_it_is_cited(identifier, key):
    assert paper_key(identifier) == key


@pytest.mark.parametrize("identifier", ["smith/1234567", "1234.5678"])
def test_what_only_looks_like_an_arxiv_number_names_another_paper(identifier):
    assert not paper_key(identifier).startswith("paper/arxiv-")


@pytest.mark.parametrize(
    ("one", "other"),
    [("sha256-A b", "sha256-a-b"), ("hep-th/9901001", "arxiv-hep-th-9901001")],
)
def test_identifiers_that_look_alike_in_an_iri_are_different_papers(one, other):
    assert paper_key(one) != paper_key(other)
