"""What is given to the command line: words as text, files of text."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import UsageError
from kg.text import printable


def typed(words: str | None) -> str | None:
    """Words of an argument as UTF-8, whatever encoding the locale speaks of; paths stay the bytes that they are.

    Raises:
        UsageError: they are no text.
    """
    try:
        return words and os.fsencode(words).decode("utf-8")
    except UnicodeError as error:
        raise UsageError(f"{printable(words or '')}: is not text in UTF-8") from error


def text_of(path: Path) -> str:
    """The text of a file, without the byte order mark that some editors put first.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error
