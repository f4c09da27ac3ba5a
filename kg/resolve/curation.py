"""What people said by hand: two names are one thing, or are not. Tables of tab-separated values beside the sources.

    subject_label<TAB>predicate_id<TAB>object_label
    HSI<TAB>owl:differentFrom<TAB>human-swarm interaction
    ChatGPT<TAB>skos:exactMatch<TAB>Chat GPT

The columns are named as SSSOM names them (https://w3id.org/sssom/); further columns are allowed and left alone. Of two rows about
one pair the later counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.tables import DIFFERENT, IDENTITY_COLUMNS, SAME, Row, read_table
from kg.text import fold
from kg.types import Outcome, Source


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: two folded names, the lesser first, and where they are said to be one thing or two."""

    a: str
    b: str
    predicate: str
    source: Source
    what: str


@dataclass(frozen=True, slots=True)
class Curation:
    """Pairs of names said to be one thing, pairs said to be two, and the rows that say nothing."""

    same: tuple[Pair, ...] = ()
    different: dict[tuple[str, str], Pair] = field(default_factory=dict)
    problems: tuple[Outcome, ...] = ()

    def parting(self, some: Iterable[str], others: Iterable[str]) -> Pair | None:
        """The first row that keeps a name of one set apart from a name of the other."""
        if not self.different:
            return None
        ones, twos = set(some), set(others)
        return next(
            (
                p
                for p in self.different.values()
                if (p.a in ones and p.b in twos) or (p.b in ones and p.a in twos)
            ),
            None,
        )

    @property
    def partings(self) -> tuple[Pair, ...]:
        """The pairs said to be two things."""
        return tuple(self.different.values())


def load_curation(paths: Iterable[str | Path]) -> Curation:
    """Read the tables, in their order; without any the curation is empty.

    Raises:
        UsageError: a file cannot be read.
    """
    pairs: dict[tuple[str, str], Pair] = {}
    problems: list[Outcome] = []
    for path in paths:
        for row in read_table(Path(path), IDENTITY_COLUMNS):
            source = Source(str(path), row.line)
            found = _pair(row, source)
            if isinstance(found, Outcome):
                problems.append(found)
                continue
            earlier = pairs.pop((found.a, found.b), None)
            if earlier and earlier.predicate != found.predicate:
                problems.append(Outcome(earlier.source, earlier.what, f"{source} says otherwise, later"))
            pairs[found.a, found.b] = found
    return Curation(
        tuple(pair for pair in pairs.values() if pair.predicate == SAME),
        {key: pair for key, pair in pairs.items() if pair.predicate == DIFFERENT},
        tuple(problems),
    )


def _pair(row: Row, source: Source) -> Pair | Outcome:
    a, predicate, b = (row.cells.get(name, "") for name in IDENTITY_COLUMNS)
    what = f"{a} {'same as' if predicate == SAME else 'different from'} {b}"
    if row.fault:
        return Outcome(source, "", row.fault)
    if not a or not b or predicate not in {SAME, DIFFERENT}:
        why = f"needs subject_label, predicate_id ({SAME} or {DIFFERENT}) and object_label"
        return Outcome(source, f"{a} {predicate} {b}".strip(), why)
    if fold(a) == fold(b):
        return Outcome(source, what, "both are spellings of one name")
    return Pair(min(fold(a), fold(b)), max(fold(a), fold(b)), predicate, source, what)
