"""What can be seen of two things named near each other: the features from which a linear model tells how they are related.

The classes of both, what the paper does with each, which comes first and how far apart, and the words between, before and after.
A pair of things is judged where their names stand closest: in one sentence, or in two that follow each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from kg.extract.notes import sentence_number
from kg.extract.words import feature_words
from kg.types import Mention
from kg.vocab import DOMAIN, RANGE

# More words than this between two names tell no more than the first and the last few.
_NEAR = 12
_EDGE = 4
# Another sentence lies as far away as so many names.
_CROSSING = 10


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
    wanted: Iterable[tuple[str, str]] | None = None,
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
    place = [sentence_number(sentences, m.start) for m in mentions]
    members: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        members[name].append(index)
    edges = {way: [_edges(text, mention, way) for mention in mentions] for way in ("f", "b")}
    for subject, item in product(members, members) if wanted is None else wanted:
        if subject == item:
            continue
        a, b = mentions[members[subject][0]].type, mentions[members[item][0]].type
        if _possible(a, b) and (nearest := _nearest(members[subject], members[item], place)):
            distance, i, j = nearest
            features = _kinds(a, b, roles[i], roles[j])
            features += _places(a, b, j - i, distance >= _CROSSING)
            way, left, right = ("f", i, j) if i < j else ("b", j, i)
            features += _words_between(text[mentions[left].end : mentions[right].start], way)
            features += edges[way][left][0] + edges[way][right][1]
            yield Pair(i, j, tuple(dict.fromkeys(features)))


def _nearest(
    first: Sequence[int], second: Sequence[int], place: Sequence[int]
) -> tuple[int, int, int] | None:
    """How far apart the nearest two mentions are, and which they are; nothing if none are at most a sentence apart."""
    best: tuple[int, int, int] | None = None
    for i in first:
        for j in second:
            apart = abs(place[i] - place[j])
            if apart <= 1:
                found = (abs(i - j) + _CROSSING * apart, i, j)
                best = found if best is None or found < best else best
    return best


@cache
def _possible(subject: str, item: str) -> bool:
    return any(subject in DOMAIN[p] and item in RANGE[p] for p in DOMAIN)


def _kinds(a: str, b: str, role_a: str, role_b: str) -> list[str]:
    return [f"class {a}>{b}", f"role {role_a}>{role_b}", f"both {a},{role_a}>{b},{role_b}"]


def _places(a: str, b: str, steps: int, crosses: bool) -> list[str]:
    """How the two names stand to each other: the second so many names after the first, or before it."""
    way, apart = "f" if steps > 0 else "b", abs(steps)
    return [
        f"forward {way}",
        f"crosses {crosses}",
        f"steps {min(apart, 6)} {way}",
        f"class {a}>{b} {way} {min(apart, 3)}",
    ]


def _words_between(text: str, way: str) -> list[str]:
    words = feature_words(text, marks=True)
    if len(words) <= _NEAR:
        found = [f"in {word} {way}" for word in words]
        found += [f"in {a} {b} {way}" for a, b in pairwise(words)]
        found.append(f"all {' '.join(words[:6])} {way}")
    else:
        found = [f"early {word} {way}" for word in words[:_EDGE]]
        found += [f"late {word} {way}" for word in words[-_EDGE:]]
    return [*found, f"first {words[0]} {way}", f"last {words[-1]} {way}"] if words else found


def _edges(text: str, mention: Mention, way: str) -> tuple[list[str], list[str]]:
    """The words before a name, where it is the first of two, and after it, where it is the last."""
    before = feature_words(text[max(0, mention.start - 40) : mention.start], marks=True)
    after = feature_words(text[mention.end : mention.end + 30], marks=True)
    return [f"before {word} {way}" for word in before[-3:]], [f"after {word} {way}" for word in after[:2]]
