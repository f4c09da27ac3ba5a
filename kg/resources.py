"""The data files of the package: ontology, shapes, terminology, competency questions."""

from __future__ import annotations

from pathlib import Path


def ontology_dir() -> Path:
    """The folder with ``kg.ttl``, ``shapes.ttl``, ``terms/`` and ``queries/``: in the wheel, or beside the package in a checkout."""
    packaged = Path(__file__).parent / "_ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"
