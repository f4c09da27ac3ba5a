"""Sentence boundaries for abstracts in either script.

The learned model cuts by a rule of its own, with which it was trained (``kg.extract.neural.pieces``): of 400 English abstracts the
two differ in 16, of as many Chinese ones in none.
"""

from __future__ import annotations

import re

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.notes import text_of, words_of

# Words whose full stop ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|et al|cf|vs|resp|etc|Fig|Figs|Eq|Eqs|Sec|No|Dr|Prof|St|approx|w\.r\.t|a\.k\.a|i\.i\.d|[A-Z])$"
)
# The tokens that may end a sentence.
_ENDINGS = frozenset('。！？!?”’」.")')
# As spaCy counts: a token that begins a sentence, and one that does not.
_START, _INSIDE = 1, -1
_LATIN_END = re.compile(r"[.?!][\"'”’)\]]*$")


@Language.component("paperkg_sentences", assigns=["token.is_sent_start", "doc.sents"])
def mark_sentences(doc: Doc) -> Doc:
    """Mark the first token of every sentence."""
    start_next, text, words = True, text_of(doc), words_of(doc)
    marks = np.full(len(words), _INSIDE, np.int64)
    for index, word in enumerate(words):
        if word.isspace():
            # A blank line ends a sentence whatever stands before it.
            start_next = start_next or word.count("\n") > 1
            continue
        if start_next:
            marks[index] = _START
        start_next = word in _ENDINGS and _ends_sentence(doc, text, index)
    # All at once: spaCy looks through the whole text each time that one token is marked.
    doc.from_array([SENT_START], marks.view(np.uint64))
    return doc


def _ends_sentence(doc: Doc, text: str, index: int) -> bool:
    token = doc[index]
    if token.text in "。！？!?" and not (index + 1 < len(doc) and doc[index + 1].text in "”’」）)"):
        return True
    if token.text in "”’」" and index and doc[index - 1].text in "。！？":
        return True
    if token.text not in {".", '"', "”", ")"} or not (
        token.whitespace_ or _followed_by_script_change(doc, index)
    ):
        return False
    before = text[max(0, token.idx - 20) : token.idx + 1]
    if not _LATIN_END.search(before) or _ABBREVIATED.search(before.rstrip("\"'”’)]").removesuffix(".")):
        return False
    following = next((t for t in doc[index + 1 : index + 3] if not t.is_space), None)
    return following is None or not following.text[0].islower()


def _followed_by_script_change(doc: Doc, index: int) -> bool:
    """A full stop with no space after it still ends a sentence before a capitalised word or a Chinese character."""
    if doc[index].text != "." or index == 0 or index + 1 >= len(doc):
        return index + 1 >= len(doc)
    before, after = doc[index - 1].text, doc[index + 1].text
    wordlike = len(before) > 2 and before.islower()
    return after.isspace() or (wordlike and after[0].isupper() and len(after) > 1 and after[1:].islower())
