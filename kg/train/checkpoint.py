"""Networks from and to files: published weights, weights as they ship, checkpoints."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.errors import PaperkgError, UsageError
from kg.train.config import Config
from kg.train.encoder import PUBLISHED, SIZES, EncoderConfig
from kg.train.model import Network
from kg.train.recover import ENCODER, recover, sizes
from kg.train.schemes import DENSE, OWN, SCHEMES

log = logging.getLogger("kg.train")


def build(config: Config) -> Network:
    """The network that a run begins with: published encoder weights, or those of ``config.start`` (a checkpoint, or a folder
    of weights as they ship); heads that it lacks start at random, those of dense annotation as those of ours.

    Raises:
        UsageError: a file is missing.
        PaperkgError: the weights are of another network than the config's.
    """
    torch.manual_seed(config.seed)
    network = _network(config, config.dropout)
    if config.start is None:
        path = config.needs("encoder", config.encoder / PUBLISHED)
        try:
            network.encoder.load_published(config.encoder)
        except (KeyError, ValueError) as error:
            raise PaperkgError(
                f"{path}: not the weights that {SIZES} beside it describes: {error}"
            ) from error
        return network
    folder = config.needs("start", config.start).is_dir()
    saved = recover(config.start) if folder else _load(config.start)["network"]
    missing = _fill(network, saved, config.start, strict=False)
    if DENSE.name in config.schemes and any(f".{DENSE.name}." in name for name in missing):
        for heads in (network.edges, network.types, network.edge_types, network.relations, network.roles):
            heads[DENSE.name].load_state_dict(heads[OWN.name].state_dict())
    log.info("started from %s; missing %s", config.start, ", ".join(missing) or "nothing")
    return network


def trained(config: Config) -> Network:
    """The network of a run's last checkpoint, to read with. Raises as :func:`build` does."""
    path = config.needs("out", config.checkpoint)
    network = _network(config, 0.0)
    _fill(network, _load(path)["network"], path)
    return network.eval()


def save(
    path: Path, network: Network, optimizer: torch.optim.Optimizer, schedule: object, epoch: int
) -> None:
    """Write a checkpoint of a run; an interrupted write loses nothing."""
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    state["schedule"] = schedule.state_dict()  # type: ignore[attr-defined]
    _write(path, state)


def resume(path: Path, network: Network, optimizer: torch.optim.Optimizer, schedule: object) -> int:
    """Continue from a checkpoint if there is one; the number of epochs already done. Raises as :func:`build` does."""
    if not path.exists():
        return 0
    state = _load(path)
    _fill(network, state["network"], path)
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])  # type: ignore[attr-defined]
    log.info("%s: %d epochs were done before", path, state["epoch"])
    return int(state["epoch"])


def average(checkpoints: Sequence[Path], out: Path) -> None:
    """Write a checkpoint whose weights are the mean of several of one network's (Wortsman et al. 2022, arXiv:2203.05482).

    What only some have (heads of a scheme) is as in the last one, which also tells how to go on. Raises ``PaperkgError``
    if one is broken or has weights of another shape.
    """
    states = [_load(path) for path in checkpoints]
    network: dict[str, Tensor] = states[-1]["network"]
    for name, last in network.items():
        alike = [state["network"][name] for state in states if name in state["network"]]
        if any(tensor.shape != last.shape for tensor in alike):
            raise PaperkgError(f"{checkpoints[-1]}: {name} has another shape than in the other checkpoints")
        if last.is_floating_point():
            network[name] = torch.stack([tensor.double() for tensor in alike]).mean(0).to(last.dtype)
    out.parent.mkdir(parents=True, exist_ok=True)
    _write(out, states[-1])
    log.info("%s: the mean of %d checkpoints", out, len(states))


def _network(config: Config, dropout: float) -> Network:
    schemes = tuple(SCHEMES[s] for s in config.schemes)
    return Network(_sizes(config), schemes, config.inner, dropout)


def _sizes(config: Config) -> EncoderConfig:
    """The sizes of a run's encoder, a published one or one that ships."""
    if (config.encoder / ENCODER).exists():
        return sizes(config.encoder)
    path = config.needs("encoder", config.encoder / SIZES)
    try:
        return EncoderConfig.read(config.encoder)
    except (KeyError, ValueError) as error:
        raise UsageError(f"{path}: not the sizes of a BERT or MPNet encoder: {error}") from error


def _write(path: Path, state: dict[str, Any]) -> None:
    """Beside its place, then renamed."""
    fresh = path.with_suffix(".part")
    torch.save(state, fresh)
    fresh.replace(path)


def _load(path: Path) -> dict[str, Any]:
    """A checkpoint: tensors and numbers, no code."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (LookupError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
        raise PaperkgError(f"{path}: not a checkpoint, or a broken one") from error
    if not isinstance(state, dict) or "network" not in state:
        raise PaperkgError(f"{path}: not a checkpoint")
    return state


def _fill(network: Network, state: dict[str, Tensor], path: Path, *, strict: bool = True) -> list[str]:
    """Give a network its weights; the names of those that are missing."""
    try:
        return list(network.load_state_dict(state, strict=strict).missing_keys)
    except RuntimeError as error:
        raise PaperkgError(
            f"{path}: weights of another network than the config's; its schemes, inner and encoder must be the same, or out another folder"
        ) from error
