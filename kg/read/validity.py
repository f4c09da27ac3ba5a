"""Settings that make no sense are refused before anything is read."""

from __future__ import annotations

import re

from kg.errors import UsageError
from kg.read.record import FIELDS
from kg.settings import ReadSettings

SPLITS = ("paragraph", "line", "file")
OTHER_LANGUAGES = ("skip", "english")


def check_settings(settings: ReadSettings) -> None:
    """Refuse a value that no reader could follow.

    Raises:
        UsageError: naming the setting, its value and what it may be.
    """
    _check_choice("split", settings.split, SPLITS)
    _check_choice("other_languages", settings.other_languages, OTHER_LANGUAGES)
    for name, theirs in settings.fields.items():
        _check_choice("fields", name, FIELDS)
        if not isinstance(theirs, str) or not theirs:
            raise UsageError(f"read.fields.{name}: {theirs!r} is not the name of a field")
    for pattern in settings.boilerplate:
        try:
            re.compile(pattern)
        except re.error as error:
            raise UsageError(f"read.boilerplate: {pattern!r} is not a regular expression: {error}") from error
    if settings.max_characters < 1:
        raise UsageError(f"read.max_characters: {settings.max_characters} is less than 1")


def _check_choice(setting: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"read.{setting}: {value!r} is none of {', '.join(choices)}")
