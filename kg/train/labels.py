"""A teacher's labels on disk, and as lessons of a student.

A folder holds ``labels.json``, which says whose labels they are, and shards of some hundred abstracts each: the text, where
its pieces start and end, and the probabilities of :class:`kg.train.features.Soft` in half precision. Shards are safetensors:
arrays and no code. What is kept are places in the text, not numbers of a vocabulary: a student with another vocabulary
that cuts a text at the same places learns from it; a window that it cuts otherwise is left out and counted.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from kg.errors import PaperkgError
from kg.extract.neural.pieces import Ints, Pieces, PieceTokenizer, encode
from kg.train.corpora import GoldDoc
from kg.train.features import Example, Soft
from kg.train.schemes import OWN

log = logging.getLogger("kg.train")
#: A shard's file name ends so.
SHARD = ".safetensors"
HEADER, FORMAT = "labels.json", 1


@dataclass(frozen=True)
class Window:
    """What a teacher thinks of a window whose pieces start and end at these places (code points of the text)."""

    start: Ints
    end: Ints
    soft: Soft


@dataclass(frozen=True)
class Labelled:
    """An abstract and its windows."""

    id: str
    text: str
    windows: tuple[Window, ...]


def write_header(folder: Path, says: dict[str, Any]) -> None:
    """Say whose labels a folder holds. Raises ``PaperkgError`` if it already holds others."""
    path, says = folder / HEADER, {"format": FORMAT, **says}
    if path.exists():
        known = _header(path)
        if other := sorted(k for k in {*known, *says} if known.get(k) != says.get(k)):
            raise PaperkgError(
                f"{folder}: holds labels of another {' and '.join(other)}; name another folder, or remove it"
            )
        return
    folder.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.part")  # several processes may begin at once
    fresh.write_text(json.dumps(says, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def write_shard(path: Path, documents: Sequence[Labelled]) -> None:
    """Write one shard beside its place, then rename it. The same labels give the same bytes."""
    windows = [w for d in documents for w in d.windows]
    views = [w.soft for w in windows]
    listed = json.dumps([[d.id, d.text, len(d.windows)] for d in documents], ensure_ascii=False).encode()
    counts = [[len(w.start), len(v.spans), v.mentions, len(v.roles), len(v.pairs)]
              for w, v in zip(windows, views, strict=True)]  # fmt: skip
    arrays: dict[str, NDArray[Any]] = {
        "documents": np.frombuffer(listed, np.uint8),
        "windows": np.asarray(counts, np.int32).reshape(-1, 5),
        "places": joined([np.stack([w.start, w.end], 1) for w in windows], np.int32, 2),
        "edges": joined([v.edges for v in views], np.float16, 3),
        "spans": joined([np.asarray(v.spans).reshape(-1, 2) for v in views], np.int16, 2),
        "types": joined([v.types for v in views], np.float16, len(OWN.types) + 1),
        "groups": joined([np.asarray(v.groups).reshape(-1, 1) for v in views], np.int16, 1),
        "roles": joined([v.roles for v in views], np.float16, len(OWN.roles)),
        "pairs": joined([v.pairs for v in views], np.int16, 2),
        "relations": joined([v.relations for v in views], np.float16, len(OWN.relations) + 1),
    }
    fresh = path.with_suffix(".part")
    save_file(arrays, fresh)
    fresh.replace(path)


def joined(parts: Sequence[NDArray[Any]], kind: type[np.generic], columns: int) -> NDArray[Any]:
    """Rows of all parts, one after another."""
    return np.concatenate([np.zeros((0, columns), kind), *(p.astype(kind) for p in parts)])


def read_shard(path: Path) -> Iterator[Labelled]:
    """The abstracts of a shard. Raises ``PaperkgError`` if it is none."""
    try:
        a = load_file(path)
        listed = json.loads(a["documents"].tobytes())
        counts = a["windows"].tolist()
        done = [0, 0, 0, 0, 0]
        for name, text, windows in listed:
            found: list[Window] = []
            for _ in range(windows):
                now = counts.pop(0)
                pieces, spans, mentions, groups, pairs = (
                    slice(x, x + n) for x, n in zip(done, now, strict=True)
                )
                done = [x + n for x, n in zip(done, now, strict=True)]
                places = a["places"][pieces].astype(np.int64)
                soft = Soft(
                    edges=a["edges"][pieces],
                    spans=[(i, j) for i, j in a["spans"][spans].tolist()],
                    mentions=now[2],
                    types=a["types"][spans],
                    groups=a["groups"][mentions, 0].tolist(),
                    roles=a["roles"][groups],
                    pairs=a["pairs"][pairs],
                    relations=a["relations"][pairs],
                )
                found.append(Window(places[:, 0], places[:, 1], soft))
            yield Labelled(name, text, tuple(found))
    except (SafetensorError, OSError, KeyError, ValueError, IndexError, TypeError) as error:
        raise PaperkgError(f"{path}: not a shard of labels: {error}; remove it and label again") from error


def lessons(folders: Iterable[Path], tokenizer: PieceTokenizer) -> Iterator[Example]:
    """What the teachers of these folders think, as examples of a student with this tokenizer.

    Raises ``PaperkgError`` on a folder or shard that is not one of labels.
    """
    for folder in folders:
        known = _header(folder / HEADER)
        if known.get("format") != FORMAT:
            raise PaperkgError(
                f"{folder}: labels of format {known.get('format')}, this version reads {FORMAT}"
            )
        taken = skipped = 0
        for path in sorted(folder.glob(f"*{SHARD}")):
            for document in read_shard(path):
                doc, cut = GoldDoc(document.id, OWN.name, document.text), encode(tokenizer, document.text)
                for window in document.windows:
                    if (pieces := same_cut(cut, window)) is None:
                        skipped += 1
                        continue
                    taken += 1
                    yield Example(doc, pieces, [], [], [], [], [], window.soft)
        log.info("%s: %d windows, %d left out that the encoder cuts otherwise", folder, taken, skipped)


def same_cut(cut: Sequence[Pieces], window: Window) -> Pieces | None:
    """The window of a text whose pieces stand where the teacher's do."""
    return next(
        (p for p in cut if np.array_equal(p.start, window.start) and np.array_equal(p.end, window.end)), None
    )


def _header(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PaperkgError(f"{path}: cannot be read: {error}; kg train label writes it") from error
    return raw if isinstance(raw, dict) else {}
