"""Write docs/ontology.html, the reference page of the ontology, from ontology/kg.ttl and the messages of ontology/shapes.ttl.

    python tools/ontology_page.py        (or: make docs)

One file without scripts that needs nothing from the network; a test says that the file in the tree is what this writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "ontology.html"
KG = "https://w3id.org/paperkg/ontology#"
ONTOLOGY = rdflib.URIRef("https://w3id.org/paperkg/ontology")
SECTIONS = (
    ("Classes", "类", OWL.Class),
    ("Relations", "关系", OWL.ObjectProperty),
    ("Values", "取值属性", OWL.DatatypeProperty),
    ("Annotations", "注释属性", OWL.AnnotationProperty),
)
TRAITS = {
    OWL.TransitiveProperty: "transitive",
    OWL.SymmetricProperty: "symmetric",
    OWL.FunctionalProperty: "one value",
}


class Page:
    """What the template asks of the ontology; every answer is in the order of the names."""

    def __init__(self) -> None:
        self.graph = rdflib.Graph().parse(ROOT / "ontology" / "kg.ttl", format="turtle")
        self.shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl", format="turtle")

    def terms(self, kind: rdflib.URIRef) -> list[rdflib.URIRef]:
        """The ontology's own terms of a kind."""
        found = {term for term in self.graph.subjects(RDF.type, kind) if str(term).startswith(KG)}
        return sorted(found, key=lambda term: term.lower())

    def name(self, node: rdflib.term.Node) -> str:
        """``kg:Model``, ``A or B`` for a union, the values of an enumeration."""
        if isinstance(node, rdflib.BNode):
            for predicate, between in ((OWL.unionOf, " or "), (OWL.oneOf, ", ")):
                head = self.graph.value(node, predicate)
                if head is not None:
                    return between.join(self.name(member) for member in Collection(self.graph, head))
        if isinstance(node, rdflib.Literal):
            return f"“{node}”"
        return self.graph.qname(str(node))

    def text(self, term: rdflib.URIRef, predicate: rdflib.URIRef, language: str) -> str:
        """The text in a language, or nothing."""
        found = (str(value) for value in self.graph.objects(term, predicate) if value.language == language)
        return next(found, "")

    def rows(self, term: rdflib.URIRef) -> Iterator[tuple[str, str]]:
        """What is said of a term, each with its heading."""
        for heading, predicate in (
            ("is a kind of", RDFS.subClassOf), ("refines", RDFS.subPropertyOf), ("leads from", RDFS.domain),
            ("leads to", RDFS.range), ("close to", SKOS.closeMatch),
        ):  # fmt: skip
            values = sorted(self.name(value) for value in self.graph.objects(term, predicate))
            if values:
                yield heading, ", ".join(values)
        traits = sorted(text for kind, text in TRAITS.items() if (term, RDF.type, kind) in self.graph)
        if (term, rdflib.URIRef(f"{KG}withinClass"), None) in self.graph:
            traits.append("within one class")
        if traits:
            yield "is", ", ".join(traits)
        others = sorted(
            {self.name(other) for group in self._disjoint(term) for other in group if other != term}
        )
        if others:
            yield "never also", ", ".join(others)

    def _disjoint(self, term: rdflib.URIRef) -> Iterator[list[rdflib.term.Node]]:
        for axiom in self.graph.subjects(RDF.type, OWL.AllDisjointClasses):
            members = list(Collection(self.graph, self.graph.value(axiom, OWL.members)))
            if term in members:
                yield members

    def rules(self, term: rdflib.URIRef) -> list[str]:
        """What the shapes ask of the nodes of a class, in their words."""
        found = {
            str(message)
            for shape in self.shapes.subjects(SH.targetClass, term)
            for part in (shape, *self.shapes.objects(shape, SH.property))
            for message in self.shapes.objects(part, SH.message)
        }
        return sorted(found)


def render() -> str:
    """The page."""
    page = Page()
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=jinja2.FileSystemLoader(Path(__file__).parent), keep_trailing_newline=True,
    )  # fmt: skip
    template = environment.get_template("ontology_page.html")
    header = {
        key: [str(value) for value in sorted(page.graph.objects(ONTOLOGY, predicate), key=lambda text: text.language or "")]
        for key, predicate in (
            ("title", rdflib.DCTERMS.title), ("description", rdflib.DCTERMS.description), ("version", OWL.versionInfo)
        )
    }  # fmt: skip
    return template.render(page=page, sections=SECTIONS, header=header, label=RDFS.label, definition=SKOS.definition,
                           example=SKOS.example, kg=KG)  # fmt: skip


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
