"""What is said about one thing, and the words that prove a claim, as Web Annotation selectors point at them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from kg.look import most_specific
from kg.vocab import DCTERMS, FOAF, KG, RDF, RDFS, SKOS

_OA = "http://www.w3.org/ns/oa#"
ONTOLOGY = KG.Paper.value.removesuffix("Paper")
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)


class Lookup:
    """What a store says about single things. Each is looked up once: claims share their targets, papers their authors."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        self._known: dict[Any, dict[str, list[Any]]] = {}

    def about(self, thing: Any) -> dict[str, list[Any]]:
        """The objects of each predicate (by IRI) of a node or an IRI, sorted; nothing for a literal."""
        node = pyoxigraph.NamedNode(thing) if isinstance(thing, str) else thing
        if isinstance(node, pyoxigraph.Literal):
            return {}
        if node not in self._known:
            found: defaultdict[str, set[Any]] = defaultdict(set)
            for quad in self._store.quads_for_pattern(node, None, None, None):
                found[quad.predicate.value].add(quad.object)
            self._known[node] = {predicate: sorted(objects, key=str) for predicate, objects in found.items()}
        return self._known[node]

    def text(self, thing: Any, predicate: str) -> str:
        """The first value as text, or nothing."""
        values = self.about(thing).get(predicate)
        return str(values[0].value) if values and hasattr(values[0], "value") else ""

    def subjects(self, predicate: str, value: Any) -> list[Any]:
        """What points at ``value``, sorted."""
        quads = self._store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), value, None)
        return sorted({quad.subject for quad in quads}, key=str)

    def names(self, thing: Any) -> tuple[tuple[str, str], ...]:
        """(language tag, text) of what it is called, preferred names first, a title among them."""
        said = self.about(thing)
        found = [
            v
            for p in (*_NAMES, SKOS.altLabel)
            for v in said.get(p.value, ())
            if isinstance(v, pyoxigraph.Literal)
        ]
        return tuple(dict.fromkeys((v.language or "", v.value) for v in found if v.value.strip()))

    def name(self, thing: Any) -> str:
        """What people call it: in English if it can be, else in any language, else the end of its IRI."""
        if isinstance(thing, pyoxigraph.Literal):
            return thing.value
        for predicate in _NAMES:
            found = [
                v
                for v in self._values(thing, predicate)
                if isinstance(v, pyoxigraph.Literal) and v.value.strip()
            ]
            if found:
                return min(found, key=lambda v: (v.language != "en", v.value)).value
        return local_name(str(getattr(thing, "value", thing)))

    def kind(self, thing: Any) -> str:
        """Its class of the ontology by local name, the most telling one; nothing if it has none."""
        types = [v.value for v in self._values(thing, RDF.type) if isinstance(v, pyoxigraph.NamedNode)]
        own = [local_name(iri) for iri in types if iri.startswith(ONTOLOGY)]
        return most_specific(own) if own else ""

    def _values(self, thing: Any, predicate: pyoxigraph.NamedNode) -> list[Any]:
        """The values of one predicate. Of what is only named in passing, as a paper of many mentions, the rest is not read."""
        node = pyoxigraph.NamedNode(thing) if isinstance(thing, str) else thing
        if isinstance(node, pyoxigraph.Literal):
            return []
        if node in self._known:
            return self._known[node].get(predicate.value, [])
        quads = self._store.quads_for_pattern(node, predicate, None, None)
        return sorted({quad.object for quad in quads}, key=str)


def local_name(iri: str) -> str:
    """What stands after the last ``#`` or ``/``, which names the thing to a person.

    >>> local_name("https://w3id.org/paperkg/ontology#trainedOn")
    'trainedOn'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


@dataclass(frozen=True, slots=True)
class Quote:
    """``start`` and ``end`` count code points of the abstract; ``exact`` are the words, ``prefix`` and ``suffix`` what is around."""

    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


def read_quotes(lookup: Lookup, claim: Any) -> tuple[Quote, ...]:
    """The quotes of a claim, one a target, in the order of the text.

    Selectors may hang on the target itself, on its specific resource, or refine each other.
    """
    quotes = {_read_quote(lookup, target) for target in lookup.about(claim).get(_OA + "hasTarget", ())} - {
        Quote()
    }
    return tuple(sorted(quotes, key=lambda q: (q.start or 0, q.end or 0, q.exact, q.prefix, q.suffix)))


def _read_quote(lookup: Lookup, target: Any) -> Quote:
    fields: dict[str, str] = {}
    todo, seen = [target], set()
    while todo:
        thing = todo.pop(0)
        if thing in seen:
            continue
        seen.add(thing)
        for name in ("start", "end", "exact", "prefix", "suffix"):
            if value := lookup.text(thing, _OA + name):
                fields.setdefault(name, value)
        for link in ("hasSelector", "refinedBy"):
            todo.extend(lookup.about(thing).get(_OA + link, ()))
    start, end = fields.get("start", ""), fields.get("end", "")
    return Quote(
        start=int(start) if start.isdecimal() else None,
        end=int(end) if end.isdecimal() else None,
        exact=fields.get("exact", ""),
        prefix=fields.get("prefix", ""),
        suffix=fields.get("suffix", ""),
    )
