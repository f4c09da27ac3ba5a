"""Where what people said by hand meets what the terminology and the texts say: it wins, and tells what came of each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.resolve.clusters import Cluster
from kg.resolve.curation import Curation, Pair
from kg.terminology import Concept, Terminology
from kg.text import fold
from kg.types import Outcome
from kg.unions import Unions

Tell = Callable[[Outcome], None]
_KINDS = ("pref", "alt", "hidden")


class Parted:
    """The terminology without the names that were said to be of another thing than the rest of their concept.

    Of two names of one concept that are said to differ, the one that stands higher in it keeps the concept (a preferred label before an
    alternative one, English first); the other leaves it.
    """

    def __init__(self, terminology: Terminology, curation: Curation) -> None:
        self._terminology = terminology
        self._left: dict[str, str] = {}
        for pair in curation.partings:
            concept = terminology.find(pair.a)
            if concept is not None and concept is terminology.find(pair.b):
                self._left[max((pair.a, pair.b), key=lambda name: _standing(concept, name))] = concept.iri

    def find(self, name: str, *, supported: bool = False) -> Concept | None:
        """As the terminology's own, but a name that left its concept finds none; the concept comes without its name."""
        concept = self._terminology.find(name, supported=supported)
        if concept is None or not self._left:
            return concept
        return None if self._left.get(fold(name)) == concept.iri else self._without(concept)

    def left(self, names: Iterable[str], concept: Concept) -> bool:
        """Whether one of these names has left the concept."""
        return bool(self._left) and any(self._left.get(name) == concept.iri for name in names)

    def _without(self, concept: Concept) -> Concept:
        kept = tuple(label for label in concept.labels if self._left.get(fold(label.text)) != concept.iri)
        return concept if len(kept) == len(concept.labels) else replace(concept, labels=kept)


def joined(
    clusters: Sequence[Cluster],
    keys: Sequence[str],
    concepts: dict[str, Concept],
    curation: Curation,
    parted: Parted,
    tell: Tell,
) -> dict[str, str]:
    """For each key that a row joins to another, the key that stands for both. ``concepts`` gains the names of those joined.

    A row has no effect where no paper names one of its two, or where another row keeps apart what it would join.
    """
    for problem in curation.problems:
        tell(problem)
    if not curation.same and not curation.different:
        return {}
    where, names = _index(clusters, keys, concepts)

    def places(name: str) -> set[str]:
        concept = parted.find(name)
        return where.get(name) or ({concept.iri} if concept and concept.iri in concepts else set())

    same = Unions()
    touched: set[str] = set()
    for pair in curation.same:
        here, there = places(pair.a), places(pair.b)
        why = _missing(pair, here, there)
        if not why:
            everything = here | there
            roots = {same.root(key) for key in everything}
            members = [key for key in names if same.root(key) in roots]
            union = {name for key in members for name in names[key]}
            against = curation.parting(union, union)
            if against:
                why = f"{against.source} keeps apart what it would join"
            else:
                first = min(everything)
                for key in everything:
                    same.join(first, key)
                touched |= everything
        tell(Outcome(pair.source, pair.what, why))
    spoken = {name for entry in clusters for name in entry.names}
    for pair in curation.partings:
        here, there = ({n} if n in spoken else places(n) for n in (pair.a, pair.b))
        tell(Outcome(pair.source, pair.what, _missing(pair, here, there)))
    return _stand_ins(same, touched, concepts)


def _index(
    clusters: Sequence[Cluster], keys: Sequence[str], concepts: dict[str, Concept]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The keys of each lasting name, and the names of each key."""
    where: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for entry, key in zip(clusters, keys, strict=True):
        for name in entry.lasting:
            where[name].add(key)
        names[key] |= entry.names
    for key, concept in concepts.items():
        names[key] |= {fold(label.text) for label in concept.labels}
    return where, names


def _stand_ins(same: Unions, touched: set[str], concepts: dict[str, Concept]) -> dict[str, str]:
    """A concept written by hand stands for the others of its set, before one that was mined, before a bare name."""
    sets: dict[str, list[str]] = defaultdict(list)
    for key in sorted(touched):
        sets[same.root(key)].append(key)
    result: dict[str, str] = {}
    for members in sets.values():
        members.sort(key=lambda key: (key not in concepts, key in concepts and concepts[key].mined, key))
        first = members[0]
        others = [concepts[key] for key in members[1:] if key in concepts]
        if others:
            more = [
                replace(label, kind="alt") if label.kind == "pref" else label
                for c in others
                for label in c.labels
            ]
            known = {(label.text, label.lang) for label in concepts[first].labels}
            more = [label for label in dict.fromkeys(more) if (label.text, label.lang) not in known]
            ambiguous = frozenset().union(concepts[first].ambiguous, *(c.ambiguous for c in others))
            concepts[first] = replace(
                concepts[first], labels=concepts[first].labels + tuple(more), ambiguous=ambiguous
            )
        result.update(dict.fromkeys(members, first))
    return result


def _missing(pair: Pair, here: set[str], there: set[str]) -> str:
    lacking = [name for name, found in ((pair.a, here), (pair.b, there)) if not found]
    return f"no paper names {' or '.join(lacking)}" if lacking else ""


def _standing(concept: Concept, name: str) -> tuple[int, bool, str]:
    ranks = [
        (_KINDS.index(label.kind), label.lang != "en", name)
        for label in concept.labels
        if fold(label.text) == name
    ]
    return min(ranks, default=(len(_KINDS), True, name))
