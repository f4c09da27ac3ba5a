"""Measurements as a spaCy component."""

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.measurements.find import find_measurements
from kg.extract.notes import sentence_spans, text_of


@Language.component(
    "paperkg_measurements",
    requires=["doc._.mentions", "doc._.roles", "doc.sents"],
    assigns=["doc._.measurements"],
)
def measure(doc: Doc) -> Doc:
    """Write the numbers that the text reports."""
    introduced = [role.mention for role in doc._.roles if role.predicate == "introduces"]
    doc._.measurements = find_measurements(text_of(doc), doc._.mentions, sentence_spans(doc), introduced)
    return doc
