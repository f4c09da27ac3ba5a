"""What a paper names: a node with its class and its names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.errors import PaperkgError
from kg.fill.literals import safe, web_page, worded
from kg.fill.nodes import Nodes
from kg.types import Entity, Label, LabelKind, LabelLang
from kg.vocab import ENTITY_CLASSES, RDF, RDFS, SKOS, TERMS

_PROPERTIES: dict[LabelKind, NamedNode] = {
    "pref": SKOS.prefLabel,
    "alt": SKOS.altLabel,
    "hidden": SKOS.hiddenLabel,
}
_RANK: dict[LabelKind, int] = {"pref": 0, "alt": 1, "hidden": 2}


def entity_quads(entity: Entity, nodes: Nodes) -> Iterator[Quad]:
    """The entity's class, labels, and the concept of the terminology that it is.

    Raises:
        PaperkgError: its type is no entity class of the ontology.
    """
    if entity.type not in ENTITY_CLASSES:
        raise PaperkgError(
            f"{entity.key}: no entity class {entity.type!r}; the ontology has {', '.join(ENTITY_CLASSES)}"
        )
    node = nodes.named(entity.key)
    yield Quad(node, RDF.type, TERMS[entity.type])
    for label in shown(entity.labels):
        literal = worded(label.text, label.lang)
        yield Quad(node, _PROPERTIES[label.kind], literal)
        if label.kind == "pref":
            # For tools that know no SKOS.
            yield Quad(node, RDFS.label, literal)
    if entity.concept and (concept := web_page(entity.concept)):
        yield Quad(node, SKOS.exactMatch, concept)


def shown(labels: tuple[Label, ...]) -> list[Label]:
    """The labels as SKOS wants them: one preferred a language, and no name of two kinds.

    Of several preferred labels in a language the first given stays and the others become alternatives; where
    none is preferred, the first alternative is. A hidden label is shown only where an entity has no other.
    """
    kinds: dict[tuple[str, LabelLang], LabelKind] = {}
    preferred: set[LabelLang] = set()
    for label in sorted(labels, key=lambda label: _RANK[label.kind]):
        name = (safe(label.text).strip(), label.lang)
        if not name[0] or name in kinds:
            continue
        if label.kind == "hidden":
            kinds[name] = "hidden"
        else:
            kinds[name] = "alt" if label.lang in preferred else "pref"
            preferred.add(label.lang)
    if kinds and not preferred:
        kinds[next(iter(kinds))] = "pref"
    return [Label(text, lang, kind) for (text, lang), kind in kinds.items()]
