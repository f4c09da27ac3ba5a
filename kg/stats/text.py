"""Counts as lines for a terminal, with a bar beside each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.stats import Count, Stats
from kg.text import printable

_WIDTH = 32
_EIGHTHS = " ▏▎▍▌▋▊▉"


def lines(stats: Stats) -> Iterator[str]:
    """A summary: a heading and a small chart a list."""
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
            yield from _chart(counts)


def _chart(counts: Sequence[Count]) -> Iterator[str]:
    names = [printable(count.name)[:28] for count in counts]
    wide, most = max(map(len, names)), max(count.count for count in counts)
    for name, count in zip(names, counts, strict=True):
        yield f"  {name:<{wide}}  {count.count:>9,}  {bar(count.count, most)}".rstrip()


def bar(count: int, most: int) -> str:
    """A bar of at most 32 cells, to an eighth of a cell; what is there at all is seen.

    >>> bar(1, 1) == "█" * 32, bar(1, 100_000)
    (True, '▏')
    """
    eighths = max(round(count * _WIDTH * 8 / most), 1) if count else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
