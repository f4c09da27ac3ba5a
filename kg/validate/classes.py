"""Classes and relations against the ontology.

OWL's own reading is open: it would rather conclude that a dataset is a model too than call ``dataset
kg:trainedOn x`` wrong. A graph that names the class of every node can be read more strictly, and is here:
the ends of a relation must have a class that its domain and range name. Where that holds, and no node is of
two disjoint classes, OWL has nothing to object to either.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pyoxigraph as ox

from kg.resources import ontology_dir
from kg.validate.report import Row, row
from kg.vocab import ANCESTORS, DOMAIN, ENTITY_CLASSES, PREFIXES, RANGE, RDF, TERMS, WITHIN_CLASS

_KG = PREFIXES["kg"]
_DISJOINT = (
    "SELECT ?axiom ?class { ?axiom a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?class }"
)


def check_classes(store: ox.Store) -> Iterator[Row]:
    """Nodes of disjoint classes, and relations whose ends have classes that their domain and range do not."""
    for node, names in _of_several_classes(store):
        for a, b in combinations(sorted(names), 2):
            if _disjoint(a, b):
                yield row(store, "classes", node, f"is both kg:{a} and kg:{b}, which nothing can be")
    for name, starts in DOMAIN.items():
        for quad in store.quads_for_pattern(None, TERMS[name], None):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            if not isinstance(quad.object, ox.NamedNode):
                if isinstance(quad.object, ox.Literal):
                    message = f"kg:{name} leads to a thing; this is the text {quad.object.value[:80]!r}"
                    yield row(store, "classes", quad.subject, message)
                continue
            subject, object_ = _classes(store, quad.subject), _classes(store, quad.object)
            if not subject & starts:
                message = f"kg:{name} leads from {_list(starts)}; this is {_list(subject)}"
                yield row(store, "classes", quad.subject, message)
            if not object_ & RANGE[name]:
                message = f"kg:{name} leads to {_list(RANGE[name])}; this is {_list(object_)}"
                yield row(store, "classes", quad.object, message)
            if name in WITHIN_CLASS and not _akin(subject, object_):
                message = f"kg:{name} relates things of one class, not {_list(subject)} to {_list(object_)}"
                yield row(store, "classes", quad.subject, message)


def _of_several_classes(store: ox.Store) -> Iterator[tuple[ox.NamedNode, set[str]]]:
    first: dict[ox.NamedNode, str] = {}
    several: dict[ox.NamedNode, set[str]] = {}
    for quad in store.quads_for_pattern(None, RDF.type, None):
        name = _name(quad.object)
        if name and isinstance(quad.subject, ox.NamedNode) and first.setdefault(quad.subject, name) != name:
            several.setdefault(quad.subject, {first[quad.subject]}).add(name)
    yield from several.items()


def _classes(store: ox.Store, node: ox.NamedNode) -> set[str]:
    return {name for quad in store.quads_for_pattern(node, RDF.type, None) if (name := _name(quad.object))}


def _name(term: object) -> str:
    """The local name of a term of the ontology; empty for any other."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(_KG):
        return term.value.removeprefix(_KG)
    return ""


def _list(names: frozenset[str] | set[str]) -> str:
    if names == set(ENTITY_CLASSES):
        return "any entity"
    return " or ".join(f"kg:{name}" for name in sorted(names)) or "of no class"


def _akin(subject: set[str], object_: set[str]) -> bool:
    """Whether some class of the one is some class of the other, or a subclass of it."""
    return any(a in ANCESTORS.get(b, ()) or b in ANCESTORS.get(a, ()) for a in subject for b in object_)


def _disjoint(a: str, b: str) -> bool:
    """Whether some axiom names two different classes, one above (or equal to) each."""
    return any(
        above_a != above_b and {above_a, above_b} <= group
        for group in _disjoint_groups()
        for above_a in _above(a)
        for above_b in _above(b)
    )


def _above(name: str) -> frozenset[str]:
    return ANCESTORS[name] | {"Entity"} if name in ANCESTORS else frozenset({name})


@cache
def _disjoint_groups() -> tuple[frozenset[str], ...]:
    """The ontology's sets of classes that are disjoint, pair by pair."""
    ontology = ox.Store()
    ontology.load(path=str(ontology_dir() / "kg.ttl"), format=ox.RdfFormat.TURTLE)
    groups: dict[object, set[str]] = {}
    found = ontology.query(_DISJOINT, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    for solution in found:
        groups.setdefault(solution["axiom"], set()).add(_name(solution["class"]))
    return tuple(frozenset(group) for group in groups.values())
