"""Characters that would break a file later on, dealt with where text comes in."""

from __future__ import annotations

import re

# Control characters, which neither XML nor a terminal bears (C0 and C1; tab and line feed are text).
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Bytes that were not UTF-8 (see `opening`); other halves of surrogate pairs come from escapes in JSON.
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")


def cleaned(text: str) -> str:
    """The text with as many characters, none of which breaks a file; offsets into it stay true.

    A control character becomes a space, half a surrogate pair becomes U+FFFD.

    >>> cleaned("a\\x00b"), cleaned("\\ud83d!")
    ('a b', '\ufffd!')
    """
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def one_line(text: str) -> str:
    """The text cleaned, with every run of blank space as one space."""
    return " ".join(cleaned(text).split())


def is_utf8(text: str) -> bool:
    """Whether the bytes that the text was read from were UTF-8."""
    return _NOT_UTF8.search(text) is None
