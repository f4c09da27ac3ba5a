"""Our own annotation: stand-off JSON Lines (``gold/README.md``) with the abstracts it is of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import PaperkgError, UsageError
from kg.train.corpora import GoldDoc, GoldMention
from kg.train.schemes import OWN


def read_own(gold: Iterable[Path], texts: Path, split: str = "train") -> Iterator[GoldDoc]:
    """One split of files of gold, with asserted relations only. Raises as :func:`annotated` does."""
    for raw, text in annotated(gold, texts, split):
        role = {e["key"]: e["role"] for e in raw["entities"]}
        mentions = [
            GoldMention(start, end, m["type"], m["entity"], role[m["entity"]])
            for m in raw["mentions"]
            for start, end in names_of(text, m["start"], m["end"])
        ]
        relations = [
            (r["subject"], r["predicate"], r["object"])
            for r in raw["relations"]
            if r["polarity"] == "asserted"
        ]
        yield GoldDoc(raw["id"], OWN.name, text, tuple(mentions), tuple(relations))


def annotated(
    gold: Iterable[Path], texts: Path, split: str = "train"
) -> Iterator[tuple[dict[str, Any], str]]:
    """The records of one split, each with its abstract; ``texts`` is a JSON object from identifier to abstract.

    Raises:
        UsageError: a file cannot be read.
        PaperkgError: a file is not of its form, or an abstract is missing or another than the one annotated.
    """
    source = _json(texts, _read(texts))
    if not isinstance(source, dict):
        raise PaperkgError(
            f"{texts}: not a JSON object from identifier to abstract; kg train texts writes one"
        )
    for path in gold:
        for where, raw in _records(path):
            if raw["split"] != split:
                continue
            text = source.get(raw["id"])
            if text is None:
                raise PaperkgError(
                    f"{texts}: no abstract of {raw['id']}, which {where} annotates; kg train texts gathers them"
                )
            if any(text[m["start"] : m["end"]] != m["text"] for m in raw["mentions"]):
                raise PaperkgError(
                    f"{texts}: the abstract of {raw['id']} is not the one that {where} annotates"
                )
            _known(where, raw)
            yield raw, text


def identifiers(gold: Iterable[Path]) -> set[str]:
    """Of all documents of files of gold, whatever their split. Raises as :func:`annotated` does."""
    return {raw["id"] for path in gold for _, raw in _records(path)}


def names_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A definition ``long name (ABC)`` is one entity with two names: two mentions, wherever it was marked as one."""
    if found := re.fullmatch(r"(.*\S)\s*[(（]([^()（）]{2,12})[)）]", text[start:end], re.S):
        return [(start, start + found.end(1)), (start + found.start(2), start + found.end(2))]
    return [(start, end)]


def _known(where: str, raw: dict[str, Any]) -> None:
    """Whether a record speaks of things that it lists, in words of the scheme."""
    listed = {e["key"] for e in raw["entities"]}
    named = {m["entity"] for m in raw["mentions"]} | {
        r[end] for r in raw["relations"] for end in ("subject", "object")
    }
    if unlisted := sorted(named - listed):
        raise PaperkgError(f"{where}: {unlisted[0]} is not among the entities")
    types = {e["type"] for e in raw["entities"]} | {m["type"] for m in raw["mentions"]}
    for what, said, known in (
        ("type", types, OWN.types),
        ("role", {e["role"] for e in raw["entities"]}, OWN.roles),
    ):
        if other := sorted(said - set(known)):
            raise PaperkgError(f"{where}: no {what} {other[0]}; known: {', '.join(known)}")


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record and where it stands."""
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            where = f"{path}:{number}"
            record = _json(where, line)
            missing = {"id", "split", "entities", "mentions", "relations"} - set(
                record if isinstance(record, dict) else ()
            )
            if missing:
                raise PaperkgError(f"{where}: not a record of gold: no {', '.join(sorted(missing))}")
            yield where, record


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PaperkgError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error


def _json(where: object, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise PaperkgError(f"{where}: not valid JSON: {error.msg}") from error
