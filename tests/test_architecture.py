"""The shape of the house: small files, a folder of tests for every stage, a test for every member of a registry."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from papers import ROOT

MODULES = sorted((ROOT / "kg").rglob("*.py"))
STAGES = (
    "read",
    "extract",
    "resolve",
    "curate",
    "fill",
    "export",
    "query",
    "validate",
    "evaluate",
    "show",
    "stats",
    "serve",
    "push",
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_longer_than_a_reader_holds_in_mind(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{name(path)} has {lines} lines: it is two modules"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_and_every_public_function_says_what_it_is_for(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{name(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name(path)}: {node.name} has no docstring"


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_tests(stage):
    assert (ROOT / "kg" / stage).is_dir()
    assert list((ROOT / "tests" / stage).rglob("test_*.py")), f"tests/{stage} holds no test"


def test_import_rules_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_each_language_has_its_components_in_their_order():
    from kg.extract.nlp import COMPONENTS, ONLY, pipeline
    from kg.settings import ExtractSettings

    for lang in ("en", "zh"):
        nlp = pipeline(lang, ExtractSettings(learned=False))
        assert nlp.pipe_names == [c for c in COMPONENTS if c in nlp.pipe_names]
        assert "paperkg_combine" in nlp.pipe_names
        assert all(ONLY.get(c, lang) == lang for c in nlp.pipe_names)


def test_the_project_speaks_only_of_itself():
    """No path of the machine it was written on."""
    for path in [*MODULES, *(ROOT / "ontology").rglob("*.*"), *(ROOT / "docs").rglob("*.toml")]:
        assert "/work/" not in path.read_text(encoding="utf-8", errors="replace"), name(path)
