"""Counts as lines for a terminal, with a bar beside each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from kg.stats import Count, Stats
from kg.text import printable

# Cells of the longest bar, and what it or a name keeps where there is room for little.
_WIDTH = 32
_LEAST = 8
_NAME = 28
# Of a line: the margin, the count and the spaces between.
_REST = 15
_EIGHTHS = " ▏▎▍▌▋▊▉"


def lines(stats: Stats, width: int = 80) -> Iterator[str]:
    """A summary: a heading and a small chart a list, in as many columns as a terminal has."""
    yield f"{stats.triples:,} triples"
    for title, counts in (
        ("things by class", stats.classes),
        ("facts by relation", stats.relations),
        ("papers by year", stats.years),
        ("papers by language", stats.languages),
        ("mentioned by most papers", stats.top),
    ):
        if counts:
            yield ""
            yield title
            yield from _chart(counts, width)


def _chart(counts: Sequence[Count], width: int) -> Iterator[str]:
    longest = max(min(_NAME, width - _REST - _LEAST), _LEAST)
    names = [
        set_cell_size(name, min(cell_len(name), longest)) for name in (printable(c.name) for c in counts)
    ]
    wide, most = max(map(cell_len, names)), max(count.count for count in counts)
    cells = max(min(_WIDTH, width - wide - _REST), 1)
    for name, count in zip(names, counts, strict=True):
        yield f"  {set_cell_size(name, wide)}  {count.count:>9,}  {bar(count.count, most, cells)}".rstrip()


def bar(count: int, most: int, cells: int = _WIDTH) -> str:
    """A bar of at most so many cells, to an eighth of a cell; what is there at all is seen.

    >>> bar(1, 1) == "█" * 32, bar(1, 100_000)
    (True, '▏')
    """
    eighths = max(round(count * cells * 8 / most), 1) if count else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
