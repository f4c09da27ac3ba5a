"""The learned model as two spaCy components.

``paperkg_learned`` reads the text and proposes mentions, as rules and terminology do; the combination decides between them.
``paperkg_learned_links`` then says, of the mentions that stand, what the paper does with each and how they are related: the
model judges spans that rules found as well as its own. The text is read once; the second step reuses the first one's work.
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
    "paperkg_learned_links",
    requires=["doc._.reading", "doc._.mentions"],
    assigns=["doc._.role_chances", "doc._.pair_chances"],
)
def link(doc: Doc) -> Doc:
    """Note what the model takes for each mention's role, and for the relations of each pair."""
    mentions: list[Mention] = doc._.mentions
    links = _model().link(doc._.reading, [(m.start, m.end) for m in mentions])
    doc._.role_chances = [dict(chances) for chances in links.roles]
    doc._.pair_chances = list(links.chances)
    return doc
