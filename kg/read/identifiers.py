"""Identifiers in one spelling: ``arXiv:2211.05100`` and ``doi:10.1016/j.media.2022.102696``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OLD_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
# Before 2015 the number had four digits, then five; the first four are a year and a month.
_ARXIV = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv[:\s]\s*|oai:arxiv\.org:)?"
    r"((?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
    rf"|(?:{_OLD_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi[:\s]\s*)?(10\.\d{4,9}/[^\s\"<>\\^`{|}]+)",
    re.IGNORECASE | re.ASCII,
)
_ARXIV_DOI = "10.48550/arxiv."


def arxiv_identifier(value: str) -> str | None:
    """The arXiv identifier, without version, in a number, an address or a prefixed form; else ``None``.

    >>> arxiv_identifier("https://arxiv.org/abs/2211.05100v4"), arxiv_identifier("1234.5678")
    ('arXiv:2211.05100', None)
    """
    match = _ARXIV.fullmatch(value.strip())
    return f"arXiv:{match[1]}" if match else None


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
        arxiv, doi = arxiv_identifier(value), doi_identifier(value)
        if doi and doi.removeprefix("doi:").startswith(_ARXIV_DOI):
            arxiv = arxiv_identifier(doi.removeprefix("doi:" + _ARXIV_DOI))
        found.update(dict.fromkeys(name for name in (arxiv, doi) if name))
    return tuple(sorted(found))
