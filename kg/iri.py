"""IRIs that people can read: one slug per label, one path per thing.

The same papers give the same IRIs. One more paper can change that of a thing which no terminology lists: it is made of the spelling
and the class that are met most.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from kg.errors import UsageError

DEFAULT_BASE = "https://w3id.org/paperkg/id/"

#: The path segment after the base -> what lies there, in the order of a sorted file.
SECTIONS = {
    "paper": "Papers",
    "model": "Models",
    "dataset": "Datasets",
    "benchmark": "Benchmarks",
    "method": "Methods",
    "task": "Tasks",
    "metric": "Metrics",
    "concept": "Concepts",
    "software": "Software",
    "person": "People",
    "organization": "Organisations",
    "event": "Events",
    "measurement": "Measurements",
    "claim": "Evidence: claims",
    "span": "Evidence: places in the text",
    "nanopub": "Nanopublications",
    "activity": "Provenance",
    "agent": "Provenance",
}

_OLD_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
# Before 2015 the number had four digits, then five; the first four are a year and a month.
_ARXIV = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv[:\s/-]\s*|oai:arxiv\.org:"
    r"|(?:https?://(?:dx\.|www\.)?doi\.org/|doi[:\s]\s*)?10\.48550/arxiv\.)?"
    r"((?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
    rf"|(?:{_OLD_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE | re.ASCII,
)


def check_base(base: str) -> str:
    """The base, if IRIs of resources can be made by writing keys after it. A fragment names a part of a node, so the base must leave it free.

    Raises:
        UsageError: it is not an http or https IRI that ends in ``/``.
    """
    from pyoxigraph import NamedNode  # names and keys are made without it

    try:
        parts = urlsplit(NamedNode(base).value)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        fit = False
    if not fit or not base.endswith("/") or "#" in base or "?" in base:
        raise UsageError(f"{base!r}: not a base IRI; give an http or https one that ends in /")
    return base


def resource_prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """A prefix for each kind of resource, and for concepts of the terminology: ``model:bloom``."""
    return {segment: f"{base}{segment}/" for segment in (*SECTIONS, "term")}


def digest(text: str, length: int = 10) -> str:
    """The first ``length`` hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(text: str) -> str:
    """A path segment of letters (any script), digits and hyphens; lower case; at most 80 characters; never empty.

    >>> slug("GPT-3.5 Turbo")
    'gpt-3.5-turbo'
    >>> slug("语言模型")
    '语言模型'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = re.sub(r"[^\w.+]+|_", "-", folded)
    kept = re.sub(r"-{2,}", "-", kept).strip("-.")
    if not kept:
        return f"x-{digest(text)}"
    return kept if len(kept) <= 80 else f"{kept[:69].rstrip('-.')}-{digest(folded)}"


def arxiv_number(text: str) -> str | None:
    """The number that arXiv gave a paper, without version, if the text is one: plain, prefixed, as an address or as a DOI.

    >>> arxiv_number("https://arxiv.org/abs/2211.05100v4"), arxiv_number("1234.5678")
    ('2211.05100', None)
    """
    match = _ARXIV.fullmatch(text.strip())
    return match[1] if match else None


def paper_key(identifier: str) -> str:
    """The IRI below the base of the paper with this identifier.

    Different identifiers give different IRIs, save that all forms and versions of one arXiv number name one paper.

    >>> paper_key("2211.05100"), paper_key("arXiv:2211.05100v2")
    ('paper/arxiv-2211.05100', 'paper/arxiv-2211.05100')
    """
    number = arxiv_number(identifier)
    if number:
        return f"paper/arxiv-{number.lower().replace('/', '-')}"
    name = slug(identifier)
    # A slug that lost something, or looks like an arXiv paper's, could stand for two identifiers: it carries a digest of the whole.
    plain = identifier == name and not name.startswith("arxiv-")
    return f"paper/{name}" if plain else f"paper/{name}-{digest(identifier, 8)}"
