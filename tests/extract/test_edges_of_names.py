"""Where a name may start and end: at words, and at a mark that belongs to the name it touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.combine import _trimmed
from kg.extract.neural.model import WEIGHTS
from kg.extract.neural.pieces import PieceTokenizer, encode
from kg.extract.notes import Candidate
from kg.latex import unformatted


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    return PieceTokenizer.read(WEIGHTS)


def may_be_named(tokenizer: PieceTokenizer, text: str, name: str) -> bool:
    """Whether a mention of these words could be proposed at their first place."""
    (pieces,) = encode(tokenizer, text)
    start = text.index(name)
    opens = set(pieces.start[pieces.opens].tolist())
    closes = set(pieces.end[pieces.closes].tolist())
    return start in opens and start + len(name) in closes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We propose FedEBA+, a federated method.", "FedEBA+"),
        ("U-Net++ segments.", "U-Net++"),
        ("Kernels in C# run.", "C#"),
        ("我们将RRT*算法用于规划", "RRT*"),
        ("The $L_1$ norm is sparse.", "$L_1$"),
        ("Clusters by $k$-means are", "$k$-means"),
        (r"We study \emph{multi-energy} gas.", "multi-energy"),
        (r"the $\epsilon$-greedy policy", r"$\epsilon$-greedy"),
        (r"We propose \textsc{QuickScale}, a method.", "QuickScale"),
        (r"We call it $\mathtt{RouteMoE}$, a model.", "RouteMoE"),
        ("Counting, #SAT, is hard.", "#SAT"),
        ("A*-search is optimal.", "A*-search"),
    ],
)
def test_a_mark_of_a_name_is_its_edge(tokenizer: PieceTokenizer, text: str, name: str) -> None:
    assert may_be_named(tokenizer, text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We add 1 + 2 here.", "1 +"),
        ("BERT, a model.", "BERT,"),
        ("a model (BERT) is", "(BERT)"),
        ("the end. Then", "end."),
        ("It costs 5 $ a day.", "$ a"),
        ("Word + image models", "+ image"),
        (r"We study \emph{multi-energy} gas.", r"\emph{multi-energy}"),
        (r"We call it $\mathtt{RouteMoE}$, a model.", r"$\mathtt{RouteMoE}$"),
    ],
)
def test_a_mark_that_stands_alone_or_divides_is_none(tokenizer: PieceTokenizer, text: str, name: str) -> None:
    assert not may_be_named(tokenizer, text, name)


@pytest.mark.parametrize(
    ("phrase", "term"),
    [
        ("知识蒸馏的问题", "知识蒸馏"),
        ("知识蒸馏的挑战", "知识蒸馏"),
        ("数据的表示", "数据的表示"),  # a noun that makes another term of it stays
        ("的问题", "的问题"),  # nothing would be left
    ],
)
def test_a_chinese_term_ends_before_what_is_said_of_it(phrase, term):
    found = _trimmed(phrase, Candidate(0, len(phrase), "Concept", 0.9, "learned"))
    assert phrase[found.start : found.end] == term


@given(st.text(alphabet=r"\{}$ abAB_^textbfsc", max_size=60))
def test_typefaces_are_blanked_in_place(text: str) -> None:
    blanked = unformatted(text)
    assert len(blanked) == len(text)
    assert all(new in {old, " "} for new, old in zip(blanked, text, strict=True))


@pytest.mark.parametrize(
    "text", [r"a \textbf{D}isentangled model", r"inter\textbf{AC}tion", r"$\mathsf{OPT}_k(A)$", r"\textbf{x"]
)
def test_letters_of_a_word_and_formulas_keep_their_typeface(text: str) -> None:
    assert unformatted(text) == text


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("We present **MarkNet** here.", "MarkNet**", "MarkNet"),
        ("We use *ImageNet* here.", "ImageNet*", "ImageNet"),
        ("We plan with RRT* here.", "RRT*", "RRT*"),
    ],
)
def test_the_emphasis_of_markdown_is_no_part_of_a_name(text, found, name):
    start = text.index(found)
    trimmed = _trimmed(text, Candidate(start, start + len(found), "Model", 0.9, "learned"))
    assert text[trimmed.start : trimmed.end] == name
