"""The tables of a folder: where they lie, and the decisions of the second."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.curate.decision import IDENTITY, PREDICATES, Decision
from kg.settings import CURATION_TABLES
from kg.tables import IDENTITY_COLUMNS, read_table
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
            decision = Decision(
                **{"action": "", "subject": ""}
                | {name: cell for name, cell in row.cells.items() if name in COLUMNS}
            )
            fault = row.fault or decision.fault()
            if not fault and decision.action in IDENTITY:
                fault = f"{decision.action} belongs in {SAME_TABLE}"
            if fault:
                problems.append(Outcome(source, "" if row.fault else decision.words.strip(), fault))
            else:
                decisions.append((decision, source))
    return decisions, problems


def written(folder: Path) -> list[Outcome]:
    """Every row of the tables of a folder, with what is wrong with it; whether a build applies it depends on the papers.

    Raises:
        UsageError: a table cannot be read.
    """
    rows: list[Outcome] = []
    same_tables, others = tables_beside([folder])
    actions = {predicate: action for action, predicate in PREDICATES.items()}
    for path in same_tables:
        for row in read_table(path, IDENTITY_COLUMNS):
            said = row.cells.get("predicate_id", "")
            decision = Decision(
                actions.get(said, said),
                row.cells.get("subject_label", ""),
                object=row.cells.get("object_label", ""),
            )
            rows.append(Outcome(Source(path.name, row.line), decision.words, row.fault or decision.fault()))
    decisions, problems = read_decisions(others)
    found = [Outcome(source, decision.words) for decision, source in decisions] + problems
    found.sort(key=lambda outcome: outcome.source.line or 0)
    return rows + [Outcome(Source(Path(o.source.path).name, o.source.line), o.what, o.why) for o in found]
