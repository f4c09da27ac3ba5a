"""The vocabulary in code is the ontology's, and says of classes and relations what the guidelines say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import vocab
from kg.resources import ontology_dir
from kg.vocab_generate import render


def test_the_file_in_the_tree_is_the_one_that_the_ontology_gives() -> None:
    written = Path(vocab.__file__).read_text(encoding="utf-8")
    assert written == render(ontology_dir() / "kg.ttl"), "run python -m kg.vocab_generate"


def test_a_misspelt_term_fails() -> None:
    with pytest.raises(AttributeError):
        _ = vocab.KG.trainedOm  # type: ignore[attr-defined]


def test_every_term_is_found_by_its_local_name() -> None:
    assert vocab.TERMS["trainedOn"] is vocab.KG.trainedOn
    assert set(vocab.TERMS) == set(vocab.LABELS)


def test_roles_come_most_telling_first() -> None:
    assert vocab.PAPER_PREDICATES == ("introduces", "uses", "studies", "mentions")


@pytest.mark.parametrize(
    ("predicate", "domain", "range_"),
    [
        ("trainedOn", "Model Method", "Dataset Benchmark Concept"),
        ("evaluatedOn", "Model Method", "Dataset Benchmark Task"),
        # Software beyond the guideline: annotators say "used for" of classes of systems, such as recommender systems.
        ("usedFor", "Model Method Dataset Benchmark Software Concept", "Task Concept Method Model Software"),
        (
            "basedOn",
            "Model Method Dataset Benchmark Software",
            "Model Method Dataset Benchmark Software Concept",
        ),
        ("subTaskOf", "Task", "Task"),
        ("benchmarkFor", "Dataset Benchmark", "Task Model Concept"),
        ("exhibits", "Model Method Dataset Benchmark Concept", "Concept"),
        ("developedBy", " ".join(vocab.ENTITY_CLASSES), "Person Organization"),
        ("partOf", " ".join(vocab.ENTITY_CLASSES), " ".join(vocab.ENTITY_CLASSES)),
        ("metric", "Measurement", "Metric"),
        ("reports", "Paper", "Measurement"),
    ],
)
def test_domains_and_ranges_are_those_of_the_guidelines(predicate: str, domain: str, range_: str) -> None:
    assert vocab.DOMAIN[predicate] == set(domain.split())
    assert vocab.RANGE[predicate] == set(range_.split())


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "fits"),
    [
        ("Model", "trainedOn", "Dataset", True),
        ("Dataset", "trainedOn", "Model", False),
        ("Model", "kindOf", "Model", True),
        ("Model", "kindOf", "Method", False),
        ("Benchmark", "comparedWith", "Dataset", True),
        ("Model", "partOf", "Method", True),
        ("Model", "likes", "Model", False),
    ],
)
def test_fits(subject: str, predicate: str, object_: str, fits: bool) -> None:
    assert vocab.fits(subject, predicate, object_) is fits
