"""The terminology component: every label of every concept, found in any spelling by one walk over the tokens.

Hyphens and spaces inside a term, capitals of a common term and regular plurals do not matter; a Chinese 的 inside a long term
does not either, since machine translation strews it ("最大的熵" for 最大熵). Names written with capitals keep them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.notes import Candidate, words_of
from kg.extract.tokenizer import cut, cuts
from kg.terminology import Concept, Terminology, load_terminology
from kg.text import has_cjk, singular
from kg.types import Label

_JOINERS = frozenset("-‐‑‒–—−_/")
# A 的 is passed over only inside labels at least this long, or "的" would glue unrelated words.
_MIN_LENGTH_WITH_DE = 4
_EVERYDAY = 2


class _Entry(NamedTuple):
    concept: Concept
    label: str
    cased: bool
    ambiguous: bool
    hidden: bool


class TermMatcher:
    """Adds a candidate for each longest terminology label in a document."""

    def __init__(self, terminology: Terminology) -> None:
        # The keys of a label's words, joined; what a longer label begins with stands here too, with no entries. One flat
        # table of strings takes a third of the time that a tree of nodes does, most of which went to collecting garbage.
        self._labels: dict[str, tuple[_Entry, ...]] = {}
        # By the key of its first word each label waits here, until a text holds that word: most words no text does.
        self._waiting: dict[str, list[tuple[Concept, Label, bool]]] = {}
        for concept in terminology.concepts:
            for label in concept.labels:
                self._wait(_first_word(label.text), concept, label, joined=False)
                if "-" in label.text and not has_cjk(label.text):
                    self._wait(next(iter(_joined_words(label.text)), None), concept, label, joined=True)

    def _wait(self, first: str | None, concept: Concept, label: Label, *, joined: bool) -> None:
        if first is not None:
            self._waiting.setdefault(_key(first), []).append((concept, label, joined))

    def _add(self, concept: Concept, label: Label, *, joined: bool) -> None:
        words = _words(label.text)
        entry = _Entry(
            concept,
            "".join(words),
            cased=len(words) == 1 and label.text.lower() != label.text,
            ambiguous=label.text in concept.ambiguous,
            hidden=label.kind == "hidden",
        )
        *begun, whole = accumulate(map(_key, _joined_words(label.text) if joined else words), _joined)
        for prefix in begun:
            self._labels.setdefault(prefix, ())
        self._labels[whole] = (*self._labels.get(whole, ()), entry)

    def __call__(self, doc: Doc) -> Doc:
        tokens = words_of(doc)
        keys = [_key(token) for token in tokens]
        for key in keys:
            for concept, label, joined in self._waiting.pop(key, ()):
                self._add(concept, label, joined=joined)
        index = 0
        while index < len(tokens):
            end, entry = self._longest(tokens, keys, index)
            if entry is None:
                index += 1
                continue
            start_char, end_char = doc[index].idx, doc[end - 1].idx + len(tokens[end - 1])
            end_char -= _clitic(tokens[end - 1])
            doc._.candidates.append(
                Candidate(
                    start_char,
                    end_char,
                    entry.concept.type,
                    _score(entry),
                    "mined" if entry.concept.mined else "terminology",
                )
            )
            index = end
        return doc

    def _longest(self, tokens: Sequence[str], keys: Sequence[str], start: int) -> tuple[int, _Entry | None]:
        """Token index past the longest label that begins at ``start``, and the label."""
        best, best_end = None, start
        read, index, skipped_de = "", start, False
        while index < len(tokens):
            following = _joined(read, keys[index]) if read else keys[index]
            entries = self._labels.get(following)
            if entries is None:
                text, inside = tokens[index], index > start
                if inside and (text in _JOINERS or (text.isspace() and "\n\n" not in text)):
                    index += 1
                    continue
                if inside and text == "的" and not skipped_de:
                    skipped_de = True
                    index += 1
                    continue
                break
            read = following
            index += 1
            for entry in entries:
                if skipped_de and len(entry.label) < _MIN_LENGTH_WITH_DE:
                    continue
                if not entry.cased or _same_case(tokens[start:index], entry.label):
                    best, best_end = entry, index
                    break
        return best_end, best


def _score(entry: _Entry) -> float:
    """How sure a match is; below the usual threshold a second witness must take the span for a name too."""
    if entry.ambiguous:
        return 0.4
    # Chinese words of two characters that counting found are words of everyday use as often as terms.
    if entry.concept.mined and len(entry.label) <= _EVERYDAY and has_cjk(entry.label):
        return 0.45
    return 0.85 if entry.hidden else 0.95


def _words(label: str) -> list[str]:
    return [word for word in cut(label) if word not in _JOINERS]


def _first_word(label: str) -> str | None:
    """The first of its words, found without cutting the rest; nothing if it is made of signs."""
    return next((word for word in cuts(label) if word not in _JOINERS), None)


def _joined_words(label: str) -> list[str]:
    """The words of a label with its hyphens left out: pretraining for pre-training."""
    joined = [part.replace("-", "") for part in label.split()]
    return [word for word in joined if word.isalnum()]


def _joined(read: str, key: str) -> str:
    return f"{read} {key}"


@lru_cache(maxsize=100_000)
def _key(token: str) -> str:
    return singular(token.casefold().replace("’", "'").removesuffix("'s"))


def _clitic(token: str) -> int:
    """Characters of a possessive ending, which is no part of a name."""
    return 2 if token.endswith(("'s", "’s")) and len(token) > 2 else 0


def _same_case(tokens: Sequence[str], label: str) -> bool:
    """Whether a one-word name is written as a name: short ones to the letter, longer ones with some capital."""
    surface = "".join(token for token in tokens if token not in _JOINERS)
    surface = surface.removesuffix("'s").removesuffix("’s")
    if surface in {label, label + "s"}:
        return True
    return (
        len(label) > 3
        and any(c.isupper() for c in surface)
        and (surface[1:] != surface[1:].lower() or label.istitle())
    )


@lru_cache(maxsize=4)
def _matcher(extra: tuple[str, ...]) -> TermMatcher:
    """One walk serves both languages: labels of either are in it, and the tokens are cut the same."""
    return TermMatcher(load_terminology(extra))


@Language.factory("paperkg_terms", assigns=["doc._.candidates"], default_config={"extra": []})
def create_term_matcher(nlp: Language, name: str, extra: list[str]) -> TermMatcher:
    """The terminology component; ``extra`` names further SKOS files."""
    return _matcher(tuple(extra))
