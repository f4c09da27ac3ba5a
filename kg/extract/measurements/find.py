"""Measurements: numbers with their unit or what they count, their spread, and the things they belong to.

A number counts as a measurement if something says what it measures: a unit, a counted noun, or a metric beside it. Numbers in
names, years, citations, list marks and formulas are left alone, as the guideline says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.measurements import numbers, units
from kg.types import Measurement, Mention

# Chinese has no case; to look for the case of each of its characters takes as long as to compile all else here.
_HAN = r"(?-i:[\u4e00-\u9fff])"
_NUMBER = re.compile(
    rf"(?<![\w.$^_{{\\\-–/@#])(?:(?<={_HAN})|(?<![\w]))?(?P<number>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)"
    rf"|(?:(?<={_HAN})|(?<=[，。、；：(（]))(?P<inzh>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)"
    # An amount of money, not a formula between dollar signs.
    rf"|(?<=[$€£])(?P<money>(?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)(?![^$\n]{{0,12}}\$)"
    rf"|\b(?P<word>(?:{numbers.NUMBER_WORD})(?:-(?:{numbers.NUMBER_WORD}|one\b))?)\b(?=[ -][a-z])"
    rf"|(?<!{_HAN})(?P<zh>{numbers.ZH_NUMBER})(?=(?:{units.CLASSIFIER})(?:{_HAN}|[A-Za-z]))"
    rf"|(?<=[了有在的对于及和与共过])(?P<zhafter>[二两三四五六七八九十百千][一二两三四五六七八九十百千]{{0,6}})(?=(?:{units.CLASSIFIER})(?:{_HAN}|[A-Za-z]))",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"\s*(?:-|–|—|~|～|to|到|至)\s*((?:{numbers.DIGITS})(?:{numbers.MAGNITUDE})?)")
_SPREAD = re.compile(
    rf"\s*(?:%\s*)?(?:±|\+/-|\\pm|\$\\pm\$|\$\\pm)\s*\$?({numbers.DIGITS})"
    rf"|\s*[(（](?:(?:standard deviations?|s\.?d\.?|std\.?|标准(?:偏)?差)\s*(?:[(（]SD[)）])?\s*[:=]?\s*)+({numbers.DIGITS})",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+|www\.\S+|\b\w+\.(?:com|org|io|edu|net)/\S*|\S+@\S+")
_CITATION = re.compile(
    r"\[[\d,;\s–-]+\]|\((?:[A-Z][\w.&' -]+,? )?(?:19|20)\d\d[a-z]?\)|\b(?:Sec(?:tion)?|Fig(?:ure)?|Table|Eq(?:uation)?|Chapter|Theorem|Algorithm|Appendix)s?\.? \d+"
)
_LIST_MARK = re.compile(r"[(（]?\s*\d{1,2}\s*[)）]\s|(?:^|\s)\d{1,2}[.)] (?=[A-Z\u4e00-\u9fff])")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_METRIC_GAP = 45
_SHARED_HEAD = re.compile(r"\s+([a-z-]+)\s+(?:and|or|to)\s+\d")
_IN_TOTAL = re.compile(r"\s+in (?:total|all)\b|\s*(?:in )?overall\b")
_MONEY = re.compile(r"(?:US)?[$€£]\s?$|USD\s?$")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the text, before anything is known of what it measures."""

    start: int
    end: int
    value: Decimal
    spelled: bool


def find_measurements(
    text: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> list[Measurement]:
    """All measurements of a text, in order.

    Args:
        text: the abstract.
        mentions: what it names; numbers inside names are no measurements, and metrics and owners are sought among them.
        sentences: start and end of each sentence, in characters.
    """
    found: list[Measurement] = []
    last_unit = ""
    past = 0
    for number in _numbers(text, mentions):
        if number.start < past:
            continue  # the spread or the far end of a range, already read
        sentence = next(((a, b) for a, b in sentences if a <= number.start < b), (0, len(text)))
        for measurement in _measured(text, number, mentions, sentence, last_unit):
            found.append(measurement)
            last_unit, past = measurement.unit, measurement.end
    return _without_repeats(found)


def _numbers(text: str, mentions: Sequence[Mention]) -> Iterator[_Number]:
    excluded = [m.span() for pattern in (_URL, _CITATION, _LIST_MARK) for m in pattern.finditer(text)]
    names = [
        (m.start, m.end)
        for m in mentions
        if m.type not in {"Task", "Concept", "Metric"} or any(c.isdigit() for c in m.text[1:])
    ]
    position = 0
    for match in _NUMBER.finditer(text):
        written = next(group for group in match.groups() if group is not None)
        start = match.start() + match[0].index(written)
        end = start + len(written)
        if start < position or any(a <= start < b for a, b in (*excluded, *names)):
            continue
        value = numbers.parse(written)
        if value is None or (
            _YEAR.fullmatch(written) and not re.match(r"\s*(?:[a-z]+s\b|个|种|张|篇|条)", text[end:])
        ):
            continue
        if re.match(r"[A-Za-z]", text[end:]) and not units.fixed(text[end:]):
            continue  # 3D, 4th, 2nd
        position = end
        yield _Number(start, end, value, match.lastgroup in {"word", "zh", "zhafter"})


def _measured(
    text: str, number: _Number, mentions: Sequence[Mention], sentence: tuple[int, int], last_unit: str
) -> Iterator[Measurement]:
    """The measurement or, for a range, the two measurements of a number."""
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
    unit, end = _unit(text, number, end, sentence[1], last_unit)
    metric = _metric(text, number.start, end, mentions, sentence)
    start = number.start
    money = _MONEY.search(text[:start])
    if money:
        start, unit = money.start(), unit if unit not in {"", "points"} else money[0].strip()
    if not unit and (metric is None or number.spelled):
        return
    if number.spelled and (
        units.OWN_POINTS & set(unit.split()[-1:]) or unit in {"%", "times"} or len(unit.split()) > 4
    ):
        return
    owner = _owner(
        text,
        start,
        mentions,
        sentence,
        counts=unit not in {"%", "points", "percentage points", "times"} and metric is None,
    )
    score = 0.9 if unit else 0.7
    whole = Measurement(
        start,
        end,
        text[start:end],
        number.value,
        unit or (mentions[metric].text if metric is not None else ""),
        score,
        owner,
        metric,
        uncertainty,
    )
    yield whole
    if second is not None:
        yield replace(whole, value=second)


def _unit(text: str, number: _Number, end: int, limit: int, last_unit: str) -> tuple[str, int]:
    """The unit of a number and where its words end; an empty unit if nothing tells."""
    after = text[end:limit]
    known = None if number.spelled else units.fixed(after)
    if known:
        return known[0], end + known[1]
    total = _IN_TOTAL.match(after)
    if total and last_unit:
        return last_unit.split()[-1], end + total.end()
    shared = _SHARED_HEAD.match(after)
    if shared:
        # "46 natural and 13 programming languages": both count languages.
        following = units.counted(re.sub(r"^\s+[a-z-]+\s+(?:and|or|to)\s+[\d,.]+", "", after))
        if following:
            return f"{shared[1]} {following[0].split()[-1]}", end + shared.end(1)
    noun = units.counted(after) or units.counted_zh(after)
    return (noun[0], end + noun[1]) if noun else ("", end)


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
        if len(gap) > _METRIC_GAP or re.search(r"[.;。；]|\d.*\b(?:and|with)\b", gap):
            continue
        distance = len(gap) + (0 if mention.end <= start or len(gap) < 3 else 12)
        if best is None or distance < best[0]:
            best = (distance, index)
    return best[1] if best else None


def _owner(
    text: str, start: int, mentions: Sequence[Mention], sentence: tuple[int, int], *, counts: bool
) -> int | None:
    """What a number is said of: the named thing before it in the sentence, a thing that can have parts for a count."""
    kinds = (
        {"Dataset", "Benchmark", "Model", "Software", "Method"} if counts else {"Model", "Method", "Software"}
    )
    before = [
        i for i, m in enumerate(mentions) if m.type in kinds and sentence[0] <= m.start and m.end <= start
    ]
    return before[-1] if before else None


def _without_repeats(found: Sequence[Measurement]) -> list[Measurement]:
    """One row a place: the first reading of a number stands."""
    kept: list[Measurement] = []
    seen: set[tuple[int, Decimal]] = set()
    for measurement in found:
        if (measurement.start, measurement.value) not in seen:
            seen.add((measurement.start, measurement.value))
            kept.append(measurement)
    return kept
