"""Measurements: numbers with their unit or what they count, their spread, and the things they belong to.

A number counts as a measurement if something says what it measures: a unit, a counted noun, or a metric beside it. Numbers in
names, years, citations, list marks and formulas are left alone, as the guideline says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.measurements import chinese, numbers, units
from kg.extract.measurements.owner import owner
from kg.text import WEB_ADDRESS
from kg.types import Measurement, Mention

# Chinese has no case; to look for the case of each of its characters takes as long as to compile all else here.
_HAN = r"(?-i:[\u4e00-\u9fff])"
# Behind these a Chinese numeral is no count: ordinals, longer numbers, what was named before.
_NO_COUNT_AFTER = "[第每这那该此数几成前后上下周期之分一二两三四五六七八九十百千万亿]"
_COUNTING = rf"(?=(?:{chinese.CLASSIFIER})(?:{_HAN}| ?[A-Za-z])|{chinese.SPAN})"
_NO_PAIR = rf"(?![二两](?!倍|大)(?:{chinese.CLASSIFIER}))"
# "A、B和C这三种语言" counts what it has just listed; "从这三种语言" speaks of languages known already.
_LISTED_BEFORE = r"[^\s，。；：（）()从对在将把为以用按由向跟被使让给]"
# What a formula between dollar signs may hold besides a number if it is only written as one: "$\sim 3.2\%$", "$0.66 \pm 0.01$".
_BEFORE_IN_MATH = r"\$\s*+(?:\\(?:sim|approx|geq?|leq?|bf|mathbf|mathrm|text)(?![a-z])\s*+|[+~<>≈{]\s*+)*+"
_AFTER_IN_MATH = r"(?=\s*+\}?\s*+(?:\\?[%％]|\\times(?![\s{]*\d)|[xX×]|(?:\\pm|±|\\sim|-{1,2}|–)[^$\n]{1,14}|[KMB])?[\s}\]]*+(?:\\?%)?\s*+\$)"
# How a number begins: where nothing begins so, the alternatives need not be tried.
_BEGINS = (
    rf"(?=[\d.$−\-一二两三四五六七八九十百千]|\b(?:{'|'.join(sorted({word[:2] for word in numbers.WORDS}))}))"
)
_NUMBER = re.compile(
    rf"{_BEGINS}(?:(?<![\w.$^_{{\\\-–/@#])(?<!\d,)(?:(?<={_HAN})|(?<![\w]))?(?P<number>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)"
    rf"|(?:(?<={_HAN})|(?<=[，。、；：(（]))(?P<inzh>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)"
    rf"|(?<=[%％]/)(?P<listed>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)"
    rf"|(?<=[\s(（])(?P<signed>[-−](?:{numbers.DIGITS}))"
    rf"|{_BEFORE_IN_MATH}(?P<math>[-−]?(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?){_AFTER_IN_MATH}"
    # An amount of money, not a formula between dollar signs.
    rf"|(?<=[$€£])(?<![\w}}\])]\$)(?P<money>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)(?![^$\n]{{0,40}}(?<![\s(])\$)"
    rf"|\b(?P<share>{numbers.FRACTION_WORD})\b(?= of\b)|(?P<zhshare>{numbers.ZH_FRACTION})"
    rf"|\b(?P<big>{numbers.BIG_WORD})\b(?=[ -][a-z])"
    r"|(?<!\w)(?P<one>one)(?=[ -](?:second|minute|hour|day|week|month|percentage point|order of magnitude)\b)"
    r"|\b(?P<twice>twice)(?= (?:as|the)\b)"
    rf"|\b(?P<word>(?:{numbers.NUMBER_WORD})(?:-(?:{numbers.NUMBER_WORD}|one\b))?)\b(?=[ -][a-z])"
    rf"|(?<!{_HAN})(?P<zh>{numbers.ZH_NUMBER}){_COUNTING}"
    # Inside a sentence too, unless it is an ordinal, part of a longer number, or of things known already ("these three"); two of
    # a kind are more often any two, so a pair counts behind these words alone.
    rf"|(?:(?<=[了有在的对于及和与共过含用])|(?<=(?!{_NO_COUNT_AFTER}){_HAN}){_NO_PAIR}|(?<={_LISTED_BEFORE}这){_NO_PAIR})"
    rf"(?P<zhafter>[二两三四五六七八九十百千][一二两三四五六七八九十百千]{{0,6}})(?:{_COUNTING}|(?<![二两])(?=[类组种步档][：:。])))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\s*+(?:\\?[%％]|[x×](?=[-–~]))?\s*+\$?(?:-to-|-{{1,2}}|–|—|~|～|to|到|至|\\sim)\s*+\$?((?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)"
)
_SPREAD = re.compile(
    rf"\s*+(?:\\?%\s*+)?(?:±|\+/?-|\\pm|\$\\pm\$|\$\\pm)\s*+\$?({numbers.DIGITS})"
    rf"|\s*+(?:\\?%\s*+)?[(（](?:(?:standard deviations?|s\.?d\.?|std\.?|标准(?:偏)?差)\s*+(?:[(（]SD[)）])?\s*+[:=]?\s*+)+({numbers.DIGITS})",
    re.IGNORECASE,
)
_URL = re.compile(rf"{WEB_ADDRESS}|(?a:(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.]+)")
_CITATION = re.compile(
    r"\[[\d,;\s–-]+\]|\barXiv:\s?\d[\d.]+|\((?:[A-Z][\w.&' -]+,? )?(?:19|20)\d\d[a-z]?\)|\b(?:Sec(?:tion)?|Fig(?:ure)?|Table|Eq(?:uation)?|Chapter|Theorem|Algorithm|Appendix)s?\.? \d+"
)
# The bounds of a confidence interval, significance, complexity and groups, ratios: told of other numbers.
_ASIDE = re.compile(
    r"\b\d\d(?:\.\d)?\s*\\?%\s*(?:CIs?|confidence intervals?|置信区间)[\s:,，：=\[(（]*[-−]?[\d.%\\]*(?:\s*(?:[-–—~,，]|to|至)\s*[-−]?[\d.%\\]+)?"
    r"|\b[pP]\s*(?:[<≤]|\\leq?)\s*[\d.]+|(?<![A-Za-z])[A-Z]{1,3}\(\s*\d[^)]*\)|\b\d+:\d+"
)
_LIST_MARK = re.compile(
    r"[(（]\s*\d{1,2}\s*[)）](?=[\u4e00-\u9fffA-Za-z])|[(（]\s*\d{1,2}\s*[)）]\s|(?<![=\w.%])(?:1?\d|20)\s*[)）]\s|(?:^|\s)\d{1,2}[.)] (?=[A-Z\u4e00-\u9fff])"
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_DECADE = re.compile(r"(?:1[5-9]|20)\d0['’]?s\b")
_METRIC_GAP = 45
# Units of shares and gains, which are said of what was measured even where no metric is named.
_RELATIVE = frozenset({"%", "points", "percentage points", "times"})
_NEAR = 60
_SHARED_HEAD = re.compile(r"\s+([a-z-]+)\s+(?:and|or|to)\s+\d")
# Behind other Chinese characters than these a small number without a classifier tells things apart: 任务1, 指南36.
_LABELLED = re.compile(r"(?![了有在的对于及和与共过含用达为约仅从到近超至出成括均是每])[\u4e00-\u9fff]$")
_LABEL = 100
_SPAN = re.compile(chinese.SPAN)
# A score beside a verb of change, before and after it in Chinese.
_CHANGE_ZH = "(?:提升|提高|增加|上升|下降|降低|改善|升|降|增)"
_RISES = re.compile(rf"\s*{_CHANGE_ZH}(?:至|到|为)")
_RISING = re.compile(
    r"\b(?:increas|improv|rais|boost|reduc|drop|decreas|lower|declin|rise|rose|fall|fell|grow|grew)\w*\b[^.;]{0,40}\bfrom $"
)
_RISEN = re.compile(rf"{_CHANGE_ZH}(?:至|到|为|了)\s?$")
_SERIES = re.compile(rf"(?:, (?:{numbers.DIGITS}))*,? (?:and|or) (?:{numbers.DIGITS})(?= )")
_ALSO = re.compile(rf"(?:, (?:{numbers.DIGITS}))*,? (?:and|or) (?:{numbers.DIGITS})")
_IN_TOTAL = re.compile(r"\s+in (?:total|all)\b|\s*(?:in )?overall\b")
# Two or three things that the reader knows already, or that any such things would be.
_KNOWN = re.compile(
    r"\b(?:the|these|those|both|between|whether|either|following|aforementioned)\s+(?:other |same |above |following )?$",
    re.IGNORECASE,
)
_FEW = 3
_FACTOR = re.compile(
    r"\bfactors? of (?:about |around |approximately |roughly |over |up to |at least |[$~≈]\s*)?$"
)
# Sizes of samples, and quantities with a letter for a name.
_SYMBOL = re.compile(r"(?:^|[\s(（,，;；$\u4e00-\u9fff])(n|N|r|R2|R\^2|R²|κ|k|ρ|τ|d)\s*[=:]\s*$")
# What stands between two numbers of one list: "0.98, 0.99, and 0.91", "from 0.1 on A and 0.3 on B".
_LISTED = re.compile(
    r"[%\s$]*+(?:(?:,|，|、|/|;|\(|\)|and|or|to|vs\.?|versus|和|与|至|on|for|in|from|[A-Z][\w-]*+)[\s$]*+){1,6}"
)
# What closes a formula behind its number.
_CLOSED = re.compile(r"[\s}\]]*+(?:\\?%)?\s*+\$")
_MONEY = re.compile(r"(?:US)?[$€£]\s?$|USD\s?$")
# The kinds of numbers (groups of _NUMBER) that are written in words.
_SPELLED = frozenset({"word", "one", "twice", "big", "share", "zh", "zhafter", "zhshare"})


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the text, before anything is known of what it measures; ``kind`` is how it is written (a group of ``_NUMBER``)."""

    start: int
    end: int
    value: Decimal
    kind: str

    @property
    def spelled(self) -> bool:
        return self.kind in _SPELLED


def find_measurements(
    text: str,
    mentions: Sequence[Mention],
    sentences: Sequence[tuple[int, int]],
    introduced: Sequence[int] = (),
) -> list[Measurement]:
    """All measurements of a text, in order.

    Args:
        text: the abstract.
        mentions: what it names; numbers inside names are no measurements, and metrics and owners are sought among them.
        sentences: start and end of each sentence, in characters.
        introduced: the mentions (indices) of what the paper contributes.
    """
    found: list[Measurement] = []
    past = 0
    for number in _numbers(text, mentions):
        if number.start < past:
            continue  # the spread or the far end of a range, already read
        sentence = next(((a, b) for a, b in sentences if a <= number.start < b), (0, len(text)))
        for measurement in _measured(
            text, number, mentions, sentence, introduced, found[-1] if found else None
        ):
            found.append(measurement)
            past = measurement.end
    return _without_repeats(found)


def _numbers(text: str, mentions: Sequence[Mention]) -> Iterator[_Number]:
    excluded = [m.span() for pattern in (_URL, _CITATION, _ASIDE, _LIST_MARK) for m in pattern.finditer(text)]
    names = [
        (m.start, m.end)
        for m in mentions
        if m.type not in {"Task", "Concept", "Metric"} or any(c.isdigit() for c in m.text[1:])
    ]
    position = 0
    for match in _NUMBER.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        if start < position or any(a <= start < b for a, b in (*excluded, *names)):
            continue
        value = numbers.parse(match[kind])
        if value is None or (_YEAR.fullmatch(match[kind]) and not _counts(text, start, end)):
            continue
        if _DECADE.match(text, start):
            continue
        if (re.match(r"[A-Za-z]", text[end:]) and not units.fixed(text[end:])) or text[
            start - 1 : start
        ] == "第":
            continue  # 3D, 4th, 2nd
        position = end
        yield _Number(start, end, value, kind)


def _before(text: str, start: int) -> str:
    """The few words before a place."""
    return text[max(0, start - _NEAR) : start]


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a number that could be a year counts something."""
    if re.match(r"\s*(?:[a-z]+s\b|个|种|张|篇|条)", text[end:]):
        return True
    dated = re.search(
        r"(?:\b(?:Jan\w*|Feb\w*|March|April|May|June|July|Aug\w*|Sept?\w*|Oct\w*|Nov\w*|Dec\w*|in|since|until|till|from|to|by|of|year|and|the)|[,(–-])\s*$",
        _before(text, start),
        re.IGNORECASE,
    )
    return not dated and units.counted(text[end:]) is not None


def _measured(
    text: str,
    number: _Number,
    mentions: Sequence[Mention],
    sentence: tuple[int, int],
    introduced: Sequence[int],
    last: Measurement | None,
) -> Iterator[Measurement]:
    """The measurement or, for a range, the two measurements of a number; ``last`` is the one before it."""
    end, second, uncertainty = number.end, None, None
    spread = _SPREAD.match(text, end)
    if spread:
        uncertainty = Decimal(re.sub("[,，]", "", next(group for group in spread.groups() if group)))
        end = spread.end() + (text[spread.end() : spread.end() + 1] in {")", "）"})
    else:
        reached = _RANGE.match(text, end)
        if reached and not number.spelled:
            second = numbers.parse(reached[1])
            end = reached.end() if second is not None else end
    unit, end = _unit(text, number, end, sentence[1], last.unit if last else "")
    # What counts things is no score.
    metric = None if units.counts(unit) else _metric(text, number.start, end, mentions, sentence)
    start = number.start
    money = None if number.kind == "math" else _MONEY.search(_before(text, start))
    if money:
        start, unit = start - len(money[0]), unit if unit not in {"", "points"} else money[0].strip()
    if not unit and metric is None and last is not None and _continues(text, last, number):
        unit, metric = last.unit, last.metric
    if (not unit and (metric is None or number.spelled)) or _measures_nothing(text, number, unit):
        return
    counts = unit not in _RELATIVE and metric is None
    of = owner(text, (start, end), mentions, sentence, introduced, counts=counts)
    score = 0.9 if unit else 0.7
    whole = Measurement(
        start,
        end,
        text[start:end],
        number.value,
        unit or (mentions[metric].text if metric is not None else ""),
        score,
        of,
        metric,
        uncertainty,
    )
    yield whole
    if second is not None:
        yield replace(whole, value=second)


def _measures_nothing(text: str, number: _Number, unit: str) -> bool:
    """Whether a number up to three counts points of the text or things known already, or tells of what kind a thing is."""
    if number.kind == "word" and unit == "%":
        return True
    if number.value > _FEW:
        return False
    if unit == "dimensions":
        return True  # a picture or a space
    return number.spelled and (
        units.own_point(unit)
        or chinese.of_a_kind(text[number.end : number.end + _NEAR])
        or _KNOWN.search(_before(text, number.start)) is not None
    )


def _continues(text: str, last: Measurement, number: _Number) -> bool:
    """Whether a score stands in a list after another: both are written with a decimal point, little is between."""
    between = text[last.end : number.start]
    return "." in text[number.start : number.end] and "." in last.text and bool(_LISTED.fullmatch(between))


def _unit(text: str, number: _Number, end: int, limit: int, last_unit: str) -> tuple[str, int]:
    """The unit of a number and where its words end; an empty unit if nothing tells."""
    before, after = _before(text, number.start), text[end:limit]
    if number.kind == "twice" or _FACTOR.search(before):
        return "times", end
    if number.kind in {"share", "zhshare"}:
        return ("%" if text.startswith("百", number.start) else "of the whole"), end
    if symbol := _SYMBOL.search(before):
        return (units.plural_before(before[: symbol.start(1)]) or symbol[1]), end
    if number.kind == "math":
        known = units.fixed(after)
        closed = _CLOSED.match(after, known[1] if known else 0)
        if known:
            return known[0], end + (closed.end() if closed else known[1])
        if closed:  # "$10$ datasets"
            end, after = end + closed.end(), after[closed.end() :]
    in_words = number.spelled and number.kind != "one" and not _SPAN.match(after)
    known = None if in_words else units.fixed(after)
    if known:
        return known[0], end + known[1]
    also = None if number.spelled else _ALSO.match(after)
    shared_unit = units.fixed(after[also.end() :]) if also else None
    if shared_unit:
        return shared_unit[0], end  # "8.75 and 3.13 points": both are points
    total = _IN_TOTAL.match(after)
    if total and last_unit:
        return last_unit.split()[-1], end + total.end()
    shared = _SHARED_HEAD.match(after)
    if shared and units.counted(after[: shared.end(1)]) is None:
        # "46 natural and 13 programming languages": both count languages.
        following = units.counted(re.sub(r"^\s+[a-z-]+\s+(?:and|or|to)\s+[\d,.]+", "", after))
        if following:
            return f"{shared[1]} {following[0].split()[-1]}", end + shared.end(1)
    whole = number.value == number.value.to_integral_value()
    if whole and number.value < _LABEL and (years := chinese.YEARS.match(after)):
        return "years", end + years.end()
    series = _SERIES.match(after) if whole and not number.spelled else None
    following = units.counted(after[series.end() :]) if series else None
    if following:
        return following[0], end  # "2, 3, 5, and 10 speakers": all count speakers
    labels = number.kind == "inzh" and number.value < _LABEL and _LABELLED.search(before) is not None
    noun = (units.counted(after) if whole else None) or chinese.counted(after, whole=whole, bare=not labels)
    if noun:
        return noun[0], end + noun[1]
    # "outperforms it by +4.5", 从29.8提升至77.7: what it gains.
    gains = before.endswith("+") and before[-2:-1] in {"", " ", "("}
    changes = (
        not whole
        and text[end - 1].isdigit()
        and (_RISES.match(after) or _RISEN.search(before) or _RISING.search(before))
    )
    return ("points" if gains or changes else ""), end


def _metric(
    text: str, start: int, end: int, mentions: Sequence[Mention], sentence: tuple[int, int]
) -> int | None:
    """The metric whose value a number is: right after it ("28.4 BLEU"), or before it in the clause ("accuracy of 94%")."""
    best: tuple[int, int] | None = None
    for index, mention in enumerate(mentions):
        if mention.type != "Metric" or not sentence[0] <= mention.start < sentence[1]:
            continue
        gap = text[end : mention.start] if mention.start >= end else text[mention.end : start]
        if mention.start >= end and re.search("[,，]", gap):
            continue  # the next clause speaks of another number
        if len(gap) > _METRIC_GAP or re.search(r"\.(?!\d)|[;。；]|\d.*\b(?:and|with)\b", gap):
            continue
        distance = len(gap) + (0 if mention.end <= start or len(gap) < 3 else 12)
        if best is None or distance < best[0]:
            best = (distance, index)
    return best[1] if best else None


def _without_repeats(found: Sequence[Measurement]) -> list[Measurement]:
    """One row a place: the first reading of a number stands."""
    kept: list[Measurement] = []
    seen: set[tuple[int, Decimal]] = set()
    for measurement in found:
        if (measurement.start, measurement.value) not in seen:
            seen.add((measurement.start, measurement.value))
            kept.append(measurement)
    return kept
