"""Each term on its own: literals true to their type, known language tags and ``kg:`` terms, IRIs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from kg.validate.report import Row, row
from kg.vocab import PREFIXES, TERMS, XSD

_LANGUAGES = {"en", "zh-hans", "zh-hant"}


def _xsd(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["xsd"] + name)


_LEXICAL = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    _xsd("nonNegativeInteger"): re.compile(r"\+?[0-9]+|-0+"),
    _xsd("positiveInteger"): re.compile(r"\+?0*[1-9][0-9]*"),
    _xsd("double"): re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
    _xsd("dateTime"): re.compile(
        r"-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9:.]+(Z|[+-][0-9:]+)?"
    ),
    XSD.boolean: re.compile(r"true|false|0|1"),
    XSD.gYear: re.compile(r"-?[0-9]{4,}"),
    XSD.gYearMonth: re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])"),
    XSD.date: re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
}
# Characters that XML 1.0 has no place for: no RDF/XML file can hold them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KG = PREFIXES["kg"]
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NO_IRI = re.compile('[\x00-\x20<>"{}|\\\\^`\x7f-\x9f\ufffe\uffff]')
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def check_terms(store: ox.Store) -> Iterator[Row]:
    """Faults of single terms. A file's IRIs were checked as it was read; those of a store may come from anywhere."""
    for quad in store:
        assert isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
        for fault in _faults(quad):
            yield row(store, "terms", quad.subject, fault)


def _faults(quad: ox.Quad) -> Iterator[str]:
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        yield "a blank node; every node of the graph has an IRI, so that others can refer to it"
    if isinstance(quad.object, ox.Triple):
        yield f"{_short(quad.predicate)} leads to a triple term, which is read only where a claim names one triple by it"
    named = [term for term in quad if isinstance(term, ox.NamedNode)]
    if isinstance(quad.object, ox.Literal):
        named.append(quad.object.datatype)
    for term in named:
        if fault := _iri_fault(term.value):
            yield f"the IRI <{term.value[:200]}> {fault}"
    for value in (quad.predicate, quad.object):
        if isinstance(value, ox.NamedNode) and value.value.startswith(_KG):
            name = value.value.removeprefix(_KG)
            if name not in TERMS:
                yield f"the ontology has no term kg:{name}"
    if isinstance(quad.object, ox.Literal):
        text = f"{_short(quad.predicate)} {quad.object.value[:60]!r}"
        tag, datatype = quad.object.language, quad.object.datatype
        if tag and tag.lower() not in _LANGUAGES:
            yield f"{text} is tagged {tag}; labels and texts are en, zh-Hans or zh-Hant"
        malformed = datatype in _LEXICAL and not _LEXICAL[datatype].fullmatch(quad.object.value)
        if malformed or (datatype == XSD.date and not _is_day(quad.object.value)):
            yield f"{text} is no {_short(datatype)}"
        if _FORBIDDEN.search(quad.object.value):
            yield f"{text} holds a control character, which RDF/XML cannot"


def _is_day(text: str) -> bool:
    """Whether the calendar has the day; it is asked for years of four digits only."""
    try:
        return len(text) != 10 or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _iri_fault(iri: str) -> str:
    """What is wrong with an IRI (RFC 3987), or nothing."""
    if not _ABSOLUTE.match(iri):
        return "has no scheme, so it means something else in every place"
    if _NO_IRI.search(iri):
        return "holds a character that no IRI may hold"
    if _BAD_ESCAPE.search(iri):
        return "holds a % that is no escape"
    if unicodedata.normalize("NFC", iri) != iri:
        return "is not in Unicode's normal form C, so that it differs from what looks the same"
    return ""


def _short(iri: ox.NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.value.startswith(namespace):
            return f"{prefix}:{iri.value.removeprefix(namespace)}"
    return iri.value
