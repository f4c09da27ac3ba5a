"""Write ``kg/vocab.py`` from ``ontology/kg.ttl``: the ontology is the one place where a term is made.

    python -m kg.vocab_generate

A test says that the file in the tree is what this writes, so a term that the ontology lacks cannot be used in
code: its attribute does not exist, at run time or for a type checker.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.resources import ontology_dir

_KG = "https://w3id.org/paperkg/ontology#"
_ONTOLOGY = ox.NamedNode("https://w3id.org/paperkg/ontology")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
# The width that the formatter keeps to.
_LINE = 110
_ENTITY = ox.NamedNode(f"{_KG}Entity")
_TYPE = ox.NamedNode(f"{_RDF}type")
_OBJECT_PROPERTY = ox.NamedNode(f"{_OWL}ObjectProperty")

# Terms of the built-in vocabularies, which an OWL ontology may not declare.
_BUILT_IN: dict[str, tuple[str, ...]] = {
    "rdf": ("type", "subject", "predicate", "object", "reifies", "langString"),
    "rdfs": ("label", "domain", "range", "subClassOf", "subPropertyOf", "isDefinedBy"),
    "owl": ("Ontology", "Class", "AllDisjointClasses", "members", "unionOf", "sameAs", "differentFrom"),
    "xsd": ("boolean", "date", "decimal", "gYear", "gYearMonth", "integer", "string"),
}

# Vocabularies that only the ontology file speaks: of itself, and to map its terms. No code needs them.
_OF_THE_FILE = {"fabio", "mls", "mlso", "vann"}

_HEADER = '''"""The vocabulary: every term the code may use. Generated from ``ontology/kg.ttl``; do not edit.

    python -m kg.vocab_generate

``KG.trainedOn`` is a ``pyoxigraph.NamedNode``; so are the outside terms (``SKOS.prefLabel``). A misspelt term
is an ``AttributeError``, and an error to a type checker. Tables speak of the ontology's own terms by local
name, as the types of ``kg.types`` do.
"""
# ruff: noqa: N815

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode
'''

_FITS = '''
def fits(subject: str, predicate: str, object: str) -> bool:  # noqa: A002
    """Whether the ontology lets things of these classes (local names) stand in this relation.

    >>> fits("Model", "trainedOn", "Dataset"), fits("Dataset", "trainedOn", "Model")
    (True, False)
    >>> fits("Benchmark", "kindOf", "Dataset"), fits("Model", "kindOf", "Dataset")
    (True, False)
    """
    if predicate not in DOMAIN or subject not in DOMAIN[predicate] or object not in RANGE[predicate]:
        return False
    return predicate not in WITHIN_CLASS or subject in ANCESTORS[object] or object in ANCESTORS[subject]
'''


class _Ontology:
    """The few questions the generator asks of the ontology, answered in the order of the file."""

    def __init__(self, path: Path) -> None:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        triples = [(quad.subject, quad.predicate, quad.object) for quad in parser]
        self.prefixes: dict[str, str] = {name: iri for name, iri in parser.prefixes.items() if name}
        self.objects: dict[tuple[object, str], list[object]] = {}
        for subject, predicate, value in triples:
            self.objects.setdefault((subject, predicate.value), []).append(value)
        kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        declared = {ox.NamedNode(_OWL + kind) for kind in kinds}
        self.terms = list(
            dict.fromkeys(
                subject
                for subject, predicate, value in triples
                if predicate == _TYPE and value in declared and isinstance(subject, ox.NamedNode)
            )
        )

    def own(self) -> Iterator[ox.NamedNode]:
        return (term for term in self.terms if term.value.startswith(_KG))

    def label(self, term: ox.NamedNode, language: str) -> str:
        labels = (value for value in self.objects[term, f"{_RDFS}label"] if isinstance(value, ox.Literal))
        return next(value.value for value in labels if (value.language or "").startswith(language))

    def ancestors(self, term: ox.NamedNode) -> list[str]:
        """The class's own local name and those of its superclasses, ``Entity`` aside."""
        found = [_local(term)]
        for parent in self.objects.get((term, f"{_RDFS}subClassOf"), []):
            if isinstance(parent, ox.NamedNode) and parent.value.startswith(_KG) and parent != _ENTITY:
                found += self.ancestors(parent)
        return found

    def entity_classes(self) -> list[str]:
        parents = {term: self.objects.get((term, f"{_RDFS}subClassOf"), []) for term in self.own()}
        found = {_ENTITY}
        while more := {term for term, above in parents.items() if found & set(above)} - found:
            found |= more
        return [_local(term) for term in self.own() if term in found and term != _ENTITY]

    def classes_of(self, term: ox.NamedNode, axiom: str) -> list[str]:
        """The classes that a domain or range admits, subclasses included, in the order of the file."""
        named: list[object] = []
        for value in self.objects[term, _RDFS + axiom]:
            for union in self.objects.get((value, f"{_OWL}unionOf"), []):
                named += self._members(union)
            if isinstance(value, ox.NamedNode):
                named.append(value)
        names = {_local(value) for value in named if isinstance(value, ox.NamedNode)}
        if "Entity" in names:
            return self.entity_classes()
        known = [node for node in self.own() if node.value[len(_KG)].isupper()]
        return [_local(node) for node in known if names & set(self.ancestors(node))]

    def _members(self, head: object) -> Iterator[object]:
        while head != ox.NamedNode(f"{_RDF}nil"):
            yield self.objects[head, f"{_RDF}first"][0]
            head = self.objects[head, f"{_RDF}rest"][0]


def render(path: Path) -> str:
    """The text of ``kg/vocab.py`` for the ontology in this Turtle file."""
    ontology = _Ontology(path)
    version = ontology.objects[_ONTOLOGY, f"{_OWL}versionInfo"][0]
    assert isinstance(version, ox.Literal)
    prefixes = [(name, _quoted(iri)) for name, iri in sorted(ontology.prefixes.items())]
    parts = [_HEADER, f'ONTOLOGY_VERSION: Final = "{version.value}"\n']
    parts.append(_table("PREFIXES: Final[dict[str, str]]", prefixes))
    for prefix, namespace in sorted(ontology.prefixes.items(), key=lambda item: (item[0] != "kg", item)):
        if prefix in _OF_THE_FILE:
            continue
        iris = [term.value for term in ontology.terms if term.value.startswith(namespace)]
        names = [iri.removeprefix(namespace) for iri in iris] + list(_BUILT_IN.get(prefix, ()))
        parts.append(_namespace(prefix, namespace, names))
    parts.append(_tables(ontology))
    parts.append(_FITS)
    return "\n".join(part for part in parts if part)


def _namespace(prefix: str, namespace: str, names: Iterable[str]) -> str:
    lines = [f'    {name}: Final = NamedNode("{namespace}{name}")\n' for name in names]
    if not lines:
        return ""
    return f'\nclass {prefix.upper()}:\n    """Terms of <{namespace}>."""\n\n{"".join(lines)}'


def _tables(ontology: _Ontology) -> str:
    own, classes = list(ontology.own()), ontology.entity_classes()
    relations = [term for term in own if _OBJECT_PROPERTY in ontology.objects[term, _TYPE.value]]
    domain = {_local(term): ontology.classes_of(term, "domain") for term in relations}
    range_ = {_local(term): ontology.classes_of(term, "range") for term in relations}
    # Sub-properties before the property they refine: the first that fits says most.
    refined = sorted(relations, key=lambda term: not _refines(ontology, term))
    of_paper = [
        name
        for name in map(_local, refined)
        if domain[name] == ["Paper"] and set(range_[name]) & set(classes)
    ]
    between = [name for name, starts in domain.items() if set(starts) & set(classes)]
    within = [_local(term) for term in relations if (term, f"{_KG}withinClass") in ontology.objects]
    both_ways = [
        _local(term)
        for term in relations
        if ox.NamedNode(f"{_OWL}SymmetricProperty") in ontology.objects[term, _TYPE.value]
    ]
    ancestors = {_local(term): ontology.ancestors(term) for term in own if _local(term) in classes}
    labels = [
        (_local(term), f"({_quoted(ontology.label(term, 'en'))}, {_quoted(ontology.label(term, 'zh'))})")
        for term in own
    ]
    return "\n".join(
        [
            "\n# Every term of the ontology by local name, for code that has the name as data.",
            "TERMS: Final[dict[str, NamedNode]] = {\n"
            "    name: term for name, term in vars(KG).items() if isinstance(term, NamedNode)\n}\n",
            "# Local names, in the ontology's order.",
            _sequence("ENTITY_CLASSES: Final[tuple[str, ...]]", classes),
            "# From a paper to an entity, the most telling first.",
            _sequence("PAPER_PREDICATES: Final[tuple[str, ...]]", of_paper),
            "# Between entities. synonymOf stands between names: in the graph it becomes one node.",
            _sequence("ENTITY_PREDICATES: Final[tuple[str, ...]]", between),
            "# The classes a relation may start from and lead to, subclasses included.",
            "_ANY: Final = frozenset(ENTITY_CLASSES)\n",
            _table("DOMAIN: Final[dict[str, frozenset[str]]]", _sets(domain, classes)),
            _table("RANGE: Final[dict[str, frozenset[str]]]", _sets(range_, classes)),
            "# Relations between things of one class (or of a class and its subclass).",
            "WITHIN_CLASS: Final[frozenset[str]] = frozenset({" + ", ".join(map(_quoted, within)) + "})\n",
            "# Relations that hold in both directions or in none.",
            "SYMMETRIC: Final[frozenset[str]] = frozenset({" + ", ".join(map(_quoted, both_ways)) + "})\n",
            "# An entity class: itself and its superclasses.",
            _table("ANCESTORS: Final[dict[str, frozenset[str]]]", _sets(ancestors, classes)),
            "# What people call a term, in English and Chinese, by local name.",
            _table("LABELS: Final[dict[str, tuple[str, str]]]", labels),
        ]
    )


def _refines(ontology: _Ontology, term: ox.NamedNode) -> bool:
    parents = ontology.objects.get((term, f"{_RDFS}subPropertyOf"), [])
    return any(isinstance(parent, ox.NamedNode) and parent.value.startswith(_KG) for parent in parents)


def _local(term: ox.NamedNode) -> str:
    return term.value.removeprefix(_KG)


def _quoted(text: str) -> str:
    return f'"{text}"'


def _sequence(name: str, values: list[str]) -> str:
    line = f"{name} = ({', '.join(map(_quoted, values))})\n"
    if len(line) <= _LINE:
        return line
    rows = "".join(f"    {_quoted(value)},\n" for value in values)
    return f"{name} = (\n{rows})\n"


def _table(name: str, items: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"    {_quoted(key)}: {value},\n" for key, value in items)
    return f"{name} = {{\n{rows}}}\n"


def _sets(table: dict[str, list[str]], everything: list[str]) -> Iterator[tuple[str, str]]:
    for key, values in table.items():
        yield key, "_ANY" if values == everything else f"frozenset({{{', '.join(map(_quoted, values))}}})"


def main() -> None:
    """Write the file beside this one."""
    target = Path(__file__).with_name("vocab.py")
    target.write_text(render(ontology_dir() / "kg.ttl"), encoding="utf-8")
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main()
