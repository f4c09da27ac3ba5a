"""The checks, run one after another over one store."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import PaperkgError, UsageError
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
        PaperkgError: it cannot be parsed, or the reasoner cannot be run.
    """
    store = _load(graph)
    report = validate_store(store)
    if not reasoner:
        return report
    return ValidationReport(tuple(sorted({*report.rows, *check_consistency(graph=store)})), report.triples)


def validate_store(store: ox.Store) -> ValidationReport:
    """Check what a store holds; claims may name their triple by a triple term of RDF 1.2."""
    store = plain(store)
    rows = {row for check in _CHECKS for row in check(store)}
    return ValidationReport(tuple(sorted(rows)), len(store))


def _load(graph: Path) -> ox.Store:
    if graph.is_dir():
        try:
            return ox.Store.read_only(str(graph))
        except OSError as error:
            raise PaperkgError(f"{graph}: no store can be read there: {error}") from error
    zipped = graph.suffix == ".gz"
    format_ = ox.RdfFormat.from_extension(Path(graph.stem if zipped else graph).suffix.removeprefix("."))
    if format_ is None:
        raise UsageError(
            f"{graph}: its name ends in no RDF format; rename it to .ttl, .nt, .nq, .trig, .rdf or .jsonld"
        )
    store = ox.Store()
    try:
        with gzip.open(graph) if zipped else graph.open("rb") as file:
            store.bulk_load(cast(IO[bytes], file), format=format_)
    except FileNotFoundError as error:
        raise UsageError(f"{graph}: no such file") from error
    except OSError as error:
        raise PaperkgError(f"{graph}: cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError, EOFError) as error:
        raise PaperkgError(f"{graph}: not valid {format_.name}: {error}") from error
    return store
