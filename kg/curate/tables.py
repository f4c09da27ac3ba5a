"""The tables of a folder: where they lie, and the decisions of the second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.curate.decision import IDENTITY, PREDICATES, Decision
from kg.settings import CURATION_TABLES
from kg.tables import IDENTITY_COLUMNS, Row, read_table
from kg.types import Outcome, Source

SAME_TABLE, OTHER_TABLE = CURATION_TABLES
COLUMNS = ("date", "author", "action", "subject", "predicate", "object", "paper", "quote", "comment")


def tables_beside(sources: Iterable[str | Path]) -> tuple[list[Path], list[Path]]:
    """The tables that lie in the folders of these sources: those of identity, and the others. Each once, in order."""
    folders = dict.fromkeys(
        path if path.is_dir() else path.parent for path in map(Path, sources) if str(path) != "-"
    )
    return tuple([f / name for f in folders if (f / name).is_file()] for name in CURATION_TABLES)  # type: ignore[return-value]


def read_decisions(paths: Iterable[Path]) -> tuple[list[tuple[Decision, Source]], list[Outcome]]:
    """The decisions of tables of the second kind, in order, and what is wrong with rows that are none.

    Raises:
        UsageError: a table cannot be read.
    """
    decisions: list[tuple[Decision, Source]] = []
    problems: list[Outcome] = []
    for path in paths:
        for row in read_table(path, ("action", "subject", "predicate", "object")):
            source = Source(str(path), row.line)
            decision, fault = _decided(row)
            if fault:
                problems.append(Outcome(source, "" if row.fault else decision.words.strip(), fault))
            else:
                decisions.append((decision, source))
    return decisions, problems


@dataclass(frozen=True, slots=True)
class Written:
    """A row of a table as people see it: where it stands, what it says, what is wrong with it, and a mark by which to take it back.

    A table whose header makes it unreadable has one row, without a mark.
    """

    table: str
    line: int
    what: str
    why: str
    mark: str


def written(folder: Path) -> list[Written]:
    """Every row of the tables of a folder, with what is wrong with it; whether a build applies it depends on the papers.

    Raises:
        UsageError: a table cannot be read.
    """
    rows: list[Written] = []
    same_tables, others = tables_beside([folder])
    for path in same_tables:
        for row in read_table(path, IDENTITY_COLUMNS):
            decision = _identified(row)
            rows.append(_written(path, row, decision, row.fault or decision.fault()))
    for path in others:
        for row in read_table(path, ("action", "subject", "predicate", "object")):
            rows.append(_written(path, row, *_decided(row)))
    return rows


def mark_of(line: str) -> str:
    """A short sign of a line's text: another text has another."""
    return sha256(line.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _written(path: Path, row: Row, decision: Decision, fault: str) -> Written:
    what = "" if row.fault else decision.words.strip()
    return Written(path.name, row.line, what, fault, mark_of(row.text) if row.cells else "")


def _identified(row: Row) -> Decision:
    said = row.cells.get("predicate_id", "")
    action = next((action for action, predicate in PREDICATES.items() if predicate == said), said)
    return Decision(action, row.cells.get("subject_label", ""), object=row.cells.get("object_label", ""))


def _decided(row: Row) -> tuple[Decision, str]:
    """The decision of a row of the second table, and what is wrong with it."""
    cells = {name: cell for name, cell in row.cells.items() if name in COLUMNS}
    decision = Decision(**{"action": "", "subject": ""} | cells)
    fault = row.fault or decision.fault()
    if not fault and decision.action in IDENTITY:
        fault = f"{decision.action} belongs in {SAME_TABLE}"
    return decision, fault
