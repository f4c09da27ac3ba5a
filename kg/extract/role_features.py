"""What can be seen of a thing in an abstract that tells what the paper does with it.

Its class, how it is written, where it first stands, how often, the words around each of its mentions, and the role that the verbs
of the authors' own work give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.words import feature_words
from kg.types import Mention

_OWN = re.compile(
    r"\b(?:we|our|this (?:paper|work|article|study))\b|我们|本文|本研究|本工作|该研究", re.IGNORECASE
)


def role_features(
    text: str,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    members: Sequence[int],
    cued: str,
) -> tuple[str, ...]:
    """Features of one thing.

    Args:
        text: the abstract.
        sentences: start and end of each sentence.
        mentions: what the text names, by position.
        members: the mentions (indices) of the thing, in order.
        cued: the role that rules give it.
    """
    return tuple(dict.fromkeys(_features(text, sentences, mentions, members, cued)))


def _features(
    text: str,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    members: Sequence[int],
    cued: str,
) -> Iterator[str]:
    first = mentions[members[0]]
    kind = first.type
    where = _sentence(sentences, first.start)
    part = (
        "first"
        if where == 0
        else "last"
        if where == len(sentences) - 1
        else f"{min(3, where * 4 // max(1, len(sentences)))}"
    )
    own_work = _own_work(text)
    own_began = _stands(own_work, 0, first.start)
    named = any(c.isupper() for c in first.text[1:])
    yield f"class {kind}"
    yield f"cued {cued}"
    yield f"class {kind} cued {cued}"
    yield f"part {part}"
    yield f"class {kind} part {part}"
    yield f"own {own_began}"
    yield f"class {kind} own {own_began}"
    yield f"named {named}"
    yield f"class {kind} named {named} own {own_began}"
    yield f"times {min(4, len(members))}"
    yield f"class {kind} times {min(3, len(members))}"
    yield f"opens {members[0] == 0}"
    yield f"listed {first.by in {'terminology', 'mined'}}"
    yield f"new {members[0] == next((i for i, m in enumerate(mentions) if _stands(own_work, 0, m.start)), -1)} named {named}"
    for member in members:
        mention = mentions[member]
        low, high = sentences[_sentence(sentences, mention.start)]
        before, after = (
            text[max(low, mention.start - 40) : mention.start],
            text[mention.end : min(high, mention.end + 30)],
        )
        ours = _stands(own_work, low, mention.start)
        yield f"ours {ours}"
        yield from (f"before {word}" for word in feature_words(before)[-4:])
        yield from (f"after {word}" for word in feature_words(after)[:3])
        if ours:
            yield from (f"we {word}" for word in feature_words(text[low : mention.start])[-8:])


@lru_cache(maxsize=1)
def _own_work(text: str) -> list[tuple[int, int]]:
    """Where the authors speak of their own work; kept for the next thing of the same text."""
    return [m.span() for m in _OWN.finditer(text)]


def _stands(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans lies between two places."""
    return any(start <= a and b <= end for a, b in spans)


def _sentence(sentences: Sequence[tuple[int, int]], position: int) -> int:
    return next((n for n, (a, b) in enumerate(sentences) if a <= position < b), len(sentences) - 1)
