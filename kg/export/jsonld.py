"""JSON-LD that reads like JSON: one object a node on a line of its own, short keys by a context that the file carries.

    {"id": "model:bloom", "type": "Model", "prefLabel": {"en": "BLOOM"}, "trainedOn": "dataset:roots"}

A key of the context fixes how its values are read (as IRIs, as a type, as texts by language). A value that it would misread
stands under the property's full name instead, in JSON-LD's expanded form, so nothing is lost
(https://www.w3.org/TR/json-ld11/). The context names nothing on the network: the file is complete.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.export import turtle
from kg.vocab import DOMAIN, PREFIXES, RDF, TERMS, XSD

# Short key -> the term, and how its values read: "@id", a datatype, or "@language" for texts by language; None for plain strings.
_OUTSIDE = {
    "prefLabel": ("skos:prefLabel", "@language"),
    "altLabel": ("skos:altLabel", "@language"),
    "hiddenLabel": ("skos:hiddenLabel", "@language"),
    "exactMatch": ("skos:exactMatch", "@id"),
    "label": ("rdfs:label", "@language"),
    "title": ("dcterms:title", "@language"),
    "abstract": ("dcterms:abstract", "@language"),
    "identifier": ("dcterms:identifier", None),
    "otherIdentifier": ("schema:identifier", None),
    "language": ("dcterms:language", None),
    "creator": ("dcterms:creator", "@id"),
    "name": ("foaf:name", None),
    "page": ("foaf:page", "@id"),
    "publicationName": ("prism:publicationName", None),
    "value": ("schema:value", "xsd:integer"),
    "unitText": ("schema:unitText", None),
    "softwareVersion": ("schema:softwareVersion", None),
    "subject": ("rdf:subject", "@id"),
    "predicate": ("rdf:predicate", "@id"),
    "object": ("rdf:object", "@id"),
    "wasDerivedFrom": ("prov:wasDerivedFrom", "@id"),
    "wasGeneratedBy": ("prov:wasGeneratedBy", "@id"),
    "wasAssociatedWith": ("prov:wasAssociatedWith", "@id"),
    "hasTarget": ("oa:hasTarget", "@id"),
    "hasSource": ("oa:hasSource", "@id"),
    "hasSelector": ("oa:hasSelector", "@id"),
    "start": ("oa:start", "xsd:integer"),
    "end": ("oa:end", "xsd:integer"),
    "exact": ("oa:exact", None),
    "prefix": ("oa:prefix", None),
    "suffix": ("oa:suffix", None),
}
_OWN_LITERALS = {
    "confidence": "xsd:decimal", "belief": "xsd:decimal", "uncertainty": "xsd:decimal", "polarity": None, "asStated": "@language",
}  # fmt: skip
# Integers that every JSON parser reads exactly.
_EXACT = 2**53
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,15}")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


@cache
def terms() -> Mapping[str, tuple[str, str | None]]:
    """Short key -> the property's IRI and how its values read; own terms first."""
    own = dict.fromkeys(DOMAIN, "@id") | _OWN_LITERALS
    # "metric" is the prefix of metrics.
    renamed = {"metric": "ofMetric"}
    table = {renamed.get(name, name): (TERMS[name].value, kind) for name, kind in own.items()}
    for key, (curie, kind) in _OUTSIDE.items():
        prefix, _, name = curie.partition(":")
        table[key] = (PREFIXES[prefix] + name, kind)
    return table


@cache
def _keys() -> dict[str, tuple[str, str | None]]:
    return {iri: (key, kind) for key, (iri, kind) in terms().items()}


@cache
def _classes() -> dict[str, str]:
    return {term.value: name for name, term in TERMS.items() if name[0].isupper()}


def context(prefixes: Mapping[str, str]) -> dict[str, Any]:
    """The context: these prefixes, a short key a property, a short name a class."""
    names = _Names(prefixes)
    found: dict[str, Any] = {"id": "@id", "type": "@type", **dict(sorted(prefixes.items()))}
    for iri, name in _classes().items():
        found[name] = names.property(iri)
    for key, (iri, kind) in terms().items():
        entry: dict[str, str] = {"@id": names.property(iri)}
        if kind == "@language":
            entry["@container"] = "@language"
        elif kind:
            entry["@type"] = (
                kind if kind == "@id" else names.property(PREFIXES["xsd"] + kind.partition(":")[2])
            )
        found[key] = entry if len(entry) > 1 else entry["@id"]
    return found


def write_jsonld(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write quads, sorted by graph and subject, holding one node at a time.

    Raises:
        ValueError: there is a triple term of RDF 1.2, which JSON-LD 1.1 has no form for.
    """
    prefixes = _unambiguous(quads, turtle.used(quads) | {name: PREFIXES[name] for name in ("kg", "xsd")})
    names = _Names(prefixes)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"@context": {\n')
        entries = context(prefixes).items()
        out.write(",\n".join(f"  {_text(key)}: {_text(value)}" for key, value in entries))
        out.write('\n},\n"@graph": [')
        between = "\n"
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            named = not isinstance(graph, ox.DefaultGraph)
            if named:
                out.write(f'{between}{{"id": {_text(names.node(graph))}, "@graph": [')
                between = "\n"
            for node in _nodes(group, names):
                out.write(between + _text(node))
                between = ",\n"
            if named:
                out.write("\n]}")
                between = ",\n"
        out.write("\n]}\n")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _nodes(quads: Iterable[ox.Quad], names: _Names) -> Iterator[dict[str, Any]]:
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, Any] = {"id": names.node(subject)}
        for quad in about:
            _add(node, quad.predicate, quad.object, names)
        yield node


def _add(node: dict[str, Any], predicate: ox.NamedNode, item: object, names: _Names) -> None:
    if isinstance(item, ox.Triple):
        raise ValueError(f"RDF 1.2's triple term {item} has no form in JSON-LD")  # noqa: TRY004
    if predicate == RDF.type and isinstance(item, ox.NamedNode):
        _append(node, "type", _classes().get(item.value) or names.property(item.value))
        return
    key, kind = _keys().get(predicate.value, ("", None))
    if isinstance(item, ox.Literal):
        if key and kind == "@language" and _LANGUAGE.fullmatch(item.language or "") and not item.direction:
            _append(node.setdefault(key, {}), _tag(item.language or ""), item.value)
            return
        plain = _plain(item, kind)
        if key and plain is not None:
            _append(node, key, plain)
            return
    elif key and kind == "@id":
        _append(node, key, names.node(item))
        return
    _append(node, names.property(predicate.value), _expanded(item, names))


def _plain(item: ox.Literal, kind: str | None) -> str | int | None:
    """The literal as the bare JSON value that its key makes it of; None where the key would make it another."""
    if item.language:
        return None
    if kind is None:
        return item.value if item.datatype == XSD.string else None
    if kind == "xsd:integer" and item.datatype == XSD.integer and _INTEGER.fullmatch(item.value):
        return int(item.value) if abs(int(item.value)) < _EXACT else item.value
    if kind == "xsd:decimal" and item.datatype == XSD.decimal:
        return item.value
    return None


def _expanded(item: object, names: _Names) -> dict[str, str] | str:
    if not isinstance(item, ox.Literal):
        return {"id": names.node(item)}
    if item.language:
        value = {"@value": item.value, "@language": _tag(item.language)}
        return value | ({"@direction": str(item.direction)} if item.direction else {})
    if item.datatype == XSD.string:
        return item.value
    return {"@value": item.value, "@type": names.property(item.datatype.value)}


def _append(node: dict[str, Any], key: str, value: Any) -> None:
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _tag(language: str) -> str:
    return {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(language, language)


class _Names:
    """IRIs as the context shortens them."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = {iri: prefix for prefix, iri in prefixes.items()}

    def node(self, node: object) -> str:
        if isinstance(node, ox.NamedNode):
            return self.property(node.value)
        return str(node)

    def property(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, rest = self._spaces.get(iri[:cut]), iri[cut:]
        return f"{prefix}:{rest}" if prefix and rest else iri


def _unambiguous(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that are no scheme of an IRI in the graph: ``<model:x>`` would read as a short name."""
    schemes: set[str] = set()
    for quad in quads:
        terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        schemes.update(term.value.partition(":")[0] for term in terms if isinstance(term, ox.NamedNode))
        if isinstance(quad.object, ox.Literal):
            schemes.add(quad.object.datatype.value.partition(":")[0])
    return {prefix: iri for prefix, iri in prefixes.items() if prefix not in schemes}
