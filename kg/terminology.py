"""The bilingual terminology: SKOS concepts with a type, read from ``ontology/terms/``.

Extraction looks names up to find mentions; resolution looks them up to give one node to a thing's names in two languages.
A label said to be ambiguous (``kg:ambiguousLabel``) names its concept only where something else in the text supports it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.resources import ontology_dir
from kg.text import fold
from kg.types import Label, LabelKind, LabelLang

KG = "https://w3id.org/paperkg/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
_AMBIGUOUS, _BROADER, _TYPE = f"{KG}ambiguousLabel", f"{SKOS}broader", f"{KG}termType"
_KINDS: dict[str, LabelKind] = {
    f"{SKOS}prefLabel": "pref",
    f"{SKOS}altLabel": "alt",
    f"{SKOS}hiddenLabel": "hidden",
    _AMBIGUOUS: "alt",
}
_RANK: dict[LabelKind, int] = {"pref": 0, "alt": 1, "hidden": 2}
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
        named: dict[LabelKind, list[tuple[str, Concept]]] = {kind: [] for kind in _RANK}
        for concept in self.concepts:
            for label in concept.labels:
                if label.text not in concept.ambiguous:
                    named[label.kind].append((fold(label.text), concept))
        self._by_name: dict[str, Concept] = {}
        # A preferred label outranks an alternative one, and that a hidden one, when two concepts share a spelling.
        for kind in _RANK:
            for name, concept in named[kind]:
                self._by_name.setdefault(name, concept)
        self._supported = dict(self._by_name)
        for concept in self.concepts:
            for text in sorted(concept.ambiguous):
                self._supported.setdefault(fold(text), concept)

    def find(self, name: str, *, supported: bool = False) -> Concept | None:
        """The concept with this name. ``supported`` says that the text backs the reading, so ambiguous labels count too."""
        table, key = (self._supported if supported else self._by_name), fold(name)
        # Machine translation strews 的 inside terms: 深度的学习 is 深度学习.
        return table.get(key) or (
            table.get(key.replace("的", "")) if "的" in key[1:-1] and len(key) > 4 else None
        )

    def __len__(self) -> int:
        return len(self.concepts)


@lru_cache(maxsize=4)
def load_terminology(extra: tuple[str, ...] = ()) -> Terminology:
    """The package's terminology, with further Turtle files joined to it.

    Raises:
        UsageError: a further file is missing or is not Turtle.
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
        self._labels: defaultdict[str, set[Label]] = defaultdict(set)
        self._ambiguous: defaultdict[str, set[str]] = defaultdict(set)
        self._broader: defaultdict[str, set[str]] = defaultdict(set)

    def read(self, path: Path, *, mined: bool) -> None:
        """Add one file. Raises what pyoxigraph raises for a file that is missing or is not Turtle."""
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, item, predicate = quad.subject, quad.object, quad.predicate.value
            if not isinstance(subject, ox.NamedNode):
                continue
            iri = subject.value
            if isinstance(item, ox.Literal):
                if predicate in _KINDS:
                    self._labels[iri].add(Label(item.value, _lang(item), _KINDS[predicate]))
                    if predicate == _AMBIGUOUS:
                        self._ambiguous[iri].add(item.value)
            elif isinstance(item, ox.NamedNode):
                if predicate == _TYPE:
                    self._types.setdefault((iri, item.value), mined)
                elif predicate == _BROADER:
                    self._broader[iri].add(item.value)

    def concepts(self) -> Iterator[Concept]:
        """Every IRI that has a type and a label."""
        for (iri, kind), mined in self._types.items():
            if labels := self._labels.get(iri):
                yield Concept(
                    iri=iri,
                    type=kind.removeprefix(KG),
                    labels=tuple(sorted(labels, key=_label_order)),
                    ambiguous=frozenset(self._ambiguous.get(iri, ())),
                    broader=tuple(sorted(self._broader.get(iri, ()))),
                    mined=mined,
                )


def _lang(literal: ox.Literal) -> LabelLang:
    return "zh-Hans" if (literal.language or "en").startswith("zh") else "en"


def _label_order(label: Label) -> tuple[int, str, str]:
    return _RANK[label.kind], label.lang, label.text
