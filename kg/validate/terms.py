"""Each term on its own: literals true to their type, known language tags and ``kg:`` terms, IRIs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.validate.report import Row, row
from kg.vocab import PREFIXES, TERMS, XSD

_LANGUAGES = {"en", "zh-hans"}
_LEXICAL = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    XSD.gYear: re.compile(r"-?[0-9]{4,}"),
    XSD.gYearMonth: re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])"),
    XSD.date: re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
}
# Characters that XML 1.0 has no place for: no RDF/XML file can hold them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KG = PREFIXES["kg"]


def check_terms(store: ox.Store) -> Iterator[Row]:
    """Faults of single terms. That IRIs are valid was checked when the graph was read."""
    for quad in store:
        assert isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
        for fault in _faults(quad):
            yield row(store, "terms", quad.subject, fault)


def _faults(quad: ox.Quad) -> Iterator[str]:
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        yield "a blank node; every node of the graph has an IRI, so that others can refer to it"
    for term in (quad.predicate, quad.object):
        if isinstance(term, ox.NamedNode) and term.value.startswith(_KG):
            name = term.value.removeprefix(_KG)
            if name not in TERMS:
                yield f"the ontology has no term kg:{name}"
    if isinstance(quad.object, ox.Literal):
        text = f"{_short(quad.predicate)} {quad.object.value[:60]!r}"
        tag, datatype = quad.object.language, quad.object.datatype
        if tag and tag.lower() not in _LANGUAGES:
            yield f"{text} is tagged {tag}; labels and texts are en or zh-Hans"
        if datatype in _LEXICAL and not _LEXICAL[datatype].fullmatch(quad.object.value):
            yield f"{text} is no {_short(datatype)}"
        if _FORBIDDEN.search(quad.object.value):
            yield f"{text} holds a control character, which RDF/XML cannot"


def _short(iri: ox.NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.value.startswith(namespace):
            return f"{prefix}:{iri.value.removeprefix(namespace)}"
    return iri.value
