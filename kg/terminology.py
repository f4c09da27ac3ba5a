"""The bilingual terminology: SKOS concepts with a type, read from ``ontology/terms/``.

Extraction looks names up to find mentions; resolution looks them up to give one node to a thing's names in two languages.
A label said to be ambiguous (``kg:ambiguousLabel``) names its concept only where something else in the text supports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_KINDS: dict[str, LabelKind] = {
    f"{SKOS}prefLabel": "pref",
    f"{SKOS}altLabel": "alt",
    f"{SKOS}hiddenLabel": "hidden",
    f"{KG}ambiguousLabel": "alt",
}


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
        self._by_name: dict[str, Concept] = {}
        # A preferred label outranks an alternative one, and that a hidden one, when two concepts share a spelling.
        for kind in ("pref", "alt", "hidden"):
            for concept in self.concepts:
                for label in concept.labels:
                    if label.kind == kind and label.text not in concept.ambiguous:
                        self._by_name.setdefault(fold(label.text), concept)
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
    store = ox.Store()
    own = sorted((ontology_dir() / "terms").glob("*.ttl"))
    for path in [*own, *map(Path, extra)]:
        try:
            store.bulk_load(
                path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"urn:file:{path.name}")
            )
        except (OSError, SyntaxError, ValueError) as error:
            raise UsageError(f"{path}: terminology cannot be read: {error}") from error
    return Terminology(_concepts(store))


def _concepts(store: ox.Store) -> list[Concept]:
    kinds = {ox.NamedNode(iri): kind for iri, kind in _KINDS.items()}
    ambiguous_label = ox.NamedNode(f"{KG}ambiguousLabel")
    broader = ox.NamedNode(f"{SKOS}broader")
    mined = ox.NamedNode("urn:file:mined.ttl")
    concepts = []
    for typed in store.quads_for_pattern(None, ox.NamedNode(f"{KG}termType"), None):
        if not isinstance(typed.subject, ox.NamedNode) or not isinstance(typed.object, ox.NamedNode):
            continue
        labels: set[Label] = set()
        ambiguous: set[str] = set()
        wider: set[str] = set()
        for quad in store.quads_for_pattern(typed.subject, None, None):
            if quad.predicate in kinds and isinstance(quad.object, ox.Literal):
                labels.add(Label(quad.object.value, _lang(quad.object), kinds[quad.predicate]))
                if quad.predicate == ambiguous_label:
                    ambiguous.add(quad.object.value)
            elif quad.predicate == broader and isinstance(quad.object, ox.NamedNode):
                wider.add(quad.object.value)
        if labels:
            concepts.append(
                Concept(
                    iri=typed.subject.value,
                    type=typed.object.value.removeprefix(KG),
                    labels=tuple(sorted(labels, key=_label_order)),
                    ambiguous=frozenset(ambiguous),
                    broader=tuple(sorted(wider)),
                    mined=typed.graph_name == mined,
                )
            )
    return concepts


def _lang(literal: ox.Literal) -> LabelLang:
    return "zh-Hans" if (literal.language or "en").startswith("zh") else "en"


def _label_order(label: Label) -> tuple[int, str, str]:
    order: Sequence[str] = ("pref", "alt", "hidden")
    return order.index(label.kind), label.lang, label.text
