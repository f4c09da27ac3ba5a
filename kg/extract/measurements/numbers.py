"""Numbers as people write them, in both scripts, as exact decimals.

>>> parse("1,024"), parse("176B"), parse("3.2 million"), parse("十二"), parse("1.5亿")
(Decimal('1024'), Decimal('176000000000'), Decimal('3200000'), Decimal('12'), Decimal('150000000'))
"""

from __future__ import annotations

import re
from decimal import Decimal

WORDS = {
    "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_HUNDREDS = {
    "ten": 10,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_PARTS_OF_ONE = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_MAGNITUDES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9, "t": 10**12, "trillion": 10**12,
    "hundred": 100, "百": 100, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_ZH_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}

DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+"
# A letter for a magnitude stands right behind the digits, in capitals save "k", or apart where what follows is surely counted.
# Words stand apart.
MAGNITUDE = (
    r"(?:(?-i:[KMBT]|k|Bn)(?![A-Za-z])|\s(?-i:[KMB])(?=\s(?:param|token|image|sample|document|paper|sentence|word)))"
    r"|\s?(?i:thousand|million|billion|trillion)(?i:s?)\b|\s?(?:十亿|百亿|千亿|万亿|百万|千万|万|亿)"
)
NUMBER_WORD = "|".join(sorted(WORDS.keys() - {"one", "twice"}, key=len, reverse=True))
#: "one hundred", "five million".
BIG_WORD = rf"(?:one|{NUMBER_WORD})[ -](?:hundred|thousand|million|billion)"
#: "two-thirds", "one quarter".
FRACTION_WORD = r"(?:one|two|three)[ -](?:thirds?|quarters?|fourths?|fifths?|tenths?)"
#: 三分之一; 百分之二十 is twenty, of a hundred.
ZH_FRACTION = r"百分之[一二两三四五六七八九十百]+|[一二三四五六七八九十]{1,3}分之[一二两三四五六七八九]"
# A lone 一 is an article more often than a count.
ZH_NUMBER = r"(?!一(?![二三四五六七八九十百千]))[一二两三四五六七八九十百千]+"
_PARTS = re.compile(rf"({DIGITS})({MAGNITUDE})?")
# A longer row of digits is data, and no number that anybody reports; nor does it fit the precision of decimals here.
_MOST_DIGITS = 15


def parse(text: str) -> Decimal | None:
    """The value of a number as written, or ``None`` if it is none."""
    text = text.strip()
    if text[:1] in {"-", "−"}:
        positive = parse(text[1:])
        return None if positive is None else -positive
    match = _PARTS.fullmatch(text)
    if match:
        digits = re.sub("[,，]", "", match[1])
        if len(digits) > _MOST_DIGITS:
            return None
        value = Decimal(digits)
        magnitude = (match[2] or "").strip()
        if magnitude:
            value *= _MAGNITUDES[magnitude.lower().removesuffix("s") if magnitude.isascii() else magnitude]
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if text.lower() in WORDS:
        return Decimal(WORDS[text.lower()])
    tens, _, ones = text.lower().partition("-")
    if tens in WORDS and ones in WORDS:
        return Decimal(WORDS[tens] + WORDS[ones])
    below, parted, above = text.partition("分之")
    if parted:
        return _chinese(above) if below == "百" else _share(_chinese(above), _chinese(below))
    return _in_words(text.lower()) or _chinese(text)


def _in_words(text: str) -> Decimal | None:
    """One hundred, two-thirds."""
    first, _, last = text.replace("-", " ").partition(" ")
    count = WORDS.get(first, 0)
    if last in _HUNDREDS:
        return Decimal(count * _HUNDREDS[last])
    return _share(Decimal(count), Decimal(_PARTS_OF_ONE.get(last.removesuffix("s"), 0)))


def _share(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """A fraction in words, to three places."""
    return (above / below).quantize(Decimal("0.001")) if above and below else None


def _chinese(text: str) -> Decimal | None:
    """十二 is 12, 三百五十 is 350."""
    total, digit = 0, 0
    for character in text:
        if character in _ZH_DIGITS:
            digit = _ZH_DIGITS[character]
        elif character in _ZH_UNITS:
            total += (digit or 1) * _ZH_UNITS[character]
            digit = 0
        else:
            return None
    return Decimal(total + digit) if text else None
