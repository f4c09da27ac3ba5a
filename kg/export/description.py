"""The ``description`` profile: what the data set is and how much of what it holds, in VoID and DCAT 3.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/. Nothing in it depends on the clock or the machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kg.export.sorting import QUADS, Sorted
from kg.iri import DEFAULT_BASE
from kg.vocab import DCAT, DCTERMS, KG, ONTOLOGY_VERSION, PREFIXES, RDF, XSD

VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_EXAMPLES = 3
_TITLE = (("Knowledge graph of research papers", "en"), ("研究论文知识图谱", "zh-Hans"))
_TEXT = (
    ("Papers, what they speak of, how these things relate, the numbers reported, and the words that prove each statement.", "en"),
    ("论文及其谈及的事物、事物间的关系、所报告的数值，以及每条陈述的原文依据。", "zh-Hans"),
)  # fmt: skip


def described(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The description of a graph.

    Args:
        quads: the whole graph, sorted by subject; read several times.
    """
    base, examples = _base(quads)
    dataset = ox.NamedNode(f"{base}dataset")
    yield from _whole(dataset, base, examples)
    triples, subjects, last = 0, 0, None
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for quad in quads:
        triples += 1
        subjects += quad.subject != last
        last = quad.subject
        properties[quad.predicate.value] += 1
        if quad.predicate == RDF.type and isinstance(quad.object, ox.NamedNode):
            classes[quad.object.value] += 1
    counts = {
        "triples": triples,
        "distinctSubjects": subjects,
        "distinctObjects": _distinct_objects(quads),
        "entities": sum(classes.values()),
        "properties": len(properties),
        "classes": len(classes),
    }
    for name, number in counts.items():
        yield _quad(dataset, f"{VOID}{name}", _number(number))
    for vocabulary in sorted({_space(term) for term in (*properties, *classes)}):
        yield _quad(dataset, f"{VOID}vocabulary", ox.NamedNode(vocabulary))
    for kind, count, found in (("class", "entities", classes), ("property", "triples", properties)):
        for term, number in sorted(found.items()):
            part = ox.NamedNode(f"{dataset.value}#{kind}-{_name(term)}")
            yield _quad(dataset, f"{VOID}{kind}Partition", part)
            yield _quad(part, RDF.type.value, ox.NamedNode(f"{VOID}Dataset"))
            yield _quad(part, f"{VOID}{kind}", ox.NamedNode(term))
            yield _quad(part, f"{VOID}{count}", _number(number))


def _whole(dataset: ox.NamedNode, base: str, examples: list[ox.NamedNode]) -> Iterator[ox.Quad]:
    yield _quad(dataset, RDF.type.value, ox.NamedNode(f"{VOID}Dataset"))
    yield _quad(dataset, RDF.type.value, DCAT.Dataset)
    for predicate, texts in ((DCTERMS.title, _TITLE), (DCTERMS.description, _TEXT)):
        for text, language in texts:
            yield _quad(dataset, predicate.value, ox.Literal(text, language=language))
    for language in ("en", "zh"):
        yield _quad(dataset, DCTERMS.language.value, ox.Literal(language))
    ontology = PREFIXES["kg"].removesuffix("#")
    yield _quad(dataset, DCTERMS.conformsTo.value, ox.NamedNode(f"{ontology}/{ONTOLOGY_VERSION}"))
    yield _quad(dataset, f"{VOID}uriSpace", ox.Literal(base))
    for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML"):
        yield _quad(dataset, f"{VOID}feature", ox.NamedNode(_FORMATS + name))
    for example in examples:
        yield _quad(dataset, f"{VOID}exampleResource", example)


def _base(quads: Iterable[ox.Quad]) -> tuple[str, list[ox.NamedNode]]:
    """The IRI below which the graph's resources live, read off its papers, and the first of them."""
    papers = (
        quad.subject
        for quad in quads
        if quad.predicate == RDF.type and quad.object == KG.Paper and isinstance(quad.subject, ox.NamedNode)
    )
    first = list(islice(papers, _EXAMPLES))
    base = first[0].value.rpartition("paper/")[0] if first else ""
    return base or DEFAULT_BASE, first


def _distinct_objects(quads: Iterable[ox.Quad]) -> int:
    nothing = ox.NamedNode("urn:x")
    objects = (ox.Quad(nothing, nothing, quad.object) for quad in quads)
    with Sorted(objects, key=lambda quad: str(quad.object), codec=QUADS) as ordered:
        return sum(1 for _ in ordered)


def _quad(subject: ox.NamedNode, predicate: str, item: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), item)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=XSD.integer)


def _space(term: str) -> str:
    return term[: max(term.rfind("#"), term.rfind("/")) + 1] or term


def _name(term: str) -> str:
    """A term as part of an IRI: its prefix where it has one of ours, and its local name."""
    space = _space(term)
    prefix = next((prefix for prefix, iri in PREFIXES.items() if iri == space), "other")
    return f"{prefix}-{term.removeprefix(space)}"
