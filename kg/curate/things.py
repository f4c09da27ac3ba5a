"""What a decision speaks of: the things, papers and claims of the resolved texts, found by name or by the end of their IRI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.iri import paper_key, slug
from kg.text import fold, label_lang
from kg.types import Entity, Label, Polarity, Resolved
from kg.vocab import ENTITY_CLASSES, PAPER_PREDICATES

# Subject, predicate and object of a claim by key; a reported number goes by its words.
Triple = tuple[str, str, str]


class Inapplicable(Exception):  # noqa: N818 - it is a state of the texts, not a fault of the program
    """A decision that these texts give no occasion for, and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper claims something."""

    paper: str
    start: int
    end: int
    polarity: Polarity


class Things:
    """The things, papers and claims of resolved texts."""

    def __init__(self, resolved: Sequence[Resolved]) -> None:
        self._entities: dict[str, Entity] = {}
        self._named: dict[str, set[str]] = defaultdict(set)
        self.texts: dict[str, Resolved] = {}
        self._papers: dict[str, str] = {}
        self.claims: dict[Triple, list[Place]] = defaultdict(list)
        for item in resolved:
            paper = paper_key(item.extraction.document.id)
            self.texts[paper] = item
            self._papers[item.extraction.document.id] = paper
            for link in item.links:
                self._entities.setdefault(link.entity.key, link.entity)
            for triple, place in _claims(item, paper):
                self.claims[triple].append(place)
        for key, entity in self._entities.items():
            for label in entity.labels:
                self._named[fold(label.text)].add(key)

    def entity(self, name: str) -> Entity:
        """The one thing of this name or key.

        Raises:
            Inapplicable: there is none, or more than one.
        """
        if name in self._entities:
            return self._entities[name]
        # A key that is no more, as when its thing was joined to another, still has a name in it.
        found = self._named.get(fold(name)) or self._named.get(fold(name.partition("/")[2]))
        keys = sorted(found or set())
        if len(keys) > 1:
            raise Inapplicable(f"{name} is the name of {', '.join(keys)}; say which")
        if not keys:
            raise Inapplicable(f"no paper names {name}")
        return self._entities[keys[0]]

    def entity_or_new(self, name: str) -> Entity:
        """The thing; or, where ``Dataset: Some Name`` gives a class with it, a new one if there is none."""
        class_, colon, new = (part.strip() for part in name.partition(":"))
        if not colon or class_ not in ENTITY_CLASSES or not new:
            return self.entity(name)
        key = f"{class_.lower()}/{slug(new)}"
        label = Label(new, "zh-Hans" if label_lang(new) == "zh-Hans" else "en", "pref")
        return self._entities.get(key) or Entity(key, class_, (label,))

    def paper(self, name: str) -> str:
        """The key of the paper of this identifier or key.

        Raises:
            Inapplicable: it was not read.
        """
        key = self._papers.get(name, name)
        if key in self.texts:
            return key
        key = paper_key(name)
        if key not in self.texts:
            raise Inapplicable(f"no paper {name} was read")
        return key


def mentions_of(item: Resolved, key: str) -> Iterator[int]:
    """The mentions of a thing in a paper."""
    return (link.mention for link in item.links if link.entity.key == key)


def _claims(item: Resolved, paper: str) -> Iterator[tuple[Triple, Place]]:
    extraction, keys = item.extraction, [link.entity.key for link in item.links]
    for mention, key in zip(extraction.mentions, keys, strict=True):
        yield (paper, "mentions", key), Place(paper, mention.start, mention.end, "asserted")
    for role in extraction.roles:
        if role.predicate in PAPER_PREDICATES and role.predicate != "mentions":
            yield (paper, role.predicate, keys[role.mention]), Place(paper, role.start, role.end, "asserted")
    for relation in extraction.relations:
        triple = keys[relation.subject], relation.predicate, keys[relation.object]
        yield triple, Place(paper, relation.start, relation.end, relation.polarity)
    for found in extraction.measurements:
        yield (paper, "reports", fold(found.text)), Place(paper, found.start, found.end, "asserted")
