"""The main job, and the architecture in five lines: read, extract, resolve, fill, export.

Each stage is a function from an iterable of one frozen type to an iterator of the next; nothing but this module joins them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, TypeVar

import pyoxigraph as ox

from kg import __version__
from kg.curate import apply, read_decisions, tables_beside
from kg.errors import PaperkgError, UsageError
from kg.export import export, write_beside
from kg.export.html import write_html
from kg.extract import extract
from kg.fill import Activity, fill, weigh
from kg.read import read
from kg.records import extraction_record
from kg.report import BuildReport, Clock, count, record
from kg.resolve import resolve
from kg.settings import ExtractSettings, Settings
from kg.staging import Staged, check_writable
from kg.types import Document, Extraction, Outcome, Reject

T = TypeVar("T")
# Told of progress: a stage's name and how many documents it has done so far, or what it found and how much of that.
Progress = Callable[[str, int], None]
_CHUNK = 64


def build(
    sources: Sequence[str | Path],
    output: Path = Path("outputs"),
    settings: Settings | None = None,
    progress: Progress = lambda _stage, _done: None,
    curation: Path | None = None,
) -> BuildReport:
    """Read papers and write ``graph.ttl``, ``graph.html`` and ``report.json``.

    The files are written beside ``output`` and moved there when all are complete, so a build that fails changes nothing.

    Args:
        sources: files and folders; ``-`` is standard input.
        output: the folder to write.
        settings: all settings; the defaults if ``None``.
        progress: called as the work goes on.
        curation: the folder of the curation tables (see ``kg.curate``); if ``None``, those beside the sources count.

    Raises:
        UsageError: a source or the folder of the curation does not exist, or ``output`` is a file.
        PaperkgError: no source held a document, or the output cannot be written.
    """
    settings = settings or Settings()
    check_writable(output)
    if curation is not None and not curation.is_dir():
        raise UsageError(f"{curation}: no such folder; give the one that holds the curation tables")
    same_tables, tables = tables_beside(sources if curation is None else [curation])
    decisions, problems = read_decisions(tables)
    clock = Clock()
    rejects: list[Reject] = []
    tally: Counter[str] = Counter()

    documents = _counted(read(sources, settings.read, rejects.append), "read", progress, tally)
    extractions = _counted(extracted(documents, settings.extract), "extract", progress, tally)
    extractions = _found(extractions, progress)
    told: list[Outcome] = []
    terms = settings.extract.terms
    resolved = list(resolve(extractions, settings.resolve, terms, same_tables, told.append))
    resolved, outcomes = apply(resolved, decisions)
    by_hand = sorted([*told, *problems, *outcomes], key=lambda o: (o.source.path, o.source.line or 0))
    clock.lap("read, extract and resolve")
    if not resolved:
        raise PaperkgError(_nothing(sources, rejects))
    store = ox.Store()
    store.bulk_extend(fill(resolved, settings.fill, activity(settings)))
    store.bulk_extend(list(weigh(store)))
    clock.lap("fill")

    counts = count(resolved, len(store))
    with Staged(output) as staging:
        export(store, staging / "graph.ttl", "turtle")
        clock.lap("turtle")
        write_html(store, staging / "graph.html", settings.view)
        clock.lap("html")
        written = record(sources, settings, resolved, rejects, counts, clock.seconds, by_hand)
        text = json.dumps(written, ensure_ascii=False, indent=2, sort_keys=True)
        (staging / "report.json").write_text(text + "\n", encoding="utf-8")
    files = tuple(output / name for name in ("graph.ttl", "graph.html", "report.json"))
    return BuildReport(len(resolved), tuple(rejects), counts, clock.seconds, files, written, tuple(by_hand))


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


def _write_to(path: Path, write: Callable[[BinaryIO], None]) -> None:
    with path.open("wb") as out:
        write(out)


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


def _found(extractions: Iterable[Extraction], progress: Progress) -> Iterator[Extraction]:
    """Tell what was found, as it is."""
    mentions = relations = 0
    for extraction in extractions:
        mentions, relations = mentions + len(extraction.mentions), relations + len(extraction.relations)
        progress("mentions", mentions)
        progress("relations", relations)
        yield extraction


def _nothing(sources: Sequence[str | Path], rejects: Sequence[Reject]) -> str:
    where = ", ".join(str(source) for source in sources)
    why = f"; first of {len(rejects)} rejects: {rejects[0].source}: {rejects[0].reason}" if rejects else ""
    return f"{where}: no document could be read{why}"
