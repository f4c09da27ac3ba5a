"""The learned model as a spaCy component: it proposes mentions, as the rules do; the combination decides."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("paperkg_learned", assigns=["doc._.candidates"])
def propose(doc: Doc) -> Doc:
    """Nothing until weights ship."""
    return doc
