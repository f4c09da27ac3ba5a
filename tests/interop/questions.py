"""The competency questions as other tools take them, and answers made comparable."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from kg.query import query, query_prefixes
from kg.resources import ontology_dir

Rows = list[tuple[str, ...]]


def written_out() -> dict[str, str]:
    """Every question by name, with its prefixes, as tools that do not know ours need them."""
    return {path.stem: with_prefixes(path) for path in sorted((ontology_dir() / "queries").glob("*.rq"))}


def with_prefixes(path: Path) -> str:
    """A query with the prefixes it uses."""
    text = path.read_text(encoding="utf-8")
    used = {p: iri for p, iri in query_prefixes().items() if re.search(rf"\b{p}:", text)}
    return "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in sorted(used.items())) + text


def ours(store: ox.Store, text: str) -> Rows | str:
    """Our answer, comparable."""
    answer = query(store, text)
    return compared(list(answer) if answer.truth is None else [(str(answer.truth).lower(),)])


def compared(rows: Rows | str) -> Rows | str:
    """Rows in order, numbers by their value (0.90 is 0.9); an error as it is."""
    return rows if isinstance(rows, str) else sorted(tuple(_plain(cell) for cell in row) for row in rows)


def _plain(cell: str) -> str:
    try:
        return str(Decimal(cell).normalize())
    except InvalidOperation:
        return cell
