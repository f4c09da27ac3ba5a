"""What a number counts or is measured in, read from the words beside it."""

from __future__ import annotations

import re

from kg.extract.measurements import chinese

# Written form -> the unit as the graph states it.
FIXED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), unit)
    for pattern, unit in (
        (
            r"\s*(?:percentage|percent|absolute)[- ]points?(?![A-Za-z0-9_])|\s*(?:pp|p\.p\.)(?!\w)|\s*个百分点",
            "percentage points",
        ),
        (r"\s*\\?[%％]\s*(?:absolute |relative )?points?(?![A-Za-z0-9_])", "percentage points"),
        (r"\s*\\?[%％]|\$\\?%\$|[- ]?\s*per ?cent(?![A-Za-z0-9_])|\s*percent(?![A-Za-z0-9_])", "%"),
        (
            r"\s*(?:BLEU |F1 |ROUGE |mAP |accuracy |AP )?points?(?![A-Za-z0-9_])|-point(?![A-Za-z0-9_]| (?:scale|Likert|rating))|\s*个?点(?!云)|\s*分(?!钟|类|割|别|布|析|支|解|辨|之)",
            "points",
        ),
        (
            r"\s?[xX×](?![A-Za-z0-9])|[- ]?\s?(?:times|fold)(?![A-Za-z0-9_])|\s?\\times(?![A-Za-z0-9_])|\s?\$\\times\$|\s*倍",
            "times",
        ),
        (r"\s*(?:ms|milliseconds?)(?![A-Za-z0-9_])|\s*毫秒", "ms"),
        (r"\s*(?:seconds?|secs?|s)(?![A-Za-z0-9_])(?!-)|-(?:second|sec)(?![A-Za-z0-9_])|\s*秒", "s"),
        (r"\s*(?:minutes?|mins?)(?![A-Za-z0-9_])|-min(?:ute)?(?![A-Za-z0-9_])|\s*分钟", "min"),
        (r"[- ]?\s*(?:hours?|hrs?|h)(?![A-Za-z0-9_])|\s*个?小时", "h"),
        (r"\s*(?:days?)(?![A-Za-z0-9_])|\s*天", "days"),
        (r"\s*(?:fps|FPS|frames per second)(?![A-Za-z0-9_])|\s*帧每秒", "FPS"),
        (r"\s*(GHz|MHz|kHz|Hz)(?![A-Za-z0-9_])", ""),
        (r"\s*(TB|GB|MB|KB|kB)(?![A-Za-z0-9_])", ""),
        (
            r"\s*(dB|mm|cm|km|nm|[µμ]m|kg|mg|GPUs?|TFLOPs|GFLOPs|MFLOPs|FLOPs|ppm|px|USD|EUR)(?![A-Za-z0-9_])",
            "",
        ),
        (r"\s*N\s?[·⋅]?\s?m(?![A-Za-z0-9_])", "N·m"),
        (r"\s*([mkMG]?(?:Wh|W|J|V|N))(?![A-Za-z0-9_·⋅])", ""),
        (r"\s?(g)(?![A-Za-z0-9_])(?!-)", ""),
        (r"\s?(?:DoF|DOF)s?(?![A-Za-z0-9_])|\s*个?自由度", "DoF"),
        (r"\s*个?比特", "bits"),
        (r"\s*人(?=[的，。、；）)]|参[与加])", "people"),
        (r"\s*(km/h|m/s|cm/s|mm/s)(?![A-Za-z0-9_])", ""),
        (r"\s*m(?![A-Za-z0-9_])(?!-)|\s*meters?(?![A-Za-z0-9_])|\s*metres?(?![A-Za-z0-9_])|\s*米", "m"),
        (r"\s*°C?|\s*degrees?(?![A-Za-z0-9_])|\s*度", "degrees"),
    )
)
# Plural nouns are what is counted; these end in s and are none.
_NOT_PLURAL = frozenset(
    """
    is was has this as us its various across less plus does versus thus yes process
    analysis basis always besides towards its alas perhaps previous continuous gives
    shows achieves uses outperforms performs improves provides means yields requires
    obtains reaches takes allows results onwards
    """.split()
)
# What the text counts of itself is no measurement.
OWN_POINTS = frozenset(
    """
    problems contributions reasons questions challenges aspects issues ways points
    parts steps stages folds goals objectives limitations advantages drawbacks
    observations insights findings things sections perspectives directions
    components phases factors properties key main major aspects criteria variants
    strategies cases innovations improvements enhancements benefits merits
    principles features branches differences designs changes hypotheses gaps
    """.split()
)
# What is counted though it does not end in s.
_IRREGULAR = frozenset("people children women men data phenomena corpora species series criteria".split())
_HYPHENATED = re.compile(r"[- ]\s?([a-z]+)\b(?!-)")
# What is counted in the singular before another noun: a 13-week semester, 176B-parameter models.
_COMPOUNDED = frozenset(
    """
    parameter token layer bit class dimensional language shot way hop hour day week month year page word character
    sample image frame turn step round
    """.split()
)
_BARRIER = frozenset(
    """
    or of in on for with to by the from that which while at than over compared using
    is are was were respectively when as a an between across per each all one two three four five six
    """.split()
)
_WORD = re.compile(
    r"\s*(?:([A-Za-z&][\w/&'’.-]*|\d+(?:D|-[a-z]+))|\(([A-Z][A-Za-z-]{1,7})\))(?=[\s,.;:()）-]|$)"
)
# "three architectures--A, B and C", "two methods-A and B".
_ENDS = re.compile(r"--|(?<=s)-(?=[A-Z])")
_LONGEST = 8


def counts(unit: str) -> bool:
    """Whether a unit is a noun that things are counted by, not one that quantities, shares or gains are measured in."""
    return bool(unit) and unit != "of the whole" and fixed(f" {unit}") is None


def fixed(after: str) -> tuple[str, int] | None:
    """A unit of measure at the start of ``after``: its name and its length in characters."""
    for pattern, unit in FIXED:
        match = pattern.match(after)
        if match:
            return unit or match[1], match.end()
    return None


def own_point(unit: str) -> bool:
    """Whether what is counted is a point of the text itself."""
    return bool(OWN_POINTS & set(unit.split()[-1:])) or chinese.own_point(unit)


def counted(after: str) -> tuple[str, int] | None:
    """The English plural that a number counts, and where it ends: "126 biomedical NLP datasets" -> "biomedical NLP datasets"."""
    match = _HYPHENATED.match(after)
    if match and match[1] in _COMPOUNDED:
        return {"dimensional": "dimensions", "class": "classes"}.get(match[1], f"{match[1]}s"), match.end()
    return _plural(after)


def plural_before(before: str) -> str:
    """The plural that ends ``before``, or nothing: what "(n=19)" behind it counts."""
    match = re.search(r"([A-Za-z-]+s|participants|people|children|women|men)\s*[(（]\s*$", before)
    return match[1] if match and match[1].lower() not in _NOT_PLURAL else ""


def _plural(after: str) -> tuple[str, int] | None:
    """The words up to the first plural, if nothing but a noun's modifiers stands before it."""
    words: list[str] = []
    end = 1 if after[:1] == "+" else 0
    if after[end : end + 1] not in {" ", "\n"} and not end:
        return None
    while len(words) < _LONGEST and (match := _WORD.match(after, end)):
        end = match.end()
        word = _ENDS.split(match[1] or "", maxsplit=1)[0].rstrip(".-'’")
        if not word:
            continue  # the abbreviation of the words before it
        if word.lower() in _BARRIER or (word.lower() == "and" and not words):
            return None
        words.append(word)
        if word.lower() in _IRREGULAR or (
            len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "sis", "us"))
        ):
            return None if word.lower() in _NOT_PLURAL else (" ".join(words), match.start(1) + len(word))
        if after[end - 1] == ".":
            return None
    return None
