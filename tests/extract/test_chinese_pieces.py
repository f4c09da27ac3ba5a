"""Chinese for the network: runs of characters are cut into known words, and no character changes its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.neural.model import WEIGHTS
from kg.extract.neural.pieces import PieceTokenizer, encode
from kg.extract.neural.words import Words, narrow


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    return PieceTokenizer.read(WEIGHTS)


@pytest.fixture
def words(tmp_path: Path) -> Words:
    path = tmp_path / "words.tsv"
    path.write_text("语言\t50\n模型\t80\n言模\t1\n语\t5\n的\t90\n", encoding="utf-8")
    return Words.read(path, first=100)


def test_the_most_probable_cut_wins(words: Words) -> None:
    assert words.cut("语言模型的") == [(0, 2), (2, 4), (4, 5)]
    assert words.number["模型"] == 101


def test_unknown_characters_stand_alone(words: Words) -> None:
    assert words.cut("龘模型") == [(0, 1), (1, 3)]
    assert words.cut("") == []


@given(st.text(alphabet="语言模型的龘", max_size=30))
def test_a_cut_covers_the_run(run: str) -> None:
    words = Words({"语言": 0, "模型": 1}, {"语言": -1.0, "模型": -1.0}, -9.0, 2)
    assert "".join(run[a:b] for a, b in words.cut(run)) == run


@given(st.text(max_size=60))
def test_narrow_marks_keep_every_place(text: str) -> None:
    assert len(narrow(text)) == len(text)


def test_both_scripts_in_one_text(tokenizer: PieceTokenizer) -> None:
    text = "我们提出了ＢＬＯＯＭ（一种语言模型）。它在ROOTS上训练。"
    (pieces,) = encode(tokenizer, text)
    surfaces = [text[a:b] for a, b in zip(pieces.start[1:-1], pieces.end[1:-1], strict=True)]
    assert {"我们", "模型", "语言", "训练"} <= set(surfaces)
    assert "".join(surfaces) == text
    assert pieces.sentence[1:-1].tolist()[-1] == 1  # two sentences, though no space parts them
    inside = surfaces.index("模型") + 1
    assert pieces.depth[inside] == 1  # within full-width brackets


def test_full_width_letters_are_read_as_latin(tokenizer: PieceTokenizer) -> None:
    assert encode(tokenizer, "ＲＯＯＴＳ")[0].ids.tolist() == encode(tokenizer, "ROOTS")[0].ids.tolist()
