"""One document's names of one thing: spellings that fold together, and names that the text itself says are one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.latex import spelled
from kg.resolve.curation import Curation
from kg.resolve.translated import is_translation
from kg.script import legible
from kg.text import fold, has_cjk
from kg.types import Extraction, Lang
from kg.unions import Unions

# A name with a short form of its first words inside: "Vision-Language-Action (VLA) models", 卷积神经网络(CNN)模型.
_BRACKETED = re.compile(
    r"(?P<long>[^()（）]+?)\s?[(（](?P<short>[^()（）]{2,12})[)）](?P<tail>[\s\-\u3400-\u9fff][^()（）]*)"
)


def unbracketed(name: str) -> tuple[str, str] | None:
    """A name with a bracket inside as the two names that it is, long and short; nothing if the bracket holds no short form.

    >>> unbracketed("Vision-Language-Action (VLA) models")
    ('Vision-Language-Action models', 'VLA models')
    >>> unbracketed("SE(3) transformations"), unbracketed("retinal optical coherence tomography (OCT) images")
    (None, None)
    """
    found = _BRACKETED.fullmatch(name)
    if found is None:
        return None
    long, short, tail = found["long"], found["short"].strip(), found["tail"]
    capitals = sum(c.isupper() for c in short)
    # In English it begins as its words do; else they hold more than it stands for.
    if capitals < 2 or not (has_cjk(long) or fold(long)[:1] == fold(short)[:1]):
        return None
    return long + tail, short + tail


@dataclass(slots=True)
class Cluster:
    """The mentions (indices) of one thing in one document.

    ``lang`` is the document's; ``at`` says where the thing is first named, as a share of the text. ``names`` are folded; ``short``
    are those among them that the document defines as short forms, and which therefore mean this thing here but may mean another elsewhere.
    ``introduced`` says that the document claims the thing as its own.
    """

    document: str
    lang: Lang = "en"
    at: float = 0.0
    mentions: list[int] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)
    introduced: bool = False

    @property
    def lasting(self) -> list[str]:
        """The names that mean this thing in other documents too, in a fixed order."""
        return sorted(self.names - self.short) or sorted(self.names)


def cluster(extraction: Extraction, curation: Curation) -> list[Cluster]:
    """The clusters of a document, in order of their first mention."""
    document, mentions = extraction.document, extraction.mentions
    same = Unions()
    reasons: dict[str, str] = {}
    short: set[str] = set()

    called = [legible(spelled(m.text) or m.text)[0] for m in mentions]
    inside = {name: two for name in called if (two := unbracketed(name))}
    called = [inside[name][0] if name in inside else name for name in called]
    names = [fold(name) for name in called]

    def all_of(name: str) -> set[str]:
        return {other for other in names if same.root(other) == same.root(name)}

    def join(a: str, b: str, reason: str) -> None:
        if a != b and not (curation.different and curation.parting(all_of(a), all_of(b))):
            same.join(min(a, b), max(a, b))
            reasons.setdefault(a, reason)

    for relation in extraction.relations:
        if relation.predicate == "synonymOf":
            a, b = names[relation.subject], names[relation.object]
            join(a, b, "definition")
            if len(a) < len(b) or (has_cjk(b) and not has_cjk(a)):
                short.add(a)
    also = {fold(long): other for long, other in inside.values()}
    for long, other in sorted(also.items()):
        if fold(other) in names:
            join(fold(other), long, "definition")
        short.add(fold(other))
    for a in sorted(set(names)):
        # MCGS beside MCG: a capital plural of a defined short form.
        if a.endswith("s") and a[:-1] in short:
            join(a, a[:-1], "plural")
            short.add(a)
        if has_cjk(a):
            for b in sorted(set(names)):
                if not has_cjk(b) and is_translation(a, b):
                    join(a, b, "translated name")
    own = {role.mention for role in extraction.roles if role.predicate == "introduces"}
    clusters: dict[str, Cluster] = {}
    for index, mention in enumerate(mentions):
        name = names[index]
        entry = clusters.setdefault(
            same.root(name), Cluster(document.id, document.lang, mention.start / len(document.text))
        )
        entry.mentions.append(index)
        entry.introduced |= index in own
        entry.names.add(name)
        entry.surfaces[called[index]] += 1
        if name in also:
            entry.names.add(fold(also[name]))
            entry.short.add(fold(also[name]))
            entry.surfaces[also[name]] += 0  # a spelling, even if the text has it only in brackets
        entry.types[mention.type] += mention.score  # type: ignore[assignment]
        if name in short:
            entry.short.add(name)
        if name in reasons:
            entry.reasons[name] = reasons[name]
    return list(clusters.values())
