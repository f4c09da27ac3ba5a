"""The changes that decisions ask for, gathered, and made in one paper after another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.curate.things import Triple
from kg.iri import paper_key
from kg.text import fold, label_lang
from kg.types import Entity, Label, Link, Measurement, Resolved, Stated


@dataclass(slots=True)
class Changes:
    """By key: new names, new classes, things taken out; claims taken out, numbers confirmed, facts stated, each in its paper."""

    names: dict[str, list[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    wrong: set[tuple[str, Triple]] = field(default_factory=set)
    sure: set[tuple[str, str]] = field(default_factory=set)
    stated: dict[str, list[Stated]] = field(default_factory=dict)

    def entity(self, entity: Entity) -> Entity:
        """The thing under its new name and class."""
        labels = entity.labels
        for name in self.names.get(entity.key, ()):
            labels = _renamed(labels, name)
        return replace(entity, type=self.types.get(entity.key, entity.type), labels=labels)


def changed(item: Resolved, changes: Changes) -> Resolved:
    """The paper with the changes made. A mention that goes takes its relations and roles along; a number stays, of nothing."""
    paper, extraction = paper_key(item.extraction.document.id), item.extraction
    keys = [link.entity.key for link in item.links]

    def is_wrong(subject: str, predicate: str, object_: str) -> bool:
        return (paper, (subject, predicate, object_)) in changes.wrong

    kept = [
        index
        for index, key in enumerate(keys)
        if key not in changes.gone and not is_wrong(paper, "mentions", key)
    ]
    place = {old: new for new, old in enumerate(kept)}
    relations = tuple(
        replace(r, subject=place[r.subject], object=place[r.object])
        for r in extraction.relations
        if r.subject in place
        and r.object in place
        and not is_wrong(keys[r.subject], r.predicate, keys[r.object])
    )
    roles = tuple(
        replace(role, mention=place[role.mention])
        for role in extraction.roles
        if role.mention in place and not is_wrong(paper, role.predicate, keys[role.mention])
    )
    measurements = tuple(
        _measured(found, place, sure=(paper, fold(found.text)) in changes.sure)
        for found in extraction.measurements
        if not is_wrong(paper, "reports", fold(found.text))
    )
    stated = tuple(
        replace(s, subject=s.subject and changes.entity(s.subject), object=changes.entity(s.object))
        for s in changes.stated.get(paper, ())
        if not {e.key for e in (s.subject, s.object) if e} & changes.gone
        and not is_wrong(s.subject.key if s.subject else paper, s.predicate, s.object.key)
    )
    return Resolved(
        replace(
            extraction,
            mentions=tuple(extraction.mentions[index] for index in kept),
            relations=relations,
            roles=roles,
            measurements=measurements,
        ),
        tuple(
            Link(place[index], changes.entity(item.links[index].entity), item.links[index].reason)
            for index in kept
        ),
        item.stated + stated,
    )


def _measured(found: Measurement, place: dict[int, int], *, sure: bool) -> Measurement:
    return replace(
        found,
        of=None if found.of is None else place.get(found.of),
        metric=None if found.metric is None else place.get(found.metric),
        score=1.0 if sure else found.score,
    )


def _renamed(labels: tuple[Label, ...], name: str) -> tuple[Label, ...]:
    """The labels with this one preferred in its language, and the one that was as an alternative."""
    lang = "zh-Hans" if label_lang(name) == "zh-Hans" else "en"
    others = [
        replace(label, kind="alt") if label.lang == lang and label.kind == "pref" else label
        for label in labels
        if (label.text, label.lang) != (name, lang)
    ]
    return (Label(name, lang, "pref"), *others)  # type: ignore[arg-type]
