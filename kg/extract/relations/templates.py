"""A small pattern language for relations: regular expressions over a sentence whose mentions are masked.

A sentence is rewritten with each mention as ``⟨Type:index⟩``, so that "BLOOM was trained on the ROOTS corpus" reads
"⟨Model:0⟩ was trained on the ⟨Dataset:1⟩ corpus". A template names its slots by letter and classes:

    <A Model Method> was trained on <B+ Dataset>

``<B+ …>`` is a list ("X, Y and Z"), ``<A>`` any class, ``<C>`` the paper's contribution written as "we", "our method", "the
proposed …", ``…`` a short gap without a mention or comma and ``~`` a longer one that may hold mentions. Neither gap leaves the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.text import has_cjk
from kg.types import Mention, Polarity

_SEPARATOR = r"(?:\s*\([^()⟨⟩]*\))?(?:\s*(?:,|、|，)\s*(?:and |or |as well as )?|\s+(?:and|or|&|as well as)\s+|\s*(?:和|与|及|以及|或)\s*)(?:the |a |an )?"
_SLOT = re.compile(r"<([ABC])(\+?)((?: [A-Za-z]+)*)>")
_CLASS = re.compile(r"⟨([A-Za-z]+):\d")
_CONTRIBUTION = (
    r"(?:\b[Ww]e\b|\b[Oo]urs?(?: [a-z-]+){0,3}|\b[Tt]h(?:e|is) (?:proposed|new|novel|resulting|presented)(?: [a-z-]+){0,2}|\b[Ii]t\b|\b[Tt]his (?:method|approach|model|framework|algorithm)|"
    r"我们(?:的[^，。⟨⟩]{0,6})?|本文(?:的?方法|算法|模型)?|该(?:方法|算法|模型|框架)|所提(?:出的)?[^，。⟨⟩]{0,8}|提出的[^，。⟨⟩]{0,6}|它)"
)


@dataclass(frozen=True, slots=True)
class Template:
    """A template, the predicate it proves, how sure it is, and an example that a test holds it to."""

    predicate: str
    pattern: str
    score: float
    example: str
    swap: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Subject and object indices that a template found; ``None`` stands for the paper's contribution."""

    subject: int | None
    object: int | None


def mask(text: str, start: int, end: int, mentions: Sequence[tuple[int, Mention]]) -> str:
    """The sentence with each mention (index, mention) as ``⟨Type:index⟩``."""
    pieces, position = [], start
    for index, mention in mentions:
        pieces += [text[position : mention.start], f"⟨{mention.type}:{index}⟩"]
        position = mention.end
    pieces.append(text[position:end])
    return "".join(pieces)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a template."""
    out, position = [], 0
    for slot in _SLOT.finditer(pattern):
        out.append(_literal(pattern[position : slot.start()]))
        letter, many, classes = slot[1], slot[2], slot[3].split()
        if letter == "C":
            out.append(f"(?P<C>{_CONTRIBUTION})")
        else:
            one = rf"⟨(?:{'|'.join(classes) if classes else '[A-Za-z]+'}):\d+⟩"
            any_one = r"⟨[A-Za-z]+:\d+⟩"
            body = rf"{one}(?:{_SEPARATOR}{any_one})*" if many else one
            out.append(f"(?P<{letter}>{body})")
        position = slot.end()
    out.append(_literal(pattern[position:]))
    return re.compile("".join(out))


def _literal(part: str) -> str:
    return part.replace("…", r"[^⟨⟩.,;:，。；：]{0,40}?").replace("~", r"[^.;。；]{0,90}?")


def classes_in(masked: str) -> frozenset[str]:
    """The classes of what a masked sentence names."""
    return frozenset(_CLASS.findall(masked))


@lru_cache(maxsize=65_536)
def could_match(pattern: str, classes: frozenset[str]) -> bool:
    """Whether a sentence that names things of these classes has one for each slot of a template."""
    slots = (slot[3].split() for slot in _SLOT.finditer(pattern) if slot[1] != "C")
    return all(classes.intersection(wanted) if wanted else classes for wanted in slots)


def find(template: Template, masked: str) -> Iterator[Match]:
    """All matches of a template in a masked sentence."""
    for match in compiled(template.pattern).finditer(masked):
        groups = match.groupdict()
        subjects = _indices(groups.get("A"))
        objects = _indices(groups.get("B"))
        for subject in subjects or (None,):
            for item in objects or (None,):
                yield Match(item, subject) if template.swap else Match(subject, item)


def _indices(group: str | None) -> list[int]:
    return [int(number) for number in re.findall(r":(\d+)⟩", group or "")]


# Of relations in training gold between whose names such words stand, near the second and in its clause, annotators call half or
# more denied ("lacks" 0.91, "cannot" 0.80, "not" 0.68, 缺乏 0.79) or supposed ("potential to" 0.79). Of "may", "could" and 可能 they
# call three in four stated.
_NEGATED = re.compile(
    r"\b(?:not|never|cannot|can't|doesn't|don't|isn't|without|fail(?:s|ed|ing)? to|unable to|no longer|neither|nor|lack(?:s|ed|ing)?|struggl(?:e|es|ed|ing)|insufficient)\b"
    r"|没有|不能|无法|并不|并非|不会|未能|缺乏|无需|从未",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:potential to|promis(?:e|es)|should|hypothesi[sz]ed?|is needed|are needed)\b|有望|潜力",
    re.IGNORECASE,
)
# A verb of supposing straight after the first name holds for what follows in its clause.
_SUPPOSED = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:is|are) expected to|may|might|could)\b|(?:（[^（）]*）)?(?:可能|或许)",
    re.IGNORECASE,
)
# What opens another clause, and what takes a denial back.
_CLAUSE = re.compile(r"[,，.。;；:：]|\b(?:which|that|who|while|but)\b|而(?!是)")
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b|不仅|不只", re.IGNORECASE)
# How far before the second name (characters).
_NEAR, _NEAR_CHINESE = 40, 14


def polarity(between: str) -> Polarity:
    """Whether the words that lead to the second of two names state what joins them, deny it or merely suppose it."""
    *earlier, clause = _CLAUSE.split(between)
    if not earlier and _SUPPOSED.match(clause):
        return "hedged"
    clause = clause[-(_NEAR_CHINESE if has_cjk(clause) else _NEAR) :]
    if _NEGATED.search(_NOT_ONLY.sub("", clause)):
        return "negated"
    return "hedged" if _HEDGED.search(clause) else "asserted"
