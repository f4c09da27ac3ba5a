"""The namespaces that the view reads."""

from __future__ import annotations

import re

KG = "https://w3id.org/paperkg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"


def local_name(iri: str) -> str:
    """What stands after the last ``#``, ``/`` or ``:``.

    >>> local_name("https://w3id.org/paperkg/ontology#trainedOn")
    'trainedOn'
    """
    return re.split(r"[#/:]", iri)[-1]
