"""The stage itself: paths in, documents out, rejects told as they are met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.read import sidecar
from kg.read.characters import cleaned, one_line
from kg.read.document import to_document
from kg.read.duplicates import Duplicates
from kg.read.files import File, check_paths, find_files
from kg.read.formats import READERS, sniffed
from kg.read.opening import LONGEST_LINE, Unreadable, lines, opened
from kg.read.record import Found, Problem
from kg.read.validity import check_settings
from kg.settings import ReadSettings
from kg.types import Document, Reject, Source

OnReject = Callable[[Reject], None]


def read(paths: Iterable[str | Path], settings: ReadSettings, on_reject: OnReject) -> Iterator[Document]:
    """The documents of files, folders and standard input (``-``), in the order of the paths; folders sorted.

    JSON Lines, tables and RIS are read record by record, so a file may be larger than memory; plain text,
    JSON and BibTeX are held one file at a time. Two documents of one paper (the same id, or ids that name the
    same arXiv paper) are one: the first is kept, the second reported.

    Args:
        paths: what to read. A file's kind is told by its name, else by its first lines.
        settings: how plain text is split, which fields hold what, what happens to other languages.
        on_reject: called with each piece of input that became no document, while the iterator runs.

    Raises:
        UsageError: at once, if a path does not exist or a setting makes no sense.
    """
    check_settings(settings)
    return _documents(check_paths(paths), settings, lambda reject: on_reject(_printable(reject)))


def _documents(paths: list[str], settings: ReadSettings, on_reject: OnReject) -> Iterator[Document]:
    duplicates = Duplicates()
    for file in find_files(paths, on_reject):
        if file.accompanies and sidecar.is_sidecar(file.path, settings):
            continue
        yielded, told = False, _Told(on_reject)
        for document in _file_documents(file, settings, told):
            yielded = True
            repeated = duplicates.check(document)
            if repeated:
                on_reject(repeated)
            else:
                yield document
        if not yielded and not told.any:
            on_reject(Reject(Source(file.path), "holds no document"))


def _file_documents(file: File, settings: ReadSettings, on_reject: OnReject) -> Iterator[Document]:
    name = _shown(file.path)
    try:
        with opened(file.path) as stream:
            found = records(file, lines(stream, _long_line(name, on_reject)), settings)
            if file.beside:
                found = sidecar.joined(found, file.beside, settings, on_reject)
            for item in found:
                if isinstance(item, Problem):
                    on_reject(Reject(Source(name, item.line), item.reason))
                    continue
                result = to_document(item, name, settings)
                if isinstance(result, Document):
                    yield result
                else:
                    on_reject(result)
    except Unreadable as error:
        on_reject(Reject(Source(name, error.line), error.reason))


def records(file: File, text: Iterator[str], settings: ReadSettings) -> Iterator[Found]:
    """The records of one file, by its kind or, where the name tells none, by its first lines."""
    kind, text = (file.kind, text) if file.kind else sniffed(text)
    return READERS[kind](text, settings)


def _long_line(path: str, on_reject: OnReject) -> Callable[[int], None]:
    reason = f"a line of more than {LONGEST_LINE:,} characters is passed over"
    return lambda number: on_reject(Reject(Source(path, number), reason))


def _printable(reject: Reject) -> Reject:
    """A file's name or a header may hold anything; a report is one line of text that can be written."""
    return Reject(Source(_shown(reject.source.path), reject.source.line), one_line(reject.reason), reject.id)


def _shown(path: str) -> str:
    return cleaned(path).replace("\n", " ").replace("\t", " ")


class _Told:
    """Hands rejects on and remembers whether there was one, so that a silent file is noticed."""

    def __init__(self, on_reject: OnReject) -> None:
        self._on_reject = on_reject
        self.any = False

    def __call__(self, reject: Reject) -> None:
        self.any = True
        self._on_reject(reject)
