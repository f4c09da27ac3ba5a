"""One thing across documents: clusters that share a concept or a lasting name are one entity, if their classes allow it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.iri import digest
from kg.resolve import naming
from kg.resolve.byhand import Parted, Tell, joined
from kg.resolve.clusters import Cluster
from kg.resolve.crossing import cross
from kg.resolve.curation import Curation
from kg.resolve.expansion import Expansions
from kg.resolve.spelling import respell
from kg.terminology import Concept, Terminology
from kg.text import fold, has_cjk
from kg.types import Entity

# A name's classes within one group differ by reading, not by thing ("feature extraction", task or method);
# across groups they differ by thing ("Apple", an organisation or a dataset).
_GROUPS = {
    **dict.fromkeys(("Model", "Method", "Software", "Task", "Concept", "Metric"), "idea"),
    **dict.fromkeys(("Dataset", "Benchmark"), "data"),
    "Person": "person",
    "Organization": "organization",
    "Event": "event",
}
# A reading in another group stands as a thing of its own if it has at least this share of the name's support.
_HOMOGRAPH_SHARE = 1 / 3


def merge(
    clusters: Sequence[Cluster], terminology: Terminology, curation: Curation, tell: Tell
) -> list[tuple[Entity, str]]:
    """The entity of each cluster, and why it is that one."""
    names, reasons, concepts, one = _keys(clusters, terminology, curation, tell)
    keys = [one.get(name, name) for name in names]
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, group in enumerate(_groups(clusters, names, one, concepts)):
        members[keys[index], group].append(index)
    entities: dict[tuple[str, str], Entity] = {}
    taken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in sorted(members):
        entity = _entity([clusters[i] for i in members[place]], concepts.get(place[0]))
        entities[place] = entity
        taken[entity.key].append(place)
    for key, places in taken.items():
        # Two things of one class whose names make one slug: each carries a digest of its own name, but what the terminology names.
        if len(places) > 1:
            known = [place for place in places if place[0] in concepts]
            for place in places:
                if [place] == known:
                    continue
                entity = entities[place]
                entities[place] = Entity(
                    f"{key}-{digest(place[0], 6)}", entity.type, entity.labels, entity.concept
                )
    where = {index: place for place, indices in members.items() for index in indices}
    return [(entities[where[index]], reasons[index]) for index in range(len(clusters))]


def _keys(
    clusters: Sequence[Cluster], terminology: Terminology, curation: Curation, tell: Tell
) -> tuple[list[str], list[str], dict[str, Concept], dict[str, str]]:
    """For each cluster the key under which it meets others, and the reason; the concepts among the keys; keys joined by hand."""
    concepts: dict[str, Concept] = {}
    parted = Parted(terminology, curation)
    first: list[tuple[str, str]] = []
    for entry in clusters:
        # A short form of several words ("LLM agents") is as sure a name as a long one.
        telling = [*entry.lasting, *(name for name in sorted(entry.short) if " " in name)]
        concept = next((c for name in telling if (c := parted.find(name)) is not None), None)
        if concept is None and entry.short and entry.names == entry.short:
            concept = next(
                (c for name in sorted(entry.names) if (c := parted.find(name, supported=True)) is not None),
                None,
            )
        if concept is None:
            concept = _ordinary(entry, parted)
        if concept is not None and not parted.left(entry.names, concept):
            concepts[concept.iri] = concept
            first.append((concept.iri, "terminology"))
        else:
            name = min(entry.lasting, key=lambda n: (not n.isascii(), -len(n), n))
            first.append((name, "definition" if entry.reasons else "label"))
    heard: dict[str, set[str]] = defaultdict(set)
    if curation.different:
        for entry, (key, _) in zip(clusters, first, strict=True):
            heard[key] |= entry.names

    def may_meet(entry: Cluster, key: str) -> bool:
        return not curation.parting(entry.names, {key} | heard[key])

    first = respell(clusters, first, concepts, terminology, may_meet)
    first = cross(clusters, first, concepts, terminology, may_meet)
    one = joined(clusters, [key for key, _ in first], concepts, curation, parted, tell)
    names_of: dict[str, set[str]] = defaultdict(set)
    for entry, (key, _) in zip(clusters, first, strict=True):
        names_of[one.get(key, key)] |= entry.names
    expansions = Expansions(clusters, [one.get(key, key) for key, _ in first], concepts)
    keys, reasons = [], []
    for entry, (key, reason) in zip(clusters, first, strict=True):
        meant = expansions.of(key, entry) if not entry.short and key not in one else None
        if key in one:
            reason = "curation" if one[key] != key else reason
        elif meant and not curation.parting({key}, names_of[meant]):
            key, reason = meant, "abbreviation"
        keys.append(key)
        reasons.append(reason)
    return keys, reasons, concepts, one


def _groups(
    clusters: Sequence[Cluster], names: Sequence[str], one: dict[str, str], concepts: dict[str, Concept]
) -> list[str]:
    """The group of classes that each cluster counts in; a weakly supported reading joins the strong one.

    Names joined by hand are of the group that has the most support among them; a homograph of one of them stays what it is.
    """
    support: dict[str, Counter[str]] = defaultdict(Counter)
    together: dict[str, Counter[str]] = defaultdict(Counter)
    own = [_GROUPS[_class(entry.types)] for entry in clusters]
    for entry, name, group in zip(clusters, names, own, strict=True):
        support[name][group] += sum(entry.types.values())
    best = {name: min(votes, key=lambda g: (-votes[g], g)) for name, votes in support.items()}
    for name, votes in support.items():
        if name in one:
            together[one[name]][best[name]] += votes[best[name]]
    result = []
    for name, group in zip(names, own, strict=True):
        key = one.get(name, name)
        if key in concepts:
            result.append(_GROUPS[concepts[key].type])
            continue
        votes = support[name]
        mine = group if votes[group] >= _HOMOGRAPH_SHARE * sum(votes.values()) else best[name]
        if name in one and mine == best[name]:
            mine = min(together[key], key=lambda g: (-together[key][g], g))
        result.append(mine)
    return result


def _ordinary(entry: Cluster, parted: Parted) -> Concept | None:
    """The concept of an ordinary word that is a term in some texts ("recall", 推理), where a text names it as a thing of that class.

    An ambiguous label counts if it is written as words are, with no capital but the first, and does not name what the paper brings. A
    Chinese one is often the name of several things: only the preferred name of a concept counts.
    """
    if entry.introduced or any(c.isupper() for surface in entry.surfaces for c in surface[1:]):
        return None
    for name in entry.lasting:
        concept = parted.find(name, supported=True)
        if concept is None or not _may_be(_class(entry.types), concept.type):
            continue
        labels = [label for label in concept.labels if fold(label.text) == name]
        preferred = any(label.kind == "pref" for label in labels)
        # Unity is no unity.
        written_alike = any(label.text[:1].islower() for label in labels) or any(
            surface[:1].isupper() for surface in entry.surfaces
        )
        if preferred if has_cjk(name) else written_alike:
            return concept
    return None


def _may_be(kind: str, other: str) -> bool:
    """Whether a thing read as of one class may be of another: any idea may be a concept."""
    return kind == other or (other == "Concept" and _GROUPS[kind] == "idea")


def _class(types: Counter[str]) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))


def _entity(members: Sequence[Cluster], concept: Concept | None) -> Entity:
    surfaces: Counter[str] = Counter()
    types: Counter[str] = Counter()
    short: set[str] = set()
    for entry in members:
        surfaces.update(entry.surfaces)
        types.update(entry.types)
        short |= entry.short
    kind = concept.type if concept is not None else _class(types)
    names = naming.labels(surfaces, short, concept)
    return Entity(naming.key(kind, names, concept), kind, names, concept.iri if concept is not None else None)
