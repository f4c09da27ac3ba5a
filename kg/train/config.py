"""What a training run is told: a TOML file as a frozen value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """One run. Paths are relative to the folder the run is started from.

    ``data`` holds the public corpora by folder, ``gold`` our own annotation (files) with ``texts`` its abstracts by id;
    ``gold_zh`` and ``texts_zh`` are those of Chinese.
    ``weights`` says how often an epoch sees each corpus. ``frozen_layers`` of the encoder (and its embeddings) keep
    their published weights. ``budget`` is pieces a batch, padding included.
    """

    encoder: Path
    out: Path
    data: Path
    texts: Path | None = None
    gold: tuple[Path, ...] = ()
    texts_zh: Path | None = None
    gold_zh: tuple[Path, ...] = ()
    negatives: Path | None = None
    start: Path | None = None
    teacher_labels: Path | None = None
    schemes: tuple[str, ...] = ("own", "scier", "scierc", "semeval", "scienceie", "tdmsci")
    weights: dict[str, float] = field(default_factory=dict)
    seed: int = 7
    epochs: int = 3
    rate: float = 1e-4
    head_rate: float = 5e-4
    budget: int = 1536
    inner: int = 256
    dropout: float = 0.1
    frozen_layers: int = 0
    threads: int = 1
    bfloat16: bool = True  # much slower on a processor without avx512_bf16
    every: int = 50

    @classmethod
    def read(cls, path: Path) -> Config:
        """Raises ``KeyError`` on a key that no run knows."""
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        known = {f.name: str(f.type) for f in fields(cls)}
        made: dict[str, object] = {}
        for key, value in raw.items():
            kind = known[key]
            if kind.startswith("Path"):
                value = Path(value)
            elif kind.startswith("tuple[Path"):
                value = tuple(sorted(p for pattern in value for p in Path().glob(pattern)))
            elif kind.startswith("tuple"):
                value = tuple(value)
            made[key] = value
        return cls(**made)  # type: ignore[arg-type]
