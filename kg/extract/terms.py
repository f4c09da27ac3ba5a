"""The terminology component: every label of every concept, found in any spelling by one walk over the tokens.

Hyphens and spaces inside a term, capitals of a common term and regular plurals do not matter; a Chinese 的 inside a long term
does not either, since machine translation strews it ("最大的熵" for 最大熵). Names written with capitals keep them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.labels import JOINERS, Entry, key, labels, parsed
from kg.extract.notes import Candidate, words_of
from kg.text import has_cjk

# A 的 is passed over only inside labels at least this long, or "的" would glue unrelated words.
_MIN_LENGTH_WITH_DE = 4
_EVERYDAY = 2


class TermMatcher:
    """Adds a candidate for each longest terminology label in a document; ``lines`` are those of :func:`kg.extract.labels.labels`."""

    def __init__(self, lines: Iterable[str]) -> None:
        # The keys of a label's words, joined; what a longer label begins with stands here too, with no entries. One flat
        # table of strings takes a third of the time that a tree of nodes does, most of which went to collecting garbage.
        self._labels: dict[str, tuple[Entry, ...]] = {}
        # By the key of its first word each line waits here until a text holds that word: most words no text does.
        self._waiting: defaultdict[str, list[str]] = defaultdict(list)
        for line in lines:
            self._waiting[line.partition("\t")[0].partition(" ")[0]].append(line)

    def _add(self, line: str) -> None:
        keys, found = parsed(line)
        *begun, whole = accumulate(keys, _joined)
        for prefix in begun:
            self._labels.setdefault(prefix, ())
        self._labels[whole] = (*self._labels.get(whole, ()), found)

    def __call__(self, doc: Doc) -> Doc:
        tokens = words_of(doc)
        keys = [key(token) for token in tokens]
        for first in keys:
            for line in self._waiting.pop(first, ()):
                self._add(line)
        index = 0
        while index < len(tokens):
            end, found = self._longest(tokens, keys, index)
            if found is None:
                index += 1
                continue
            start_char, end_char = doc[index].idx, doc[end - 1].idx + len(tokens[end - 1])
            end_char -= _clitic(tokens[end - 1])
            doc._.candidates.append(
                Candidate(
                    start_char,
                    end_char,
                    found.kind,
                    _score(found),
                    "mined" if found.mined else "terminology",
                )
            )
            index = end
        return doc

    def _longest(self, tokens: Sequence[str], keys: Sequence[str], start: int) -> tuple[int, Entry | None]:
        """Token index past the longest label that begins at ``start``, and the label."""
        best, best_end = None, start
        read, index, skipped_de = "", start, False
        while index < len(tokens):
            following = _joined(read, keys[index]) if read else keys[index]
            entries = self._labels.get(following)
            if entries is None:
                text, inside = tokens[index], index > start
                if inside and (text in JOINERS or (text.isspace() and "\n\n" not in text)):
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


def _score(entry: Entry) -> float:
    """How sure a match is; below the usual threshold a second witness must take the span for a name too."""
    if entry.ambiguous:
        return 0.35
    # Chinese words of two characters that counting found are words of everyday use as often as terms.
    if entry.mined and len(entry.label) <= _EVERYDAY and has_cjk(entry.label):
        return 0.35
    return 0.85 if entry.hidden else 0.95


def _joined(read: str, key: str) -> str:
    return f"{read} {key}"


def _clitic(token: str) -> int:
    """Characters of a possessive ending, which is no part of a name."""
    return 2 if token.endswith(("'s", "’s")) and len(token) > 2 else 0


def _same_case(tokens: Sequence[str], label: str) -> bool:
    """Whether a one-word name is written as a name: short ones to the letter, longer ones with some capital."""
    surface = "".join(token for token in tokens if token not in JOINERS)
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
    return TermMatcher(labels(extra))


@Language.factory("paperkg_terms", assigns=["doc._.candidates"], default_config={"extra": []})
def create_term_matcher(nlp: Language, name: str, extra: list[str]) -> TermMatcher:
    """The terminology component; ``extra`` names further SKOS files."""
    return _matcher(tuple(extra))
