"""The terminology component: every label of every concept, found in any spelling by one walk over the tokens.

Hyphens and spaces inside a term, capitals of a common term and regular plurals do not matter; a Chinese 的 inside a long term
does not either, since machine translation strews it ("最大的熵" for 最大熵). Names written with capitals keep them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.notes import Candidate
from kg.extract.tokenizer import ScriptTokenizer
from kg.terminology import Concept, Terminology, load_terminology
from kg.text import has_cjk, singular

_JOINERS = frozenset("-‐‑‒–—−_/")
# A 的 is passed over only inside labels at least this long, or "的" would glue unrelated words.
_MIN_LENGTH_WITH_DE = 4
_EVERYDAY = 2


@dataclass(slots=True)
class _Node:
    """A state of the walk: what may follow, and the labels that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: Concept
    label: str
    cased: bool
    ambiguous: bool
    hidden: bool


class TermMatcher:
    """Adds a candidate for each longest terminology label in a document."""

    def __init__(self, nlp: Language, terminology: Terminology) -> None:
        self._root = _Node()
        tokenizer = ScriptTokenizer(nlp.vocab)
        for concept in terminology.concepts:
            for label in concept.labels:
                words = [t.text for t in tokenizer(label.text) if not t.is_space and t.text not in _JOINERS]
                entry = _Entry(
                    concept,
                    "".join(words),
                    cased=len(words) == 1 and label.text.lower() != label.text,
                    ambiguous=label.text in concept.ambiguous,
                    hidden=label.kind == "hidden",
                )
                self._add([_key(word) for word in words], entry)
                if "-" in label.text and not has_cjk(label.text):
                    joined = [part.replace("-", "") for part in label.text.split()]
                    self._add([_key(word) for word in joined if word.isalnum()], entry)

    def _add(self, keys: list[str], entry: _Entry) -> None:
        if not keys:
            return
        node = self._root
        for key in keys:
            node = node.next.setdefault(key, _Node())
        node.ends.append(entry)

    def __call__(self, doc: Doc) -> Doc:
        keys = [_key(token.text) for token in doc]
        index = 0
        while index < len(doc):
            end, entry = self._longest(doc, keys, index)
            if entry is None:
                index += 1
                continue
            start_char, end_char = doc[index].idx, doc[end - 1].idx + len(doc[end - 1])
            end_char -= _clitic(doc[end - 1].text)
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

    def _longest(self, doc: Doc, keys: list[str], start: int) -> tuple[int, _Entry | None]:
        """Token index past the longest label that begins at ``start``, and the label."""
        node, best, best_end = self._root, None, start
        index, skipped_de = start, False
        while index < len(doc):
            text = doc[index].text
            following = node.next.get(keys[index])
            if following is None:
                inside = index > start
                if inside and (text in _JOINERS or (doc[index].is_space and "\n\n" not in text)):
                    index += 1
                    continue
                if inside and text == "的" and not skipped_de:
                    skipped_de = True
                    index += 1
                    continue
                break
            node = following
            index += 1
            for entry in node.ends:
                if skipped_de and len(entry.label) < _MIN_LENGTH_WITH_DE:
                    continue
                if not entry.cased or _same_case(doc, start, index, entry.label):
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


def _key(token: str) -> str:
    return singular(token.casefold().replace("’", "'").removesuffix("'s"))


def _clitic(token: str) -> int:
    """Characters of a possessive ending, which is no part of a name."""
    return 2 if token.endswith(("'s", "’s")) and len(token) > 2 else 0


def _same_case(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether a one-word name is written as a name: short ones to the letter, longer ones with some capital."""
    surface = "".join(token.text for token in doc[start:end] if token.text not in _JOINERS)
    surface = surface.removesuffix("'s").removesuffix("’s")
    if surface in {label, label + "s"}:
        return True
    return (
        len(label) > 3
        and any(c.isupper() for c in surface)
        and (surface[1:] != surface[1:].lower() or label.istitle())
    )


@Language.factory("paperkg_terms", assigns=["doc._.candidates"], default_config={"extra": []})
def create_term_matcher(nlp: Language, name: str, extra: list[str]) -> TermMatcher:
    """The terminology component; ``extra`` names further SKOS files."""
    return TermMatcher(nlp, load_terminology(tuple(extra)))
