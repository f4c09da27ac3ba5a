"""What the components write on a spaCy ``Doc``, and in which form.

Each component reads what earlier ones wrote and adds its own; the last turns candidates into mentions. Character offsets, not
tokens, are the common coin: a learned model cuts text its own way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.tokenizer import TEXT, WORDS

# Where a document keeps the borders of its sentences.
_SENTENCES = "paperkg.sentences"

# Components that look names up in lists.
LISTED = frozenset({"terminology", "mined"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that one component takes for the name of something.

    ``type`` is ``None`` where the component cannot say. ``fixed`` marks a span whose borders are certain (a quoted or defined name).
    """

    start: int
    end: int
    type: str | None
    score: float
    by: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """The text says that two spans are names of one thing: "hyperspectral imaging (HSI)"."""

    long: tuple[int, int]
    short: tuple[int, int]


def text_of(doc: Doc) -> str:
    """The text of a document, without joining its tokens again."""
    return str(doc.user_data.get(TEXT) or doc.text)


def words_of(doc: Doc) -> list[str]:
    """The tokens of a document as text, without making an object of each."""
    words: list[str] | None = doc.user_data.get(WORDS)
    return words if words is not None else [token.text for token in doc]


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """Start and end of each sentence, in characters. They are asked for once they are marked, and do not change."""
    spans: list[tuple[int, int]] | None = doc.user_data.get(_SENTENCES)
    if spans is None:
        spans = doc.user_data[_SENTENCES] = [(s.start_char, s.end_char) for s in doc.sents]
    return spans


def sentence_number(sentences: Sequence[tuple[int, int]], position: int) -> int:
    """Which of the sentences (start, end) a place in the text is in."""
    return bisect_right(sentences, position, key=lambda sentence: sentence[0]) - 1


for _name in ("reading", "pair_chances"):
    Doc.set_extension(_name, default=None, force=True)
for _name in (
    "candidates",
    "type_chances",
    "role_chances",
    "definitions",
    "mentions",
    "relations",
    "roles",
    "measurements",
):
    Doc.set_extension(_name, default=[], force=True)
