"""Several one-thread processes that train one network: each sees its share of the batches, and now and then all take the mean.

Local SGD (Stich 2019, arXiv:1805.09767). Threads within a step wait for each other at every product; processes that meet
every few steps do not. Started by ``torchrun --nproc-per-node N -m kg train network CONFIG``; without it there is one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

T = TypeVar("T")


def place() -> tuple[int, int]:
    """This process' number and how many there are."""
    return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))


def join() -> tuple[int, int]:
    """:func:`place`; the first call connects the processes."""
    rank, size = place()
    if size > 1 and not dist.is_initialized():
        dist.init_process_group("gloo")
    return rank, size


def share(items: Sequence[T]) -> list[T]:
    """This process' part of what all have drawn alike; the parts are of one length."""
    rank, size = join()
    return list(items[rank : len(items) // size * size : size]) if size > 1 else list(items)


def meet(parts: Iterable[nn.Parameter | Tensor]) -> None:
    """Replace trained weights by their mean over all processes."""
    with torch.no_grad():
        for part in parts:
            if part.requires_grad:
                mean(part.data)


def mean(values: Tensor) -> Tensor:
    """``values``, which are replaced by their mean over all processes."""
    _, size = join()
    if size > 1:
        dist.all_reduce(values)
        values.div_(size)
    return values
