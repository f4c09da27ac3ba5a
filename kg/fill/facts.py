"""What a paper states of entities: what it does with them itself, and how they relate."""

from __future__ import annotations

from kg.errors import PaperkgError
from kg.fill.claims import Claims
from kg.fill.nodes import Nodes
from kg.settings import FillSettings
from kg.types import Resolved, Role
from kg.vocab import ENTITY_PREDICATES, KG, PAPER_PREDICATES, TERMS, fits

_RANK = {name: place for place, name in enumerate(PAPER_PREDICATES)}


def add_roles(resolved: Resolved, nodes: Nodes, claims: Claims) -> None:
    """Paper to entity.

    ``kg:mentions`` holds for every entity, shown by each of its names in the text, so that one plain
    pattern finds every paper on a thing. Beside it stands the strongest of ``introduces``, ``uses`` and
    ``studies`` that any of its mentions has, shown by the words that say it.
    """
    paper = nodes.paper(resolved.extraction.document)
    for mention, link in zip(resolved.extraction.mentions, resolved.links, strict=True):
        entity = nodes.named(link.entity.key)
        claims.add((paper, KG.mentions, entity), "asserted", mention.score, mention.start, mention.end)
    strongest: dict[str, list[Role]] = {}
    for role in resolved.extraction.roles:
        _check(resolved, role.predicate, PAPER_PREDICATES)
        roles = strongest.setdefault(resolved.links[role.mention].entity.key, [])
        if roles and _RANK[role.predicate] < _RANK[roles[0].predicate]:
            roles.clear()
        if not roles or role.predicate == roles[0].predicate:
            roles.append(role)
    for key, roles in strongest.items():
        for role in roles:
            if role.predicate != "mentions":
                triple = (paper, TERMS[role.predicate], nodes.named(key))
                claims.add(triple, "asserted", role.score, role.start, role.end)


def add_relations(resolved: Resolved, nodes: Nodes, claims: Claims, settings: FillSettings) -> None:
    """Entity to entity.

    Dropped: a relation of a thing to itself (two of its names), and one that the ontology does not let things
    of these classes have: resolution may have learnt from other papers that a thing is of another class than
    it seemed here.
    """
    for relation in resolved.extraction.relations:
        _check(resolved, relation.predicate, ENTITY_PREDICATES)
        subject, object_ = resolved.links[relation.subject].entity, resolved.links[relation.object].entity
        if subject.key == object_.key or not fits(subject.type, relation.predicate, object_.type):
            continue
        states_fact = relation.polarity == "asserted" and relation.predicate != "synonymOf"
        if states_fact or settings.keep_unasserted:
            triple = (nodes.named(subject.key), TERMS[relation.predicate], nodes.named(object_.key))
            claims.add(triple, relation.polarity, relation.score, relation.start, relation.end)


def add_stated(resolved: Resolved, nodes: Nodes, claims: Claims) -> None:
    """What people read in the paper themselves, or confirmed: as sure as can be. What does not fit the ontology is dropped, as above."""
    paper = nodes.paper(resolved.extraction.document)
    for fact in resolved.stated:
        kind = fact.subject.type if fact.subject else "Paper"
        if fact.predicate not in TERMS or not fits(kind, fact.predicate, fact.object.type):
            continue
        subject = nodes.named(fact.subject.key) if fact.subject else paper
        triple = (subject, TERMS[fact.predicate], nodes.named(fact.object.key))
        claims.add(triple, fact.polarity, 1.0, fact.start, fact.end, by=fact.author.strip())


def _check(resolved: Resolved, predicate: str, known: tuple[str, ...]) -> None:
    if predicate not in known:
        document = resolved.extraction.document.id
        raise PaperkgError(
            f"{document}: the ontology has no predicate {predicate!r} here; use one of {', '.join(known)}"
        )
