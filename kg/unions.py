"""Names that are one: groups that grow by joining, each known by one of its members."""

from __future__ import annotations


class Unions:
    """Disjoint sets of names. A name never joined is a set of its own."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        """The member that stands for the set of ``name``."""
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def join(self, kept: str, other: str) -> None:
        """Make one set of two; the one that stands for ``kept`` stands for both."""
        self._parent[self.root(other)] = self.root(kept)
