"""curate: what people say by hand of the graph, kept in two tables beside the sources, which every build applies and reports on.

    curation.sssom.tsv   same and different: names that are one thing, or two (https://w3id.org/sssom/)
    curation.tsv         rename, retype, reject, confirm, add

    kg curate papers/ same "GPT3" "GPT-3"
    kg curate papers/ reject model/bloom --predicate trainedOn --object dataset/imagenet

A decision is one line; to undo it, delete the line. Identity is for resolution to apply (``kg.resolve``); the rest is applied to what
resolution gives, before the graph is filled.
"""

from __future__ import annotations

from pathlib import Path

from kg.curate.append import append
from kg.curate.apply import apply
from kg.curate.decision import ACTIONS, Decision
from kg.curate.tables import Written, read_decisions, tables_beside, written
from kg.curate.undo import undo
from kg.errors import UsageError
from kg.types import Source

__all__ = [
    "ACTIONS",
    "Decision",
    "Written",
    "apply",
    "curate",
    "read_decisions",
    "tables_beside",
    "undo",
    "written",
]


def curate(folder: Path, decision: Decision) -> Source:
    """Write a decision down in the tables of a folder; where it stands.

    Raises:
        UsageError: the decision says nothing that a build could apply, or there is no such folder.
        PaperkgError: the table cannot be written.
    """
    fault = decision.fault()
    if fault:
        raise UsageError(f"curate: {decision.action}: {fault}")
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; give the one that holds the sources")
    return append(folder, decision)
