"""What a build did: counts, merges with their reasons, rejects, timings, versions. ``report.json`` holds it."""

from __future__ import annotations

import platform
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg import __version__
from kg.settings import Settings
from kg.types import Outcome, Reject, Resolved


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, found and wrote."""

    documents: int
    rejects: tuple[Reject, ...]
    counts: dict[str, int]
    seconds: dict[str, float]
    files: tuple[Path, ...]
    record: dict[str, Any] = field(default_factory=dict)
    # What came of each decision in the curation tables.
    curation: tuple[Outcome, ...] = ()


def count(resolved: Sequence[Resolved], triples: int) -> dict[str, int]:
    """How many documents, entities by class, mentions, relations, measurements and triples."""
    entities = {link.entity.key: link.entity.type for item in resolved for link in item.links}
    stated = [fact for item in resolved for fact in item.stated]
    entities |= {e.key: e.type for fact in stated for e in (fact.subject, fact.object) if e}
    counts = Counter(f"{kind} entities" for kind in entities.values())
    return {
        "documents": len(resolved),
        "entities": len(entities),
        "mentions": sum(len(item.extraction.mentions) for item in resolved),
        "relations": sum(len(item.extraction.relations) for item in resolved),
        "measurements": sum(len(item.extraction.measurements) for item in resolved),
        "triples": triples,
        **dict(sorted(counts.items())),
    }


def record(
    sources: Sequence[str | Path],
    settings: Settings,
    resolved: Sequence[Resolved],
    rejects: Sequence[Reject],
    counts: dict[str, int],
    seconds: dict[str, float],
    curation: Sequence[Outcome],
) -> dict[str, Any]:
    """What ``report.json`` holds."""
    return {
        "paperkg": __version__,
        "versions": {
            name: version(name)
            for name in ("spacy", "rdflib", "pyoxigraph", "pyvis", "igraph", "onnxruntime")
        }
        | {"python": platform.python_version()},
        "sources": [str(source) for source in sources],
        "settings": settings.as_dict(),
        "counts": counts,
        "languages": dict(sorted(Counter(item.extraction.document.lang for item in resolved).items())),
        "merges": merges(resolved),
        "curation": {
            "applied": [{"where": str(o.source), "what": o.what} for o in curation if not o.why],
            "passed over": [
                {"where": str(o.source), "what": o.what, "why": o.why} for o in curation if o.why
            ],
        },
        "rejects": [{"where": str(r.source), "id": r.id, "reason": r.reason} for r in rejects],
        "seconds": seconds,
    }


def merges(resolved: Sequence[Resolved]) -> list[dict[str, Any]]:
    """Every case of several names taken for one thing, and why: what a curation table can undo."""
    names: dict[str, set[tuple[str, str]]] = {}
    for item in resolved:
        for link in item.links:
            names.setdefault(link.entity.key, set()).add(
                (item.extraction.mentions[link.mention].text, link.reason)
            )
    return [
        {
            "entity": key,
            "names": sorted({name for name, _ in found}),
            "reasons": sorted({reason for _, reason in found}),
        }
        for key, found in sorted(names.items())
        if len({name for name, _ in found}) > 1
    ]


class Clock:
    """Seconds since the last lap, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Close a lap."""
        now = time.perf_counter()
        self.seconds[name] = round(now - self._last, 3)
        self._last = now
