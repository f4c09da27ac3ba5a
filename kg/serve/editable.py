"""That a served graph may be edited, and where to: apart from the routes of editing, since a worker starts faster without a web framework."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError

TOKEN = "KG_EDIT_TOKEN"  # noqa: S105 - the variable's name
_SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Edit:
    """That the graph may be edited: the folder of the tables, the token, and whether the server made it itself."""

    folder: Path
    token: str
    made: bool = False


def edit_of(graph: Path, folder: Path | None) -> Edit:
    """Where decisions about a graph go, and the token: that of the environment (``KG_EDIT_TOKEN``), or a new one.

    Args:
        graph: the graph file. The report beside it tells its sources.
        folder: the folder of the tables; if ``None``, that of the first source.

    Raises:
        UsageError: the token is short, or there is no folder to write to.
    """
    token = os.environ.get(TOKEN, "")
    if token and len(token) < _SHORTEST:
        raise UsageError(f"serve: {TOKEN} has fewer than {_SHORTEST} characters; give a longer one, or none")
    folder = folder or _sources(graph)
    if folder is None or not folder.is_dir():
        where = (
            f"{folder}: no such folder" if folder else f"{graph}: no report beside it tells of its sources"
        )
        raise UsageError(f"serve: {where}; give the folder of the curation tables with --curation")
    return Edit(folder, token or secrets.token_urlsafe(24), not token)


def _sources(graph: Path) -> Path | None:
    try:
        sources = json.loads((graph.parent / "report.json").read_text(encoding="utf-8"))["sources"]
        first = Path(next(source for source in sources if source != "-"))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
    return first if first.is_dir() else first.parent if first.exists() else first
