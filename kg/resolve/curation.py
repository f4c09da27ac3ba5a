"""What people said by hand: two names are one thing, or are not. A table of tab-separated values beside the sources.

    subject_label<TAB>predicate_id<TAB>object_label
    HSI<TAB>owl:differentFrom<TAB>human-swarm interaction
    ChatGPT<TAB>skos:exactMatch<TAB>Chat GPT

The columns are named as SSSOM names them (https://w3id.org/sssom/); further columns are allowed and left alone.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UsageError
from kg.text import fold

SAME = "skos:exactMatch"
DIFFERENT = "owl:differentFrom"


@dataclass(frozen=True, slots=True)
class Curation:
    """Pairs of folded names said to be one thing, and pairs said to be two."""

    same: tuple[tuple[str, str], ...] = ()
    different: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def apart(self, a: str, b: str) -> bool:
        """Whether two folded names were said to be different things."""
        return (min(a, b), max(a, b)) in self.different


def load_curation(path: str) -> Curation:
    """Read the table; an empty path gives an empty curation.

    Raises:
        UsageError: the file cannot be read, lacks a column, or holds an unknown predicate.
    """
    if not path:
        return Curation()
    same: list[tuple[str, str]] = []
    different: set[tuple[str, str]] = set()
    try:
        with Path(path).open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(
                csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"), start=2
            ):
                a, predicate, b = row.get("subject_label"), row.get("predicate_id"), row.get("object_label")
                if not a or not b or predicate not in {SAME, DIFFERENT}:
                    raise UsageError(
                        f"{path}:{number}: needs subject_label, predicate_id ({SAME} or {DIFFERENT}) and object_label"
                    )
                pair = (min(fold(a), fold(b)), max(fold(a), fold(b)))
                if predicate == SAME:
                    same.append(pair)
                else:
                    different.add(pair)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: curation table cannot be read: {error}") from error
    return Curation(tuple(sorted(same)), frozenset(different))
