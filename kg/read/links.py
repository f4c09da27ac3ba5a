"""Web addresses that can stand in a graph as IRIs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kg.read.characters import cleaned

_LONGEST = 2_000
_LINK = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def web_links(value: object) -> tuple[str, ...]:
    """The addresses in a text, or in a list of texts or of objects with a ``url``, once each; others are left out.

    >>> web_links("https://arxiv.org/abs/2211.05100; javascript:alert(1)")
    ('https://arxiv.org/abs/2211.05100',)
    """
    return tuple(dict.fromkeys(address for address in _addresses(value) if is_link(address)))


def is_link(address: str) -> bool:
    """Whether an address is an http or https IRI without a character that RDF or HTML stumbles over."""
    if not _LINK.fullmatch(address) or len(address) > _LONGEST or _BAD_PERCENT.search(address):
        return False
    try:
        return cleaned(address) == address and bool(urlsplit(address).hostname)
    except ValueError:  # brackets that hold no IPv6 address
        return False


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from re.split(r"[\s;|]+", value)
    elif isinstance(value, dict):
        yield from _addresses(next((value[key] for key in ("url", "URL", "href") if value.get(key)), None))
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str | dict):  # no list in a list, so that nothing nests without end
                yield from _addresses(item)
