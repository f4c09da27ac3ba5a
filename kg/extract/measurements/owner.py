"""What a number is said of: the thing that is counted, that has what is counted, or that was measured.

The rules were read off the numbers of the 860 training documents of ``gold/en.jsonl`` and ``gold/zh.jsonl``: of 932 they give 562 the
owner that annotators gave, where the last thing named before a number is that of 383.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.types import Mention

_MEASURED = frozenset({"Model", "Method", "Software"})
_COLLECTED = frozenset({"Dataset", "Benchmark"})
# Behind these stands what a result is compared with, not what it is a result of.
_THAN = re.compile(
    r"\b(?:than|over|compared (?:with|to)|outperform\w*|surpass\w*|versus|vs|against|exceed\w*|beat\w*)\s+(?:[\w-]+\s+){0,3}$"
    r"|(?:优于|超过|超越|相比|比)[^，。]{0,4}$"
)
# "two classes of hash functions", 三类任务: what is counted is named behind the number.
_OF = re.compile(r"\s+(?:of|from|in)\s+(?:the |our |these )?|的")
# "grammatical constructions (887 sentences)".
_OPENED = re.compile(r"\s?[(（][^()（）]{0,25}$")
# Words of having or making, before what a collection of data holds.
_HOLDS = re.compile(
    r"\b(?:compris|contain|includ|consist|cover|span|compos|featur|with|has|have|having|across|curat|collect|annotat|develop|build|built|creat|construct|releas|provid)\w*\b"
    r"|包含|包括|涵盖|由|收集|构建|覆盖|具有|拥有"
)
# How far back such words and the name in front of a bracket are looked for (characters).
_BACK, _BRACKET = 60, 30


def owner(
    text: str,
    number: tuple[int, int],
    mentions: Sequence[Mention],
    sentence: tuple[int, int],
    introduced: Sequence[int],
    *,
    counts: bool,
) -> int | None:
    """The mention (an index) that a number is said of.

    Args:
        text: the abstract.
        number: where the number and its unit stand.
        mentions: what the text names, by position.
        sentence: where the number's sentence stands.
        introduced: the mentions of what the paper contributes.
        counts: whether the number counts things; else it is a score, a gain or a quantity.
    """
    start, end = number
    named = _counted(text, start, end, mentions) if counts else None
    if named is not None:
        return named
    kinds = _MEASURED | _COLLECTED if counts else _MEASURED
    before = [
        i
        for i, m in enumerate(mentions)
        if m.type in kinds
        and sentence[0] <= m.start
        and m.end <= start
        and not _THAN.search(text, max(sentence[0], m.start - _BACK), m.start)
    ]
    own = [i for i in before if i in introduced]
    if not counts and own:
        return own[-1]
    if before:
        return before[-1]
    contributions = [i for i in introduced if mentions[i].type in _MEASURED | _COLLECTED]
    if counts:
        held = [i for i in contributions if mentions[i].type in _COLLECTED]
        return held[0] if held and _HOLDS.search(text, sentence[0], start) else None
    return next((i for i in contributions if mentions[i].start < start), next(iter(contributions), None))


def _counted(text: str, start: int, end: int, mentions: Sequence[Mention]) -> int | None:
    """What is counted, where the text names it: as the unit, behind it, or in front of the number's bracket."""
    inside = [i for i, m in enumerate(mentions) if m.start < end and start < m.end]
    if inside:
        return inside[-1]
    of = _OF.match(text, end)
    opened = _OPENED.search(text, max(0, start - _BRACKET), start)
    for i, mention in enumerate(mentions):
        if (of and mention.start == of.end()) or (opened and mention.end == opened.start()):
            return i
    return None
