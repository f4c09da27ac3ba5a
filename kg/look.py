"""How each type of thing looks and how each relation reads.

Colours are Okabe and Ito's eight (https://jfly.uni-koeln.de/color/), which people with any colour vision tell apart, for the
types that fill a graph; Paul Tol's muted set (https://personal.sron.nl/~pault/) for the rest. No two types share a shape and a
like colour, and the dark theme lightens what would sink into its background.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """``shape`` is vis-network's name of it; the colours are for the light and the dark page."""

    name: str
    plural: str
    shape: str
    light: str
    dark: str


TYPES = (
    TypeStyle("Model", "Models", "dot", "#0072B2", "#3FA3E0"),
    TypeStyle("Dataset", "Datasets", "square", "#E69F00", "#F0AE2B"),
    TypeStyle("Benchmark", "Benchmarks", "diamond", "#D55E00", "#F07B28"),
    TypeStyle("Method", "Methods", "triangle", "#009E73", "#1FC298"),
    TypeStyle("Task", "Tasks", "hexagon", "#C25F98", "#DE8BBB"),
    TypeStyle("Metric", "Metrics", "triangleDown", "#D4BE00", "#F0E442"),
    TypeStyle("Concept", "Concepts", "dot", "#56B4E9", "#A6DBF9"),
    TypeStyle("Software", "Software", "hexagon", "#117733", "#A8EBDD"),
    TypeStyle("Organization", "Organizations", "square", "#882255", "#D9467F"),
    TypeStyle("Person", "People", "diamond", "#332288", "#8F7FE0"),
    TypeStyle("Event", "Events", "star", "#999933", "#BDBD55"),
    TypeStyle("Paper", "Papers", "square", "#8A94A3", "#8B96A8"),
)

# A type the ontology gains later is drawn plainly rather than not at all.
_PLAIN = ("dot", "#5B6470", "#A9B4C2")

# relation -> (read from its subject, read from its object)
_RELATIONS = {
    "introduces": ("introduces", "introduced by"),
    "uses": ("uses", "used by"),
    "studies": ("studies", "studied by"),
    "mentions": ("mentions", "mentioned by"),
    "trainedOn": ("trained on", "training data of"),
    "evaluatedOn": ("evaluated on", "evaluates"),
    "usedFor": ("used for", "done with"),
    "basedOn": ("based on", "basis of"),
    "partOf": ("part of", "has part"),
    "kindOf": ("kind of", "has kind"),
    "subTaskOf": ("sub-task of", "has sub-task"),
    "comparedWith": ("compared with", "compared with"),
    "benchmarkFor": ("benchmark for", "has benchmark"),
    "exhibits": ("exhibits", "exhibited by"),
    "creator": ("written by", "author of"),
    "developedBy": ("developed by", "developed"),
}


def style_of(type_: str) -> TypeStyle:
    """The look of a type, known or not."""
    known = next((style for style in TYPES if style.name == type_), None)
    return known or TypeStyle(type_, type_, *_PLAIN)


def most_specific(types: Iterable[str]) -> str:
    """The type to draw a thing as when it has several: a benchmark is a dataset too.

    >>> most_specific(["Dataset", "Benchmark"])
    'Benchmark'
    """
    broad = {"Concept": 2, "Dataset": 1}
    return min(types, key=lambda name: (broad.get(name, 0), name))


def relation_names(predicate: str) -> tuple[str, str]:
    """How a relation reads from its subject and from its object.

    >>> relation_names("trainedOn"), relation_names("citesAsProof")
    (('trained on', 'training data of'), ('cites as proof', 'is what others “cites as proof”'))
    """
    if predicate in _RELATIONS:
        return _RELATIONS[predicate]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", predicate).lower()
    return words, f"is what others “{words}”"
