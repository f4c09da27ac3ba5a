"""What can be seen of two things named near each other: the features from which a linear model tells how they are related.

The classes of both, what the paper does with each, which comes first and how far apart, and the words between, before and after.
A pair of things is judged where their names stand closest: in one sentence, or in two that follow each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.extract.words import feature_words
from kg.types import Mention
from kg.vocab import DOMAIN, RANGE

# More words than this between two names tell no more than the first and the last few.
_NEAR = 12
_EDGE = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things, by the mentions (indices) that stand closest, and the features that hold of them."""

    subject: int
    object: int
    features: tuple[str, ...]


def candidate_pairs(
    text: str,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    names: Sequence[str],
    roles: Sequence[str],
    wanted: Container[tuple[str, str]] | None = None,
) -> Iterator[Pair]:
    """Every ordered pair of things that some relation could join, at most a sentence apart.

    Args:
        text: the abstract.
        sentences: start and end of each sentence.
        mentions: what the text names, by position.
        names: for each mention the name under which its thing counts; mentions of one thing share it.
        roles: for each mention the role of the paper to it.
        wanted: the pairs of names to look at, if not all.
    """
    place = [next((n for n, (a, b) in enumerate(sentences) if a <= m.start < b), -9) for m in mentions]
    nearest: dict[tuple[str, str], tuple[int, int, int]] = {}
    for i, a in enumerate(mentions):
        for j, b in enumerate(mentions):
            key, apart = (names[i], names[j]), abs(place[i] - place[j])
            if apart > 1 or names[i] == names[j] or (wanted is not None and key not in wanted):
                continue
            distance = abs(i - j) + 10 * apart
            if _possible(a.type, b.type) and (key not in nearest or distance < nearest[key][0]):
                nearest[key] = (distance, i, j)
    for distance, i, j in nearest.values():
        described = _features(text, mentions, i, j, distance >= 10)
        yield Pair(i, j, (*described, *_kinds(mentions[i].type, mentions[j].type, roles[i], roles[j])))


@cache
def _possible(subject: str, item: str) -> bool:
    return any(subject in DOMAIN[p] and item in RANGE[p] for p in DOMAIN)


def _kinds(a: str, b: str, role_a: str, role_b: str) -> Iterator[str]:
    yield f"class {a}>{b}"
    yield f"role {role_a}>{role_b}"
    yield f"both {a},{role_a}>{b},{role_b}"


def _features(text: str, mentions: Sequence[Mention], i: int, j: int, crosses: bool) -> Iterator[str]:
    """What the place of the two names in the text tells."""
    forward = "f" if i < j else "b"
    left, right = (mentions[i], mentions[j]) if i < j else (mentions[j], mentions[i])
    steps = abs(i - j)
    yield f"forward {forward}"
    yield f"crosses {crosses}"
    yield f"steps {min(steps, 6)} {forward}"
    yield f"class {mentions[i].type}>{mentions[j].type} {forward} {min(steps, 3)}"
    between = feature_words(text[left.end : right.start], marks=True)
    if len(between) <= _NEAR:
        yield from (f"in {word} {forward}" for word in between)
        yield from (f"in {a} {b} {forward}" for a, b in pairwise(between))
        yield f"all {' '.join(between[:6])} {forward}"
    else:
        yield from (f"early {word} {forward}" for word in between[:_EDGE])
        yield from (f"late {word} {forward}" for word in between[-_EDGE:])
    if between:
        yield f"first {between[0]} {forward}"
        yield f"last {between[-1]} {forward}"
    yield from (
        f"before {word} {forward}"
        for word in feature_words(text[max(0, left.start - 40) : left.start], marks=True)[-3:]
    )
    yield from (
        f"after {word} {forward}" for word in feature_words(text[right.end : right.end + 30], marks=True)[:2]
    )
