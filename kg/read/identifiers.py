"""Identifiers in one spelling: ``arXiv:2211.05100`` and ``doi:10.1016/j.media.2022.102696``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.iri import arxiv_number

_DOI = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi[:\s]\s*)?(10\.\d{4,9}/[^\s\"<>\\^`{|}]+)",
    re.IGNORECASE | re.ASCII,
)


def arxiv_identifier(value: str) -> str | None:
    """The arXiv identifier, without version, in whatever form :func:`kg.iri.arxiv_number` knows; else ``None``.

    >>> arxiv_identifier("https://arxiv.org/abs/2211.05100v4"), arxiv_identifier("1234.5678")
    ('arXiv:2211.05100', None)
    """
    number = arxiv_number(value)
    return f"arXiv:{number}" if number else None


def doi_identifier(value: str) -> str | None:
    """The DOI in a number, address or prefixed form, in lower case (DOIs have none); ``None`` if it is none.

    >>> doi_identifier("https://doi.org/10.1016/J.Media.2022.102696")
    'doi:10.1016/j.media.2022.102696'
    """
    match = _DOI.fullmatch(value.strip())
    return f"doi:{match[1].rstrip('.,;').lower()}" if match else None


def identifiers(values: Iterable[str]) -> tuple[str, ...]:
    """Every identifier in the values, once, arXiv's first; a DOI that arXiv gave names the arXiv paper too."""
    found: dict[str, None] = {}
    for value in values:
        named = (arxiv_identifier(value), doi_identifier(value))
        found.update(dict.fromkeys(name for name in named if name))
    return tuple(sorted(found))
