"""extract: what each abstract says, with the characters that say it.

    Document -> Extraction

A spaCy pipeline a language (``nlp.py``) holds the components; spaCy's ``Doc`` stays inside this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from kg.extract import spacy_alone  # noqa: F401

# isort: split
from spacy.tokens import Doc

from kg.extract.nlp import EASIER_RELATIONS, pipeline
from kg.script import legible
from kg.settings import ExtractSettings
from kg.types import Document, Extraction, Measurement, Mention, Relation, Role

__all__ = ["extract", "extract_document"]

# Documents taken together, so that the learned model can sort them by length.
BATCH = 32
Moved = TypeVar("Moved", Relation, Role)
Worded = TypeVar("Worded", Mention, Measurement)


def extract(documents: Iterable[Document], settings: ExtractSettings | None = None) -> Iterator[Extraction]:
    """The extraction of each document, in the order given.

    Args:
        documents: any number of documents, in either language.
        settings: what to keep; the defaults if ``None``.
    """
    settings = settings or ExtractSettings()
    stream = iter(documents)
    while batch := list(islice(stream, BATCH)):
        done: dict[int, Extraction] = {}
        for lang in ("en", "zh"):
            chosen = [(i, d) for i, d in enumerate(batch) if d.lang == lang]
            if not chosen:  # a language that nothing is written in is not loaded
                continue
            nlp = pipeline(lang, settings)
            read = [legible(document.text) for _, document in chosen]
            docs = nlp.pipe([text for text, _ in read], batch_size=BATCH)
            for (index, document), doc, (text, places) in zip(chosen, docs, read, strict=True):
                found = _extraction(document, doc, settings)
                done[index] = found if text == document.text else _as_written(found, places)
        yield from (done[index] for index in range(len(batch)))


def extract_document(document: Document, settings: ExtractSettings | None = None) -> Extraction:
    """The extraction of one document."""
    return next(extract([document], settings))


def _extraction(document: Document, doc: Doc, settings: ExtractSettings) -> Extraction:
    least = settings.min_relation_score - EASIER_RELATIONS[document.lang]
    relations: list[Relation] = [r for r in doc._.relations if r.score >= least]
    return Extraction(
        document=document,
        mentions=tuple(doc._.mentions),
        relations=tuple(sorted(relations, key=lambda r: (r.subject, r.predicate, r.object))),
        roles=tuple(sorted(doc._.roles, key=lambda r: (r.mention, r.predicate))),
        measurements=tuple(sorted(doc._.measurements, key=lambda m: (m.start, m.end, m.value))),
    )


def _as_written(read: Extraction, places: Sequence[int]) -> Extraction:
    """What was found, at its place in the document's own text and in its words; ``places`` of each character that was read."""
    text = read.document.text

    def place(found: Mention | Relation | Role | Measurement) -> tuple[int, int]:
        return places[found.start], places[found.end - 1] + 1

    def moved(found: Moved) -> Moved:
        start, end = place(found)
        return replace(found, start=start, end=end)

    def worded(found: Worded) -> Worded:
        start, end = place(found)
        return replace(found, start=start, end=end, text=text[start:end])

    return replace(
        read,
        mentions=tuple(map(worded, read.mentions)),
        relations=tuple(map(moved, read.relations)),
        roles=tuple(map(moved, read.roles)),
        measurements=tuple(map(worded, read.measurements)),
    )
