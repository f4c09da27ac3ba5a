"""extract: what each abstract says, with the characters that say it.

    Document -> Extraction

A spaCy pipeline a language (``nlp.py``) holds the components; spaCy's ``Doc`` stays inside this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg.extract import spacy_alone  # noqa: F401

# isort: split
from spacy.tokens import Doc

from kg.extract.nlp import EASIER_RELATIONS, pipeline
from kg.settings import ExtractSettings
from kg.types import Document, Extraction, Relation

__all__ = ["extract", "extract_document"]

# Documents taken together, so that the learned model can sort them by length.
BATCH = 32


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
                chosen, nlp.pipe([d.text for _, d in chosen], batch_size=BATCH), strict=True
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
        mentions=tuple(doc._.mentions),
        relations=tuple(sorted(relations, key=lambda r: (r.subject, r.predicate, r.object))),
        roles=tuple(sorted(doc._.roles, key=lambda r: (r.mention, r.predicate))),
        measurements=tuple(sorted(doc._.measurements, key=lambda m: (m.start, m.end, m.value))),
    )
