"""Sorting what does not fit in memory: sorted runs on disk, merged as they are read.

    with Sorted(quads, key=order, codec=QUADS) as ordered:
        for quad in ordered: ...     # again and again; each item once

Memory holds one run of items, and one item a run while they are merged (Knuth, The Art of Computer Programming 3, 5.4.1). What
fits in one run never touches the disk.
"""

from __future__ import annotations

import csv
import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import pyoxigraph as ox

T = TypeVar("T")
# Items held at once; and runs merged at once, each of which is an open file.
RUN = 50_000
_FAN_IN = 200


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How a run of items is written to a file and read from it."""

    dump: Callable[[Iterable[T], Path], None]
    load: Callable[[Path], Iterator[T]]


class Sorted(Generic[T]):
    """Items in order, equal neighbours once, to be read any number of times until it is closed."""

    def __init__(
        self, items: Iterable[T], key: Callable[[T], Any], codec: Codec[T], run: int | None = None
    ) -> None:
        self._key, self._codec, self._size = key, codec, run or RUN
        self._folder = tempfile.TemporaryDirectory(prefix="paperkg-sort-")
        self._made = 0
        self._runs: list[Path] = []
        self._rest: list[T] = []
        stream = iter(items)
        while part := sorted(islice(stream, self._size), key=key):
            if len(part) < self._size and not self._runs:
                self._rest = part
                break
            self._runs.append(self._spill(part))
            if len(self._runs) >= _FAN_IN:
                self._runs = [self._spill(self._merged())]

    def _spill(self, items: Iterable[T]) -> Path:
        path = Path(self._folder.name) / str(self._made)
        self._made += 1
        self._codec.dump(items, path)
        return path

    def _merged(self) -> Iterator[T]:
        return heapq.merge(self._rest, *(self._codec.load(path) for path in self._runs), key=self._key)

    def __iter__(self) -> Iterator[T]:
        last: T | None = None
        for item in self._merged():
            if item != last:
                yield item
            last = item

    def in_any_order(self) -> Iterator[T]:
        """All items, as they come to hand: for who only asks what is among them, which spares the merging. Some come twice."""
        yield from self._rest
        for path in self._runs:
            yield from self._codec.load(path)

    def __enter__(self) -> Sorted[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _dump_quads(quads: Iterable[ox.Quad], path: Path) -> None:
    ox.serialize(quads, str(path), format=ox.RdfFormat.N_QUADS)


def _load_quads(path: Path) -> Iterator[ox.Quad]:
    return iter(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))


def _dump_rows(rows: Iterable[Sequence[str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def _load_rows(path: Path) -> Iterator[Sequence[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for cells in csv.reader(lines):
            yield tuple(cells)


QUADS = Codec(_dump_quads, _load_quads)
ROWS = Codec(_dump_rows, _load_rows)
