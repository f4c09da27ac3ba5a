"""Definitions in the text: a long name and its short form, in either order and either script.

English follows Schwartz and Hearst (2003, "A simple algorithm for identifying abbreviation definitions in biomedical text"):
the letters of the short form are sought backwards in the words before the bracket. Chinese long names share no letters with
their short form, so their left border comes from a known term, or from the nearest word that cannot stand inside a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lexicon.heads import HEADS_ZH, head_type
from kg.extract.notes import LISTED, Candidate, Definition, text_of
from kg.text import CJK, has_cjk

_BRACKET = re.compile(r"[(（]\s*+([^()（）\s][^()（）]{0,79}?)\s*+[)）]")
# 3DGS and 2SLS begin with a digit.
_SHORT = re.compile(r"(?:\d(?=[A-Za-z]))?[A-Za-z][A-Za-z0-9]*(?:[-/&.+ ][A-Za-z0-9]+){0,3}['’]?s?")
_CITED = re.compile(r"\b(?:19|20)\d\d(?:\b|年)|et al|等人")
# A bracket with examples or a list of things defines nothing.
_EXAMPLES = re.compile(
    r"(?:例如|比如|诸如|譬如|如|包括|such as\b|e\.\s?g\b|including\b)|.*(?:等|\betc\.?)$", re.DOTALL
)
_LISTED = re.compile(r"、|(?<=[A-Za-z0-9])\s?(?:和|与|及|以及|或)\s?(?=[A-Za-z])")
_QUOTES = "\"'“”‘’`* "
# Words that no Chinese technical name holds: what stands after the last of them is the name.
_ZH_BORDER = re.compile(
    r"[，,。；;：:！!？?、（）()\s“”\"]|称之为|称作|称为|名为|叫做|提出了?|介绍了?|概述了?|描述了?|引入了?|开发了?|设计了?|构建了?|研究了?|采用了?"
    r"|——|—|随着|使得|这使|尽管|虽然|众多|结合|部署|借助|运用|应用|作为|延长|扩展|引入|融合|实现|改进|当前|近期|某些|比如|诸如|即|如|最先进|全新|创新性?地?"
    r"|利用|使用|通过|基于|针对|对于|关于|以及|或者|并且|包括|例如|比如|其中|我们|本文|一种|一个|一类|这种|这个|该|新的|新型"
    r"|[的了是在用将把被与和或及为对从由于向]"
)
_ZH_LEAD = re.compile(
    r"^(?:(?:\d+|[两二三四五六七八九十几]+)(?:个|种|类|款|项|组)|平均|最大|所谓|著名|流行|现有|传统|主流|最近|近年来|经典|常用|许多|多种|各种|大量|一些)"
)
# Others or the best of a kind (其他基线, 较小模型): what follows in brackets is one of them.
_ZH_ONE_OF_THEM = re.compile(
    r"其他|其它|不同|知名|[最较更][佳优好新强大小]?的?(?:基准|基线|模型|方法|系统|数据集|算法)$"
)
# "我们称为模因的…", "名为ABC": a name given in the text, without a bracket.
_CALLED = re.compile(
    r"(?:称之?为|命名为|名为|叫做|称作)[“\"《]?([\u4e00-\u9fffA-Za-z0-9-]{2,12}?)[”\"》]?(?=[的，。,；;(（])"
)
# A verb of the authors' own work, in the clause before a name that they coin.
_COINS = re.compile(
    r"\b(?:propos|introduc|present|develop|design|devis|describ|contribut|releas|creat|construct|build|built)[^.;:]*$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z][\w+-]*")
_MAX_ZH_NAME = 24
# A Latin name before a bracket, its long form included, is at most so many characters long.
_MAX_NAME, _MAX_LONG_FORM = 40, 300
_NO_LONG_FORM = re.compile(rf"[.;:()!?{CJK}\u3000-\u303f\uff00-\uffef]")


@Language.component(
    "paperkg_abbreviations", requires=["doc._.candidates"], assigns=["doc._.candidates", "doc._.definitions"]
)
def find_definitions(doc: Doc) -> Doc:
    """Write each definition of a short form, and both its names as candidates."""
    text = text_of(doc)
    for match in _BRACKET.finditer(text):
        if _CITED.search(match[1]) or _EXAMPLES.match(match[1]):
            continue
        inside = match.span(1)
        for definition in _definitions(doc, match.start(), inside):
            if definition in doc._.definitions:
                continue
            doc._.definitions.append(definition)
            for start, end in (definition.long, definition.short):
                doc._.candidates.append(Candidate(start, end, None, 0.9, "definition", fixed=True))
    for match in _CALLED.finditer(text):
        # What a paper calls by a name of its own is a method, unless its last noun says otherwise.
        kind = head_type(match[1]) or "Method"
        doc._.candidates.append(Candidate(*match.span(1), kind, 0.7, "definition", fixed=True))
    return doc


def coined(text: str, candidates: Sequence[Candidate], least: float) -> Iterator[Definition]:
    """Names in brackets whose letters the words before them do not hold: we propose a flow-based lip-to-speech model (GlowLTS).

    Authors coin such a name where they propose the thing, where the name stands first in the text, and where the learned model takes
    both, from a score of ``least`` on, for things of one class: of 114 such in training gold 100 are one thing.
    """
    seen: dict[int, list[Candidate]] = defaultdict(list)
    for c in candidates:
        if c.by == "learned" and c.score >= least:
            seen[c.end].append(c)
    for match in _BRACKET.finditer(text):
        name, end = match[1], match.start() - (text[match.start() - 1 : match.start()] == " ")
        if not (
            _TOKEN.fullmatch(name)
            and any(c.isupper() for c in name[1:])
            and text.find(name) == match.start(1)
            and _COINS.search(text, max(0, end - _MAX_LONG_FORM), end)
        ):
            continue
        kinds = {c.type for c in seen[match.end(1)] if c.start == match.start(1)}
        long = max((c for c in seen[end] if c.type in kinds), key=lambda c: c.score, default=None)
        if long is not None:
            yield Definition((long.start, long.end), match.span(1))


def _definitions(doc: Doc, bracket: int, inside: tuple[int, int]) -> list[Definition]:
    text = text_of(doc)
    parts = _parts(text, inside)
    before_end = bracket
    while before_end and text[before_end - 1].isspace():
        before_end -= 1
    if has_cjk(text[max(0, before_end - 1) : before_end]):
        return _chinese(doc, before_end, parts)
    found: list[Definition] = []
    for start, end in parts[:1]:
        short = text[start:end]
        if _is_short_form(short):
            begin = max(0, before_end - _MAX_LONG_FORM)
            long = _long_form(text[begin:before_end], short)
            if long is not None:
                found.append(Definition((begin + long[0], begin + long[1]), (start, end)))
                continue
        head = re.search(r"[A-Za-z][\w-]*$", text[max(0, before_end - _MAX_NAME) : before_end])
        if not head or not _is_short_form(head[0]):
            continue
        named = (before_end - len(head[0]), before_end)
        # The other order, across scripts: MCG（马尔可夫编码游戏）.
        if _is_chinese_name(short):
            found.append(Definition((start, end), named))
        # The other order: RLHF (reinforcement learning from human feedback).
        elif head[0].upper() != head[0].lower().title() and " " in short:
            inner = _long_form(short, head[0])
            if inner is not None and inner[0] == 0 and _initials_share(short, head[0]) > 0.5:
                found.append(Definition((start, end), named))
    return found


def _parts(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """The names inside a bracket, apart at commas, without quotes."""
    parts = []
    offset = span[0]
    for piece in re.split(r"[,，、;；]|\bor\b|\babbreviated as\b|简称|缩写为?", text[span[0] : span[1]]):
        start = text.index(piece, offset)
        offset = start + len(piece)
        left = len(piece) - len(piece.lstrip(_QUOTES))
        right = len(piece.rstrip(_QUOTES))
        if right > left:
            parts.append((start + left, start + right))
    return parts


def _is_short_form(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return (
        2 <= len(text) <= 15
        and _SHORT.fullmatch(text) is not None
        and sum(c.isupper() for c in letters) >= max(1, len(letters.copy()) // 3)
        and not (text.istitle() and len(text) > 6)
    )


def _initials_share(long: str, short: str) -> float:
    """The share of a short form's letters that are initials of the long form's words, in order: "based on our own …" is no BERT."""
    initials = "".join(word[0].lower() for word in re.findall(r"[A-Za-z]+", long))
    letters = [c.lower() for c in short if c.isalpha()]
    found = 0
    for letter in letters:
        _, seen, rest = initials.partition(letter)
        if seen:
            found, initials = found + 1, rest
    return found / len(letters)


def _is_chinese_name(text: str) -> bool:
    """Whether a bracket holds a name and no remark: Chinese throughout, no word that is a border, a last noun that tells a class."""
    return (
        re.fullmatch(r"[\u4e00-\u9fff]{3,14}", text) is not None
        and _ZH_BORDER.search(text) is None
        and any(text.endswith(head) for head in HEADS_ZH)
    )


def _long_form(before: str, short: str) -> tuple[int, int] | None:
    """Where the long form of ``short`` stands at the end of ``before``; ``None`` if its letters do not fit."""
    letters = (
        [c.lower() for c in short.removesuffix("s") if c.isalnum()]
        if short[:-1].isupper()
        else [c.lower() for c in short if c.isalnum()]
    )
    if not letters:
        return None
    limit = min(len(letters) + 5, 2 * len(letters))
    words = list(re.finditer(r"[^\s\-–/]+", before))[-limit:]
    if not words:
        return None
    floor = words[0].start()
    # A long form whose letters make the short one is Latin throughout, and stands in one clause.
    foreign = [match.end() for match in _NO_LONG_FORM.finditer(before, floor)]
    floor = max([floor, *foreign])
    start = _by_initials(words, letters)
    if start is None or start < floor:
        start = _by_letters(before, letters, floor)
    if start is None:
        return None
    long = before[start:].rstrip(_QUOTES + ",")
    # The rest of the word list: a long form is longer than its short form and does not hold it.
    if (
        len(long) <= len(short)
        or short in long.split()
        or (len(long.split()) == 1 and "-" not in long and len(short) < 3)
    ):
        return None
    return start, start + len(long)


def _by_initials(words: list[re.Match[str]], letters: list[str]) -> int | None:
    """Where the last words begin whose initials are just ``letters``: for SSL, self-supervised learning and no less."""
    last = words[-len(letters) :]
    return last[0].start() if len(letters) > 1 and [word[0][0].lower() for word in last] == letters else None


def _by_letters(before: str, letters: list[str], floor: int) -> int | None:
    """Where the text begins that holds ``letters`` in their order, the first of them at the start of a word."""
    position = len(before)
    for index in reversed(range(len(letters))):
        position -= 1
        while position >= floor and (
            before[position].lower() != letters[index]
            or (index == 0 and position > floor and before[position - 1].isalnum())
        ):
            position -= 1
        if position < floor:
            return None
    return position


def _chinese(doc: Doc, end: int, parts: list[tuple[int, int]]) -> list[Definition]:
    text = text_of(doc)
    latin = [(s, e) for s, e in parts if re.fullmatch(r"[A-Za-z][\w .&/+'’-]*", text[s:e])]
    named = [(s, e) for s, e in latin if re.search(r"[A-Z]|[a-z]{4}", text[s:e])]
    if not named or _LISTED.search(text, parts[0][0], parts[-1][1]):
        return []
    names = [text[s:e] for s, e in named]
    if len(names) > 1 and not _one_short_for_the_other(names):
        return []
    start = _chinese_start(doc, end)
    if start is None or _ZH_ONE_OF_THEM.match(text, start, end):
        return []
    return [Definition((start, end), span) for span in named]


def _one_short_for_the_other(names: list[str]) -> bool:
    """Whether a bracket holds a Latin long name with its short form (Sparse Bayesian Learning，SBL), not a list of things."""
    long, short = sorted(names, key=len)[::-1][:2]
    return len(names) == 2 and (
        _long_form(long, short) == (0, len(long)) or _initials_share(long, short) > 0.5
    )


def _chinese_start(doc: Doc, end: int) -> int | None:
    """The left border of the Chinese name that ends at ``end``."""
    text = text_of(doc)
    floor = max(0, end - _MAX_ZH_NAME)
    # A known term that ends here may hold a word that is a border elsewhere (同时定位与地图构建).
    known = min((c.start for c in doc._.candidates if c.end == end and c.by in LISTED), default=None)
    borders = [match.end() for match in _ZH_BORDER.finditer(text, floor, end) if match.end() < end]
    start = borders[-1] if borders else floor
    lead = _ZH_LEAD.match(text[start:end])
    if lead and lead.end() < end - start - 1:
        start += lead.end()
    if known is not None and (known < start or not borders):
        start = known
    return start if end - start >= 2 else None
