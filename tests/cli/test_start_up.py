"""A command loads what it needs and no more: libraries that are slow to import wait for the format or the picture that needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Of each, the seconds that importing it takes on its own were measured at a tenth or more of a short command's.
SLOW = {"bibtexparser", "igraph", "jieba", "networkx", "pyshacl", "pyvis", "rdflib", "starlette", "torch"}
NLP = {"onnxruntime", "spacy"}


def loaded(module: str) -> set[str]:
    """The top-level packages that are in memory once a process has imported a module."""
    code = f"import {module}, sys; print(*(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "unneeded"),
    [("kg.__main__", SLOW | NLP), ("kg.query", SLOW | NLP), ("kg.pipeline", SLOW)],
    ids=["kg --help", "kg query", "kg extract and kg build"],
)
def test_a_command_does_not_load_what_it_does_not_need(module, unneeded):
    found = loaded(module)
    # spaCy's arrays import torch by themselves where it is installed, as for training.
    assert found & (unneeded - ({"torch"} if "spacy" in found else set())) == set()
    assert "kg" in found
