"""The learned model as three spaCy components.

``paperkg_learned`` reads the text and proposes mentions, as rules and terminology do; the combination decides between them.
Of the mentions that stand, spans that rules found as well as its own, ``paperkg_learned_types`` then says what each names,
and ``paperkg_learned_links`` what the paper does with it and how they are related. The text is read once; later steps reuse
the first one's work.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.neural.model import WEIGHTS, NeuralModel
from kg.extract.notes import Candidate, text_of
from kg.types import Mention


def available() -> bool:
    """Whether weights ship with this package."""
    return (WEIGHTS / "encoder.onnx").exists()


@lru_cache(maxsize=1)
def begin_to_load() -> Future[NeuralModel]:
    """The model, which a thread of its own loads: onnxruntime lays out the network while Python reads other things."""
    loader = ThreadPoolExecutor(1, "paperkg-load")
    loading = loader.submit(NeuralModel.load)
    loader.shutdown(wait=False)
    return loading


def _model() -> NeuralModel:
    return begin_to_load().result()


@Language.component("paperkg_learned", assigns=["doc._.candidates", "doc._.reading"])
def propose(doc: Doc) -> Doc:
    """Add every span that the model thinks may name something; other witnesses are weighed with it."""
    doc._.reading = _model().read(text_of(doc))
    doc._.candidates.extend(
        Candidate(m.start, m.end, m.type, m.score, "learned") for m in doc._.reading.proposals
    )
    return doc


@Language.component(
    "paperkg_learned_types", requires=["doc._.reading", "doc._.mentions"], assigns=["doc._.type_chances"]
)
def name_types(doc: Doc) -> Doc:
    """Note how probable the model takes each class of each mention to be."""
    mentions: list[Mention] = doc._.mentions
    doc._.type_chances = _model().types(doc._.reading, [(m.start, m.end) for m in mentions])
    return doc


@Language.component(
    "paperkg_learned_links",
    requires=["doc._.reading", "doc._.mentions"],
    assigns=["doc._.role_chances", "doc._.pair_chances"],
)
def link(doc: Doc) -> Doc:
    """Note what the model takes for each mention's role, and for the relations of each pair."""
    mentions: list[Mention] = doc._.mentions
    links = _model().link(doc._.reading, [(m.start, m.end) for m in mentions])
    doc._.role_chances = [dict(chances) for chances in links.roles]
    doc._.pair_chances = links.pairs
    return doc
