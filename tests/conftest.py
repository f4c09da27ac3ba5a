"""What several test folders share: the graph of the seed abstracts, built once by the real pipeline, and extraction by rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from papers import SEEDS, Built, document

from kg.extract import extract_document
from kg.pipeline import build
from kg.query import load_graph
from kg.settings import ExtractSettings
from kg.types import Extraction


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The seed abstracts, built with the defaults. Read it; never write into it."""
    folder = tmp_path_factory.mktemp("seeds") / "outputs"
    report = build([SEEDS], folder)
    return Built(folder, report, load_graph(folder / "graph.ttl"))


@pytest.fixture(scope="session")
def by_rules() -> Callable[..., Extraction]:
    """Extraction by rules and terminology alone: what a table of cases can fix. A learned model changes with its training."""

    def extract(text: str, identifier: str = "paper-1") -> Extraction:
        return extract_document(document(text, identifier), ExtractSettings(learned=False))

    return extract
