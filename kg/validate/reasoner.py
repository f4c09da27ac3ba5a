"""HermiT, a full OWL 2 DL reasoner, asked through owlready2. Both need to be there: owlready2 and a Java
runtime.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import PaperkgError
from kg.resources import ontology_dir
from kg.validate.report import Row
from kg.vocab import PREFIXES, RDF


def check_consistency(ontology: Path | None = None, graph: ox.Store | None = None) -> Iterator[Row]:
    """Contradictions in an ontology (Turtle; the package's own by default): as a whole, or a class nothing
    can be in; with a graph, also in what its facts say by the ontology.

    Raises:
        PaperkgError: owlready2 or Java is missing.
    """
    path = ontology or ontology_dir() / "kg.ttl"
    try:
        import owlready2
    except ImportError as error:
        raise PaperkgError("the reasoner needs owlready2: pip install owlready2") from error
    if shutil.which("java") is None:
        raise PaperkgError("the reasoner needs Java: install a Java runtime, such as default-jre-headless")
    triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    with tempfile.TemporaryDirectory() as folder:
        # owlready2 reads no Turtle.
        plain = Path(folder) / "ontology.nt"
        ox.serialize([*triples, *_facts(graph)], str(plain), format=ox.RdfFormat.N_TRIPLES)
        world = owlready2.World()
        world.get_ontology(plain.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            subject = "ontology" if graph is None else "ontology with the graph's facts"
            yield Row("reasoner", str(path), f"HermiT finds the {subject} inconsistent")
            return
        for empty in world.inconsistent_classes():
            if empty is not owlready2.Nothing:
                yield Row(
                    "reasoner", empty.iri, "nothing can be of this class: its definition contradicts itself"
                )


def _facts(graph: ox.Store | None) -> Iterator[ox.Triple]:
    """Classes and relations of the ontology's own, for every node a declaration; all that a contradiction can come from."""
    if graph is None:
        return
    for quad in graph:
        own = quad.object if quad.predicate == RDF.type else quad.predicate
        if isinstance(own, ox.NamedNode) and own.value.startswith(PREFIXES["kg"]):
            yield quad.triple
            if quad.predicate == RDF.type:
                yield ox.Triple(quad.subject, RDF.type, ox.NamedNode(f"{PREFIXES['owl']}NamedIndividual"))
