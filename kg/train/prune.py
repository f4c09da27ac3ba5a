"""A faster encoder: heads that hardly matter are taken out, GELU becomes ReLU, and the layers learn to say what they said before.

Most attention heads of a trained transformer can go (Michel et al. 2019, arXiv:1905.10650). What a head is worth is how much
the loss on gold would change without it, to first order, as there. Heads go in rounds, since what one is worth depends on those
that are left. ReLU takes a sixth of the time of GELU, and a trained transformer gets used to it soon (Mirzadeh et al. 2023,
arXiv:2310.04564). Then each layer is taught, without any label, to give the vectors of the layer that it comes from (FitNets:
Romero et al. 2015, arXiv:1412.6550): far less is left to mend for training on gold.
"""

# ruff: noqa: S311  (what is drawn here is the order of examples, no secret)

from __future__ import annotations

import dataclasses
import logging
import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.errors import UsageError
from kg.train.batch import batches, inputs
from kg.train.checkpoint import build
from kg.train.config import Config
from kg.train.data import corpora, tokenizer_of
from kg.train.export import export
from kg.train.features import Example
from kg.train.loop import MEET, epoch_of, loss_of, weighted
from kg.train.model import Network
from kg.train.recover import ENCODER
from kg.train.schemes import SCHEMES
from kg.train.ship import SHIPPED
from kg.train.together import join, mean, meet, share

log = logging.getLogger("kg.train")
#: Rounds in which heads go, and batches that each looks at.
ROUNDS, LOOKED_AT = 5, 60
#: The highest learning rate of the layers that follow their elders, and the steps until it is reached; they drop nothing out.
RATE, WARM = 6e-4, 50


def prune(config: Config, remove: int, out: Path) -> None:
    """Write the weights that a config starts from into ``out``, with fewer heads and ReLU: a folder to train on from.

    Args:
        config: its ``start`` is a folder of weights as they ship; its corpora tell which heads matter, and ``epochs`` of them
            are read by the layers that follow.
        remove: how many heads go, over all layers; each keeps one at least.
        out: the folder to write.

    Raises:
        UsageError: ``start`` is no such folder, more heads are to go than can, or a file is missing.
    """
    if config.start is None or not (config.start / ENCODER).exists():
        raise UsageError(f"{config.source}: start: pruning needs a folder of weights as they ship")
    torch.set_num_threads(config.threads)
    rank, _ = join()
    full = build(config).eval()
    heads = full.encoder.config.heads
    if not 0 <= remove <= sum(heads) - len(heads):
        raise UsageError(
            f"train prune: {remove} heads cannot go: {sum(heads)} are there, {len(heads)} must stay"
        )
    read = corpora(config, tokenizer_of(config))
    kept = worth_keeping(full, config, read, remove)
    log.info("heads kept in each layer: %s", kept)
    small = with_heads(full, kept)
    follow(small, full, config, read)
    if rank:
        return
    export(small, [s for s in SHIPPED if s in config.schemes], out)
    for path in config.start.iterdir():
        if path.suffix != ".onnx":
            shutil.copy(path, out / path.name)


def worth_keeping(
    network: Network, config: Config, read: dict[str, list[Example]], remove: int
) -> list[list[int]]:
    """The heads of each layer that are left when the ``remove`` least worth have gone."""
    rng = random.Random(config.seed)
    epoch = list(batches(epoch_of(config, read, rng), config.budget, rng))
    kept = [list(range(n)) for n in network.encoder.config.heads]
    for n in range(ROUNDS):
        worth = worth_of(network, kept, rng.sample(epoch, min(LOOKED_AT, len(epoch))), config)
        ranked = sorted((worth[n][h], n, h) for n, heads in enumerate(kept) for h in heads)
        going = remove * (n + 1) // ROUNDS - remove * n // ROUNDS
        for _, layer, head in ranked:
            if going and len(kept[layer]) > 1:
                kept[layer].remove(head)
                going -= 1
    return kept


def worth_of(
    network: Network, kept: Sequence[Sequence[int]], looked_at: Sequence[Sequence[Example]], config: Config
) -> list[list[float]]:
    """For each layer its heads' worth: how much the loss hangs on what each gives if only the ``kept`` ones give anything."""
    layers, width = network.encoder.stack, network.encoder.config.head
    worth = torch.zeros(len(layers), max(layer.heads for layer in layers))
    given: dict[int, Tensor] = {}
    hooks = []
    for n, (layer, heads) in enumerate(zip(layers, kept, strict=True)):
        stays = torch.zeros(layer.heads, width)
        stays[list(heads)] = 1

        def silence(_: object, args: tuple[Tensor], n: int = n, stays: Tensor = stays) -> tuple[Tensor]:
            given[n] = args[0] * stays.flatten().to(args[0].dtype)
            given[n].retain_grad()
            return (given[n],)

        hooks.append(layer.out.register_forward_pre_hook(silence))
    for n, batch in enumerate(share(looked_at)):
        weighted(loss_of(network, batch, random.Random(n), bfloat16=config.bfloat16)).backward()
        network.zero_grad(set_to_none=True)
        for layer, x in given.items():
            assert x.grad is not None
            by_head = (x.detach() * x.grad).float().unflatten(2, (-1, width))
            worth[layer, : by_head.shape[2]] += by_head.sum((1, 3)).abs().sum(0)  # of each text by itself
    for hook in hooks:
        hook.remove()
    return mean(worth).tolist()


def with_heads(network: Network, kept: Sequence[Sequence[int]]) -> Network:
    """The same network with only the heads that are kept, and ReLU."""
    old = network.encoder.config
    sizes = dataclasses.replace(old, heads=tuple(map(len, kept)), activation="relu")
    small = Network(sizes, tuple(SCHEMES[s] for s in network.types), network.inner, 0.0)
    state = network.state_dict()
    for n, heads in enumerate(kept):
        rows = torch.cat([torch.arange(h * old.head, (h + 1) * old.head) for h in heads])
        for part in ("query", "key", "value"):
            for kind in ("weight", "bias"):
                name = f"encoder.stack.{n}.{part}.{kind}"
                state[name] = state[name][rows]
        name = f"encoder.stack.{n}.out.weight"
        state[name] = state[name][:, rows]
    small.load_state_dict(state)
    return small.eval()


def follow(small: Network, full: Network, config: Config, read: dict[str, list[Example]]) -> None:
    """Teach the layers of ``small`` to give what those of ``full`` give; nothing else changes."""
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
