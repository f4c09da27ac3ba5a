"""The class of each thing: what the learned model thinks of all its mentions, what lists and patterns say, and the names listed beside it.

Each witness adds the logarithm of what it believes, so that one that is sure outweighs several that are not. The learned
model gives probabilities of all classes; what a list's word, a definition or a pattern counts is set on held-out documents.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.notes import LISTED, Candidate, text_of
from kg.extract.relations import names as names_of
from kg.text import fold
from kg.types import Mention
from kg.vocab import ENTITY_CLASSES

# What a witness adds to its class, as far as it is sure. Where a list and the learned model disagree, annotators of held-out
# abstracts sided with the list on 21 of 32 names, and on 29 of 120 terms of plain words.
_LISTED_NAME, _LISTED_TERM, _DEFINED, _PATTERN = 4.0, 1.5, 2.0, 0.2
# How probable it is that a name has the class of the one listed beside it, by which the two share what they are.
_ALIKE = 0.6
# No probability is smaller than this.
_FAINT = 1e-9
# What stands between two members of a list.
_LISTING = re.compile(
    r"\s*+(?:[,;/、，]?\s*+(?:and/or|and|or|as well as|和|与|及|以及|或者|或)|[,;/、，])\s*+"
)
_NAME = re.compile(r"[A-Z]")
Belief = dict[str, float]


@Language.component(
    "paperkg_judged_types", requires=["doc._.mentions", "doc._.candidates"], assigns=["doc._.mentions"]
)
def judge_types(doc: Doc) -> Doc:
    """Give all mentions of a thing the class that is most probable."""
    mentions: list[Mention] = doc._.mentions
    things = names_of(doc)
    alone = _beliefs(doc, things)
    together = {thing: dict(belief) for thing, belief in alone.items()}
    for thing, beside in _listed_pairs(text_of(doc), mentions, things):
        for kind, chance in _probabilities(alone[beside]).items():
            together[thing][kind] += math.log(_ALIKE * chance + (1 - _ALIKE) / len(ENTITY_CLASSES))
    # Where nobody knows, the longest name of the thing is guessed by.
    best = {
        thing: m.type
        for m, thing in sorted(zip(mentions, things, strict=True), key=lambda at: len(at[0].text))
    }
    for thing, belief in together.items():
        if len(set(belief.values())) > 1:
            best[thing] = max(ENTITY_CLASSES, key=belief.__getitem__)
    doc._.mentions = [replace(m, type=best[thing]) for m, thing in zip(mentions, things, strict=True)]
    return doc


def _beliefs(doc: Doc, things: Sequence[str]) -> dict[str, Belief]:
    """What all witnesses together believe of each thing: the sum of their logarithms (or weights) for each class."""
    beliefs = {thing: dict.fromkeys(ENTITY_CLASSES, 0.0) for thing in things}
    chances: list[Belief] = doc._.type_chances
    for thing, said in zip(things, chances, strict=False):
        for kind in ENTITY_CLASSES if said else ():
            beliefs[thing][kind] += math.log(max(said.get(kind, 0.0), _FAINT))
    thing_of = {fold(m.text): thing for m, thing in zip(doc._.mentions, things, strict=True)}
    strongest: dict[tuple[str, str, str], float] = {}
    for candidate in doc._.candidates:
        surface = text_of(doc)[candidate.start : candidate.end]
        witness = _witness(candidate, surface)
        if witness is None or (name := fold(surface)) not in thing_of:
            continue
        source, kind, weight = witness
        key = thing_of[name], source, kind
        strongest[key] = max(strongest.get(key, 0.0), weight)
    for (thing, _, kind), weight in strongest.items():
        beliefs[thing][kind] += weight
    return beliefs


def _witness(candidate: Candidate, surface: str) -> tuple[str, str, float] | None:
    """Who says what class a candidate has, and how much that counts; the learned model speaks for itself."""
    if candidate.type is None or candidate.by == "learned":
        return None
    if candidate.by in LISTED:
        weight = _LISTED_NAME if _NAME.search(surface) else _LISTED_TERM
        return "list", candidate.type, weight * candidate.score
    if candidate.by == "definition":
        return "definition", candidate.type, _DEFINED
    return "pattern", candidate.type, _PATTERN * candidate.score


def _listed_pairs(text: str, mentions: Sequence[Mention], things: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each two different names that stand beside each other in a list, both ways and once."""
    seen: dict[tuple[str, str], None] = {}
    for left, right, thing, beside in zip(mentions, mentions[1:], things, things[1:], strict=False):
        named = _NAME.search(left.text) and _NAME.search(right.text)
        if named and thing != beside and _LISTING.fullmatch(text, left.end, right.start):
            seen[thing, beside] = seen[beside, thing] = None
    yield from seen


def _probabilities(belief: Belief) -> Belief:
    most = max(belief.values())
    shares = {kind: math.exp(value - most) for kind, value in belief.items()}
    total = sum(shares.values())
    return {kind: share / total for kind, share in shares.items()}
