"""What can be seen of a thing in an abstract that tells what the paper does with it.

Its class, how it is written, where it first stands, how often, the words around each of its mentions, and the role that the verbs
of the authors' own work give it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.notes import LISTED, sentence_number
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
) -> list[str]:
    first = mentions[members[0]]
    kind = first.type
    where = sentence_number(sentences, first.start)
    part = (
        "first"
        if where == 0
        else "last"
        if where == len(sentences) - 1
        else f"{min(3, where * 4 // max(1, len(sentences)))}"
    )
    own_work = _own_work(text)
    begins = own_work[0][1] if own_work else len(text)
    own_began = begins <= first.start
    named = any(c.isupper() for c in first.text[1:])
    newest = next((i for i, m in enumerate(mentions) if begins <= m.start), -1)
    found = [
        f"class {kind}",
        f"cued {cued}",
        f"class {kind} cued {cued}",
        f"part {part}",
        f"class {kind} part {part}",
        f"own {own_began}",
        f"class {kind} own {own_began}",
        f"named {named}",
        f"class {kind} named {named} own {own_began}",
        f"times {min(4, len(members))}",
        f"class {kind} times {min(3, len(members))}",
        f"opens {members[0] == 0}",
        f"listed {first.by in LISTED}",
        f"new {members[0] == newest} named {named}",
    ]
    for member in members:
        mention = mentions[member]
        low, high = sentences[sentence_number(sentences, mention.start)]
        before = feature_words(text[max(low, mention.start - 40) : mention.start])
        after = feature_words(text[mention.end : min(high, mention.end + 30)])
        ours = any(low <= a and b <= mention.start for a, b in own_work)
        found.append(f"ours {ours}")
        found += [f"before {word}" for word in before[-4:]]
        found += [f"after {word}" for word in after[:3]]
        if ours:
            found += [f"we {word}" for word in feature_words(text[low : mention.start])[-8:]]
    return found


@lru_cache(maxsize=1)
def _own_work(text: str) -> list[tuple[int, int]]:
    """Where the authors speak of their own work; kept for the next thing of the same text."""
    return [m.span() for m in _OWN.finditer(text)]
