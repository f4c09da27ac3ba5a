"""What several test folders share: the graph of the seed abstracts, built once by the real pipeline, extraction by rules, a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from papers import SEEDS, Built, document
from playwright.sync_api import expect, sync_playwright

from kg.extract import extract_document
from kg.pipeline import build
from kg.query import load_graph
from kg.settings import ExtractSettings
from kg.types import Extraction

# The same examples each time, so that a change fails by what it changed; HYPOTHESIS_PROFILE=default draws new ones.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


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


CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium, once for all tests; without Chromium they are skipped."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which finds faults of accessibility; ``npm install --prefix tests`` fetches it."""
    path = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
    if not path.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests")
    return path.read_text(encoding="utf-8")
