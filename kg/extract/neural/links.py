"""Which mentions are one entity, and which pairs of mentions are asked for a relation: index work shared with training."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.neural.pieces import Ints, Pieces

#: Two mentions further apart than this (in sentences) are no candidates for a relation.
REACH = 2
#: At most so many mentions of an entity decide its role.
MOST = 8


@dataclass
class LinkIndex:
    """Index arrays over the spans of a batch; see ``kg.train.model.Links`` for what each holds."""

    members: Ints
    home: Ints
    subject: Ints
    object: Ints
    row: Ints
    left: Ints
    right: Ints
    distance: Ints
    place: Ints
    sentence: Ints
    entity: Ints


def distances(pieces: Pieces, spans: Ints, pairs: Ints) -> tuple[Ints, Ints, Ints]:
    """For each pair of spans: the last piece before what stands between, the first piece after it, and the distance.

    A distance is 0-19 when the subject is first, 20-39 when the object is: within a sentence 14 steps of pieces
    (single to 6, then wider), across sentences 3 steps. ``spans`` [spans, 2], ``pairs`` [pairs, 2].
    """
    a, b = spans[pairs[:, 0]], spans[pairs[:, 1]]
    forward = a[:, 0] < b[:, 0]
    left = np.where(forward, a[:, 1], b[:, 1])
    right = np.where(forward, b[:, 0], a[:, 0])
    apart = np.abs(pieces.sentence[a[:, 0]] - pieces.sentence[b[:, 0]])
    gap = right - left - 1
    within = np.where(gap < 7, gap, np.minimum(13, 7 + (gap - 7) // 5))
    step = np.maximum(np.where(apart > 0, 14 + np.minimum(apart, 3), within), 0)
    return left, np.maximum(right, left + 1), step + np.where(forward, 0, 20)


def candidates(pieces: Pieces, spans: Sequence[tuple[int, int]]) -> Ints:
    """Ordered pairs of spans (indices) within reach of each other: [pairs, 2]."""
    where = pieces.sentence[[i for i, _ in spans]] if spans else np.zeros(0, np.int64)
    near = np.abs(where[:, None] - where[None, :]) <= REACH
    np.fill_diagonal(near, False)
    return np.argwhere(near)


def index(
    rows: Sequence[Pieces],
    spans: Sequence[Sequence[tuple[int, int]]],
    groups: Sequence[Sequence[int]],
    pairs: Sequence[Sequence[tuple[int, int]] | Ints],
) -> LinkIndex:
    """The index arrays of a batch: for each row its spans, the group number of each span, and the pairs to look at."""
    members: list[list[int]] = []
    home: list[int] = []
    columns: list[Ints] = []
    place: list[int] = []
    sentence: list[int] = []
    entity: list[int] = []
    offset = 0
    for n, (pieces, here) in enumerate(zip(rows, spans, strict=True)):
        place += [n] * len(here)
        sentence += pieces.sentence[[i for i, _ in here]].tolist() if here else []
        entity += [len(members) + g for g in groups[n]]
        for group in range(max(groups[n], default=-1) + 1):
            own = [offset + k for k, g in enumerate(groups[n]) if g == group][:MOST]
            members.append((own * MOST)[:MOST])
            home.append(n)
        if len(pairs[n]):
            pair = np.asarray(pairs[n], np.int64)
            left, right, far = distances(pieces, np.asarray(here, np.int64), pair)
            columns.append(
                np.stack([pair[:, 0] + offset, pair[:, 1] + offset, np.full_like(far, n), left, right, far])
            )
        offset += len(here)
    table = np.concatenate(columns, axis=1) if columns else np.zeros((6, 0), np.int64)
    return LinkIndex(
        np.asarray(members, np.int64).reshape(-1, MOST),
        np.asarray(home, np.int64),
        *np.ascontiguousarray(table),
        *(np.asarray(values, np.int64) for values in (place, sentence, entity)),
    )


def same_entity(text: str, spans: Sequence[tuple[int, int]], *, defined: bool = True) -> list[int]:
    """A group number for each span (code points) of one text: equal names, a plural, or ``long name (ABC)``.

    ``spans`` must be sorted. Numbers count from 0 in order of first appearance. Without ``defined`` the two names of a
    definition stay apart: some schemes mark that they are one as a relation between them.
    """
    names = [normal(text[a:b]) for a, b in spans]
    alias: dict[str, str] = {}
    for (a, b), (c, d), long, short in zip(spans, spans[1:], names, names[1:], strict=False):
        closing = text[d : d + 1] in {")", "）"} and text[b:c].strip() in {"(", "（"}
        if defined and closing and 2 <= d - c <= 12 and d - c < b - a and short not in alias:
            alias[short] = alias.get(long, long)
    order: dict[str, int] = {}
    return [order.setdefault(alias.get(n, n), len(order)) for n in names]


def normal(name: str) -> str:
    """A name for comparison: lower case, hyphens as spaces, a final plural s off (of words past three letters)."""
    words = re.sub(r"[\s\-‐–_]+", " ", name.lower()).strip()
    return (
        words[:-1]
        if len(words) > 3 and words.endswith("s") and not words.endswith(("ss", "us", "is"))
        else words
    )
