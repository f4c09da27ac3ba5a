"""Running text from the spaced tokens of a corpus, with the place of every token in it.

A model that reads papers must train on text as people write it: ``state - of - the - art``, ``4 2 . 2 %`` and
``( ConvNets )`` become ``state-of-the-art``, ``42.2 %`` and ``(ConvNets)``.
"""

from __future__ import annotations

from collections.abc import Sequence

NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "?", "!", ")", "]", "}", "'s", "’s", "n't", "%"})
NO_SPACE_AFTER = frozenset({"(", "[", "{"})
HYPHENS = frozenset({"-", "/", "_"})


def join(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text, and start and end (code points) of each token in it."""
    tokens = [
        {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}.get(t, t)
        for t in tokens
    ]
    text = ""
    places: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        if i and spaced(tokens, i):
            text += " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def spaced(tokens: Sequence[str], i: int) -> bool:
    """Whether people put a space before token ``i``."""
    before, word = tokens[i - 1], tokens[i]
    if word in NO_SPACE_BEFORE and not (word == "." and before.isdigit() and follows_digit(tokens, i)):
        return False
    if before in NO_SPACE_AFTER or word in HYPHENS or before in HYPHENS:
        return False
    digit = len(word) == 1 and word.isdigit()
    if digit and len(before) == 1 and before.isdigit():
        return False
    if word == "." and before.isdigit():
        return False
    return not (
        digit and before in {".", ","} and i >= 2 and tokens[i - 2].isdigit() and len(tokens[i - 2]) == 1
    )


def follows_digit(tokens: Sequence[str], i: int) -> bool:
    """Whether a digit comes after word ``i``."""
    return i + 1 < len(tokens) and tokens[i + 1].isdigit()
