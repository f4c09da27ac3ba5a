"""A teacher's labels: what a trained network thinks of abstracts that nobody annotated, as soft targets.

Hinton et al. 2015 (arXiv:1503.02531): a student learns more from a teacher's probabilities than from its decisions. The
teacher may have another encoder, as long as it cuts text at the same places, as MiniLM and MPNet do.
"""

from __future__ import annotations

import hashlib
import heapq
import logging
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kg.errors import PaperkgError
from kg.extract.neural.decode import Floats, propose, select
from kg.extract.neural.links import candidates, index, same_entity
from kg.extract.neural.pieces import Pieces, encode
from kg.train.batch import inputs, tensors
from kg.train.checkpoint import trained
from kg.train.config import Config
from kg.train.data import tokenizer_of
from kg.train.features import Soft
from kg.train.gold import identifiers
from kg.train.labels import SHARD, Labelled, Window, read_shard, write_header, write_shard
from kg.train.model import Network
from kg.train.schemes import OWN
from kg.train.texts import abstracts
from kg.train.together import place

log = logging.getLogger("kg.train")
#: A span that the teacher believes in at least so much is a mention of the lesson.
LEAST = 0.35
#: Two mentions that the teacher thinks related less than this are stored as unrelated, which most are.
FAINT = 0.01
#: Abstracts of a shard; what an interruption loses at most.
ABSTRACTS = 256
#: Pieces of a batch, padding included: on one thread larger ones no longer fit its caches and are slower.
BUDGET = 1024


def label(
    config: Config,
    texts: Path,
    out: Path,
    *,
    number: int = 20_000,
    field: str = "abstract",
    without: Sequence[Path] = (),
) -> None:
    """Let a run's last checkpoint label abstracts that nobody annotated.

    Which ones is drawn by the config's seed and the identifiers: a larger number takes the same ones and more. Shards that
    are already in ``out`` are kept, so an interrupted labelling goes on; processes of ``torchrun`` share the shards.

    Args:
        config: the teacher's. Abstracts that its gold annotates are left out.
        texts: JSON Lines with ``id`` and ``field``, or gzip of them.
        out: the folder to write.
        number: the most abstracts.
        field: the name of the abstract in a record.
        without: further files of gold whose abstracts are left out, such as those with test parts.

    Raises:
        UsageError: a file is missing.
        PaperkgError: a file is not of its form, nothing is left to label, or ``out`` holds the labels of another teacher.
    """
    torch.set_num_threads(config.threads)
    known = identifiers({*config.gold, *config.gold_zh, *without})
    chosen = sample(abstracts(texts, field), number, config.seed, known)
    if not chosen:
        raise PaperkgError(f"{texts}: no abstract is left to label")
    teacher, tokenizer = trained(config), tokenizer_of(config)
    digest = hashlib.sha256(config.checkpoint.read_bytes()).hexdigest()
    write_header(out, {"checkpoint": digest, "texts": texts.name, "field": field, "seed": config.seed})
    rank, size = place()
    shards = [chosen[n : n + ABSTRACTS] for n in range(0, len(chosen), ABSTRACTS)]
    begun, pieces = time.monotonic(), 0
    for n, shard in list(enumerate(shards))[rank::size]:
        path = out / f"{n:05}{SHARD}"
        if path.exists() and [d.id for d in read_shard(path)] == [name for name, _ in shard]:
            continue
        cut = [encode(tokenizer, text) for _, text in shard]
        rows = [(text, window) for (_, text), here in zip(shard, cut, strict=True) for window in here]
        views = iter(view_all(teacher, rows, bfloat16=config.bfloat16))
        write_shard(path, [Labelled(name, text, tuple(Window(w.start, w.end, next(views)) for w in here))
                           for (name, text), here in zip(shard, cut, strict=True)])  # fmt: skip
        pieces += sum(len(window.ids) for _, window in rows)
        rate = pieces / (time.monotonic() - begun)
        log.info("shard %d of %d: %d abstracts, %.0f pieces/s", n + 1, len(shards), len(shard), rate)


def sample(
    texts: Iterable[tuple[str, str]], number: int, seed: int, known: set[str]
) -> list[tuple[str, str]]:
    """``number`` of the (identifier, text) that are not ``known``, in an order drawn by seed and identifier."""

    def drawn(one: tuple[str, str]) -> bytes:
        return hashlib.sha256(f"{seed}:{one[0]}".encode()).digest()

    return heapq.nsmallest(number, (one for one in texts if one[0] not in known), key=drawn)


def view_all(teacher: Network, rows: Sequence[tuple[str, Pieces]], *, bfloat16: bool = False) -> list[Soft]:
    """What the teacher thinks of each window, given as (text, pieces); windows of like length are read together."""
    order = sorted(range(len(rows)), key=lambda k: (len(rows[k][1].ids), k))
    views: dict[int, Soft] = {}
    while order:
        longest = len(rows[order[-1]][1].ids)
        batch = [order.pop() for _ in range(min(len(order), max(1, BUDGET // longest)))]
        with torch.inference_mode():
            views |= zip(batch, view(teacher, [rows[k] for k in batch], bfloat16=bfloat16), strict=True)
    return [views[k] for k in range(len(rows))]


def view(teacher: Network, rows: Sequence[tuple[str, Pieces]], *, bfloat16: bool = False) -> list[Soft]:
    """What the teacher thinks of the windows of one batch."""
    windows = [pieces for _, pieces in rows]
    x = inputs(windows)
    hidden = teacher.read(x.ids, x.shapes, x.mask, bfloat16=bfloat16)
    logits = teacher.edges[OWN.name](hidden)
    edges = logits.float().sigmoid().numpy()
    spans = [propose(e[: len(p.ids), 0], e[: len(p.ids), 1], p) for e, p in zip(edges, windows, strict=True)]
    flat = [(n, i, j) for n, here in enumerate(spans) for i, j in here]
    at = torch.tensor(flat, dtype=torch.int64).reshape(-1, 3)
    vectors, scores = teacher.classify(OWN.name, hidden, logits, at[:, 0], at[:, 1], at[:, 2])
    types = by_window(scores, [len(s) for s in spans])
    chosen = [select(s, 1 - t[:, 0], LEAST) for s, t in zip(spans, types, strict=True)]
    mentions = [[s[k] for k in c] for s, c in zip(spans, chosen, strict=True)]
    groups = [
        same_entity(text, [(int(p.start[i]), int(p.end[j])) for i, j in here])
        for (text, p), here in zip(rows, mentions, strict=True)
    ]
    pairs = [
        [(a, b) for a, b in candidates(p, here).tolist() if group[a] != group[b]]
        for p, here, group in zip(windows, mentions, groups, strict=True)
    ]
    links = tensors(index(windows, mentions, groups, pairs))
    first = np.cumsum([0, *map(len, spans)])[:-1].tolist()
    kept = [start + k for start, c in zip(first, chosen, strict=True) for k in c]
    linked = teacher.context(vectors[kept], links)
    role = teacher.role(OWN.name, hidden, x.mask, linked, links)
    roles = by_window(role, [max(g, default=-1) + 1 for g in groups])
    relation = teacher.relations[OWN.name](teacher.relation(hidden, linked, links))
    relations = by_window(relation, [len(p) for p in pairs])
    out: list[Soft] = []
    for n, p in enumerate(windows):
        order = chosen[n] + [k for k in range(len(spans[n])) if k not in set(chosen[n])]
        near = 1 - relations[n][:, 0] >= FAINT
        out.append(
            Soft(
                edges=edges[n, : len(p.ids)].astype(np.float16),
                spans=[spans[n][k] for k in order],
                mentions=len(chosen[n]),
                types=types[n][order].astype(np.float16),
                groups=groups[n],
                roles=roles[n].astype(np.float16),
                pairs=np.asarray(pairs[n], np.int64).reshape(-1, 2)[near],
                relations=relations[n][near].astype(np.float16),
            )
        )
    return out


def by_window(logits: Tensor, sizes: Sequence[int]) -> list[Floats]:
    """Probabilities of classes, from the logits of all windows, for each window."""
    chance: Floats = logits.float().softmax(-1).numpy()
    return np.split(chance, np.cumsum(sizes)[:-1])
