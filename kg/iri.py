"""IRIs that people can read and that never change: one slug per label, one path per thing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from kg.errors import UsageError

DEFAULT_BASE = "https://w3id.org/paperkg/id/"

_ARXIV = re.compile(r"(?:arxiv[:/ ]?)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(v\d+)?", re.IGNORECASE)


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


def paper_key(identifier: str) -> str:
    """The IRI below the base of the paper with this identifier.

    Different identifiers give different IRIs, save that an arXiv identifier means the same with and without its prefix.

    >>> paper_key("2211.05100"), paper_key("arXiv:2211.05100")
    ('paper/arxiv-2211.05100', 'paper/arxiv-2211.05100')
    """
    arxiv = _ARXIV.fullmatch(identifier.strip())
    if arxiv:
        return f"paper/arxiv-{arxiv[1].lower().replace('/', '-')}{(arxiv[2] or '').lower()}"
    name = slug(identifier)
    # A slug that lost something could stand for two identifiers, so it carries a digest of the whole.
    plain = identifier == name or identifier.startswith("sha256-")
    return f"paper/{name}" if plain else f"paper/{name}-{digest(identifier, 8)}"
