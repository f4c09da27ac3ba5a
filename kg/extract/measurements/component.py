"""Measurements as a spaCy component."""

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.measurements.find import find_measurements
from kg.extract.notes import sentence_spans, text_of


@Language.component(
    "paperkg_measurements", requires=["doc._.mentions", "doc.sents"], assigns=["doc._.measurements"]
)
def measure(doc: Doc) -> Doc:
    """Write the numbers that the text reports."""
    text = text_of(doc)
    sentences = sentence_spans(doc)
    doc._.measurements = find_measurements(text, doc._.mentions, sentences)
    return doc
