"""The main job, and the architecture in five lines: read, extract, resolve, fill, export.

Each stage is a function from an iterable of one frozen type to an iterator of the next; nothing but this module joins them, and
:mod:`kg.extraction` the first two, which also stand alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.curate import apply, read_decisions, tables_beside
from kg.errors import PaperkgError, UsageError
from kg.export import export
from kg.export.html import write_html
from kg.extraction import Progress, counted, extract_file, extracted, nothing
from kg.fill import Activity, fill, weigh
from kg.read import read
from kg.report import BuildReport, Clock, count, record
from kg.resolve import resolve
from kg.settings import Settings
from kg.staging import Staged, check_writable
from kg.types import Extraction, Outcome, Reject

__all__ = ["Progress", "activity", "build", "extract_file"]


def build(
    sources: Sequence[str | Path],
    output: Path = Path("outputs"),
    settings: Settings | None = None,
    progress: Progress = lambda _stage, _done: None,
    curation: Path | None = None,
) -> BuildReport:
    """Read papers and write ``graph.ttl``, ``graph.html`` and ``report.json``.

    The files are written to a hidden folder in ``output`` and moved to their places when all are complete, so a build that fails changes nothing.

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

    documents = counted(read(sources, settings.read, rejects.append), "read", progress, tally)
    extractions = counted(extracted(documents, settings.extract), "extract", progress, tally)
    extractions = _found(extractions, progress)
    told: list[Outcome] = []
    terms = settings.extract.terms
    resolved = list(resolve(extractions, settings.resolve, terms, same_tables, told.append))
    resolved, outcomes = apply(resolved, decisions)
    by_hand = sorted([*told, *problems, *outcomes], key=lambda o: (o.source.path, o.source.line or 0))
    clock.lap("read, extract and resolve")
    if not resolved:
        raise PaperkgError(nothing(sources, rejects))
    store = ox.Store()
    store.bulk_extend(fill(resolved, settings.fill, activity(settings)))
    store.bulk_extend(list(weigh(store)))
    clock.lap("fill")

    counts = count(resolved, len(store))
    with Staged(output) as staging, _named_for(output, staging):
        export(store, staging / "graph.ttl", "turtle")
        clock.lap("turtle")
        write_html(store, staging / "graph.html", settings.view)
        clock.lap("html")
        written = record(sources, settings, resolved, rejects, counts, clock.seconds, by_hand)
        text = json.dumps(written, ensure_ascii=False, indent=2, sort_keys=True)
        (staging / "report.json").write_text(text + "\n", encoding="utf-8")
    files = tuple(output / name for name in ("graph.ttl", "graph.html", "report.json"))
    return BuildReport(len(resolved), tuple(rejects), counts, clock.seconds, files, written, tuple(by_hand))


@contextmanager
def _named_for(output: Path, staging: Path) -> Iterator[None]:
    """An error in making a file names the place it was made for: the folder it was made in is gone when its user looks."""
    try:
        yield
    except PaperkgError as error:
        told = str(error)
        for made in (staging.resolve(), staging):
            told = told.replace(str(made), str(output))
        raise PaperkgError(told) from error
    except OSError as error:
        raise PaperkgError(f"{output}: cannot be written: {error.strerror or error}") from error


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


def _found(extractions: Iterable[Extraction], progress: Progress) -> Iterator[Extraction]:
    """Tell what was found, as it is."""
    mentions = relations = 0
    for extraction in extractions:
        mentions, relations = mentions + len(extraction.mentions), relations + len(extraction.relations)
        progress("mentions", mentions)
        progress("relations", relations)
        yield extraction
