"""Names that nobody has listed yet: what is written like a name, typed by the words beside it.

A name is a Latin word with capitals or digits inside ("BigBio", "OASIS-1", "GPT-3"); inside Chinese text any capitalised Latin
word. The type comes from, in this order, the noun that follows ("the ROOTS corpus", "BERT模型"), an apposition ("BLOOM, a
176B-parameter language model"), a noun before ("datasets such as X and Y"), and what is done with it ("trained on X").
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lexicon import CUE_NOUNS_EN, CUE_NOUNS_ZH, NOT_NAMES, alternatives, given_names
from kg.extract.notes import Candidate, text_of
from kg.text import has_cjk

_WORD = r"[A-Za-z][A-Za-z0-9]*"
# BigBio, OASIS-1, GPT-3.5, Q-BERT, L2, mT5, R2D2, k-NN; not "State-of-the-art".
_NAME = re.compile(
    r"(?<![\w\-\\$./@])("
    r"(?:[A-Z][a-z]*[A-Z0-9][A-Za-z0-9]*|[a-z]{1,2}[A-Z][A-Za-z0-9]*|[A-Z]{2,}[a-z]?|[A-Z][a-z]+(?=-[A-Z0-9]))"
    r"(?:[-–](?:[A-Z0-9][A-Za-z0-9.]*[A-Za-z0-9]|[A-Za-z0-9]+(?![a-z])|\d+(?:\.\d+)?))*"
    r"(?:\+\+|\+)?)(?![\w/@]|\.\w)"
)
# In Chinese text a capitalised Latin word is a name, and so are two in a row.
_NAME_IN_ZH = re.compile(
    r"(?<![A-Za-z0-9\\$./@_-])([A-Z][A-Za-z0-9]*(?:[-–][A-Za-z0-9.]*[A-Za-z0-9])*(?: [A-Z][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)?)(?![A-Za-z0-9/@])"
)
_PERSON = re.compile(
    r"(?<![A-Za-z0-9-])([A-Z][a-z]{2,}) (?:[A-Z]\. )?(?:van |von |de |der )?([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?![A-Za-z0-9-])"
)
_DATED = re.compile(
    r"(?<![A-Za-z0-9-])((?:(?:IEEE|ACM|AAAI)[ /])?[A-Z](?=[a-z]*[A-Z])[A-Za-z]*+[ -]?(?:19|20)\d\d(?: (?:[Ss]hared )?[Tt]ask \d+)?)(?![A-Za-z0-9-])"
)
_ORGANISATION = re.compile(
    r"(?<![A-Za-z0-9-])((?:University of [A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"|(?!(?:The|At|In|From) )(?:[A-Z][A-Za-z]+ ){1,3}(?:University|Institute(?: of [A-Z][a-z]+)?|Laborator(?:y|ies)|Inc|Corporation|Foundation|Consortium))(?![A-Za-z0-9-])"
)
_CUE_EN = alternatives(CUE_NOUNS_EN)
_AFTER_EN = re.compile(rf"\s++(?:[a-z-]+ )?({_CUE_EN})(?:s|es)?\b", re.IGNORECASE)
# "BERT模型", and across a list: "在 GSM8K、MATH-500 和 GPQA 等基准上".
_AFTER_ZH = re.compile(
    rf"(?:\s*+(?:、|和|与|及|以及|，|,)\s*+[A-Za-z][A-Za-z0-9.-]*+(?: ++[A-Za-z0-9.-]++)*+)*+\s*+(?:等(?:多个|主流|常用|公开|现有)?)?\s*+(?:的)?(?:新型?|全新|新颖的?|高效|轻量级|大规模|开源)?({alternatives(CUE_NOUNS_ZH)})"
)
_BEFORE_ZH = re.compile(
    rf"({alternatives(CUE_NOUNS_ZH)})(?:\s*+[（(]?\s*+[，,]?\s*+(?:如|例如|包括|比如|诸如|——)|\s*+[-:：])?\s*+(?:[A-Za-z][A-Za-z0-9.-]*+\s*+(?:、|和|与|,|，|及)\s*+)*+$"
)
_APPOSITION = re.compile(
    rf"\s*+(?:\([^)]*\))?\s*+(?:,|—|–|:|\bis\b|\bare\b)\s++(?:the |our )?(?:an? |the )?((?:[\w'-]+ ){{0,8}}?)({_CUE_EN})s?\b",
    re.IGNORECASE,
)
# "BigBio一个由…数据集的社区库": of the nouns in the apposition the first tells.
_APPOSITION_ZH = re.compile(
    rf"\s*+(?:[(（][^()（）]*[)）])?\s*+[,，]?\s*+(?:(?:是|为|作为)?(?:一个|一种|一款|一套|一项|一类|首个)|——|—|：)[^，。；]{{0,30}}?({alternatives(CUE_NOUNS_ZH)})"
)
_BEFORE_EN = re.compile(
    rf"\b({_CUE_EN})(?:s|es)?,?\s++(?:\(?(?:such as|like|including|called|named|dubbed|namely|e\.g\.,?|termed)\s++)?(?:[\w.+-]+(?:, (?:and )?| and | or ))*$",
    re.IGNORECASE,
)
_DONE_EN: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:(?:pre-?)?train(?:ed|ing)|fine-?tun(?:ed|ing)) on (?:the )?(?:[\w.+-]+(?:, (?:and )?| and ))*$",
            re.IGNORECASE,
        ),
        "Dataset",
    ),
    (
        re.compile(
            r"\b(?:evaluat(?:ed?|ions?|ing)|experiments?|test(?:ed|s|ing)?|results?|validat(?:ed?|ing)|demonstrate\w*|performance|accuracy|benchmarked)"
            r"(?: \w+){0,4} on (?:the )?(?:[\w.+-]+(?:, (?:and )?| and ))*$",
            re.IGNORECASE,
        ),
        "Dataset",
    ),
    (re.compile(r"\bimplemented (?:in|with|using) $", re.IGNORECASE), "Software"),
)
# "the task of X" says what X is, whether or not X looks like a name.
_FIELDS = tuple(
    (
        re.compile(
            rf"\b(?:{cue}) of ((?:[a-z][a-z-]+ ){{0,3}}[a-z][a-z-]+)(?=[,.;:)]|\s(?:we|with|in|for|by|using|via|that|which|where|from|and|is|are|has|under|on|when)\b)"
        ),
        kind,
    )
    for cue, kind in (
        ("tasks?|(?:specific )?problems?", "Task"),
        ("(?:specific )?(?:fields?|areas?|phenomen(?:on|a)|notions?|concepts?)", "Concept"),
    )
)
_JOINED = re.compile(r"\s*+(?:,|，|、)?\s*+(?:and|和|与|及)?\s*+")
_COMMON_TAIL = re.compile(r"-[a-z]{4,}$")
_WINDOW = 90


@Language.component("paperkg_names", requires=["doc.sents"], assigns=["doc._.candidates"])
def find_names(doc: Doc) -> Doc:
    """Add a candidate for each name-like word, with a type where the words beside it tell one."""
    text = text_of(doc)
    chinese = has_cjk(text)
    for match in _ORGANISATION.finditer(text):
        doc._.candidates.append(Candidate(*match.span(1), "Organization", 0.8, "names", fixed=True))
    for match in _DATED.finditer(text):
        kind, score = _dated_type(doc, *match.span(1))
        doc._.candidates.append(Candidate(*match.span(1), kind, score, "names", fixed=True))
    doc._.candidates.extend(_people(text))
    for pattern, field in _FIELDS:
        for match in pattern.finditer(text):
            doc._.candidates.append(Candidate(*match.span(1), field, 0.6, "names"))
    for match in (_NAME_IN_ZH if chinese else _NAME).finditer(text):
        # "LM-based" is a name and a common word.
        name = _COMMON_TAIL.sub("", match[1])
        if not _is_name(name):
            continue
        start, end = match.start(1), match.start(1) + len(name)
        told, score = _type_by_context(text, start, end)
        doc._.candidates.append(Candidate(start, end, told, score, "names"))
    return doc


def _dated_type(doc: Doc, start: int, end: int) -> tuple[str, float]:
    """A name with a year is an event where its name is known as one or the words beside it say so; else a data set's edition."""
    text = text_of(doc)
    if any(c.type == "Event" and start <= c.start and c.end <= end for c in doc._.candidates):
        return "Event", 0.85
    kind, score = _type_by_context(text, start, end)
    return (kind, score) if kind else ("Dataset", 0.6)


def _people(text: str) -> list[Candidate]:
    """Names that begin with a given name, and those that "and" joins to one."""
    found: list[Candidate] = []
    for match in _PERSON.finditer(text):
        joined = bool(found) and _JOINED.fullmatch(text[found[-1].end : match.start()]) is not None
        if (match[1] in given_names() or joined) and match[2] not in NOT_NAMES:
            found.append(Candidate(*match.span(), "Person", 0.85, "names", fixed=True))
    return found


def _is_name(text: str) -> bool:
    if text in NOT_NAMES or text.rstrip("s") in NOT_NAMES or len(text) < 2:
        return False
    # A sentence's first word in capitals, or a formula's letters, is no name.
    return any(c.isalpha() for c in text) and not re.fullmatch(r"[A-Z]\d?|[A-Z][a-z]?-\d", text)


def _type_by_context(text: str, start: int, end: int) -> tuple[str | None, float]:
    """The class that the words around a name tell, and how sure they are."""
    after, before = text[end : end + _WINDOW], text[max(0, start - _WINDOW) : start]
    cue = _AFTER_ZH.match(after)
    if cue:
        return CUE_NOUNS_ZH[cue[1]], 0.8
    cue = _BEFORE_ZH.search(before)
    if cue:
        return CUE_NOUNS_ZH[cue[1]], 0.75
    apposition = _APPOSITION_ZH.match(after)
    if apposition:
        return CUE_NOUNS_ZH[apposition[1]], 0.75
    cue = _AFTER_EN.match(after)
    if cue:
        return CUE_NOUNS_EN[cue[1].lower()], 0.8
    apposition = _APPOSITION.match(after)
    if apposition:
        return CUE_NOUNS_EN[apposition[2].lower()], 0.75
    cue = _BEFORE_EN.search(before)
    if cue:
        return CUE_NOUNS_EN[cue[1].lower()], 0.7
    for pattern, kind in _DONE_EN:
        if pattern.search(before):
            return kind, 0.65
    return None, 0.5
