"""What a short form means in a paper that does not define it: what the other papers define it to be, if they leave no doubt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from kg.resolve.clusters import Cluster
from kg.text import fold
from kg.types import Lang

# So short a form is coined again and again: it takes two papers that define it alike.
_COMMON, _PAPERS = 3, 2
_JOINTS = re.compile(r"[\s\-]+")


class Expansions:
    """The short forms that papers define.

    Args:
        clusters: of all papers.
        keys: the key of each.
        known: the keys that are of the terminology, whose short forms nobody coins.
    """

    def __init__(self, clusters: Sequence[Cluster], keys: Sequence[str], known: Collection[str]) -> None:
        self._known = known
        self._keys: dict[str, Counter[str]] = defaultdict(Counter)
        self._written: dict[str, set[str]] = defaultdict(set)
        self._langs: dict[str, set[Lang]] = defaultdict(set)
        for entry, key in zip(clusters, keys, strict=True):
            if entry.names != entry.short:
                for short in entry.short:
                    self._keys[short][key] += 1
                    self._written[short] |= {_joined(s) for s in entry.surfaces if fold(s) == short}
                    self._langs[short].add(entry.lang)

    def of(self, short: str, entry: Cluster) -> str | None:
        """The key of what the cluster's name, a short form that its paper leaves undefined, stands for; nothing where that is in doubt.

        That is where papers define it differently; where it is written as an ordinary word is (*grasp*, not *GRASP*); and, of papers in the
        same language, where a very short one is defined but once, or where the paper claims it as its own, and so means no other's.
        """
        known = self._keys.get(short)
        if not known or len(known) > 1:
            return None
        ((key, papers),) = known.items()
        if (
            entry.lang in self._langs[short]
        ):  # else it may be a paper and its translation, which says it once for both
            common = key not in self._known and len(short.replace(" ", "")) <= _COMMON
            if entry.introduced or (common and papers < _PAPERS):
                return None
        return key if entry.lang != "en" or self._written_alike(short, entry) else None

    def _written_alike(self, short: str, entry: Cluster) -> bool:
        written = self._written[short]
        folded = {form.casefold() for form in written}

        def alike(form: str) -> bool:
            if form in written:
                return True
            # Not ENAS for ENA: the plural of capitals has a small letter.
            return sum(c.isupper() for c in form) > 1 and form.removesuffix("s").casefold() in folded

        return any(alike(_joined(surface)) for surface in entry.surfaces)


def _joined(surface: str) -> str:
    return _JOINTS.sub("", surface)
