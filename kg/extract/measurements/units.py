"""What a number counts or is measured in, read from the words beside it."""

from __future__ import annotations

import re

from kg.text import has_cjk

# Written form -> the unit as the graph states it.
FIXED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), unit)
    for pattern, unit in (
        (
            r"\s*(?:percentage|percent|absolute)[- ]points?\b|\s*(?:pp|p\.p\.)(?!\w)|\s*个百分点",
            "percentage points",
        ),
        (r"\s*\\?[%％]\s*(?:absolute |relative )?points?\b", "percentage points"),
        (r"\s*\\?[%％]|[- ]?\s*per ?cent\b|\s*percent\b", "%"),
        (
            r"\s*(?:BLEU |F1 |ROUGE |mAP |accuracy |AP )?points?\b|\s*个?点(?!云)|\s*分(?!钟|类|割|别|布|析|支|解|辨)",
            "points",
        ),
        (r"\s?[x×](?![A-Za-z0-9])|[- ]?\s?(?:times|fold)\b|\\times\b|\s?\$\\times\$|\s*倍", "times"),
        (r"\s*(?:ms|milliseconds?)\b|\s*毫秒", "ms"),
        (r"\s*(?:seconds?|secs?|s)\b(?!-)|\s*秒", "s"),
        (r"\s*(?:minutes?|mins?)\b|\s*分钟", "min"),
        (r"[- ]?\s*(?:hours?|hrs?|h)\b|\s*个?小时", "h"),
        (r"\s*(?:days?)\b|\s*天", "days"),
        (r"\s*(?:fps|FPS|frames per second)\b|\s*帧每秒", "FPS"),
        (r"\s*(GHz|MHz|kHz|Hz)\b", ""),
        (r"\s*(TB|GB|MB|KB|kB)\b", ""),
        (r"\s*(dB|mm|cm|km|nm|kg|mg|GPUs?|TFLOPs|GFLOPs|MFLOPs|FLOPs)\b", ""),
        (r"\s*m\b(?!-)|\s*meters?\b|\s*metres?\b|\s*米", "m"),
        (r"\s*°C?|\s*degrees?\b|\s*度", "degrees"),
    )
)
# Plural nouns are what is counted; these end in s and are none.
_NOT_PLURAL = frozenset(
    """
    is was has this as us its various across less plus does versus thus yes process
    analysis basis always besides towards its alas perhaps previous continuous gives
    shows achieves uses outperforms performs improves provides means yields requires
    obtains reaches takes allows results
    """.split()
)
# What the text counts of itself is no measurement.
OWN_POINTS = frozenset(
    """
    problems contributions reasons questions challenges aspects issues ways points
    parts steps stages folds goals objectives limitations advantages drawbacks
    observations insights findings things sections perspectives directions
    components phases factors properties key main major aspects criteria variants
    strategies scenarios types kinds cases levels
    """.split()
)
_NOUNS = re.compile(r"(?:\+|\s|-)\s*((?:[A-Za-z][A-Za-z/'-]*\s+){0,4}?[A-Za-z][A-Za-z-]*s)\b")
_HYPHENATED = re.compile(r"-\s?([a-z]+)\b")
_BARRIER = re.compile(
    r"\b(?:and|or|of|in|on|for|with|to|by|the|from|that|which|while|at|than|over|compared|using|is|are|was|were|respectively|when|as|a|an|between)\b"
)

CLASSIFIER = "个|种|项|位|家|类|张|名|篇|条|幅|段|台|组|套|份|例|款|轮|层|维|次|对|部|所|只|头|门|块|帧|步|倍|首|句|本|册|株|枚|座|辆|架|起|阶|代|支"
_ZH_NOUN = re.compile(
    rf"\s*(?:多|余|几|\+)?\s*({CLASSIFIER})?(?:以上|左右|以内)?的?\s*([A-Za-z\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff -]{{0,13}})?"
)
_ZH_NOUN_END = re.compile(
    r"的|和|与|及|以及|，|由|在|上|中|下|进行|组成|是|为|被|了|来|用于|包括|包含|涵盖|以|而|并|或|从|到|对|将|等|之|不同|表明|证明|显示|贡献|都|均|共|分别|提供|支持|有|能|可|,|\s(?=[\u4e00-\u9fff])"
)
# After a number without a classifier these mean dates, places in an order, or the next step of a list.
_ZH_NO_UNIT = re.compile(
    r"\s*(?:年|月|日|号|章|节|世纪|级|：|:|、|到|至|和|与|及|的|是|在|以|并|，|之|或|上|下|中|则|且|所|期间|时)"
)


def fixed(after: str) -> tuple[str, int] | None:
    """A unit of measure at the start of ``after``: its name and its length in characters."""
    for pattern, unit in FIXED:
        match = pattern.match(after)
        if match:
            return unit or match[1], match.end()
    return None


def counted(after: str) -> tuple[str, int] | None:
    """The English plural that a number counts, and where it ends: "126 biomedical NLP datasets" -> "biomedical NLP datasets"."""
    match = _HYPHENATED.match(after)
    if match and match[1] in {
        "parameter",
        "token",
        "layer",
        "bit",
        "class",
        "dimensional",
        "language",
        "shot",
        "way",
        "hop",
        "hour",
        "day",
        "page",
        "sample",
        "image",
        "turn",
        "step",
    }:
        return {"dimensional": "dimensions", "class": "classes"}.get(match[1], f"{match[1]}s"), match.end()
    match = _NOUNS.match(after)
    if not match:
        return None
    words = match[1].split()
    if words[-1].lower() in _NOT_PLURAL or _BARRIER.search(match[1].lower()):
        return None
    return " ".join(words), match.end()


def counted_zh(after: str) -> tuple[str, int] | None:
    """The Chinese noun that a number counts, with or without a classifier, and where it ends."""
    match = _ZH_NOUN.match(after)
    if not match:
        return None
    classifier, noun = match[1], match[2] or ""
    if not classifier and (_ZH_NO_UNIT.match(after) or not noun):
        return None
    end = _ZH_NOUN_END.search(noun)
    noun = (noun[: end.start()] if end else noun).strip(" -")
    # Latin words alone ("0.93 on the test set") are for the English rules to judge.
    if not classifier and not has_cjk(noun):
        return None
    stop = match.start(2) + len(noun) if noun else match.end(1)
    return noun or classifier, stop
