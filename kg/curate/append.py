"""A decision written down: one line at the end of its table, whole or not at all, however many write at a time."""

from __future__ import annotations

import os
from pathlib import Path

from kg.curate.decision import IDENTITY, PREDICATES, Decision
from kg.curate.lock import all_of, locked
from kg.curate.tables import COLUMNS, OTHER_TABLE, SAME_TABLE
from kg.errors import PaperkgError
from kg.iri import DEFAULT_BASE
from kg.tables import cells_of, line_of
from kg.types import Source

_SSSOM = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "comment",
)
# What SSSOM asks of a set of mappings, in its own comment lines.
_ABOUT = f"""#mapping_set_id: {DEFAULT_BASE}curation
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  id: {DEFAULT_BASE}
#  owl: http://www.w3.org/2002/07/owl#
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
"""


def append(folder: Path, decision: Decision) -> Source:
    """Add the line that says it; the table and its number.

    A table that is not there is begun. One that is keeps its own columns, and those of ours that it lacks are left out.

    Raises:
        PaperkgError: the table cannot be written, or lacks the columns that say what was decided.
    """
    identity = decision.action in IDENTITY
    path, columns, about = (
        (folder / SAME_TABLE, _SSSOM, _ABOUT) if identity else (folder / OTHER_TABLE, COLUMNS, "")
    )
    values = _mapping(decision) if identity else {name: getattr(decision, name) for name in COLUMNS}
    needed = [name for name, value in values.items() if value and name not in _OPTIONAL]
    try:
        with locked(path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as file:
            before = all_of(file)
            header = _header(before)
            if not header:
                about, header = ("" if before else about) + line_of(list(columns)), list(columns)
            else:
                about = ""
            lacking = [name for name in needed if name not in header]
            if lacking:
                raise PaperkgError(
                    f"{path}: the table has no column {', '.join(lacking)}; add it to its header"
                )
            start = "\n" if before and not before.endswith("\n") else ""
            text = start + about + line_of([values.get(name, "") for name in header])
            data = text.encode("utf-8")
            # One write: who reads meanwhile sees the line or does not.
            if os.write(file, data) != len(data):
                os.ftruncate(file, len(before.encode("utf-8", "surrogateescape")))
                raise PaperkgError(f"{path}: cannot be written: the disk is full")
            os.fsync(file)
    except (OSError, UnicodeEncodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a character that UTF-8 has not"
        raise PaperkgError(f"{path}: cannot be written: {reason}") from error
    return Source(str(path), (before + text).count("\n"))


_OPTIONAL = {
    "subject_id",
    "object_id",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "date",
    "author",
    "comment",
}


def _mapping(decision: Decision) -> dict[str, str]:
    def curie(key: str) -> str:
        return f"id:{key}" if key else ""

    return {
        "subject_id": curie(decision.subject_id),
        "subject_label": decision.subject,
        "predicate_id": PREDICATES[decision.action],
        "object_id": curie(decision.object_id),
        "object_label": decision.object,
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_label": decision.author,
        "mapping_date": decision.date,
        "comment": decision.comment,
    }


def _header(text: str) -> list[str]:
    for line in text.removeprefix("\ufeff").split("\n"):
        if line.strip() and not line.startswith("#"):
            return cells_of(line)
    return []
