"""resolve: mentions become entities, one node for a thing named in several ways, documents and languages.

    Extraction -> Resolved

Names meet within a document first (spellings, definitions), then across documents: through the terminology, which knows both
languages, or under their lasting name. Short forms that a document defines mean what it says there and nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.resolve.clusters import cluster
from kg.resolve.curation import load_curation
from kg.resolve.merge import merge
from kg.settings import ResolveSettings
from kg.terminology import load_terminology
from kg.types import Extraction, Link, Outcome, Resolved

__all__ = ["resolve"]


def resolve(
    extractions: Iterable[Extraction],
    settings: ResolveSettings | None = None,
    terms: tuple[str, ...] = (),
    tables: Iterable[Path] = (),
    tell: Callable[[Outcome], None] = lambda _outcome: None,
) -> Iterator[Resolved]:
    """Each extraction with an entity for every mention. The order of the documents does not matter.

    Args:
        extractions: all extractions that the graph is to hold; identity needs to see them together.
        settings: where the curation table is.
        terms: further SKOS files, as extraction was given them.
        tables: further curation tables, which count after that of the settings.
        tell: called with what came of each row of the tables.

    Raises:
        UsageError: a table or a SKOS file cannot be read.
    """
    settings = settings or ResolveSettings()
    named = [Path(settings.curation)] if settings.curation else []
    curation = load_curation([*named, *tables])
    kept = sorted(extractions, key=lambda extraction: extraction.document.id)
    clusters = [cluster(extraction, curation) for extraction in kept]
    everything = [entry for group in clusters for entry in group]
    entities = merge(everything, load_terminology(terms), curation, tell)
    flat = iter(entities)
    for extraction, group in zip(kept, clusters, strict=True):
        links: dict[int, Link] = {}
        for entry in group:
            entity, reason = next(flat)
            for index in entry.mentions:
                links[index] = Link(index, entity, reason)
        yield Resolved(extraction, tuple(links[index] for index in range(len(extraction.mentions))))
