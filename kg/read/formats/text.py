"""Plain text with one abstract or many.

Where a line of boilerplate closes each abstract, that line divides and is left out::

    We present BLOOM, ...
    translated by 谷歌翻译
    脑病理通常表现为...
    translated by 谷歌翻译

Where none does (or after the last), ``split`` says what one abstract is: a paragraph, a line, or the whole
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.read.record import Found, Record
from kg.settings import ReadSettings

_Numbered = tuple[int, str]


def read_text(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The abstracts of a plain text, without the blank space around them, at the line each begins on."""
    boilerplate = re.compile(
        "|".join(f"(?:{pattern})" for pattern in settings.boilerplate) or r"(?!)", re.IGNORECASE
    )
    pending: list[_Numbered] = []
    for number, line in enumerate(lines, start=1):
        if boilerplate.fullmatch(line.strip()):
            yield from _abstract(pending)
            pending = []
        else:
            pending.append((number, line))
    for part in _split(pending, settings.split):
        yield from _abstract(part)


def _abstract(lines: list[_Numbered]) -> Iterator[Found]:
    text = "".join(line for _, line in lines).strip()
    if text:
        yield Record({"text": text}, line=next(number for number, line in lines if line.strip()))


def _split(lines: list[_Numbered], split: str) -> Iterator[list[_Numbered]]:
    if split == "file":
        yield lines
        return
    part: list[_Numbered] = []
    for number, line in lines:
        part.append((number, line))
        if split == "line" or not line.strip():
            yield part
            part = []
    yield part
