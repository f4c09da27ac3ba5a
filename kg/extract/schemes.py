"""Text read by the annotation schemes of public corpora: each has heads of its own over the network that ships.

For whoever scores or uses the network by such a scheme. Its classes and relations are the corpus', not the ontology's, so no
graph is built of them; rules, terminology and witnesses know only our own scheme and have no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import UsageError
from kg.extract.neural.labels import OWN, schemes_in
from kg.extract.neural.model import WEIGHTS, NeuralModel
from kg.types import Document, Extraction, Mention, Relation


def extract_in_scheme(documents: Iterable[Document], scheme: str) -> Iterator[Extraction]:
    """The extraction of each document by the network alone, as a scheme's annotators would mark it.

    Args:
        documents: any number of documents.
        scheme: ``scier`` (Zhang et al. 2024, English) or ``scicn`` (Chinese).

    Raises:
        UsageError: the weights that ship have no heads of that name.
    """
    others = [s for s in schemes_in(WEIGHTS) if s != OWN]
    if scheme not in others:
        raise UsageError(f"extract: no scheme {scheme}; one of {', '.join((OWN, *others))}")
    model = NeuralModel.load(scheme=scheme)
    return (_extraction(document, model) for document in documents)


def _extraction(document: Document, model: NeuralModel) -> Extraction:
    text = document.text
    (found,) = model.predict([text])
    mentions = tuple(
        Mention(m.start, m.end, text[m.start : m.end], m.type, round(m.score, 4), model.scheme)
        for m in found.mentions
    )
    relations = (
        Relation(
            r.subject,
            r.predicate,
            r.object,
            round(r.score, 4),
            min(mentions[r.subject].start, mentions[r.object].start),
            max(mentions[r.subject].end, mentions[r.object].end),
        )
        for r in found.relations
    )
    return Extraction(document, mentions, tuple(sorted(relations, key=lambda r: (r.subject, r.object))))
