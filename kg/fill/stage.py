"""The stage itself: papers in, quads out, one paper at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.fill.activity import Activity
from kg.fill.claims import Claims
from kg.fill.entities import entity_quads
from kg.fill.facts import add_relations, add_roles, add_stated
from kg.fill.measurements import measurement_quads
from kg.fill.nodes import Nodes
from kg.fill.papers import paper_quads, person_quads
from kg.settings import FillSettings
from kg.types import Entity, Resolved


def fill(resolved: Iterable[Resolved], settings: FillSettings, activity: Activity) -> Iterator[Quad]:
    """The graph that the papers give, in the default graph.

    Memory holds one paper and the entities and author names met so far, which are written once. The quads, as
    a set, do not depend on the order of the papers. A fact comes once for each paper that states it.

    Args:
        resolved: papers whose mentions are tied to entities; an entity's key always means the same entity.
        settings: the base of the IRIs, and whether denied and hedged statements are kept as claims.
        activity: what made the statements.

    Raises:
        UsageError: the base is not an http or https IRI that ends in ``/``.
        PaperkgError: an extraction holds a class or predicate that the ontology lacks, or evidence outside
            its text.
    """
    nodes = Nodes(settings.base)
    made_by = activity.node(nodes)
    entities: set[Entity] = set()
    names: set[str] = set()
    people: set[str] = set()
    yield from activity.quads(nodes)
    for paper in resolved:
        document = paper.extraction.document
        yield from paper_quads(document, nodes)
        for name in document.authors:
            if name.strip() and name.strip() not in names:
                names.add(name.strip())
                yield from person_quads(name.strip(), nodes)
        stated = (entity for fact in paper.stated for entity in (fact.subject, fact.object) if entity)
        for entity in (*(link.entity for link in paper.links), *stated):
            if entity not in entities:
                entities.add(entity)
                yield from entity_quads(entity, nodes)
        claims = Claims(document)
        add_roles(paper, nodes, claims)
        add_relations(paper, nodes, claims, settings)
        add_stated(paper, nodes, claims)
        yield from measurement_quads(paper, nodes, claims)
        yield from claims.quads(nodes, made_by, lambda name: activity.curation(nodes, name))
        for name in sorted(claims.people - people):
            people.add(name)
            yield from activity.curation_quads(nodes, name)
