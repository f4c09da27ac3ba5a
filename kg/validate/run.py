"""The checks, run one after another over one store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.loading import load_graph
from kg.triple_terms import plain
from kg.validate.classes import check_classes
from kg.validate.evidence import check_evidence
from kg.validate.orphans import check_orphans
from kg.validate.reasoner import check_consistency
from kg.validate.report import ValidationReport
from kg.validate.shapes import check_shapes
from kg.validate.terms import check_terms
from kg.validate.texts import check_texts

_CHECKS = (check_terms, check_classes, check_shapes, check_orphans, check_evidence, check_texts)


def validate(graph: Path, *, reasoner: bool = False) -> ValidationReport:
    """Check a graph: an RDF file (``.gz`` too) or a folder that holds a store.

    Time grows with the graph: about 20 seconds of one core for 100,000 triples, nearly all of it the shapes.

    Args:
        graph: the file or folder. Named graphs count as one with the default graph.
        reasoner: also ask HermiT whether the ontology and the graph's facts are consistent; needs Java and owlready2.

    Raises:
        UsageError: the file does not exist, or its name ends in no RDF format.
        PaperkgError: it is damaged or cannot be parsed, or the reasoner cannot be run.
    """
    store = load_graph(graph)
    report = validate_store(store)
    if not reasoner:
        return report
    return ValidationReport(tuple(sorted({*report.rows, *check_consistency(graph=store)})), report.triples)


def validate_store(store: ox.Store) -> ValidationReport:
    """Check what a store holds; claims may name their triple by a triple term of RDF 1.2."""
    store = plain(store)
    rows = {row for check in _CHECKS for row in check(store)}
    return ValidationReport(tuple(sorted(rows)), len(store))
