"""A record becomes a document, or a reject that says why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import cast

from kg.iri import digest
from kg.latex import unlatexed
from kg.read.authors import author_names
from kg.read.characters import cleaned, is_utf8, one_line
from kg.read.dates import iso_date, with_month
from kg.read.identifiers import identifiers
from kg.read.language import detect_language, language_name
from kg.read.links import web_links
from kg.read.record import Record
from kg.settings import ReadSettings
from kg.types import Document, Lang, Reject, Source

# Longer values are no title, venue or id but something else in the wrong field.
_LONGEST_VALUE = 2_000
# Typefaces of HTML in a title; what else stands between such brackets may be the title's own.
_TAG = re.compile(
    r"</?(?:b|i|em|strong|sub|sup|tt|u|span|scp|italic|bold)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)


class _Unfit(Exception):  # noqa: N818 - never leaves this module
    """Why a record is no document."""


def to_document(record: Record, path: str, settings: ReadSettings) -> Document | Reject:
    """The document that a record holds, in English or Chinese, or a reject with the reason.

    Args:
        record: in our field names, with values as the source has them.
        path: the file it was read from.
        settings: the longest text, and what happens to other languages.
    """
    source = Source(path, record.line)
    try:
        return _document(record.fields, source, settings)
    except _Unfit as unfit:
        where = f"item {record.item}: " if record.item is not None else ""
        return Reject(source, f"{where}{unfit}", _value(record.fields, "id", checked=False))


def _document(fields: Mapping[str, object], source: Source, settings: ReadSettings) -> Document:
    text = _text(fields.get("text"), settings.max_characters)
    lang = _lang(text, settings)
    given = _value(fields, "id")
    links = web_links(fields.get("url"))
    known = identifiers(
        value for value in (given, _value(fields, "arxiv"), _value(fields, "doi"), *links) if value
    )
    # A paper without an id of its own goes by its arXiv number or DOI, else by its text.
    own = given or next(iter(known), None)
    return Document(
        id=own or f"sha256-{digest(text, 12)}",
        text=text,
        lang=lang,
        given_id=own is not None,
        title=_title(fields),
        authors=_authors(fields.get("authors")),
        date=_date(fields),
        venue=_value(fields, "venue"),
        links=links,
        identifiers=known,
        source=source,
    )


def _text(value: object, longest: int) -> str:
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)  # the sections of a structured abstract
    if value is None:
        raise _Unfit("no abstract; if it has one, name its field in the setting read.fields.text")
    if not isinstance(value, str):
        raise _Unfit(f"the abstract is not text but {type(value).__name__}")
    if not cleaned(value).strip():
        raise _Unfit("the abstract is empty")
    if len(value) > longest:
        raise _Unfit(
            f"an abstract of {len(value):,} characters, more than the {longest:,} of read.max_characters"
        )
    return cleaned(_utf8("abstract", value))


def _lang(text: str, settings: ReadSettings) -> Lang:
    code = detect_language(text)
    if code in {"en", "zh"}:
        return cast(Lang, code)
    if settings.other_languages == "english":
        return "en"
    if code == "und":
        raise _Unfit("the abstract holds no words")
    name = language_name(code)
    raise _Unfit(f"in {name}, not English or Chinese; read.other_languages = 'english' takes it anyway")


def _value(fields: Mapping[str, object], name: str, *, checked: bool = True) -> str | None:
    """A field as one line of text: the first of a list, the name of an object; ``None`` if empty or far too long."""
    value = fields.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "display_name", "title") if value.get(key)), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    line = one_line(_utf8(name, text) if checked else text)
    return line if 0 < len(line) <= _LONGEST_VALUE else None


def _title(fields: Mapping[str, object]) -> str | None:
    """The title as it is read aloud: publishers write typefaces into theirs, as HTML or LaTeX."""
    written = _value(fields, "title")
    return written and (one_line(unlatexed(unescape(_TAG.sub("", written)))) or None)


def _authors(value: object) -> tuple[str, ...]:
    return tuple(one_line(_utf8("authors", name)) for name in author_names(value))


def _utf8(name: str, text: str) -> str:
    if not is_utf8(text):
        raise _Unfit(f"the {name} holds bytes that are not UTF-8; save the file as UTF-8")
    return text


def _date(fields: Mapping[str, object]) -> str | None:
    year = iso_date(fields.get("year"))
    return iso_date(fields.get("date")) or (with_month(year, fields.get("month")) if year else None)
