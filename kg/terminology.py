"""The bilingual terminology: SKOS concepts with a type, read from ``ontology/terms/``.

Extraction looks names up to find mentions; resolution looks them up to give one node to a thing's names in two languages.
A label said to be ambiguous (``kg:ambiguousLabel``) names its concept only where something else in the text supports it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.resources import ontology_dir
from kg.text import fold
from kg.types import Label, LabelKind, LabelLang
from kg.vocab import ENTITY_CLASSES

KG = "https://w3id.org/paperkg/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
_AMBIGUOUS, _BROADER, _TYPE = f"{KG}ambiguousLabel", f"{SKOS}broader", f"{KG}termType"
_KINDS: dict[str, LabelKind] = {
    f"{SKOS}prefLabel": "pref",
    f"{SKOS}altLabel": "alt",
    f"{SKOS}hiddenLabel": "hidden",
    _AMBIGUOUS: "alt",
}
_KINDS_BY_RANK: tuple[LabelKind, ...] = ("pref", "alt", "hidden")
# Predicate -> rank of the kind of label that it gives.
_RANK = {predicate: _KINDS_BY_RANK.index(kind) for predicate, kind in _KINDS.items()}
_CLASSES = frozenset(f"{KG}{name}" for name in ENTITY_CLASSES)
# The file of concepts that counting found.
_MINED = "mined.ttl"


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the field: its IRI, its class by local name, its names, the IRIs of broader concepts.

    ``mined`` says that it was found by counting in parallel texts, not written by hand.
    """

    iri: str
    type: str
    labels: tuple[Label, ...]
    ambiguous: frozenset[str] = frozenset()
    broader: tuple[str, ...] = ()
    mined: bool = False

    @property
    def name(self) -> str:
        """The preferred English label, or the first label there is."""
        preferred = [label for label in self.labels if label.kind == "pref"]
        return next(
            (label.text for label in preferred if label.lang == "en"),
            (preferred or list(self.labels))[0].text,
        )


class Terminology:
    """Concepts, found by any spelling of any of their labels."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: tuple[Concept, ...] = tuple(sorted(concepts, key=lambda concept: concept.iri))

    @cached_property
    def _by_name(self) -> dict[str, Concept]:
        """Made when a name is first sought: who only walks over the concepts need not wait for every label to be folded."""
        named: dict[LabelKind, list[tuple[str, Concept]]] = {kind: [] for kind in _KINDS_BY_RANK}
        for concept in self.concepts:
            for label in concept.labels:
                if label.text not in concept.ambiguous:
                    named[label.kind].append((fold(label.text), concept))
        found: dict[str, Concept] = {}
        # A preferred label outranks an alternative one, and that a hidden one, when two concepts share a spelling.
        for kind in _KINDS_BY_RANK:
            for name, concept in named[kind]:
                found.setdefault(name, concept)
        return found

    @cached_property
    def _supported(self) -> dict[str, Concept]:
        found = dict(self._by_name)
        for concept in self.concepts:
            for text in sorted(concept.ambiguous):
                found.setdefault(fold(text), concept)
        return found

    def find(self, name: str, *, supported: bool = False) -> Concept | None:
        """The concept with this name. ``supported`` says that the text backs the reading, so ambiguous labels count too."""
        table, key = (self._supported if supported else self._by_name), fold(name)
        # Machine translation strews 的 inside terms: 深度的学习 is 深度学习.
        return table.get(key) or (
            table.get(key.replace("的", "")) if "的" in key[1:-1] and len(key) > 4 else None
        )

    def english(self) -> Iterator[tuple[Label, Concept]]:
        """The English labels that need no context, the last concept's first: of a table by name the first concept then has the last word."""
        for concept in reversed(self.concepts):
            for label in concept.labels:
                if label.lang == "en" and label.text not in concept.ambiguous:
                    yield label, concept

    def __len__(self) -> int:
        return len(self.concepts)


@lru_cache(maxsize=4)
def load_terminology(extra: tuple[str, ...] = ()) -> Terminology:
    """The package's terminology, with further Turtle files joined to it.

    Raises:
        UsageError: a further file is missing, is not Turtle, or names a class that is none.
    """
    terms = ontology_dir() / "terms"
    said = _Said()
    for path in [*sorted(terms.glob("*.ttl")), *map(Path, extra)]:
        try:
            said.read(path, mined=path == terms / _MINED)
        except (OSError, SyntaxError, ValueError) as error:
            raise UsageError(f"{path}: terminology cannot be read: {error}") from error
    return Terminology(said.concepts())


class _Said:
    """What files say of each IRI. They are read in a stream: a store and its indexes would cost more than all else here."""

    def __init__(self) -> None:
        self._types: dict[tuple[str, str], bool] = {}
        # A label is kept as what orders it: its rank, language and text.
        self._labels: defaultdict[str, set[tuple[int, LabelLang, str]]] = defaultdict(set)
        self._ambiguous: defaultdict[str, set[str]] = defaultdict(set)
        self._broader: defaultdict[str, set[str]] = defaultdict(set)

    def read(self, path: Path, *, mined: bool) -> None:
        """Add one file. Raises what pyoxigraph raises for a file that is missing or is not Turtle; ``ValueError`` on a class that is none."""
        for subject, property_, item, _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(subject, ox.NamedNode):
                continue
            predicate = property_.value
            if isinstance(item, ox.Literal):
                rank = _RANK.get(predicate)
                if rank is not None:
                    self._labels[subject.value].add((rank, _lang(item), item.value))
                    if predicate == _AMBIGUOUS:
                        self._ambiguous[subject.value].add(item.value)
            elif isinstance(item, ox.NamedNode):
                if predicate == _TYPE:
                    if item.value not in _CLASSES:
                        raise ValueError(
                            f"{subject.value} has the type {item.value}, which is no class of things"
                        )
                    self._types.setdefault((subject.value, item.value), mined)
                elif predicate == _BROADER:
                    self._broader[subject.value].add(item.value)

    def concepts(self) -> Iterator[Concept]:
        """Every IRI that has a type and a label."""
        for (iri, kind), mined in self._types.items():
            if labels := self._labels.get(iri):
                yield Concept(
                    iri=iri,
                    type=kind.removeprefix(KG),
                    labels=tuple(
                        Label(text, lang, _KINDS_BY_RANK[rank]) for rank, lang, text in sorted(labels)
                    ),
                    ambiguous=frozenset(self._ambiguous.get(iri, ())),
                    broader=tuple(sorted(self._broader.get(iri, ()))),
                    mined=mined,
                )


def _lang(literal: ox.Literal) -> LabelLang:
    return "zh-Hans" if (literal.language or "en").startswith("zh") else "en"
