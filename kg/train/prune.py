"""A faster encoder: what hardly matters is taken out, GELU becomes ReLU, and the layers learn to say what they said before.

Most attention heads of a trained transformer can go (Michel et al. 2019, arXiv:1905.10650), and some units of its feed-forward
networks (Molchanov et al. 2017, arXiv:1611.06440). What a head or unit is worth is how much the loss on gold would change without
it, to first order, as there. They go in rounds, since what one is worth depends on those that are left. ReLU takes a sixth of
the time of GELU, and a trained transformer gets used to it soon (Mirzadeh et al. 2023, arXiv:2310.04564). What is left to mend
after :mod:`kg.train.follow` is little.
"""

# ruff: noqa: S311  (what is drawn here is the order of examples, no secret)

from __future__ import annotations

import dataclasses
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from kg.errors import UsageError
from kg.train.batch import batches
from kg.train.checkpoint import build
from kg.train.config import Config
from kg.train.data import corpora, tokenizer_of
from kg.train.features import Example
from kg.train.follow import follow
from kg.train.loop import epoch_of, loss_of, weighted
from kg.train.model import Network
from kg.train.recover import ENCODER
from kg.train.schemes import SCHEMES
from kg.train.ship import prepare
from kg.train.together import join, mean, share

log = logging.getLogger("kg.train")
#: Rounds in which heads go, and batches that each looks at.
ROUNDS, LOOKED_AT = 5, 60
#: Units stay in blocks of so many, which the products of matrices like.
BLOCK = 32


T = TypeVar("T")


@dataclass(frozen=True)
class Parts(Generic[T]):
    """A list a layer of something that its attention heads have, and its feed-forward units."""

    heads: list[list[T]]
    units: list[list[T]]


#: Which heads and units are left, and what each is worth.
Kept = Parts[int]
Worth = Parts[float]


def prune(config: Config, heads: int, units: int, out: Path, like: Path | None = None) -> None:
    """Write the weights that a config starts from into ``out``, smaller, with ReLU, and calibrated anew: to ship, or to train on from.

    Args:
        config: its ``start`` is a folder of weights as they ship; its corpora tell what matters, and ``epochs`` of them
            are read by the layers that follow.
        heads: how many attention heads go, over all layers; each keeps one at least.
        units: how many feed-forward units go at most, over all layers; each keeps a block of them at least.
        out: the folder to write.
        like: the folder of weights whose layers are followed, if not ``start``, which may be pruned already.

    Raises:
        UsageError: ``start`` is no such folder, more is to go than can, or a file is missing.
    """
    if config.start is None or not (config.start / ENCODER).exists():
        raise UsageError(f"{config.source}: start: pruning needs a folder of weights as they ship")
    torch.set_num_threads(config.threads)
    rank, _ = join()
    whole = build(config).eval()
    sizes = whole.encoder.config
    for what, going, there, least in (
        ("heads", heads, sum(sizes.heads), len(sizes.heads)),
        ("units", units, sum(sizes.inner), BLOCK * len(sizes.inner)),
    ):
        if not 0 <= going <= max(0, there - least):
            raise UsageError(f"train prune: {going} {what} cannot go: {there} are there, {least} must stay")
    read = corpora(config, tokenizer_of(config))
    kept = worth_keeping(whole, config, read, heads, units)
    log.info("heads kept in each layer: %s; units: %s", kept.heads, [len(row) for row in kept.units])
    small = with_only(whole, kept)
    elder = build(dataclasses.replace(config, encoder=like, start=like)).eval() if like else whole
    follow(small, elder, config, read)
    if rank == 0:
        prepare(small, config, out)


def worth_keeping(
    network: Network, config: Config, read: dict[str, list[Example]], heads: int, units: int
) -> Kept:
    """The heads and units (indices) of each layer that are left when so many, the least worth, have gone."""
    rng = random.Random(config.seed)
    epoch = list(batches(epoch_of(config, read, rng), config.budget, rng))
    sizes = network.encoder.config
    kept = Kept([list(range(n)) for n in sizes.heads], [list(range(n)) for n in sizes.inner])
    for n in range(1, ROUNDS + 1):
        worth = worth_of(network, kept, rng.sample(epoch, min(LOOKED_AT, len(epoch))), config)
        kept = Kept(
            best(worth.heads, kept.heads, sum(sizes.heads) - heads * n // ROUNDS, 1),
            best(worth.units, kept.units, sum(sizes.inner) - units * n // ROUNDS, BLOCK),
        )
    return kept


def best(
    worth: Sequence[Sequence[float]], kept: Sequence[Sequence[int]], number: int, block: int
) -> list[list[int]]:
    """What is left of the parts that each layer keeps: the ``number`` worth most in all, each layer's best ``block`` among them.

    What fills a layer's last block stays too.
    """
    ranked: list[tuple[bool, float, int, int]] = []
    for n, parts in enumerate(kept):
        order = sorted(parts, key=lambda part: -worth[n][part])
        ranked += [(place >= block, -worth[n][part], n, part) for place, part in enumerate(order)]
    left: list[list[int]] = [[] for _ in kept]
    for place, (*_, n, part) in enumerate(sorted(ranked)):
        if place < number or len(left[n]) % block:
            left[n].append(part)
    return [sorted(parts) for parts in left]


def worth_of(network: Network, kept: Kept, looked_at: Sequence[Sequence[Example]], config: Config) -> Worth:
    """What each head and unit is worth: how much the loss hangs on what it gives if only the ``kept`` ones give anything."""
    layers = network.encoder.stack
    gates = [Gate(layer.out, layer.head, heads) for layer, heads in zip(layers, kept.heads, strict=True)]
    gates += [Gate(layer.outer, 1, units) for layer, units in zip(layers, kept.units, strict=True)]
    for n, batch in enumerate(share(looked_at)):
        weighted(loss_of(network, batch, random.Random(n), bfloat16=config.bfloat16)).backward()
        network.zero_grad(set_to_none=True)
        for gate in gates:
            gate.count()
    worth = [gate.close() for gate in gates]
    return Worth(worth[: len(layers)], worth[len(layers) :])


class Gate:
    """Before a product of matrices: lets only the ``kept`` parts of its input through, and counts what they are worth."""

    def __init__(self, product: nn.Linear, width: int, kept: Sequence[int]) -> None:
        self.width = width
        self.stays = torch.zeros(product.in_features // width, width)
        self.stays[list(kept)] = 1
        self.worth = torch.zeros(len(self.stays))
        self.hook = product.register_forward_pre_hook(self.let)

    def let(self, _: object, given: tuple[Tensor]) -> tuple[Tensor]:
        self.through = given[0] * self.stays.flatten().to(given[0].dtype)
        self.through.retain_grad()
        return (self.through,)

    def count(self) -> None:
        """Add how much the loss of each text hangs on each part, to first order."""
        assert self.through.grad is not None
        change = (self.through.detach() * self.through.grad).float().sum(1)
        self.worth += change.unflatten(1, (-1, self.width)).sum(2).abs().sum(0)

    def close(self) -> list[float]:
        """Take the gate away; what each part is worth, as all processes saw it."""
        self.hook.remove()
        worth: list[float] = mean(self.worth).tolist()
        return worth


def with_only(network: Network, kept: Kept) -> Network:
    """The same network with only the heads and units that are kept, and ReLU."""
    old = network.encoder.config
    sizes = dataclasses.replace(
        old, heads=tuple(map(len, kept.heads)), inner=tuple(map(len, kept.units)), activation="relu"
    )
    small = Network(sizes, tuple(SCHEMES[s] for s in network.types), network.inner, 0.0)
    state = network.state_dict()
    for n, (heads, units) in enumerate(zip(kept.heads, kept.units, strict=True)):
        stem = f"encoder.stack.{n}"
        rows = torch.cat([torch.arange(h * old.head, (h + 1) * old.head) for h in heads])
        for parts, into, out_of in ((rows, ("query", "key", "value"), "out"), (units, ("inner",), "outer")):
            for name in into:
                for kind in ("weight", "bias"):
                    state[f"{stem}.{name}.{kind}"] = state[f"{stem}.{name}.{kind}"][parts]
            state[f"{stem}.{out_of}.weight"] = state[f"{stem}.{out_of}.weight"][:, parts]
    small.load_state_dict(state)
    return small.eval()
