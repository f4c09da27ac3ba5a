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


def check_consistency(ontology: Path | None = None) -> Iterator[Row]:
    """Contradictions in an ontology (Turtle; the package's own by default): as a whole, or a class nothing
    can be in.

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
        ox.serialize(triples, str(plain), format=ox.RdfFormat.N_TRIPLES)
        world = owlready2.World()
        world.get_ontology(plain.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            yield Row("reasoner", str(path), "HermiT finds the ontology inconsistent")
            return
        for empty in world.inconsistent_classes():
            if empty is not owlready2.Nothing:
                yield Row(
                    "reasoner", empty.iri, "nothing can be of this class: its definition contradicts itself"
                )
