"""What pages ask of a graph again and again, held ready in one SQLite file: names to search, facts by relation and by thing, counts.

A store answers any question; these few it answers slowly, since it must read every name or every claim of a relation each time. The
index is made when the server starts, or, of a store on disk, once and kept beside it; each worker opens it read only. It holds no text that the store has not: the words
that prove a fact are read from the store, claim by claim, when a page shows them.

    thing   every paper and entity, numbered in the order of their names, so that sorting by name is sorting by number; its class,
            year (a paper's), the papers that mention it, and how much is said of it
    name    each spelling of a thing, numbered from the best connected thing on, so that a search may stop when it has enough
    gram    the spellings cut in threes of characters (FTS5's trigram), for words within them
    fact    who, relation, to what, as asserted or not: papers, surest confidence, latest year
    claim   the claims of each fact, the surest first
    kept    the counts of the home page, as JSON
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from kg.serve.index.build import build_index
from kg.serve.index.keep import kept_index

__all__ = ["Index", "build_index", "kept_index"]


class Index:
    """An index, open to read.

    Args:
        path: the file that ``build_index`` wrote; nobody may write it meanwhile.
    """

    def __init__(self, path: Path) -> None:
        # "immutable" spares the locks; the address form takes a path with any character in it.
        self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def rows(self, statement: str, *values: object, **named: object) -> list[Any]:
        """The rows of a SELECT, whose values go in as parameters."""
        return self._database.execute(statement, named or values).fetchall()

    def number(self, iri: str) -> int | None:
        """The number of the thing with this IRI, if the graph has it."""
        found = self.rows("SELECT id FROM thing WHERE iri = ?", iri)
        return int(found[0][0]) if found else None

    def stats(self) -> dict[str, Any]:
        """The counts of the graph, as ``kg.stats`` gives them."""
        ((text,),) = self.rows("SELECT value FROM kept WHERE key = 'stats'")
        found: dict[str, Any] = json.loads(text)
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
