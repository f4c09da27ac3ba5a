"""extract: what each abstract says, with the characters that say it.

    Document -> Extraction

A spaCy pipeline a language (``nlp.py``) holds the components; spaCy's ``Doc`` stays inside this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from kg.extract import spacy_alone  # noqa: F401

# isort: split
from spacy.tokens import Doc

from kg.extract.nlp import EASIER_RELATIONS, pipeline
from kg.script import simplified
from kg.settings import ExtractSettings
from kg.types import Document, Extraction, Measurement, Mention, Relation

__all__ = ["extract", "extract_document"]

# Documents taken together, so that the learned model can sort them by length.
BATCH = 32
Found = TypeVar("Found", Mention, Measurement)


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
            for (index, document), doc in zip(
                chosen, nlp.pipe([simplified(d.text) for _, d in chosen], batch_size=BATCH), strict=True
            ):
                done[index] = _extraction(document, doc, settings)
        yield from (done[index] for index in range(len(batch)))


def extract_document(document: Document, settings: ExtractSettings | None = None) -> Extraction:
    """The extraction of one document."""
    return next(extract([document], settings))


def _extraction(document: Document, doc: Doc, settings: ExtractSettings) -> Extraction:
    least = settings.min_relation_score - EASIER_RELATIONS[document.lang]
    relations: list[Relation] = [r for r in doc._.relations if r.score >= least]
    return Extraction(
        document=document,
        mentions=tuple(_as_written(m, document.text) for m in doc._.mentions),
        relations=tuple(sorted(relations, key=lambda r: (r.subject, r.predicate, r.object))),
        roles=tuple(sorted(doc._.roles, key=lambda r: (r.mention, r.predicate))),
        measurements=tuple(
            _as_written(m, document.text)
            for m in sorted(doc._.measurements, key=lambda m: (m.start, m.end, m.value))
        ),
    )


def _as_written(found: Found, text: str) -> Found:
    """What was found, in the characters of the text itself: Traditional Chinese is read as Simplified."""
    words = text[found.start : found.end]
    return found if found.text == words else replace(found, text=words)
