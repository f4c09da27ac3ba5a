"""A network whose layers learn to give the vectors that another's give, without any label.

Vectors of every layer, not only of the last, as hints (FitNets: Romero et al. 2015, arXiv:1412.6550). Heads that read the other
network can then read this one.
"""

# ruff: noqa: S311  (what is drawn here is the order of examples, no secret)

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.train.batch import batches, inputs
from kg.train.config import Config
from kg.train.features import Example
from kg.train.loop import MEET, epoch_of
from kg.train.model import Network
from kg.train.together import meet, share

log = logging.getLogger("kg.train")
#: The highest learning rate, and the steps until it is reached.
RATE, WARM = 6e-4, 50


def follow(small: Network, full: Network, config: Config, read: dict[str, list[Example]]) -> None:
    """Teach the layers of ``small`` to give what those of ``full`` give, on ``epochs`` of the corpora; nothing else changes."""
    small.requires_grad_(requires_grad=False)
    small.encoder.stack.requires_grad_()
    learned = list(small.encoder.stack.parameters())
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.0, fused=True)
    rngs = [random.Random(f"{config.seed}:{epoch}") for epoch in range(config.epochs)]
    todo = [
        batch
        for rng in rngs
        for batch in share(list(batches(epoch_of(config, read, rng), config.budget, rng)))
    ]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM, max(0.02, 1 - step / len(todo)))
    )
    begun, pieces = time.monotonic(), 0
    told: list[Tensor] = []
    for step, batch in enumerate(todo, 1):
        distance = apart(small, full, batch, bfloat16=config.bfloat16)
        distance.sum().backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        if step % MEET == 0 or step == len(todo):
            meet(learned)
        pieces += sum(map(len, batch))
        told.append(distance.detach())
        if step % config.every == 0 or step == len(todo):
            rate = pieces / (time.monotonic() - begun)
            shown = " ".join(f"{x:.4f}" for x in torch.stack(told).mean(0).tolist())
            log.info("step %d of %d: %.0f pieces/s; apart %s", step, len(todo), rate, shown)
            told = []


def apart(small: Network, full: Network, batch: Sequence[Example], *, bfloat16: bool) -> Tensor:
    """How far the vectors of each layer are from those of the full network, as a share of their variance [layers]."""
    x = inputs([e.pieces for e in batch])
    with torch.no_grad():
        old = full.layers(x.ids, x.shapes, x.mask, bfloat16=bfloat16)
    new = small.layers(x.ids, x.shapes, x.mask, bfloat16=bfloat16)
    real = x.mask.bool()
    return torch.stack([F.mse_loss(b[real], a[real]) / a[real].var() for a, b in zip(old, new, strict=True)])
