"""What a training run is told: a TOML file as a frozen value."""

from __future__ import annotations

import glob
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.settings import read_toml
from kg.train.schemes import DENSE, SCHEMES

#: Corpora that are no scheme of their own: Chinese gold (own and dense), plain text without entities, a teacher's labels.
BESIDE = ("own_zh", "dense_zh", "negatives", "lessons")


@dataclass(frozen=True)
class Config:
    """One run. Paths are relative to the folder the run is started from.

    ``encoder`` is the folder of the encoder (``config.json``, ``tokenizer.json``, for Chinese ``words.zh.tsv``), with its
    published weights (``model.safetensors``) if the run does not ``start`` from others: a checkpoint, or a folder of
    weights as they ship, which is an encoder folder too. The run writes its checkpoint and log into ``out``.

    ``gold`` names the files of our own English annotation, ``texts`` their abstracts by id (``kg train texts``);
    ``gold_zh`` and ``texts_zh`` are those of Chinese. Of their training documents those in the table ``held`` (language,
    identifier) are held out, or, without one, every tenth in the order of the files. Thresholds and calibration are set
    on those of them that are in ``tuned_on``, if it names any of a language's files. Training documents of the table ``dense``
    (of the same form) were annotated more densely: they train the heads of the scheme ``dense``, and the encoder that all share.
    ``data`` holds the public corpora, by folder; ``negatives`` plain text without any entity, a sentence a line;
    ``teacher_labels`` folders of what a teacher thinks of further abstracts (``kg train label``).

    ``schemes`` are the heads of the network; the corpora of the public ones train too. ``weights`` says how often an epoch
    sees each corpus (1 if not said): a scheme's name, or ``own_zh``, ``dense_zh``, ``negatives``, ``lessons``. ``rate`` is the encoder's
    learning rate, ``head_rate`` that of all else. ``last_layers_of`` names schemes of which only what types spans and relates
    them trains, and nothing else does: the encoder and the other heads stay as they start. ``budget`` is pieces a batch, padding included; ``inner`` the width of
    the heads. ``every`` so many steps a line is logged.
    """

    encoder: Path
    out: Path
    data: Path | None = None
    texts: Path | None = None
    gold: tuple[Path, ...] = ()
    texts_zh: Path | None = None
    gold_zh: tuple[Path, ...] = ()
    held: Path | None = None
    dense: Path | None = None
    tuned_on: tuple[Path, ...] = ()
    negatives: Path | None = None
    teacher_labels: tuple[Path, ...] = ()
    start: Path | None = None
    schemes: tuple[str, ...] = ("own", "scier", "scierc", "semeval", "scienceie", "tdmsci")
    last_layers_of: tuple[str, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    seed: int = 7
    epochs: int = 3
    rate: float = 1e-4
    head_rate: float = 5e-4
    budget: int = 1536
    inner: int = 256
    dropout: float = 0.1
    threads: int = 1
    bfloat16: bool = True  # in the encoder; much slower on a processor without avx512_bf16 or AMX
    every: int = 50
    #: Where the config was read from: no key, but what an error names.
    source: Path = Path("config")

    @classmethod
    def read(cls, path: Path) -> Config:
        """Read a config.

        Raises:
            UsageError: the file cannot be read or is not TOML, a key is unknown, missing or of the wrong type, a pattern
                matches no file, or gold has no texts.
        """
        raw = read_toml(path, "config")
        known = {f.name: str(f.type) for f in fields(cls) if f.name != "source"}
        made: dict[str, Any] = {}
        for key, value in raw.items():
            if key not in known:
                raise UsageError(f"{path}: unknown key {key}; known: {', '.join(sorted(known))}")
            what, read = _READERS[known[key]]
            try:
                made[key] = read(value)
            except _NoFileError as error:
                raise UsageError(f"{path}: {key}: no file matches {error}, seen from {Path.cwd()}") from error
            except (TypeError, ValueError) as error:
                raise UsageError(f"{path}: {key} must be {what}, not {value!r}") from error
        for key in ("encoder", "out"):
            if key not in made:
                raise UsageError(f"{path}: the key {key} is missing")
        config = cls(**made, source=path)
        config._check()
        return config

    def _check(self) -> None:
        """What no type tells."""
        for name in self.schemes:
            if name not in SCHEMES:
                raise UsageError(f"{self.source}: schemes: no scheme {name}; known: {', '.join(SCHEMES)}")
        if "own" not in self.schemes:
            raise UsageError(f"{self.source}: schemes: own is missing; its heads are the ones that ship")
        if self.dense and DENSE.name not in self.schemes:
            raise UsageError(f"{self.source}: dense: its documents need the scheme {DENSE.name}")
        if absent := [name for name in self.last_layers_of if name not in self.schemes]:
            raise UsageError(f"{self.source}: last_layers_of: {absent[0]} is not among schemes")
        for name, weight in self.weights.items():
            if name not in SCHEMES and name not in BESIDE:
                known = ", ".join((*SCHEMES, *BESIDE))
                raise UsageError(f"{self.source}: weights: no corpus {name}; known: {known}")
            if weight < 0:
                raise UsageError(f"{self.source}: weights: {name} must not be negative")
        for key in ("epochs", "budget", "inner", "threads", "every"):
            if getattr(self, key) < 1:
                raise UsageError(f"{self.source}: {key} must be at least 1")
        if other := sorted(set(self.tuned_on) - {*self.gold, *self.gold_zh}):
            raise UsageError(f"{self.source}: tuned_on: {other[0]} is not among gold or gold_zh")
        for key, gold, texts in (("texts", self.gold, self.texts), ("texts_zh", self.gold_zh, self.texts_zh)):
            if gold and not texts:
                raise UsageError(
                    f"{self.source}: the key {key} is missing, the abstracts of gold; kg train texts gathers them"
                )

    def annotation(self, lang: str) -> tuple[tuple[Path, ...], Path | None]:
        """The files of our gold in a language, and that of their abstracts."""
        return (self.gold, self.texts) if lang == "en" else (self.gold_zh, self.texts_zh)

    def needs(self, key: str, path: Path) -> Path:
        """``path``, which a key names or implies; raises ``UsageError`` if nothing is there."""
        if not path.exists():
            raise UsageError(f"{self.source}: {key}: no file or folder {path}, seen from {Path.cwd()}")
        return path

    @property
    def checkpoint(self) -> Path:
        """The run's last checkpoint."""
        return self.out / "last.pt"


class _NoFileError(Exception):
    """A pattern that matches no file."""


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise TypeError
    return Path(value)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError
    return tuple(value)


def _files(value: object) -> tuple[Path, ...]:
    """What all patterns match, sorted: the order of gold decides which documents are held out."""
    found: set[Path] = set()
    for pattern in _names([value] if isinstance(value, str) else value):
        here = [pattern] if Path(pattern).exists() else glob.glob(pattern)  # noqa: PTH207 (Path.glob takes no absolute one)
        if not here:
            raise _NoFileError(pattern)
        found.update(map(Path, here))
    return tuple(sorted(found))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _numbers(value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        raise TypeError
    return {name: _number(weight) for name, weight in value.items()}


#: By a field's type: what its value must be, and how it is read.
_READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "Path": ("a path", _path),
    "Path | None": ("a path", _path),
    "tuple[Path, ...]": ("a list of paths or patterns", _files),
    "tuple[str, ...]": ("a list of names", _names),
    "dict[str, float]": ("a table of numbers", _numbers),
    "int": ("a whole number", _whole),
    "float": ("a number", _number),
    "bool": ("true or false", _switch),
}
