"""Search as one types, in any language: each word within some name of a thing, the best names first.

Names are numbered from the best connected thing on, so the first that fit are the likeliest to be meant, and a search ends when it has
enough of them: of a graph a hundred times as large it reads no more.
"""

from __future__ import annotations

from kg.serve.index import Index
from kg.show import Ref
from kg.text import searchable

# The most that a search finds, and the names it looks at: whole names and beginnings, and names that hold the words anywhere.
MOST = 200
_BEGINNINGS = 300
_ANYWHERE = 600
# The index of letters knows three in a row; shorter words, as most Chinese ones, are looked for name by name.
_GRAM = 3


def search(index: Index, text: str, most: int = MOST) -> list[Ref]:
    """The things that a text may mean.

    Args:
        index: of the graph.
        text: words in any case, width and order; each must stand somewhere in one name of a thing.
        most: hits at most.

    Returns:
        Whole names first, then those that begin with the text, have it at the start of a word, anywhere, and those that hold its words
        apart; among equals the best connected.
    """
    wanted = searchable(text)
    if not wanted:
        return []
    best: dict[int, tuple[int, int, int]] = {}
    for number, thing, name in (*_beginning(index, wanted), *_holding(index, wanted.split())):
        place = (_rank(name, wanted), number, len(name))
        best[thing] = min(place, best.get(thing, place))
    chosen = sorted(best, key=lambda thing: (*best[thing], thing))[:most]
    return [
        Ref(*row)
        for thing in chosen
        for row in index.rows("SELECT iri, name, kind FROM thing WHERE id = ?", thing)
    ]


def named(index: Index, text: str) -> str | None:
    """The IRI of the thing that is called just that, in any case; of several the best connected."""
    found = index.rows(
        "SELECT iri FROM name JOIN thing ON thing.id = name.thing WHERE text = ? ORDER BY name.id LIMIT 1",
        searchable(text),
    )
    return str(found[0][0]) if found else None


def _beginning(index: Index, wanted: str) -> list[tuple[int, int, str]]:
    return index.rows(
        "SELECT id, thing, text FROM name WHERE text >= ? AND text < ? ORDER BY text, id LIMIT ?",
        wanted,
        wanted + "\U0010ffff",
        _BEGINNINGS,
    )


def _holding(index: Index, words: list[str]) -> list[tuple[int, int, str]]:
    long = [word for word in words if len(word) >= _GRAM]
    short = [word for word in words if len(word) < _GRAM]
    source, conditions, values = "name", [], []
    if long:
        source = "gram JOIN name ON name.id = gram.rowid"
        conditions.append("gram MATCH ?")
        values.append(" AND ".join('"' + word.replace('"', '""') + '"' for word in long))
    conditions += ["instr(name.text, ?)"] * len(short)
    order = "gram.rowid" if long else "name.id"
    return index.rows(
        f"SELECT name.id, name.thing, name.text FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?",
        *values,
        *short,
        _ANYWHERE,
    )


def _rank(name: str, wanted: str) -> int:
    at = name.find(wanted)
    if name == wanted:
        return 0
    if at == 0:
        return 1
    if at > 0:
        return 2 if f" {wanted}" in name else 3
    return 4
