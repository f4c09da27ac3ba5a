"""Measurements as a spaCy component."""

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("paperkg_measurements", requires=["doc._.mentions"], assigns=["doc._.measurements"])
def measure(doc: Doc) -> Doc:
    """To come."""
    return doc
