"""A store's triples in the order of the file, read again at each pass and never all held at once."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.export import turtle


class Ordered:
    """The triples of every graph of a store, each once, sorted; only the subjects are kept."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._subjects = sorted({quad.subject for quad in store}, key=turtle.subject_order)

    def __iter__(self) -> Iterator[ox.Triple]:
        for subject in self._subjects:
            yield from sorted(
                {q.triple for q in self._store.quads_for_pattern(subject, None, None, None)}, key=turtle.order
            )
