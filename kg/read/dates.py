"""Dates as papers' metadata writes them, in ISO 8601: a year, a year and month, or a day."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = rf"({'|'.join(_MONTH_NAMES)})[a-z]*\.?"
# 2022-11-09, 2022/11/9, 2022.11, 20221109, 2022-11-09T17:00:00Z, 2022年11月9日, and RIS's 2022/11/09/
_NUMERIC = re.compile(
    r"(\d{4})(?:[-/.年]\s?(\d{1,2})(?:[-/.月]\s?(\d{1,2})日?(?:[T ].*)?)?月?|(\d{2})(\d{2}))?年?/*"
)
_DAY_FIRST = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[\s-])?{_MONTH},?[\s-](\d{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[\s-]{_MONTH}(?:[\s-](\d{{1,2}}))?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def iso_date(value: object) -> str | None:
    """The date that a text, a number or Crossref's ``{"date-parts": [[2022, 11, 9]]}`` states.

    What is ambiguous (03/04/2022) or impossible (2022-02-30) gives as much as is sure; ``None`` if that is
    nothing.

    >>> iso_date("9 Nov 2022"), iso_date("2022/11"), iso_date("03/04/2022"), iso_date("in press")
    ('2022-11-09', '2022-11', '2022', None)
    """
    if isinstance(value, dict):
        parts = value.get("date-parts")
        value = parts[0] if isinstance(parts, list) and parts else value.get("raw", value.get("year"))
    if isinstance(value, list):
        return _date(*value[:3]) if value and all(type(part) is int for part in value[:3]) else None
    if isinstance(value, float) and value.is_integer():  # a year that went through a table of numbers
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = " ".join(str(value)[:100].split()).removesuffix(".0")
    return _numeric(text) or _worded(text) or _year(text)


def with_month(year: str, month: object) -> str:
    """A year, and its month where BibTeX's ``month`` (``11``, ``nov``, ``November``) tells one."""
    text = str(month).strip().lower() if month else ""
    number = _MONTHS.get(text[:3]) or (int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else None)
    return (_date(int(year), number) or year) if number and len(year) == 4 else year


def _numeric(text: str) -> str | None:
    match = _NUMERIC.fullmatch(text)
    if not match:
        return None
    return _date(int(match[1]), *(int(part) for part in (match[2] or match[4], match[3] or match[5]) if part))


def _worded(text: str) -> str | None:
    # Mon, 2 Apr 2007 19:18:42 GMT: the form of mail, and of arXiv's versions
    mail = parsedate(text) if "," in text and ":" in text else None
    if mail:
        return _date(*mail[:3])
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    return _date(int(year), _MONTHS[month.lower()], *([int(day)] if day else []))


def _year(text: str) -> str | None:
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def _date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """As much of a date as the calendar has."""
    if not 1000 <= year <= 2999:
        return None
    if month is None or not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return f"{datetime.date(year, month, day or 0)}"
    except ValueError:
        return f"{year:04}-{month:02}"
