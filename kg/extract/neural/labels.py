"""``labels.json``, which lies beside the weights: names of the outputs of a scheme, thresholds, and how scores are calibrated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extract.neural.decode import Floats

FORMAT = 2
#: The scheme that the graph is built by: ``labels.json``. Others have ``labels.NAME.json`` beside it.
OWN = "own"


@dataclass(frozen=True)
class Labels:
    """``labels.json``: names of the outputs, and by language thresholds and the calibration of each score (see :func:`calibrate`).

    ``joins``: the classes (subject, object) that each relation joins; without it any do.
    """

    types: tuple[str, ...]
    roles: tuple[str, ...]
    relations: tuple[str, ...]
    thresholds: dict[str, dict[str, float]]
    calibration: dict[str, dict[str, tuple[float, float]]]
    joins: dict[str, frozenset[tuple[str, str]]] | None = None

    @classmethod
    def read(cls, path: Path) -> Labels:
        """Raises ``ValueError`` if the weights were made for another version of this code."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise ValueError(f"{path}: weights of format {raw['format']}, this version reads {FORMAT}")
        return cls(
            tuple(raw["types"]),
            tuple(raw["roles"]),
            tuple(raw["relations"]),
            {lang: {k: float(v) for k, v in one.items()} for lang, one in raw["thresholds"].items()},
            {
                lang: {k: (float(a), float(b)) for k, (a, b) in one.items()}
                for lang, one in raw["calibration"].items()
            },
            {relation: frozenset((a, b) for a, b in pairs) for relation, pairs in raw["joins"].items()}
            if "joins" in raw
            else None,
        )

    def may_join(self, subject: str, item: str) -> list[bool]:
        """For each relation, whether it joins two classes."""
        return [self.joins is None or (subject, item) in self.joins.get(r, ()) for r in self.relations]


def labels_path(folder: Path, scheme: str) -> Path:
    """Where a scheme's labels lie among the weights."""
    return folder / ("labels.json" if scheme == OWN else f"labels.{scheme}.json")


def schemes_in(folder: Path) -> list[str]:
    """The schemes that a folder of weights can read by, sorted."""
    return sorted(path.stem.partition(".")[2] or OWN for path in folder.glob("labels*.json"))


def calibrate(chance: Floats, slope: float, shift: float) -> Floats:
    """A probability as observed: Platt's scaling of its log-odds, fitted on text that was not trained on."""
    odds = np.log(np.clip(chance, 1e-6, 1 - 1e-6) / (1 - np.clip(chance, 1e-6, 1 - 1e-6)))
    return np.asarray(1 / (1 + np.exp(-(slope * odds + shift))), np.float32)
