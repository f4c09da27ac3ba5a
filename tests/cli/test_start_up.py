"""A command loads what it needs and no more: libraries that are slow to import wait for the format or the picture that needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Of each, the seconds that importing it takes on its own were measured at a tenth or more of a short command's.
SLOW = {"bibtexparser", "igraph", "jieba", "networkx", "pyshacl", "pyvis", "rdflib", "starlette", "torch"}
NLP = {"onnxruntime", "spacy"}


# The parts of spaCy's own command line.
COMMANDS = {"requests", "httpx", "weasel"}
LATER_STAGES = {"kg.resolve", "kg.fill", "kg.export", "kg.curate"}


def loaded(module: str) -> set[str]:
    """The modules that are in memory once a process has imported one."""
    code = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "unneeded"),
    [
        ("kg.__main__", SLOW | NLP),
        ("kg.query", SLOW | NLP),
        ("kg.extraction", SLOW | COMMANDS | LATER_STAGES),
        ("kg.pipeline", SLOW | COMMANDS),
    ],
    ids=["kg --help", "kg query", "kg extract", "kg build"],
)
def test_a_command_does_not_load_what_it_does_not_need(module, unneeded):
    found = loaded(module)
    # spaCy's arrays import torch by themselves where it is installed, as for training.
    assert found & (unneeded - ({"torch"} if "spacy" in found else set())) == set()
    assert "kg" in found


def test_a_build_needs_no_locks():
    """They are of POSIX; where there are none, nothing can be written down, but all can be built."""
    code = "import sys; sys.modules['fcntl'] = None; import kg.pipeline"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).stderr == b""


@pytest.mark.parametrize(
    "use",
    [
        "print(spacy.info(silent=True)['spacy_version'])",
        "print(spacy.cli.package.__name__)",
        "import spacy.cli.download; print(spacy.cli.download.__name__)",
        "from spacy.cli.info import info; print(info(silent=True)['spacy_version'])",
    ],
)
def test_the_command_line_of_spacy_is_there_when_asked_for(use):
    """It is left out of the import of spaCy, for time; to a program that uses both it is as it always was."""

    def said(first: str) -> str:
        code = f"import {first}, spacy; {use}"
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said("kg.extract") == said("spacy") != ""


def test_a_language_that_nothing_is_written_in_is_not_loaded():
    code = (
        "from kg.extract import extract_document; from kg.extract.nlp import pipeline; from kg.types import Document; "
        "extract_document(Document('a', 'We present BLOOM.', 'en')); print(pipeline.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
