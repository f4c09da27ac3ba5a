"""A text as the network reads it: word pieces with their places, shapes, word boundaries and sentences.

Training (:mod:`kg.train`) and run time share this module, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extract.neural.words import RUN, Words, narrow
from kg.latex import unformatted

#: The files of a tokenizer.
LATIN, WORDS = "tokenizer.json", "words.zh.tsv"
#: The most pieces of one window, the two special ones included.
WINDOW = 512
#: A sentence ends at a full stop before a capital, unless an abbreviation, an initial or a number list stands there;
#: a Chinese one at its full stop.
SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bet al)(?<!\bvs)(?<!\bcf)(?<!\bFig)(?<!\bEq)(?<!\b[A-Z])[.!?]{1,8}[)\]\"”']*+\s++(?=[\"“(\[]?[A-Z0-9])"
    r"|[。！？]++[”’」）)\"]*+\s*+"
)

BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
#: Marks that belong to a name where they touch it: k-means++, RRT*, C#, $L_1$; $k$-means, #SAT. A command of LaTeX around a name does not.
NAME_ENDS, NAME_OPENS = frozenset("+*#$"), frozenset("$#")
#: What else may stand inside them.
ENDED, OPENED = NAME_ENDS | {"}"}, NAME_OPENS | {"\\", "{"}

#: The :func:`shape` of punctuation.
MARK = 6

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Pieces:
    """One window of a text. All arrays have one value a piece, the special first and last ones included.

    ``start`` and ``end`` are code points of the whole text; ``opens`` and ``closes`` say where a word starts and ends,
    and so where a mention may; ``sentence`` counts from 0; ``depth`` is the number of brackets open.
    """

    ids: Ints
    shapes: Ints
    start: Ints
    end: Ints
    opens: Bools
    closes: Bools
    sentence: Ints
    depth: Ints


@lru_cache(maxsize=1 << 15)  # most words of a text stood in others
def shape(word: str) -> int:
    """0 lower case, 1 Capital, 2 UPPER, 3 miXed, 4 digits, 5 digits and letters, 6 punctuation, 7 a single capital."""
    if word.isdigit():
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6
    if len(letters) < len(word):
        return 5
    upper = sum(c.isupper() for c in letters)
    if not upper:
        return 0
    if len(word) == 1:
        return 7
    if upper == len(word):
        return 2
    return 1 if upper == 1 and word[0].isupper() else 3


def sentence_ends(text: str) -> list[int]:
    """Where each sentence but the last ends, in code points."""
    return [m.end() for m in SENTENCE_END.finditer(text)]


@dataclass(frozen=True)
class Cut:
    """A text in pieces: numbers in the vocabulary, start and end (code points), and whether a word starts there."""

    ids: Ints
    offsets: Ints
    head: Bools


class PieceTokenizer:
    """Latin script by word pieces, Chinese by words. ``first`` and ``last`` are the special pieces around a window."""

    def __init__(self, latin: Tokenizer, words: Path | None = None) -> None:
        """``words``: the file of Chinese words, read when the first text holds Chinese; without one characters stand alone."""
        latin.no_truncation()
        latin.no_padding()
        self.latin, self._words = latin, words
        self.first, self.last = latin.encode("").ids

    @classmethod
    def read(cls, folder: Path) -> PieceTokenizer:
        """From the files of a folder; the Chinese words may be missing."""
        words = folder / WORDS
        return cls(Tokenizer.from_file(str(folder / LATIN)), words if words.exists() else None)

    @cached_property
    def words(self) -> Words | None:
        """The known Chinese words."""
        return Words.read(self._words, self.latin.get_vocab_size()) if self._words else None

    def cut(self, text: str) -> Cut:
        """The pieces of a text, none special."""
        encoding = self.latin.encode(text, add_special_tokens=False)
        n = len(encoding.ids)
        ids = np.asarray(encoding.ids, np.int64)
        offsets = np.asarray(encoding.offsets, np.int64).reshape(n, 2)
        word = np.asarray([-1 if w is None else w for w in encoding.word_ids], np.int64)
        head = np.ones(n, np.bool_)
        head[1:] = word[1:] != word[:-1]
        return self._in_words(text, Cut(ids, offsets, head))

    def _in_words(self, text: str, cut: Cut) -> Cut:
        """The cut with every run of Chinese characters, a piece each, as words."""
        if not RUN.search(text) or self.words is None:
            return cut
        parts: list[Cut] = []
        done = 0
        for run in RUN.finditer(text):
            a, b = np.searchsorted(cut.offsets[:, 0], run.span()).tolist()
            if b - a != len(run[0]):  # a character that the normaliser drops
                continue
            parts.append(Cut(cut.ids[done:a], cut.offsets[done:a], cut.head[done:a]))
            places = np.asarray(self.words.cut(run[0]), np.int64)
            known = [self.words.number.get(run[0][i:j], int(cut.ids[a + i])) for i, j in places.tolist()]
            parts.append(
                Cut(np.asarray(known, np.int64), places + run.start(), np.ones(len(known), np.bool_))
            )
            done = b
        if not parts:
            return cut
        parts.append(Cut(cut.ids[done:], cut.offsets[done:], cut.head[done:]))
        return Cut(
            *(np.concatenate([getattr(p, name) for p in parts]) for name in ("ids", "offsets", "head"))
        )


def encode(tokenizer: PieceTokenizer, text: str) -> list[Pieces]:
    """The windows of a text. One that fits is one window; a longer one is cut between sentences."""
    plain = unformatted(narrow(text))
    return list(windows(text, plain, tokenizer.cut(plain), tokenizer.first, tokenizer.last))


def windows(text: str, plain: str, cut: Cut, first: int, last: int) -> Iterator[Pieces]:
    """Cut one encoded text into windows and describe their pieces; ``plain`` is the text in narrow marks, its typefaces aside."""
    n = len(cut.ids)
    if n == 0:
        return
    ids, offsets, head = cut.ids, cut.offsets, cut.head
    tail = np.append(head[1:], True)
    number = np.cumsum(head) - 1
    starts, ends = offsets[head, 0], offsets[tail, 1]
    shapes = np.asarray(
        [shape(plain[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)], np.int64
    )[number]
    opens, closes = edges(plain, offsets, shapes != MARK)
    sentence = np.searchsorted(np.asarray(sentence_ends(text), np.int64), offsets[:, 0], side="right")
    signs = np.zeros(n, np.int64)
    marks = np.flatnonzero(shapes == MARK)
    signs[marks] = [BRACKETS.get(plain[a:b], 0) for a, b in offsets[marks].tolist()]
    depth = np.cumsum(signs)
    for a, b in cuts(sentence, WINDOW - 2):
        size = b - a + 2

        def padded(
            values: NDArray[np.generic], left: int, right: int, a: int = a, b: int = b, size: int = size
        ) -> Ints:
            out = np.empty(size, np.int64)
            out[0], out[1:-1], out[-1] = left, values[a:b], right
            return out

        yield Pieces(
            ids=padded(ids, first, last),
            shapes=padded(shapes, MARK, MARK),
            start=padded(offsets[:, 0], int(offsets[a, 0]), int(offsets[b - 1, 1])),
            end=padded(offsets[:, 1], int(offsets[a, 0]), int(offsets[b - 1, 1])),
            opens=padded(head & opens, 0, 0).astype(np.bool_),
            closes=padded(tail & closes, 0, 0).astype(np.bool_),
            sentence=padded(sentence, int(sentence[a]), int(sentence[b - 1])),
            depth=padded(depth, 0, 0),
        )


def edges(plain: str, offsets: Ints, solid: Bools) -> tuple[Bools, Bools]:
    """Where a mention may open and close: at what is no mark (``solid``), and at a mark that belongs to the name it touches."""
    opens, closes = solid.copy(), solid.copy()
    for n in np.flatnonzero(~solid).tolist():
        start, end = offsets[n].tolist()
        before, after = plain[start - 1 : start], plain[end : end + 1]
        mark = plain[start:end]
        opens[n] = mark in NAME_OPENS and not latin(before) and (after.isalnum() or after in OPENED)
        closes[n] = mark in NAME_ENDS and not latin(after) and (before.isalnum() or before in ENDED)
    return opens, closes


def latin(character: str) -> bool:
    """Whether it is a Latin letter or a digit: a Chinese word may follow a name's last mark at once."""
    return character.isascii() and character.isalnum()


def cuts(sentence: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most ``most`` pieces that end between sentences (within one only if it is longer than a window)."""
    a, n = 0, len(sentence)
    while n - a > most:
        b = a + most
        if sentence[b] == sentence[b - 1] and sentence[b] != sentence[a]:
            b = a + int(np.searchsorted(sentence[a:b], sentence[b], side="left"))
        yield a, b
        a = b
    yield a, n
