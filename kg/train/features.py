"""Gold as the numbers that training needs: pieces, spans in pieces, roles by entity, relations by pair of mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.links import candidates
from kg.extract.neural.pieces import Ints, Pieces, PieceTokenizer, encode
from kg.train.corpora import GoldDoc
from kg.train.schemes import SCHEMES, SYMMETRIC

IGNORE = -100

Halves = NDArray[np.float16]


@dataclass
class Soft:
    """A teacher's view of one window: probabilities for pieces, candidate spans, entities and pairs.

    ``edges`` [pieces, 3]; ``spans`` and ``types`` [spans, types + 1] cover mentions first (``mentions`` of them), then
    rejected candidates; ``groups`` numbers the entity of each mention; ``roles`` [groups, roles]; ``relations``
    [pairs, relations + 1] for the ``pairs`` [pairs, 2] of mentions that may be related. Of all other pairs the teacher
    is sure that they are not.
    """

    edges: Halves
    spans: list[tuple[int, int]]
    mentions: int
    types: Halves
    groups: list[int]
    roles: Halves
    pairs: Ints
    relations: Halves


@dataclass
class Example:
    """One window with gold, or with a teacher's view in its place. A span is (first piece, last piece), inclusive.

    ``types[i]`` counts from 1 (0 is "no mention"); ``groups[i]`` numbers the entity of span ``i``; ``roles[g]`` is a
    group's role, or IGNORE. ``pairs`` holds (subject span, object span, label): 0 is none, IGNORE is not trained on.
    """

    doc: GoldDoc
    pieces: Pieces
    spans: list[tuple[int, int]]
    types: list[int]
    groups: list[int]
    roles: list[int]
    pairs: list[tuple[int, int, int]]
    soft: Soft | None = None

    @property
    def scheme(self) -> str:
        return self.doc.scheme

    def __len__(self) -> int:
        return len(self.pieces.ids)


def examples(tokenizer: PieceTokenizer, docs: Iterable[GoldDoc]) -> Iterator[Example]:
    """An example for each window of each document."""
    for doc in docs:
        for pieces in encode(tokenizer, doc.text):
            yield example(doc, pieces)


def example(doc: GoldDoc, pieces: Pieces) -> Example:
    """The gold of one window; a mention that cuts a word is widened to it."""
    scheme = SCHEMES[doc.scheme]
    spans: list[tuple[int, int]] = []
    types: list[int] = []
    entities: list[str] = []
    taken = np.zeros(len(pieces.ids), np.bool_)
    role_of: dict[str, int] = {}
    for m in doc.mentions:
        inside = np.flatnonzero((pieces.start < m.end) & (pieces.end > m.start))
        if not len(inside):
            continue
        i, j = int(inside[0]), int(inside[-1])
        while i > 1 and not pieces.opens[i] and pieces.shapes[i] != 6:
            i -= 1
        while j < len(pieces.ids) - 2 and not pieces.closes[j] and pieces.shapes[j] != 6:
            j += 1
        if taken[i : j + 1].any():
            continue
        taken[i : j + 1] = True
        spans.append((i, j))
        types.append(scheme.types.index(m.type) + 1)
        entities.append(m.entity)
        if m.role is not None:
            role_of[m.entity] = scheme.roles.index(m.role)
    names = list(dict.fromkeys(entities))
    groups = [names.index(e) for e in entities]
    roles = [role_of.get(e, IGNORE) for e in names]
    return Example(doc, pieces, spans, types, groups, roles, list(pairs(doc, pieces, spans, entities)))


def pairs(
    doc: GoldDoc, pieces: Pieces, spans: list[tuple[int, int]], entities: list[str]
) -> Iterator[tuple[int, int, int]]:
    """Labels of the candidate pairs: a stated relation belongs to the nearest mentions of its two entities.

    Other mentions of the same two may or may not state it again, so they are not trained on.
    """
    if not doc.has_relations:
        return
    names = SCHEMES[doc.scheme].relations
    label: dict[tuple[int, int], int] = {}
    for subject, predicate, object_ in doc.relations:
        if predicate not in names:
            continue
        found = [
            (abs(spans[a][0] - spans[b][0]), a, b)
            for a in range(len(spans))
            for b in range(len(spans))
            if entities[a] == subject and entities[b] == object_ and a != b
        ]
        for n, (_, a, b) in enumerate(sorted(found)):
            if n == 0:
                label[a, b] = names.index(predicate) + 1
            else:
                label.setdefault((a, b), IGNORE)
            if predicate in SYMMETRIC:
                label.setdefault((b, a), IGNORE)
    for a, b in candidates(pieces, spans).tolist():
        yield a, b, (IGNORE if entities[a] == entities[b] and not label.get((a, b)) else label.get((a, b), 0))
