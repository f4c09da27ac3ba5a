"""Scores over a whole set of documents, with bootstrap intervals."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import PaperkgError, UsageError
from kg.evaluate.score import Counts, score_document

_RESAMPLES = 500
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: counts, and the 95 % interval of its F1."""

    name: str
    counts: Counts
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """All measures, and how many documents they rest on."""

    documents: int
    rows: tuple[Row, ...]

    def __getitem__(self, name: str) -> Counts:
        return next((row.counts for row in self.rows if row.name == name), Counts())

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "documents": self.documents,
            "measures": {
                row.name: {
                    "precision": row.counts.precision,
                    "recall": row.counts.recall,
                    "f1": row.counts.f1,
                    "low": row.low,
                    "high": row.high,
                    "right": row.counts.right,
                    "predicted": row.counts.predicted,
                    "expected": row.counts.expected,
                }
                for row in self.rows
            },
        }


def evaluate(gold: Path, predictions: Path) -> Report:
    """Score a predictions file against a gold file.

    Documents of the gold without a prediction count as empty predictions; predictions without gold are left out.

    Raises:
        UsageError: a file is missing.
        PaperkgError: a line is not a record of the form needed.
    """
    predicted = dict(_records(predictions, ("mentions", "relations", "measurements")))
    empty: dict[str, Any] = {"mentions": [], "relations": [], "measurements": []}
    scores = []
    for identifier, record in _records(gold, ("entities", "mentions", "relations", "measurements")):
        try:
            scores.append(score_document(record, predicted.get(identifier, empty)))
        except (KeyError, IndexError, TypeError) as error:
            raise PaperkgError(
                f"{gold}, {predictions}: document {identifier}: not of the form needed: {error!r}"
            ) from error
    if not scores:
        raise PaperkgError(f"{gold}: holds no document")
    return Report(len(scores), tuple(_rows(scores)))


def _rows(scores: Sequence[Mapping[str, Counts]]) -> Iterator[Row]:
    names = sorted(
        {name for score in scores for name in score},
        key=lambda name: (
            " " in name and name.split()[0] in {"type", "relation"} and name != "type of found",
            name,
        ),
    )
    choose = random.Random(_SEED)  # noqa: S311 - resampling, not secrecy
    samples = [choose.choices(range(len(scores)), k=len(scores)) for _ in range(_RESAMPLES)]
    for name in names:
        per_document = [score.get(name, Counts()) for score in scores]
        spread = sorted(sum((per_document[i] for i in sample), Counts()).f1 for sample in samples)
        yield Row(
            name,
            sum(per_document, Counts()),
            spread[int(0.025 * _RESAMPLES)],
            spread[int(0.975 * _RESAMPLES) - 1],
        )


def _records(path: Path, needed: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                except json.JSONDecodeError as error:
                    raise PaperkgError(f"{path}:{number}: not valid JSON: {error.msg}") from error
                except RecursionError as error:
                    raise PaperkgError(f"{path}:{number}: JSON nested too deeply") from error
                except ValueError as error:  # an integer of thousands of digits
                    raise PaperkgError(f"{path}:{number}: cannot be read: {error}") from error
                if (
                    not isinstance(record, dict)
                    or "id" not in record
                    or any(key not in record for key in needed)
                ):
                    raise PaperkgError(f"{path}:{number}: needs id, {', '.join(needed)}")
                yield str(record["id"]), record
    except UnicodeDecodeError as error:
        raise PaperkgError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
