"""Which files a path stands for: itself, the files of a folder in sorted order, or standard input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.read.formats import KIND_OF_SUFFIX
from kg.read.opening import STANDARD_INPUT
from kg.settings import CURATION_TABLES
from kg.types import Reject, Source

_TEXT, _METADATA = "text", ("csv", "tsv", "bibtex")


@dataclass(frozen=True, slots=True)
class File:
    """A file to read. ``kind`` is None where the name tells none; ``beside`` are its possible sidecars."""

    path: str
    kind: str | None = None
    beside: tuple[str, ...] = ()
    # Whether plain text of the same stem is read too, so that this file may be no more than its sidecar.
    accompanies: bool = False


def check_paths(paths: Iterable[str | Path]) -> list[str]:
    """The paths as text.

    Raises:
        UsageError: a path does not exist.
    """
    names = [str(path) for path in paths]
    for name in names:
        if name != STANDARD_INPUT and not _exists(name):
            raise UsageError(f"{name}: no such file or folder")
    return names


def find_files(paths: Iterable[str], on_reject: Callable[[Reject], None]) -> list[File]:
    """The files that the paths stand for, in order; what is passed over is reported, unless hidden."""
    found: list[str] = []
    for path in paths:
        if path == STANDARD_INPUT or not Path(path).is_dir():
            found.append(path)
            continue
        known = [name for name in _walk(Path(path)) if _is_known(name, on_reject)]
        if not known:
            on_reject(Reject(Source(path), f"the folder holds no file of a known kind ({_known_suffixes()})"))
        found += known
    texts = {_stem(path) for path in found if kind_of(path) == _TEXT}
    return [_file(path, texts) for path in found]


def kind_of(path: str) -> str | None:
    """The kind that a file's name tells, ``.gz`` aside; ``None`` if it tells none.

    >>> kind_of("papers.jsonl.gz"), kind_of("papers")
    ('jsonl', None)
    """
    return KIND_OF_SUFFIX.get(_plain(path).suffix.lower())


def _file(path: str, texts: set[Path]) -> File:
    kind = None if path == STANDARD_INPUT else kind_of(path)
    if kind == _TEXT:
        return File(path, kind, beside=tuple(_beside(path)))
    return File(path, kind, accompanies=kind in _METADATA and _stem(path) in texts)


def _beside(path: str) -> Iterator[str]:
    stem = _stem(path)
    for kind in _METADATA:
        for suffix in (suffix for suffix, of in KIND_OF_SUFFIX.items() if of == kind):
            for ending in (suffix, suffix + ".gz"):
                candidate = stem.with_name(stem.name + ending)
                if candidate.is_file():
                    yield str(candidate)


def _walk(folder: Path) -> Iterator[str]:
    """Every file below a folder that is neither hidden nor a curation table, sorted by path; links to folders are not followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name not in CURATION_TABLES:
                yield str(Path(root) / name)


def _is_known(path: str, on_reject: Callable[[Reject], None]) -> bool:
    if kind_of(path) is None:
        on_reject(Reject(Source(path), f"skipped: not a kind of file that is read ({_known_suffixes()})"))
        return False
    if not Path(path).is_file():
        on_reject(Reject(Source(path), "skipped: a broken link, or no regular file"))
        return False
    return True


def _known_suffixes() -> str:
    return ", ".join(KIND_OF_SUFFIX) + ", each also with .gz"


def _exists(path: str) -> bool:
    try:
        return bool(path) and Path(path).exists()
    except (OSError, ValueError):  # too long a name, or one with a NUL
        return False


def _stem(path: str) -> Path:
    return _plain(path).with_suffix("")


def _plain(path: str) -> Path:
    name = Path(path)
    return name.with_suffix("") if name.suffix.lower() == ".gz" else name
