"""The main job, and the architecture in five lines: read, extract, resolve, fill, export.

Each stage is a function from an iterable of one frozen type to an iterator of the next; nothing but this module joins them.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.metadata import version
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pyoxigraph as ox

from kg import __version__
from kg.errors import PaperkgError, UsageError
from kg.export import export, write_beside
from kg.export.html import write_html
from kg.extract import extract
from kg.fill import Activity, fill
from kg.read import read
from kg.resolve import resolve
from kg.settings import ExtractSettings, Settings
from kg.types import Document, Extraction, Reject, Resolved

T = TypeVar("T")
# Told of progress: the stage's name, and how many it has done so far.
Progress = Callable[[str, int], None]
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, found and wrote."""

    documents: int
    rejects: tuple[Reject, ...]
    counts: dict[str, int]
    seconds: dict[str, float]
    files: tuple[Path, ...]
    record: dict[str, Any] = field(default_factory=dict)


def build(
    sources: Sequence[str | Path],
    output: Path = Path("outputs"),
    settings: Settings | None = None,
    progress: Progress = lambda _stage, _done: None,
) -> BuildReport:
    """Read papers and write ``graph.ttl``, ``graph.html`` and ``report.json``.

    The files are written beside ``output`` and moved there when all are complete, so a build that fails changes nothing.

    Args:
        sources: files and folders; ``-`` is standard input.
        output: the folder to write.
        settings: all settings; the defaults if ``None``.
        progress: called as the work goes on.

    Raises:
        UsageError: a source does not exist, or ``output`` is a file.
        PaperkgError: no source held a document, or the output cannot be written.
    """
    settings = settings or Settings()
    _check_output(output)
    clock = _Clock()
    rejects: list[Reject] = []
    tally: Counter[str] = Counter()

    documents = _counted(read(sources, settings.read, rejects.append), "read", progress, tally)
    extractions = _counted(extracted(documents, settings.extract), "extract", progress, tally)
    resolved = list(resolve(extractions, settings.resolve, settings.extract.terms))
    clock.lap("read, extract and resolve")
    if not resolved:
        raise PaperkgError(_nothing(sources, rejects))
    store = ox.Store()
    store.bulk_extend(fill(resolved, settings.fill, activity(settings)))
    clock.lap("fill")

    counts = _counts(resolved, len(store))
    with _staged(output) as staging:
        export(store, staging / "graph.ttl", "turtle")
        clock.lap("turtle")
        write_html(store, staging / "graph.html", settings.view)
        clock.lap("html")
        record = _record(sources, settings, resolved, rejects, counts, clock.seconds)
        text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
        (staging / "report.json").write_text(text + "\n", encoding="utf-8")
    files = tuple(output / name for name in ("graph.ttl", "graph.html", "report.json"))
    return BuildReport(len(resolved), tuple(rejects), counts, clock.seconds, files, record)


def extract_file(
    source: str | Path,
    output: Path = Path("-"),
    settings: Settings | None = None,
    progress: Progress = lambda _stage, _done: None,
) -> list[Reject]:
    """Extract alone: JSON Lines with ``id`` and ``text`` in, one JSON object a document out.

    A line out holds ``id``, ``lang``, ``mentions``, ``relations`` and ``measurements``. Offsets count code points into the text as
    it was given; ``subject``, ``object``, ``of`` and ``metric`` index ``mentions``. A ``value`` is a JSON number where that is
    exact, else a string of digits.

    Args:
        source: the file to read; ``-`` is standard input.
        output: the file to write, beside its place first; ``-`` is standard output.
        settings: all settings; the defaults if ``None``.
        progress: called as the work goes on.

    Returns:
        What was passed over, and why.

    Raises:
        UsageError: the source does not exist.
        PaperkgError: it held no document, or the output cannot be written.
    """
    settings = settings or Settings()
    rejects: list[Reject] = []
    documents = read([source], settings.read, rejects.append)
    extractions = _counted(extracted(documents, settings.extract), "extract", progress, Counter())
    # The first is waited for before anything is written, so that a source without documents leaves no empty file.
    first = list(islice(extractions, 1))
    if not first:
        raise PaperkgError(_nothing([source], rejects))

    def write(out: BinaryIO) -> None:
        for extraction in chain(first, extractions):
            out.write(json.dumps(extraction_record(extraction), ensure_ascii=False).encode() + b"\n")

    if str(output) == "-":
        write(sys.stdout.buffer)
        sys.stdout.flush()
    else:
        write_beside(output, lambda temporary: _write_to(temporary, write))
    return rejects


def extraction_record(extraction: Extraction) -> dict[str, Any]:
    """An extraction as ``kg extract`` writes it."""
    roles = {role.mention: role.predicate for role in extraction.roles}
    return {
        "id": extraction.document.id,
        "lang": extraction.document.lang,
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "type": m.type,
                "score": m.score,
                "role": roles.get(index, "mentions"),
            }
            for index, m in enumerate(extraction.mentions)
        ],
        "relations": [
            {
                "subject": r.subject,
                "predicate": r.predicate,
                "object": r.object,
                "score": r.score,
                "polarity": r.polarity,
            }
            for r in extraction.relations
        ],
        "measurements": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "value": _json_number(m.value),
                "unit": m.unit,
                "of": m.of,
                "metric": m.metric,
                "uncertainty": None if m.uncertainty is None else _json_number(m.uncertainty),
            }
            for m in extraction.measurements
        ],
    }


def _write_to(path: Path, write: Callable[[BinaryIO], None]) -> None:
    with path.open("wb") as out:
        write(out)


def _json_number(value: Decimal) -> int | float | str:
    """A number that means the same to whoever reads it as a double, as most readers of JSON do; else its digits."""
    # Beyond this a double no longer tells one whole number from the next.
    if value == value.to_integral_value() and abs(value) <= 2**53:
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"


def extracted(documents: Iterable[Document], settings: ExtractSettings) -> Iterator[Extraction]:
    """Extraction in this process, or in several side by side; the order, and so the graph, is the same."""
    if settings.workers <= 1:
        yield from extract(documents, settings)
        return
    # Spawned, not forked: a fork copies locks that threads of the model's runtime may hold, and waits on them for ever.
    with ProcessPoolExecutor(settings.workers, get_context("spawn")) as pool:
        try:
            for chunk in pool.map(_extract_chunk, _chunks(documents), iter(lambda: settings, None)):
                yield from chunk
        except BrokenProcessPool as error:
            raise PaperkgError(
                "extract: a worker process died, perhaps for want of memory; try fewer --workers"
            ) from error


def activity(settings: Settings) -> Activity:
    """What made the statements: this version, with these settings."""
    relevant = json.dumps(
        {
            "extract": {k: v for k, v in settings.as_dict()["extract"].items() if k != "workers"},
            "resolve": settings.as_dict()["resolve"],
        },
        sort_keys=True,
    )
    return Activity(version=__version__, settings=relevant)


def _check_output(output: Path) -> None:
    """Refuse a place that cannot be written before hours of work, not after them."""
    place = next(path for path in (output, *output.absolute().parents) if path.exists())
    if not place.is_dir():
        raise UsageError(f"{place}: is a file; give a folder to write to")
    if not os.access(place, os.W_OK):
        raise PaperkgError(f"{output}: cannot be written: no permission to write to {place}")


def _extract_chunk(documents: list[Document], settings: ExtractSettings) -> list[Extraction]:
    return list(extract(documents, settings))


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    stream = iter(documents)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def _counted(items: Iterable[T], stage: str, progress: Progress, tally: Counter[str]) -> Iterator[T]:
    for item in items:
        tally[stage] += 1
        progress(stage, tally[stage])
        yield item


def _nothing(sources: Sequence[str | Path], rejects: Sequence[Reject]) -> str:
    where = ", ".join(str(source) for source in sources)
    why = f"; first of {len(rejects)} rejects: {rejects[0].source}: {rejects[0].reason}" if rejects else ""
    return f"{where}: no document could be read{why}"


def _counts(resolved: Sequence[Resolved], triples: int) -> dict[str, int]:
    entities = {link.entity.key: link.entity.type for item in resolved for link in item.links}
    counts = Counter(f"{kind} entities" for kind in entities.values())
    return {
        "documents": len(resolved),
        "entities": len(entities),
        "mentions": sum(len(item.extraction.mentions) for item in resolved),
        "relations": sum(len(item.extraction.relations) for item in resolved),
        "measurements": sum(len(item.extraction.measurements) for item in resolved),
        "triples": triples,
        **dict(sorted(counts.items())),
    }


def _record(
    sources: Sequence[str | Path],
    settings: Settings,
    resolved: Sequence[Resolved],
    rejects: Sequence[Reject],
    counts: dict[str, int],
    seconds: dict[str, float],
) -> dict[str, Any]:
    """What ``report.json`` holds."""
    return {
        "paperkg": __version__,
        "versions": {
            name: version(name)
            for name in ("spacy", "rdflib", "pyoxigraph", "pyvis", "igraph", "onnxruntime")
        }
        | {"python": platform.python_version()},
        "sources": [str(source) for source in sources],
        "settings": settings.as_dict(),
        "counts": counts,
        "languages": dict(sorted(Counter(item.extraction.document.lang for item in resolved).items())),
        "merges": _merges(resolved),
        "rejects": [{"where": str(r.source), "id": r.id, "reason": r.reason} for r in rejects],
        "seconds": seconds,
    }


def _merges(resolved: Sequence[Resolved]) -> list[dict[str, Any]]:
    """Every case of several names taken for one thing, and why: what a curation table can undo."""
    names: dict[str, set[tuple[str, str]]] = {}
    for item in resolved:
        for link in item.links:
            names.setdefault(link.entity.key, set()).add(
                (item.extraction.mentions[link.mention].text, link.reason)
            )
    return [
        {
            "entity": key,
            "names": sorted({name for name, _ in found}),
            "reasons": sorted({reason for _, reason in found}),
        }
        for key, found in sorted(names.items())
        if len({name for name, _ in found}) > 1
    ]


class _Clock:
    """Seconds since the last lap, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Close a lap."""
        now = time.perf_counter()
        self.seconds[name] = round(now - self._last, 3)
        self._last = now


class _staged:  # noqa: N801 - reads as a verb where it is used
    """A folder beside ``output`` whose files replace those of ``output`` if the body succeeds."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def __enter__(self) -> Path:
        try:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            self.staging = Path(tempfile.mkdtemp(prefix=f".{self.output.name}-", dir=self.output.parent))
        except OSError as error:
            raise PaperkgError(f"{self.output}: cannot be written: {error.strerror}") from error
        return self.staging

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.output.mkdir(exist_ok=True)
                for path in sorted(self.staging.iterdir()):
                    path.replace(self.output / path.name)
        except OSError as error:
            raise PaperkgError(f"{self.output}: cannot be written: {error.strerror}") from error
        finally:
            shutil.rmtree(self.staging, ignore_errors=True)
