"""Training: seeded, logged, one checkpoint an epoch, resumable from the last one."""

# ruff: noqa: S311  (what is drawn here is the order of examples, no secret)

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.errors import UsageError
from kg.extract.neural.decode import propose
from kg.train.batch import Targets, batches, edge_targets, inputs, negatives, targets
from kg.train.bridges import partial, table
from kg.train.checkpoint import build, resume, save
from kg.train.config import Config
from kg.train.features import Example
from kg.train.model import Network
from kg.train.schemes import OWN
from kg.train.together import join, meet, share

log = logging.getLogger("kg.train")


def loss_of(
    network: Network, batch: Sequence[Example], rng: random.Random, *, bfloat16: bool = False
) -> dict[str, Tensor]:
    """The losses of a batch of one scheme; ``bfloat16``: see :meth:`Network.read`."""
    scheme = batch[0].scheme
    x = inputs([e.pieces for e in batch])
    hidden = network.read(x.ids, x.shapes, x.mask, bfloat16=bfloat16)
    edges = network.edges[scheme](hidden)
    want, counts = edge_targets(batch)
    edge_loss = (
        F.binary_cross_entropy_with_logits(edges.float(), want, counts, reduction="sum") / counts.sum()
    )
    chance = edges.detach().float().sigmoid().numpy()
    rejected = [
        [] if e.soft else negatives(e, propose(c[: len(e), 0], c[: len(e), 1], e.pieces), rng)
        for e, c in zip(batch, chance, strict=True)
    ]
    t = targets(scheme, batch, rejected)
    losses = {"edges": edge_loss}
    if len(t.row):
        vectors, types = network.classify(scheme, hidden, edges, t.row, t.first, t.last)
        losses["types"] = cross(types, t.types)
        pair = None
        linked = network.context(vectors[: len(t.links.place)], t.links)
        if len(t.links.subject) and scheme in network.relations:
            pair = network.relation(hidden, linked, t.links)
            losses["relations"] = cross(network.relations[scheme](pair), t.relations, t.relation_weight)
        if len(t.links.home) and scheme in network.roles:
            losses["roles"] = cross(
                network.role(scheme, hidden, x.mask, linked, t.links), t.roles, t.role_weight
            )
        losses |= bridged(network, scheme, hidden, vectors, pair, t)
    return losses


def bridged(
    network: Network, scheme: str, hidden: Tensor, vectors: Tensor, pair: Tensor | None, t: Targets
) -> dict[str, Tensor]:
    """What the labels of a public scheme teach our heads."""
    losses: dict[str, Tensor] = {}
    types, relations = table(scheme, "types"), table(scheme, "relations")
    mentions = int((t.types.argmax(1) > 0).sum())  # they come first
    if types is not None and mentions:
        ours = network.edges[OWN.name](hidden)
        edge = torch.stack([ours[t.row, t.first, 0], ours[t.row, t.last, 1]], 1).detach() * 0.1
        logits = network.types[OWN.name](vectors) + network.edge_types[OWN.name](edge)
        losses["bridged_types"] = partial(logits[:mentions, 1:], t.types[:mentions], types[:, 1:])
    if relations is not None and pair is not None:
        losses["bridged_relations"] = partial(network.relations[OWN.name](pair), t.relations, relations)
    return losses


def cross(logits: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Cross entropy against soft targets, the mean over what counts."""
    each = -(target * logits.float().log_softmax(-1)).sum(-1)
    return each.mean() if weight is None else (each * weight).sum() / weight.sum().clamp(min=1)


#: Processes that train together take the mean of their weights every so many steps.
MEET = 10

WEIGHTS = {
    "edges": 4.0,
    "types": 1.0,
    "relations": 5.0,
    "roles": 0.7,
    "bridged_types": 0.5,
    "bridged_relations": 2.0,
}


def weighted(losses: dict[str, Tensor]) -> Tensor:
    """The sum of the losses of :func:`loss_of`, each as much as it counts."""
    return sum((WEIGHTS[k] * v for k, v in losses.items()), torch.zeros(()))


def epoch_of(config: Config, corpora: dict[str, list[Example]], rng: random.Random) -> list[Example]:
    """The examples of one epoch: each corpus as often as its weight says (1.5: all, and a half drawn anew)."""
    out: list[Example] = []
    for name, examples in corpora.items():
        weight = config.weights.get(name, 1.0)
        out += examples * int(weight)
        out += rng.sample(examples, int(len(examples) * (weight % 1)))
    return out


def train(config: Config, corpora: dict[str, list[Example]]) -> Network:
    """Train on ``corpora`` and return the network; its checkpoint is :attr:`Config.checkpoint`.

    A checkpoint that is already there is continued. Raises ``UsageError`` if there is nothing to train on.
    """
    torch.set_num_threads(config.threads)
    rank, size = join()
    config.out.mkdir(parents=True, exist_ok=True)
    network = build(config)
    if config.last_layers_of:
        only_last_layers(network, config.last_layers_of)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": config.rate}, {"params": heads, "lr": config.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    each = (
        sum(1 for _ in batches(epoch_of(config, corpora, random.Random(0)), config.budget, random.Random(0)))
        // size
    )
    if not each:
        raise UsageError(
            f"{config.source}: nothing to train on: name gold and its texts, or public schemes and data"
        )
    total = each * config.epochs
    warm = min(200, total // 10 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (total - s) / max(1, total - warm)))
    )
    first = resume(config.checkpoint, network, optimizer, schedule)
    log.info(
        "%d parameters, %d steps an epoch, %d epochs",
        sum(p.numel() for p in network.parameters()),
        each,
        config.epochs,
    )
    for epoch in range(first, config.epochs):
        rng = random.Random(f"{config.seed}:{epoch}")
        torch.manual_seed(config.seed * 1000 + epoch)
        one_epoch(network, optimizer, schedule, config, epoch_of(config, corpora, rng), rng, epoch)
        meet(network.parameters())
        if rank == 0:
            save(config.checkpoint, network, optimizer, schedule, epoch + 1)
    return network.eval()


def only_last_layers(network: Network, schemes: Sequence[str]) -> None:
    """Let nothing train but what types the spans of these schemes and relates them."""
    network.requires_grad_(requires_grad=False)
    for name in schemes:
        for heads in (network.types, network.edge_types, network.relations):
            if name in heads:
                heads[name].requires_grad_()


def one_epoch(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    config: Config,
    examples: list[Example],
    rng: random.Random,
    epoch: int,
) -> None:
    """One pass, logged every ``config.every`` steps."""
    network.train()
    begun, pieces = time.monotonic(), 0
    sums: dict[str, list[float]] = {}
    for step, batch in enumerate(share(list(batches(examples, config.budget, rng))), 1):
        losses = loss_of(network, batch, rng, bfloat16=config.bfloat16)
        weighted(losses).backward()
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        if math.isfinite(float(norm)):
            optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        if step % MEET == 0:
            meet(network.parameters())
        pieces += sum(map(len, batch))
        for k, v in losses.items():
            sums.setdefault(f"{batch[0].scheme}.{k}", []).append(float(v.detach()))
        if step % config.every == 0:
            rate = pieces / (time.monotonic() - begun)
            shown = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(sums.items()))
            log.info("epoch %d step %d: %.0f pieces/s; %s", epoch, step, rate, shown)
            sums = {}
