"""What several test folders share: the graph of the seed abstracts, built once by the real pipeline, and short ways to extract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.extract import extract_document
from kg.pipeline import BuildReport, build
from kg.query import load_graph
from kg.settings import ExtractSettings
from kg.text import has_cjk
from kg.types import Document, Extraction

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Built:
    """A finished build: its folder, its report, and its graph in a store."""

    folder: Path
    report: BuildReport
    store: ox.Store

    @property
    def turtle(self) -> Path:
        return self.folder / "graph.ttl"


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The seed abstracts, built with the defaults. Read it; never write into it."""
    folder = tmp_path_factory.mktemp("seeds") / "outputs"
    report = build([SEEDS], folder)
    return Built(folder, report, load_graph(folder / "graph.ttl"))


def document(text: str, identifier: str = "paper-1") -> Document:
    """A paper with this abstract, in the language of its script."""
    return Document(identifier, text, "zh" if has_cjk(text) else "en")


@pytest.fixture(scope="session")
def by_rules() -> Callable[..., Extraction]:
    """Extraction by rules and terminology alone: what a table of cases can fix. A learned model changes with its training."""

    def extract(text: str, identifier: str = "paper-1") -> Extraction:
        return extract_document(document(text, identifier), ExtractSettings(learned=False))

    return extract
