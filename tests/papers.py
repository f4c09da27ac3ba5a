"""What tests of several stages are made of: paths of the checkout, papers in one line, a finished build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.pipeline import BuildReport
from kg.text import has_cjk
from kg.types import Document

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
QUERIES = ROOT / "ontology" / "queries"


@dataclass(frozen=True)
class Built:
    """A finished build: its folder, its report, and its graph in a store."""

    folder: Path
    report: BuildReport
    store: ox.Store

    @property
    def turtle(self) -> Path:
        return self.folder / "graph.ttl"


def document(text: str, identifier: str = "paper-1") -> Document:
    """A paper with this abstract, in the language of its script."""
    return Document(identifier, text, "zh" if has_cjk(text) else "en")
