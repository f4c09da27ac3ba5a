"""From the IRIs of the graph to the paths of the server, and back.

>>> site = Links("https://w3id.org/paperkg/id/")
>>> site.href("https://w3id.org/paperkg/id/task/语音")
'/id/task/%E8%AF%AD%E9%9F%B3'
>>> site.iris(b"/id/task/%E8%AF%AD%E9%9F%B3")[0]
'https://w3id.org/paperkg/id/task/语音'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from kg.serve.errors import Refusal

PREFIX = "/id/"
_WEB = re.compile(r"https?://[^\s\x00-\x20<>\"]+", re.IGNORECASE)
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Links:
    """The correspondence of one server: IRIs under ``base`` answer under ``/id/``."""

    base: str

    def href(self, iri: str) -> str:
        """Where a page links to for an IRI; empty if nowhere safe, as for ``javascript:``."""
        if iri.startswith(self.base):
            path, mark, fragment = iri.removeprefix(self.base).partition("#")
            return PREFIX + quote(path, safe="/:+,;=@!$&'()*~") + mark + quote(fragment, safe="")
        return iri if _WEB.fullmatch(iri) else ""

    def here(self, iri: str) -> bool:
        """Whether this server answers for the IRI."""
        return iri.startswith(self.base)

    def iris(self, raw_path: bytes) -> list[str]:
        """The IRIs that a request's path may mean, the likeliest first: with its escapes undone, and as sent.

        Raises:
            Refusal: 400: the path is not percent-encoded UTF-8, or has a control character.
        """
        path = raw_path.removeprefix(PREFIX.encode())
        if _BROKEN.search(path):
            raise Refusal(400, "the path has a broken percent-encoding")
        try:
            decoded, sent = unquote_to_bytes(path).decode("utf-8"), path.decode("ascii")
        except UnicodeDecodeError:
            raise Refusal(400, "the path is not percent-encoded UTF-8") from None
        if any(ord(c) < 32 or ord(c) == 127 for c in decoded):
            raise Refusal(400, "the path has a control character")
        return [self.base + name for name in dict.fromkeys((decoded, sent))]
