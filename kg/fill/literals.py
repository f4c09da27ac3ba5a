"""Literals that every RDF format can hold, made from text that nobody has checked.

Characters that XML forbids become U+FFFD one for one, so that offsets into an abstract stay true. Numbers
are written in canonical form, as a store that keeps them in binary would give them back.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from kg.script import is_traditional
from kg.text import label_lang
from kg.types import Lang
from kg.vocab import XSD

# XML 1.0, production 2 (Char), turned round; lone surrogates are not text in any format.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE_TYPES = (
    (re.compile(r"[0-9]{4}"), "-01-01", XSD.gYear),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), "-01", XSD.gYearMonth),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "", XSD.date),
)
# Numbers past the range of a double are typing errors of the text or of the reading, and break what
# computes with them.
_LARGEST_EXPONENT = 300


def safe(text: str) -> str:
    """The text, of the same length, with every character replaced that some format of RDF cannot hold.

    A carriage return becomes a space: XML parsers make it a line feed, so it would not survive a round trip.
    """
    return _FORBIDDEN.sub("\ufffd", text).replace("\r", " ")


def plain(text: str) -> Literal:
    """A string in no language."""
    return Literal(safe(text))


def worded(text: str, language: Lang | str | None = None) -> Literal:
    """Text in a language: ``en`` or ``zh`` as given, or as its script shows. Chinese is ``zh-Hans`` or ``zh-Hant``."""
    tag = label_lang(text) if language is None else language
    if tag.startswith("zh"):
        return Literal(safe(text), language="zh-Hant" if is_traditional(text) else "zh-Hans")
    return Literal(safe(text), language="en")


def number(value: Decimal) -> Literal | None:
    """An ``xsd:integer`` where the value is whole, else an ``xsd:decimal``; ``None`` where it is of no use.

    >>> number(Decimal("1.76E+11")).value, number(Decimal("28.40")).value
    ('176000000000', '28.4')
    """
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST_EXPONENT):
        return None
    if value == value.to_integral_value():
        return Literal(str(int(value)), datatype=XSD.integer)
    return Literal(_trimmed(value), datatype=XSD.decimal)


def probability(score: float) -> Literal:
    """A score as an ``xsd:decimal`` from 0 to 1 with at most four decimals."""
    rounded = round(Decimal(min(1.0, max(0.0, score))), 4)
    return Literal(_trimmed(rounded), datatype=XSD.decimal)


def calendar(text: str) -> Literal | None:
    """An ISO 8601 year, year and month, or day, with the type that fits; ``None`` for anything else."""
    for pattern, rest, datatype in _DATE_TYPES:
        if pattern.fullmatch(text):
            try:
                date.fromisoformat(text + rest)
            except ValueError:
                return None
            return Literal(text, datatype=datatype)
    return None


def web_page(url: str) -> NamedNode | None:
    """The IRI of a page: a valid ``http`` or ``https`` IRI with a host and without a user; else ``None``."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
        return NamedNode(url)
    except ValueError:
        return None


def _trimmed(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
