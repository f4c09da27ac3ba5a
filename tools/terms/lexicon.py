"""Names of known terms: what a candidate of mining is checked and typed against.

Sources: MLSO (Apache-2.0), the Computer Science Ontology (CC BY 4.0), names of tasks from Papers with Code, and the
hand-written files of ``ontology/terms/``.
"""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path

from skosfile import TERM, read_terms

from kg.resources import ontology_dir
from kg.terminology import Concept, load_terminology
from kg.text import fold

_MLSO = {
    "mlso_learning_methods.ttl": "Method",
    "mlso_ml_algorithms.ttl": "Method",
    "mlso_ml_task_types.ttl": "Task",
    "mlso_evaluation_measures.ttl": "Metric",
    "mlso_ml_fields.ttl": "Concept",
}
_PWC = {"sota_pwc_tasks.tsv": "Task"}


@dataclass
class Lexicon:
    """Folded names: concepts of the hand-written files, types as other vocabularies say, CSO topics and what is above."""

    core: dict[str, Concept] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    broader: dict[str, set[str]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.core or name in self.types or name in self.topics


def core_concepts() -> dict[str, Concept]:
    """Every label of the hand-written files, ambiguous ones too, with its concept."""
    mined = ontology_dir() / "terms" / "mined.ttl"
    own = {TERM + slug for slug, term in read_terms(mined).items() if term.type} if mined.exists() else set()
    names: dict[str, Concept] = {}
    for concept in load_terminology().concepts:
        if concept.iri not in own:
            for label in concept.labels:
                names.setdefault(fold(label.text), concept)
    return names


def load_lexicon(data: Path) -> Lexicon:
    """Read the vocabularies below ``data/terms``."""
    lexicon = Lexicon(core=core_concepts())
    terms = data / "terms"
    for name, type_ in _MLSO.items():
        text = (terms / name).read_text(encoding="utf-8")
        for label in re.findall(r'skos:(?:prefLabel|altLabel) "([^"\n]+)"', text):
            # A single word is a name only in its own capitals ("Hope", "Primer"); in a sentence it is a word.
            if " " in label or "-" in label:
                lexicon.types.setdefault(fold(label), type_)
    for name, type_ in _PWC.items():
        for line in (terms / name).read_text(encoding="utf-8").splitlines():
            label = line.split("\t")[0]
            if " " in label:
                lexicon.types.setdefault(fold(label), type_)
    with gzip.open(terms / "cso_v2.3.2.csv.gz", "rt", encoding="utf-8") as rows:
        for subject, predicate, value in csv.reader(rows, delimiter=";"):
            if predicate == "rdfs:label":
                lexicon.topics[fold(value)] = value
            elif predicate == "klink:broaderGeneric":
                lexicon.broader.setdefault(fold(value), set()).add(fold(subject))
    return lexicon
