"""From bytes to lines of text: gzip, byte order marks, wrong encodings, endless lines, broken files.

Text is UTF-8, or UTF-16 and UTF-32 with a byte order mark. A byte that is not UTF-8 does not end the file: it
becomes a lone surrogate (Python's ``surrogateescape``), by which the one document that holds it is known and
rejected later.
"""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

STANDARD_INPUT = "-"
# Characters of one line that are held in memory; the rest of a longer line is passed over.
LONGEST_LINE = 1 << 27

_GZIP_MAGIC = b"\x1f\x8b"
_HEAD = 4096
_LONGEST_MARK = 4
# All but the control characters of binary files, and the NUL of every second byte of UTF-16.
_TEXT_BYTES = bytes([*range(0x20, 0x100), *b"\t\n\f\r\x1b"])
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Unreadable(Exception):  # noqa: N818 - it is a state of the file, not a fault of the program
    """The rest of a file cannot be read: from which line on, and why."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@contextmanager
def opened(path: str) -> Iterator[io.BufferedIOBase]:
    """The bytes of a file, or of standard input for ``-``; gzip is recognised by its first bytes and undone.

    Raises:
        Unreadable: the file cannot be opened.
    """
    if path == STANDARD_INPUT:
        yield _decompressed(cast(io.BufferedIOBase, sys.stdin.buffer))
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below; opening alone may fail here
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    with file:
        yield _decompressed(file)


def lines(stream: io.BufferedIOBase, on_long_line: Callable[[int], None]) -> Iterator[str]:
    """The lines of a stream, each with its ``\\n`` (universal newlines).

    A line past ``LONGEST_LINE`` is told to ``on_long_line`` by its number and comes as an empty one.

    Raises:
        Unreadable: the stream is binary, is gzip cut short or damaged, or fails.
    """
    number = 0
    try:
        text = _text(stream)
        while line := text.readline(LONGEST_LINE):
            number += 1
            if _cut(line):
                while _cut(text.readline(LONGEST_LINE)):
                    pass
                on_long_line(number)
                line = "\n"
            yield line
    except EOFError as error:
        raise Unreadable("the gzip file is cut short; get it again", number + 1) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(f"the gzip file is damaged ({error}); get it again", number + 1) from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}", number + 1) from error


def _cut(line: str) -> bool:
    return len(line) == LONGEST_LINE and not line.endswith("\n")


def _text(stream: io.BufferedIOBase) -> io.TextIOWrapper:
    head = _first(stream, _HEAD)
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if encoding is None and len(head.translate(None, delete=_TEXT_BYTES)) > len(head) // 10:
        raise Unreadable("not text: binary, or UTF-16 without a byte order mark; save it as UTF-8", 1)
    # UTF-16 and UTF-32 know no surrogateescape worth the name: what is wrong in them becomes U+FFFD.
    errors = "replace" if encoding in {"utf-16", "utf-32"} else "surrogateescape"
    return io.TextIOWrapper(_rewound(head, stream), encoding=encoding or "utf-8", errors=errors)


def _decompressed(stream: io.BufferedIOBase) -> io.BufferedIOBase:
    head = _first(stream, len(_GZIP_MAGIC))
    whole = _rewound(head, stream)
    return gzip.GzipFile(fileobj=whole) if head == _GZIP_MAGIC else whole


def _first(stream: io.BufferedIOBase, most: int) -> bytes:
    """The first bytes: enough to tell a mark by, and as many more as come without waiting for them."""
    head = b""
    while len(head) < _LONGEST_MARK and (data := stream.read1(most - len(head))):
        head += data
        if len(head) == most:
            break
    return head


def _rewound(head: bytes, rest: io.BufferedIOBase) -> io.BufferedReader:
    return io.BufferedReader(_Chained(head, rest))


class _Chained(io.RawIOBase):
    """Bytes already taken, then the rest: how a pipe, which cannot seek, is looked at before it is read."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Always: it exists to be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the head, and once that is used up, from the rest."""
        # read1, not read: what a broken gzip file yields before it breaks is not lost with it.
        data = self._head[: len(buffer)] or self._rest.read1(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
