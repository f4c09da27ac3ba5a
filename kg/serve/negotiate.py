"""Content negotiation: which of the forms on offer a client likes best (RFC 9110, section 12.5.1).

    >>> choose("text/turtle;q=0.5, application/ld+json", ("text/turtle", "application/ld+json"))
    'application/ld+json'

A client that says nothing takes the first offer; one that accepts none of them gets None, which a server answers with 406.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

HTML = "text/html"
TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
JSON_LD = "application/ld+json"
RDF_XML = "application/rdf+xml"

# In order of preference, where the client has none.
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)
GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)

_RANGE = re.compile(r"([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)", re.ASCII)
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)


def choose(accept: str, offers: Sequence[str]) -> str | None:
    """The offer of highest quality; the first of equals; None where none is acceptable.

    Args:
        accept: the ``Accept`` header; parts that cannot be read count for nothing.
        offers: media types without parameters, the preferred first.
    """
    if not accept.strip():
        return offers[0]
    ranges = [read for part in accept.split(",") if (read := _range(part))]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, str, float] | None:
    """Type, subtype and quality of one media range."""
    media, *parameters = part.split(";")
    found = _RANGE.fullmatch(media.strip())
    if not found:
        return None
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            quality = float(value.strip()) if _QUALITY.fullmatch(value.strip()) else 0.0
    return found[1].lower(), found[2].lower(), quality


def _quality(offer: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The quality that the most specific range gives the offer."""
    major, minor = offer.split("/")
    rank, answer = 0, 0.0
    for type_, subtype, quality in ranges:
        fits = {(major, minor): 3, (major, "*"): 2, ("*", "*"): 1}.get((type_, subtype), 0)
        if fits > rank:
            rank, answer = fits, quality
    return answer
