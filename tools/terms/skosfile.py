"""The files of ``ontology/terms/`` have one form, concepts by slug and labels sorted, so a change is a short diff.

    python tools/terms/skosfile.py FILE...

brings files into that form. Write a new concept anywhere in its file, run this, and read the diff.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from kg.text import label_lang

TERM = "https://w3id.org/paperkg/id/term/"
KG = "https://w3id.org/paperkg/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
_PREFIXES = (("kg", KG), ("skos", SKOS), ("term", TERM))
# Segments that Turtle takes after a prefix as they are; others are written as whole IRIs.
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "kg:ambiguousLabel")


@dataclass
class Term:
    """A concept as its file has it. ``type`` is empty where the file only adds labels to another file's concept."""

    slug: str
    type: str = ""
    labels: dict[str, set[str]] = field(default_factory=dict)
    broader: set[str] = field(default_factory=set)


def read_terms(path: Path) -> dict[str, Term]:
    """The concepts of one file by slug.

    Raises:
        SyntaxError: the file is not Turtle.
        ValueError: it says something this form has no place for.
    """
    terms: dict[str, Term] = {}
    names = {f"{dict(_PREFIXES)[label.split(':')[0]]}{label.split(':')[1]}": label for label in _LABELS}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode)
        slug = quad.subject.value.removeprefix(TERM)
        term = terms.setdefault(slug, Term(slug))
        predicate, value = quad.predicate.value, quad.object
        if predicate in names and isinstance(value, ox.Literal):
            if (value.language or "").lower() != label_lang(value.value).lower():
                raise ValueError(f"{path}: {slug}: {value} has the wrong language tag")
            term.labels.setdefault(names[predicate], set()).add(value.value)
        elif predicate == f"{KG}termType" and isinstance(value, ox.NamedNode):
            term.type = value.value.removeprefix(KG)
        elif predicate == f"{SKOS}broader" and isinstance(value, ox.NamedNode):
            term.broader.add(value.value.removeprefix(TERM))
        elif predicate != "http://www.w3.org/1999/02/22-rdf-syntax-ns#type":
            raise ValueError(f"{path}: {slug}: unexpected {predicate}")
    return terms


def header(path: Path) -> list[str]:
    """The comment lines a file opens with."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(takewhile(lambda line: line.startswith("#"), lines))


def render(comment: list[str], terms: dict[str, Term]) -> str:
    """The file's text."""
    blocks = ["\n".join([*comment, *(f"@prefix {prefix}: <{iri}> ." for prefix, iri in _PREFIXES)])]
    for slug in sorted(terms):
        term = terms[slug]
        lines = [f"{_name(slug)} a skos:Concept"] if term.type else []
        if term.type:
            lines.append(f"    kg:termType kg:{term.type}")
        for predicate in _LABELS:
            if texts := term.labels.get(predicate):
                ordered = sorted(texts, key=lambda text: (label_lang(text), text))
                literals = [f'"{_escape(text)}"@{label_lang(text)}' for text in ordered]
                lines.append(f"    {predicate} {' , '.join(literals)}")
        if term.broader:
            lines.append(f"    skos:broader {' , '.join(_name(other) for other in sorted(term.broader))}")
        if not term.type:
            lines[0] = f"{_name(slug)} {lines[0].strip()}"
        blocks.append(" ;\n".join(lines) + " .")
    return "\n\n".join(blocks) + "\n"


def _name(slug: str) -> str:
    return f"term:{slug}" if _PLAIN.fullmatch(slug) else f"<{TERM}{slug}>"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        file = Path(argument)
        file.write_text(render(header(file), read_terms(file)), encoding="utf-8")
