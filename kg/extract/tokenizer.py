"""One tokenizer for both scripts: a Chinese character, a Latin word, a number or a mark is a token.

spaCy's English rules keep "state-of-the-art" apart in ways that differ from its Chinese characters; terms that cross scripts
("基于Transformer的模型") need one way of cutting. Joining the tokens gives the text back to the character.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg.text import CJK

# Where a document keeps its text as given and its tokens (see ``kg.extract.notes``): spaCy joins a document's text anew at
# each call for it, and makes an object of each token; components ask often.
TEXT, WORDS = "paperkg.text", "paperkg.words"
_TOKEN = re.compile(
    rf"[{CJK}]"
    rf"|\d+(?:[.,]\d+)+(?![^\W_{CJK}])"  # 0.89, 1,000
    rf"|[^\W_{CJK}]+(?:['’](?:s|t|re|ve|ll|d|m)\b)?"  # words, with an English clitic
    r"|\s+"
    r"|.",
    re.DOTALL,
)


def cut(text: str) -> list[str]:
    """The tokens of a text, those of white space left out."""
    return [token for token in _TOKEN.findall(text) if not token.isspace()]


class ScriptTokenizer:
    """Cuts text into tokens; a single space after a token belongs to it, other white space is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            token = match[0]
            if token.startswith(" ") and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                token = token[1:]
            if token:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={TEXT: text, WORDS: words})

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save: the rules are code."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> ScriptTokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        """Nothing to save."""

    def from_disk(self, *_: object, **__: object) -> ScriptTokenizer:
        """Nothing to load."""
        return self


@registry.tokenizers("paperkg.ScriptTokenizer.v1")
def create_script_tokenizer() -> object:
    """The registered maker that spaCy's configuration names."""

    def create(nlp: Language) -> ScriptTokenizer:
        return ScriptTokenizer(nlp.vocab)

    return create
