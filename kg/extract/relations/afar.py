"""What an abstract tells of its contribution too far from its name for any model to look.

What a paper contributes is named early; that it was tested on some data, or compared with a rival, is told at the end, of "our
method" or of nobody. Fifteen in a hundred evaluations that annotators mark are told so, more sentences away than the models read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.neural.links import REACH
from kg.extract.notes import sentence_number, sentence_spans, text_of
from kg.extract.relations import names
from kg.extract.relations.templates import polarity
from kg.types import Mention, Relation

_BUILT = frozenset({"Model", "Method", "Software"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a contribution: by the relation's object (its classes and the paper's role to it) and words of its sentence.

    ``score`` is how often annotators of 2,800 abstracts mark it too, both mentions included; of 27 such in others they mark 12.
    """

    predicate: str
    classes: frozenset[str]
    role: str
    score: float
    cue: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


_TOLD = (
    _Told(
        "evaluatedOn",
        frozenset({"Dataset", "Benchmark"}),
        "uses",
        0.53,
        unless=re.compile(r"\b(?:pre-?)?train|\bfine-?tun|训练|微调", re.IGNORECASE),
    ),
    _Told(
        "comparedWith",
        _BUILT,
        "mentions",
        0.4,
        cue=re.compile(
            r"outperform|surpass|exceed|superior|compar|beat|\bthan\b|baseline|state-of-the-art"
            r"|优于|超过|超越|胜过|相比|比较|对比|基线|最先进",
            re.IGNORECASE,
        ),
    ),
)


@Language.component(
    "paperkg_afar",
    requires=["doc._.mentions", "doc._.roles", "doc._.relations", "doc.sents"],
    assigns=["doc._.relations"],
)
def relate_afar(doc: Doc) -> Doc:
    """Add what is told of the first thing that the paper contributes where that was last named more than ``REACH`` sentences ago."""
    mentions: list[Mention] = doc._.mentions
    roles = {role.mention: role.predicate for role in doc._.roles}
    things = names(doc)
    built = (things[i] for i, m in enumerate(mentions) if m.type in _BUILT and roles.get(i) == "introduces")
    contribution = next(built, None)
    if contribution is None:
        return doc
    known = {frozenset((things[r.subject], things[r.object])) for r in doc._.relations}
    sentences = sentence_spans(doc)
    place = [sentence_number(sentences, m.start) for m in mentions]
    own = [i for i, thing in enumerate(things) if thing == contribution]
    found: list[Relation] = []
    for i in _far(things, own, place):
        told = next((t for t in _TOLD if mentions[i].type in t.classes and roles.get(i) == t.role), None)
        if told is None or frozenset((contribution, things[i])) in known:
            continue
        start, end = sentences[place[i]]
        said = text_of(doc)[start:end]
        if (told.cue is None or told.cue.search(said)) and not (told.unless and told.unless.search(said)):
            subject = max(n for n in own if n < i)
            stated = polarity(text_of(doc)[start : mentions[i].start])
            found.append(Relation(subject, told.predicate, i, told.score, start, end, stated))
    doc._.relations = sorted([*doc._.relations, *found], key=lambda r: (r.subject, r.predicate, r.object))
    return doc


def _far(things: Sequence[str], own: Sequence[int], place: Sequence[int]) -> list[int]:
    """The first mention of each thing that is named after the contribution's ``own``, never near one; ``place``: in which sentences."""
    first = {thing: i for i, thing in reversed(list(enumerate(things)))}
    near = {thing for i, thing in enumerate(things) if any(abs(place[i] - place[n]) <= REACH for n in own)}
    return [i for thing, i in first.items() if thing not in near and i > own[0]]
