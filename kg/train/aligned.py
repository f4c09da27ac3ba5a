"""Teach the encoder to read Chinese from aligned sentences: a Chinese word should become what its translation becomes.

The teacher is the network as it was, reading English; the student reads the translation, and each word's vector is drawn
towards that of the English word it is aligned with (Reimers and Gurevych 2020, arXiv:2004.09813, do so with whole
sentences). The Chinese rows learn fast, the body slowly; now and then the student reads the English as well, so that it
does not forget it.
"""

# ruff: noqa: S311  (what is drawn here is the order of examples, no secret)

from __future__ import annotations

import copy
import json
import logging
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.errors import UsageError
from kg.extract.neural.pieces import LATIN, Pieces, PieceTokenizer, encode
from kg.train.batch import inputs
from kg.train.bilingual import START
from kg.train.encoder import Encoder, EncoderConfig
from kg.train.together import join, meet, share

log = logging.getLogger("kg.train")
#: Pieces of English in one sequence, and of a batch.
LENGTH, BUDGET = 150, 1600
ROW_RATE, BODY_RATE = 1.5e-3, 4e-5
MEET, ENGLISH_EVERY = 10, 4
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass
class Pair:
    """A stretch of text in both languages; ``links`` [n, 4]: first and last piece of the Chinese word, and of the English."""

    en: Pieces
    zh: Pieces
    links: np.ndarray[tuple[int, int], np.dtype[np.int64]]


def spell(words: list[str], spaced: bool) -> tuple[str, list[tuple[int, int]]]:
    """A text of the words and where each stands. Chinese has spaces between Latin words only."""
    text, places = "", []
    for word in words:
        if text and (spaced or (_LATIN.match(text[-1]) and _LATIN.match(word[0]))):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def stretches(path: Path) -> Iterator[tuple[list[str], list[str], list[tuple[int, int]]]]:
    """Consecutive sentences of an abstract joined, to about ``LENGTH`` words of English."""
    en: list[str] = []
    zh: list[str] = []
    links: list[tuple[int, int]] = []
    known = ""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if en and (row["id"] != known or len(en) + len(row["en"]) > LENGTH):
                yield en, zh, links
                en, zh, links = [], [], []
            known = row["id"]
            links += [(len(en) + i, len(zh) + j) for i, j in row["links"]]
            en, zh = en + row["en"], zh + row["zh"]
    if en:
        yield en, zh, links


def pair(
    tokenizer: PieceTokenizer, en: list[str], zh: list[str], links: list[tuple[int, int]]
) -> Pair | None:
    """A stretch in pieces; nothing if it has no links or is longer than a window."""
    (a, at_en), (b, at_zh) = spell(en, spaced=True), spell(zh, spaced=False)
    left, right = encode(tokenizer, a), encode(tokenizer, b)
    if len(left) != 1 or len(right) != 1:
        return None
    found = []
    for i, j in links:
        x, y = covering(right[0], at_zh[j]), covering(left[0], at_en[i])
        if x and y:
            found.append((*x, *y))
    return Pair(left[0], right[0], np.asarray(found, np.int64)) if found else None


def covering(pieces: Pieces, span: tuple[int, int]) -> tuple[int, int] | None:
    """First and last piece that lie on a span of text."""
    inside = np.flatnonzero((pieces.start[1:-1] < span[1]) & (pieces.end[1:-1] > span[0])) + 1
    return (int(inside[0]), int(inside[-1])) if len(inside) else None


def means(hidden: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The mean vector of each span of pieces."""
    total = F.pad(hidden.cumsum(1), (0, 0, 1, 0))
    return (total[row, last + 1] - total[row, first]) / (last - first + 1)[:, None]


def loss_of(student: Encoder, teacher: Encoder, batch: list[Pair], english: bool) -> Tensor:
    """How far the student's words stand from the teacher's; with ``english`` also how far its English does."""
    en, zh = inputs([p.en for p in batch]), inputs([p.zh for p in batch])
    with torch.no_grad():
        target = teacher(en.ids, en.shapes, en.mask)
    row = torch.from_numpy(np.repeat(np.arange(len(batch)), [len(p.links) for p in batch]))
    link = torch.from_numpy(np.concatenate([p.links for p in batch])).unbind(1)
    read = means(student(zh.ids, zh.shapes, zh.mask), row, link[0], link[1])
    loss = F.mse_loss(read, means(target, row, link[2], link[3]))
    if english:
        apart = ((student(en.ids, en.shapes, en.mask) - target) ** 2).mean(-1)
        loss = loss + 2 * (apart * en.mask).sum() / en.mask.sum()
    return loss


def grouped(pairs: list[Pair], rng: random.Random) -> list[list[Pair]]:
    """Batches of like length, shuffled."""
    order = sorted(pairs, key=lambda p: len(p.zh.ids) * rng.uniform(0.9, 1.1))
    out: list[list[Pair]] = [[]]
    for p in order:
        if (len(out[-1]) + 1) * max(len(p.zh.ids), *(len(q.zh.ids) for q in out[-1]), 0) > BUDGET:
            out.append([])
        out[-1].append(p)
    rng.shuffle(out)
    return out


def align(folder: Path, aligned: Path, out: Path, part: float = 1.0) -> None:
    """Teach the encoder of a folder that :func:`kg.train.bilingual.extend` made, and write a checkpoint to start from.

    Args:
        folder: the encoder folder with its ``start.pt``.
        aligned: JSON Lines of aligned sentences (``en``, ``zh``: words; ``links``: pairs of their numbers).
        out: the checkpoint to write.
        part: how much of the sentences is used, drawn by a fixed seed.

    Raises:
        UsageError: a file is missing.
    """
    for path in (folder / LATIN, folder / START, aligned):
        if not path.exists():
            raise UsageError(f"{path}: no such file; kg train bilingual makes an encoder folder")
    tokenizer = PieceTokenizer.read(folder)
    rng = random.Random(7)
    texts = [s for s in stretches(aligned) if rng.random() < part]
    made = [p for s in texts if (p := pair(tokenizer, *s))]
    log.info("%d stretches, %d pieces of Chinese", len(made), sum(len(p.zh.ids) for p in made))
    teach(folder, made, tokenizer.latin.get_vocab_size(), out)


def teach(folder: Path, pairs: list[Pair], latin: int, out: Path) -> None:
    """One pass over ``pairs``; the first ``latin`` rows stay. Writes a checkpoint like the one it starts from."""
    torch.manual_seed(7)
    torch.set_num_threads(1)
    rank, _ = join()
    state = torch.load(folder / START, map_location="cpu", weights_only=True)["network"]
    student = Encoder(EncoderConfig.read(folder), dropout=0.0)
    student.load_state_dict(
        {k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")}
    )
    teacher = copy.deepcopy(student).eval()
    student.places.requires_grad_(False)
    student.shapes.requires_grad_(False)
    words = [student.words.weight]
    body = [p for n, p in student.named_parameters() if p.requires_grad and not n.startswith("words")]
    optimizer = torch.optim.Adam([{"params": words, "lr": ROW_RATE}, {"params": body, "lr": BODY_RATE}])
    batches = share(grouped(pairs, random.Random(7)))
    total = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 30, max(0.02, (total - s) / total))
    )
    begun, losses = time.monotonic(), []
    for step, batch in enumerate(batches, 1):
        loss = loss_of(student, teacher, batch, english=step % ENGLISH_EVERY == 0)
        loss.backward()
        if student.words.weight.grad is not None:
            student.words.weight.grad[:latin] = 0  # English keeps its rows
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        losses.append(float(loss.detach()))
        if step % MEET == 0 or step == total:
            meet(student.parameters())
        if step % 50 == 0 and rank == 0:
            log.info("step %d of %d, %.0f s: %.4f", step, total, time.monotonic() - begun, np.mean(losses))
            losses = []
        if rank == 0 and (step % 200 == 0 or step == total):
            fresh = {f"encoder.{k}": v for k, v in student.state_dict().items()}
            torch.save({"network": state | fresh}, out)
