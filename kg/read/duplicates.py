"""One paper, one document: a second one with the same id is noticed, whatever file it is in."""

from __future__ import annotations

from kg.iri import digest, paper_key
from kg.types import Document, Reject, Source


class Duplicates:
    """Remembers which papers were read, and where, in some 300 bytes a document."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str, str, Source]] = {}

    def check(self, document: Document) -> Reject | None:
        """A reject if this paper was read before, else ``None``; ids are one if they give one IRI."""
        key, text = paper_key(document.id), digest(document.text, 16)
        source = document.source or Source("")
        if key not in self._seen:
            self._seen[key] = (document.id, text, source)
            return None
        first_id, first_text, first_source = self._seen[key]
        if first_text == text:
            reason = f"duplicate: the same paper with the same text as at {first_source}; read once"
        else:
            which = "its id" if first_id == document.id else f"an id of the same paper, {first_id!r},"
            reason = f"{which} was used at {first_source} for another text; give each paper its own id"
        return Reject(source, reason, document.id)
