"""Batches: examples of one scheme, padded, with the spans and pairs to classify and the targets to reach.

Gold gives hard targets; a teacher's labels (:mod:`kg.train.distil`) are the same arrays with soft values.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.extract.neural.decode import WIDEST, Floats
from kg.extract.neural.links import LinkIndex, candidates, index
from kg.extract.neural.pieces import Pieces
from kg.train.features import IGNORE, Example, Soft
from kg.train.model import Links
from kg.train.schemes import SCHEMES


@dataclass
class Inputs:
    """Padded pieces of a batch: [rows, pieces]."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor


def inputs(rows: Sequence[Pieces], pad: int = 0) -> Inputs:
    """Pad windows to the longest."""
    n, t = len(rows), max(len(p.ids) for p in rows)
    ids, shapes, mask = (
        np.full((n, t), pad, np.int64),
        np.full((n, t), 6, np.int64),
        np.zeros((n, t), np.int64),
    )
    for k, p in enumerate(rows):
        size = len(p.ids)
        ids[k, :size], shapes[k, :size], mask[k, :size] = p.ids, p.shapes, 1
    return Inputs(torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(mask))


def tensors(links: LinkIndex) -> Links:
    """Index arrays as tensors."""
    return Links(**{k: torch.from_numpy(v) for k, v in vars(links).items()})


def edge_targets(rows: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Targets [rows, pieces, 3] (opens, closes, inside) and which of them count."""
    n, t = len(rows), max(map(len, rows))
    target, counts = np.zeros((n, t, 3), np.float32), np.zeros((n, t, 3), np.float32)
    for k, row in enumerate(rows):
        size, p = len(row), row.pieces
        counts[k, :size, 0], counts[k, :size, 1], counts[k, 1 : size - 1, 2] = p.opens, p.closes, 1
        if row.soft:
            target[k, :size] = row.soft.edges
        else:
            for i, j in row.spans:
                target[k, i, 0] = target[k, j, 1] = 1
                target[k, i : j + 1, 2] = 1
    return torch.from_numpy(target), torch.from_numpy(counts)


def negatives(example: Example, proposed: list[tuple[int, int]], rng: random.Random) -> list[tuple[int, int]]:
    """Spans that are no mentions: what the network proposes, gold spans with a word more or less, and a few at random."""
    gold = set(example.spans)
    p = example.pieces
    first, last = np.flatnonzero(p.opens), np.flatnonzero(p.closes)
    found = dict.fromkeys(s for s in proposed if s not in gold)
    for i, j in example.spans:
        a = int(np.searchsorted(first, i)) + rng.choice((-1, 0, 0, 1))
        b = int(np.searchsorted(last, j)) + rng.choice((-1, 0, 0, 1))
        if 0 <= a < len(first) and 0 <= b < len(last):
            found.setdefault((int(first[a]), int(last[b])))
    for _ in range(2 + len(p.ids) // 24):
        if len(first):
            a = rng.randrange(len(first))
            b = int(np.searchsorted(last, first[a])) + rng.randrange(4)
            if b < len(last):
                found.setdefault((int(first[a]), int(last[b])))
    return [(i, j) for i, j in found if 0 <= j - i < WIDEST and (i, j) not in gold]


@dataclass
class Targets:
    """What a batch is trained towards. ``row``, ``first``, ``last``: [spans]; weights of 0 leave a target out."""

    row: Tensor
    first: Tensor
    last: Tensor
    types: Tensor
    links: Links
    roles: Tensor
    role_weight: Tensor
    relations: Tensor
    relation_weight: Tensor


def targets(scheme: str, rows: Sequence[Example], rejected: Sequence[list[tuple[int, int]]]) -> Targets:
    """Targets of a batch: ``rejected`` are the spans of each row that are no mentions (unused where a teacher saw it).

    The mentions of all rows come first, so that links can index them; the rejected spans follow.
    """
    labels = SCHEMES[scheme]
    spans: list[list[tuple[int, int]]] = []
    groups: list[list[int]] = []
    pairs: list[list[tuple[int, int]]] = []
    types, roles, relations, role_weight, relation_weight = ([] for _ in range(5))
    flat: list[tuple[int, int, int]] = []
    tail: list[tuple[int, int, int]] = []
    tail_types: list[Floats] = []
    for k, example in enumerate(rows):
        if view := example.soft:
            n = view.mentions
            asked, chances = every_pair(view, example.pieces)
            spans.append(view.spans[:n])
            groups.append(view.groups)
            pairs.append(asked)
            types.append(view.types[:n].astype(np.float32))
            tail += [(k, i, j) for i, j in view.spans[n:]]
            tail_types.append(view.types[n:].astype(np.float32))
            roles.append(view.roles.astype(np.float32))
            role_weight.append(np.ones(len(view.roles), np.float32))
            relations.append(chances)
            relation_weight.append(np.ones(len(asked), np.float32))
        else:
            spans.append(example.spans)
            groups.append(example.groups)
            kept = [p for p in example.pairs if p[2] != IGNORE]
            pairs.append([(a, b) for a, b, _ in kept])
            types.append(one_hot(example.types, len(labels.types) + 1))
            tail += [(k, i, j) for i, j in rejected[k]]
            tail_types.append(one_hot([0] * len(rejected[k]), len(labels.types) + 1))
            roles.append(one_hot([max(r, 0) for r in example.roles], max(len(labels.roles), 1)))
            role_weight.append(np.asarray([r != IGNORE for r in example.roles], np.float32))
            relations.append(one_hot([r for *_, r in kept], len(labels.relations) + 1))
            relation_weight.append(np.ones(len(kept), np.float32))
        flat += [(k, i, j) for i, j in spans[-1]]
    places = torch.from_numpy(np.asarray(flat + tail, np.int64).reshape(-1, 3))
    return Targets(
        places[:, 0],
        places[:, 1],
        places[:, 2],
        torch.from_numpy(np.concatenate(types + tail_types)),
        tensors(index([r.pieces for r in rows], spans, groups, pairs)),
        torch.from_numpy(np.concatenate(roles)),
        torch.from_numpy(np.concatenate(role_weight)),
        torch.from_numpy(np.concatenate(relations)),
        torch.from_numpy(np.concatenate(relation_weight)),
    )


def every_pair(view: Soft, pieces: Pieces) -> tuple[list[tuple[int, int]], Floats]:
    """All pairs of mentions that a relation could hold between, and what the teacher thinks of each."""
    pairs = candidates(pieces, view.spans[: view.mentions]).tolist()
    asked = [(a, b) for a, b in pairs if view.groups[a] != view.groups[b]]
    chances = one_hot([0] * len(asked), view.relations.shape[1])
    at = {pair: n for n, pair in enumerate(asked)}
    for pair, chance in zip(view.pairs.tolist(), view.relations, strict=True):
        chances[at[pair[0], pair[1]]] = chance
    return asked, chances


def one_hot(labels: Sequence[int], size: int) -> Floats:
    """[labels, size] of float32."""
    return np.eye(size, dtype=np.float32)[np.asarray(labels, np.int64)].reshape(-1, size)


def batches(examples: Sequence[Example], budget: int, rng: random.Random) -> Iterator[list[Example]]:
    """Shuffled batches of one scheme each and of like lengths, at most ``budget`` pieces with padding."""
    by_scheme: dict[str, list[Example]] = {}
    for e in examples:
        by_scheme.setdefault(e.scheme, []).append(e)
    out: list[list[Example]] = []
    for group in by_scheme.values():
        order = sorted(group, key=lambda e: len(e) * rng.uniform(0.85, 1.15))
        batch: list[Example] = []
        for e in order:
            if batch and max(len(e), *(len(b) for b in batch)) * (len(batch) + 1) > budget:
                out.append(batch)
                batch = []
            batch.append(e)
        out.append(batch)
    rng.shuffle(out)
    yield from out
