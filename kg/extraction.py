"""The first two stages alone, read and extract: the command ``kg extract``, and what ``kg build`` begins with.

The later stages are not loaded for it.
"""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from kg.errors import PaperkgError
from kg.extract import extract
from kg.extract.neural.labels import OWN
from kg.extract.schemes import extract_in_scheme
from kg.read import read
from kg.records import extraction_record
from kg.settings import ExtractSettings, Settings
from kg.staging import write_beside
from kg.types import Document, Extraction, Reject

T = TypeVar("T")
# Told of progress: a stage's name and how many documents it has done so far, or what it found and how much of that.
Progress = Callable[[str, int], None]
_CHUNK = 64


def extract_file(
    source: str | Path,
    output: Path = Path("-"),
    settings: Settings | None = None,
    progress: Progress = lambda _stage, _done: None,
    scheme: str = OWN,
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
        scheme: ``own``, or that of a public corpus: :func:`kg.extract.schemes.extract_in_scheme`.

    Returns:
        What was passed over, and why.

    Raises:
        UsageError: the source does not exist, or the scheme.
        PaperkgError: it held no document, or the output cannot be written.
    """
    settings = settings or Settings()
    rejects: list[Reject] = []
    documents = read([source], settings.read, rejects.append)
    found = extracted(documents, settings.extract) if scheme == OWN else extract_in_scheme(documents, scheme)
    extractions = counted(found, "extract", progress, Counter())
    # The first is waited for before anything is written, so that a source without documents leaves no empty file.
    first = list(islice(extractions, 1))
    if not first:
        raise PaperkgError(nothing([source], rejects))

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
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # An interrupt of the keyboard reaches every process of the job: this one ends it, and a worker has nothing to say of it.
    quiet = (signal.signal, (signal.SIGINT, signal.SIG_IGN))
    # Spawned, not forked: a fork copies locks that threads of the model's runtime may hold, and waits on them for ever.
    with ProcessPoolExecutor(settings.workers, get_context("spawn"), *quiet) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        try:
            # Two chunks a worker are on their way, and no more: Executor.map would first read every document there is.
            for chunk in _chunks(documents):
                waiting.append(pool.submit(_extract_chunk, chunk, settings))
                if len(waiting) > 2 * settings.workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise PaperkgError(
                "extract: a worker process died, perhaps for want of memory; try fewer --workers"
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def _extract_chunk(documents: list[Document], settings: ExtractSettings) -> list[Extraction]:
    return list(extract(documents, settings))


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    stream = iter(documents)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def counted(items: Iterable[T], stage: str, progress: Progress, tally: Counter[str]) -> Iterator[T]:
    """The items as they come, each told to ``progress`` and counted in ``tally`` under the stage's name."""
    for item in items:
        tally[stage] += 1
        progress(stage, tally[stage])
        yield item


def nothing(sources: Sequence[str | Path], rejects: Sequence[Reject]) -> str:
    """Why sources held no document, in one line."""
    where = ", ".join(str(source) for source in sources)
    why = f"; first of {len(rejects)} rejects: {rejects[0].source}: {rejects[0].reason}" if rejects else ""
    return f"{where}: no document could be read{why}"
