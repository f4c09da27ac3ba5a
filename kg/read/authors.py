"""Names of authors, however a source lists them, as ``Given Family`` in the order of the paper."""

from __future__ import annotations

import re

from kg.latex import unlatexed
from kg.text import has_cjk

_LONGEST_NAME = 200
_NO_NAMES = {"", "others", "et al", "et al.", "and others", "...", "…", "等"}
_STRONG = re.compile(r"[;；、\n]")
_AND = re.compile(r"\s*(?:,\s*)?(?:\band\b|&)\s+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.|[^\W\d_](?!\w))(?:[\s-]*(?:[^\W\d_]{1,2}\.|[^\W\d_](?!\w)))*")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


def author_names(value: object) -> tuple[str, ...]:
    """The names in a line of text, a list of names or of objects, or arXiv's ``[[family, given, suffix]]``.

    ``et al.`` and BibTeX's ``others`` are not names; a name that comes twice is one.

    >>> author_names("Takáč, Martin; Horváth, Samuel; et al.")
    ('Martin Takáč', 'Samuel Horváth')
    >>> author_names([{"given": "Ada", "family": "Lovelace"}])
    ('Ada Lovelace',)
    """
    if isinstance(value, str):
        names = [_turned(name) for name in _listed(value)]
    elif isinstance(value, list):
        names = [_one(item) for item in value]
    elif isinstance(value, dict):
        names = [_one(value)]
    else:
        names = []
    clean = (" ".join(name.split()).strip(" ,;") for name in names)
    return tuple(
        dict.fromkeys(
            name for name in clean if name.casefold() not in _NO_NAMES and len(name) <= _LONGEST_NAME
        )
    )


def _one(item: object) -> str:
    if isinstance(item, str):
        return _turned(item)
    if isinstance(
        item, list
    ):  # arXiv: family, given, suffix, and affiliations that do not belong to the name
        family, given, suffix = (
            [unlatexed(part) for part in item[:3] if isinstance(part, str)] + ["", "", ""]
        )[:3]
        return f"{given} {family} {suffix}"
    if isinstance(item, dict):
        inner = item["author"] if isinstance(item.get("author"), dict) else item
        for key in ("name", "display_name", "full_name", "literal"):
            if isinstance(inner.get(key), str):
                return _turned(inner[key])
        parts = [
            inner.get(key) for key in ("given", "first", "firstName", "family", "last", "lastName", "suffix")
        ]
        return " ".join(part for part in parts if isinstance(part, str))
    return ""


def _listed(text: str) -> list[str]:
    """One line of names, divided. Semicolons are sure; ``and`` and commas are judged by what they leave."""
    # Blank space goes first: patterns that begin with it take quadratic time on long runs of it.
    parts = [" ".join(part.split()) for part in _STRONG.split(text) if part.strip()]
    if len(parts) != 1:
        return parts
    text = parts[0]
    if has_cjk(text):
        return re.split(r"\s*[,，]\s*", text)
    joined = _AND.split(text)
    commas = [part.count(",") for part in joined]
    if len(joined) > 1 and all(count == 1 for count in commas):
        return joined  # BibTeX: Family, Given and Family, Given
    if len(joined) == 1 and commas == [1] and _is_family_first(text):
        return joined
    return [name for part in joined for name in _comma_listed(part)]


def _comma_listed(text: str) -> list[str]:
    names: list[str] = []
    for part in re.split(r"\s*,\s*", text):
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f" {part}"
        else:
            names.append(part)
    families, given = names[::2], names[1::2]
    # Smith, J., Doe, A. B.: initials alone are nobody's name.
    if len(families) == len(given) and all(_INITIALS.fullmatch(part) for part in given):
        return [f"{first} {family}" for family, first in zip(families, given, strict=True)]
    return names


def _is_family_first(text: str) -> bool:
    """Whether the one comma of a text is inside a name (``Lovelace, Ada``), not between two (``Ada Lovelace,
    Alan Turing``).
    """
    return len(text.partition(",")[0].split()) == 1


def _turned(name: str) -> str:
    """``Family, Given`` and ``Family, Jr, Given`` turned round."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[0]} {parts[1]}"
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}" if not has_cjk(name) else "".join(parts)
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        return f"{parts[1]} {parts[0]} {parts[2]}"
    return name
