"""What RDF/XML cannot say. The serializer writes it all the same, as a file that no XML parser takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# A predicate or class becomes the name of an element, so it ends in what XML 1.0 takes for a name.
_NAMED = re.compile(r"[^\W\d][\w.-]*$")
# XML 1.0 cannot hold these at all, escaped or not.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def check(triples: Iterable[ox.Triple]) -> None:
    """Refuse a graph that RDF/XML has no form for.

    Raises:
        ValueError: naming the predicate, or the subject of the literal or triple term.
    """
    for triple in triples:
        if fault := _fault(triple):
            raise ValueError(fault)


def _fault(triple: ox.Triple) -> str:
    item = triple.object
    if isinstance(item, ox.Triple):
        return f"the triple term of {triple.subject} is RDF 1.2; write turtle, ntriples, nquads or trig"
    if triple.predicate == _TYPE and isinstance(item, ox.NamedNode) and not _NAMED.search(item.value):
        return f"the class {item} ends in no name for an XML element"
    if not _NAMED.search(triple.predicate.value):
        return f"the predicate {triple.predicate} ends in no name for an XML element"
    if isinstance(item, ox.Literal) and UNWRITABLE.search(item.value):
        return f"a literal of {triple.subject} holds a control character"
    return ""
