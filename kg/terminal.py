"""What the command line prints with: its two streams, and tables and lines of which nothing is cut to fit."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.text import printable
from kg.types import Reject

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

# Cells a column needs to be read; in less, words and IRIs stand in pieces of a few letters.
_NARROWEST = 10
_HANGING = 2
# So many rejects are told.
_MOST_REJECTS = 20


def several(number: int, one: str, more: str = "") -> str:
    """A number of things in words.

    >>> several(1, "row"), several(1200, "row"), several(0, "entity", "entities")
    ('1 row', '1200 rows', '0 entities')
    """
    return f"{number} {one if number == 1 else more or one + 's'}"


@contextmanager
def file_or_stdout(path: Path) -> Iterator[Path]:
    """The file to write: the one that was given, or for ``-`` one that goes to standard output once it is complete."""
    if str(path) != "-":
        yield path
        return
    with TemporaryDirectory(prefix="kg-") as folder:
        made = Path(folder) / "output"
        yield made
        with made.open("rb") as complete:
            shutil.copyfileobj(complete, sys.stdout.buffer)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], console: Console = out) -> None:
    """Print rows in full: as wide as they are where no terminal reads them; in one, folded, or a line a cell where it is too narrow."""
    lines = [[printable(cell) for cell in row] for row in rows]
    needs = [max(map(cell_len, column)) for column in zip(columns, *lines, strict=True)]
    # A border, and a space on either side of each cell.
    frame = 3 * len(needs) + 1
    if console.is_terminal and _widest(needs, console.width - frame) < min(_NARROWEST, max(needs, default=0)):
        for line in lines:
            for name, cell in zip(columns, line, strict=True):
                console.print(Text(f"{name}: {cell}"))
            console.print()
        return
    gaps = 2 * (len(needs) - 1)
    if console.is_terminal and sum(needs) + gaps <= console.width < sum(needs) + frame:
        # Without borders no cell need be folded.
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    else:
        table = Table(width=None if console.is_terminal else sum(needs) + frame)
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    console.print(table)


def print_lines(lines: Iterable[str], console: Console = out) -> None:
    """Print lines; in a terminal, those that are too long go on beneath, a little to the right of where they began."""
    for line in lines:
        body = line.lstrip()
        margin = " " * (len(line) - len(body))
        if not console.is_terminal or cell_len(line) <= console.width:
            console.print(Text(line))
            continue
        room = max(console.width - len(margin) - _HANGING, _NARROWEST)
        for number, part in enumerate(Text(body).wrap(console, room)):
            console.print(Text(margin + " " * (_HANGING if number else 0) + part.plain.rstrip()))


def _widest(needs: Sequence[int], room: int) -> int:
    """How wide the widest column is once the wide have given way to the narrow."""
    for number, need in enumerate(sorted(needs)):
        left = len(needs) - number
        if need * left > room:
            return room // left
        room -= need
    return max(needs, default=0)


def tell_rejects(rejects: Sequence[Reject], rest: str = "") -> None:
    """The first rejects, a line each, and how many more there are; ``rest`` says where to find those."""
    for reject in rejects[:_MOST_REJECTS]:
        err.print(Text(f"skipped {reject.source}: {reject.reason}"))
    if len(rejects) > _MOST_REJECTS:
        err.print(Text(f"… and {len(rejects) - _MOST_REJECTS:,} more{rest}"))
