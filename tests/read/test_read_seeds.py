"""The ten seed abstracts: plain text closed by boilerplate lines, with a table of metadata beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from reading_files import read_paths

from kg.types import Document

SEEDS = Path(__file__).parents[2] / "seeds"
ARXIV = [
    *("2206.09360", "2212.09251", "2212.08568", "2212.03836", "2211.05100"),
    *("2208.05891", "2206.15076", "2206.04615", "2111.05408", "2107.08295"),
]
# What each abstract says of itself, in the order of the file.
ABOUT = [
    "MTAIR",
    "RLHF",
    "competitions",
    "Federated",
    "BLOOM",
    "OASIS-1",
    "BigBio",
    "模仿游戏",
    "HSI",
    "马尔可夫编码游戏",
]


@pytest.fixture(scope="module")
def seeds() -> list[Document]:
    result = read_paths(SEEDS)
    assert not result.rejects
    return result.documents


def test_the_sidecar_gives_every_abstract_its_own_metadata(seeds: list[Document]) -> None:
    assert [document.id for document in seeds] == ARXIV
    assert [document.identifiers for document in seeds] == [(f"arXiv:{number}",) for number in ARXIV]
    for document, word in zip(seeds, ABOUT, strict=True):
        assert word in document.text
        assert document.title
        assert document.authors
        # An arXiv number begins with the year.
        assert document.date == f"20{document.id[:2]}"
        assert document.links == (f"https://arxiv.org/abs/{document.id}",)


def test_the_language_of_each_seed_is_known(seeds: list[Document]) -> None:
    assert [document.lang for document in seeds] == [
        "zh",
        "en",
        "en",
        "en",
        "en",
        "zh",
        "zh",
        "zh",
        "zh",
        "zh",
    ]


def test_an_abstract_is_the_text_of_the_file_without_the_boilerplate(seeds: list[Document]) -> None:
    raw = (SEEDS / "abstracts.txt").read_text(encoding="utf-8").split("\n")
    for document in seeds:
        assert "translated by" not in document.text
        assert document.source is not None
        assert document.source.line is not None
        assert raw[document.source.line - 1] == document.text


def test_the_sidecar_is_passed_over_however_the_files_are_named() -> None:
    for paths in ([SEEDS], [SEEDS / "abstracts.txt"], [SEEDS / "abstracts.csv", SEEDS / "abstracts.txt"]):
        result = read_paths(*paths)
        assert [document.id for document in result.documents] == ARXIV
        assert not result.rejects


def test_the_seed_abstracts_are_never_edited() -> None:
    digest = hashlib.sha256((SEEDS / "abstracts.txt").read_bytes()).hexdigest()
    assert digest == "631963435dfffc371d90725463e7e09e895a982416e9caf632be5b18a77196c4"
