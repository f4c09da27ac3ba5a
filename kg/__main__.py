"""``python -m kg`` is the command ``kg``.

Exit status 0 for success, 1 for a job that failed, 2 for wrong usage; an error is one line on stderr.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.text import Text

from kg.cli import app
from kg.errors import PaperkgError
from kg.terminal import err

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Much that is made at the start stays to the end (the terminology, weights, graphs). To look for garbage among it after every
# 700 new objects, as Python does, and once more at the end, took a third of a short command's time.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

# Exit statuses as shells give them to a program that a signal ended: SIGINT, SIGPIPE.
_INTERRUPTED = 130
_UNREAD = 141
_STDOUT = "standard output"

# What typer raises for wrong usage; its own copy of click or click itself, as its version has it.
_WrongUsage: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def main() -> None:
    """Run the command line, and turn an error into its one line and exit status."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _prepare_streams()
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except PaperkgError as error:
        _fail(str(error), error.exit_status)
    except _WrongUsage as error:
        if not sys.argv[1:]:
            error.show()  # type: ignore[attr-defined]  # no arguments at all: the help
            sys.exit(2)
        _fail(f"{error.format_message()}; try: kg {_asked()}--help", 2)  # type: ignore[attr-defined]
    except SystemExit as ended:
        # rich and typer make status 1 of a broken pipe, each for itself.
        if isinstance(ended.__context__, BrokenPipeError):
            _leave_unread()
        raise
    except BrokenPipeError:
        _leave_unread()
    except (KeyboardInterrupt, typer.Abort):
        _fail("stopped", _INTERRUPTED)
    except OSError as error:
        if os.environ.get("KG_TRACEBACK"):
            raise
        if error.filename == _STDOUT:
            _drop_output()
            _fail(f"{_STDOUT}: cannot be written: {error.strerror}", 1)
        if error.filename:
            _fail(f"{error.filename}: {error.strerror}", 2 if error.errno == errno.ENAMETOOLONG else 1)
        _fail(_unforeseen(error), 1)
    except Exception as error:
        if os.environ.get("KG_TRACEBACK"):
            raise
        _fail(_unforeseen(error), 1)
    if status == _INTERRUPTED:
        # typer makes a status of what the keyboard sent, and no word.
        _fail("stopped", _INTERRUPTED)
    gc.freeze()  # the process ends and gives all back: nothing to look for
    sys.exit(status if isinstance(status, int) else 0)


def _prepare_streams() -> None:
    """Streams that the shell closed (``>&-``) are opened on nothing, and standard output names itself in its errors."""
    # In the order of their numbers: each takes the lowest that is free, which is the closed stream's own.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nothing, mode, encoding="utf-8", closefd=False))
    # A name that the terminal's encoding lacks is escaped; it does not end the job.
    if isinstance(sys.stdout, io.TextIOWrapper):
        raw = _Output(sys.stdout.fileno(), "w", closefd=False)
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(raw),
            encoding=sys.stdout.encoding,
            errors="backslashreplace",
            line_buffering=sys.stdout.line_buffering,
        )
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")


class _Output(io.FileIO):
    """Standard output: an error in writing to it says that it was this that could not be written."""

    def write(self, data: Buffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            error.filename = _STDOUT
            raise


def _leave_unread() -> NoReturn:
    """End as a program does whose reader has gone."""
    _drop_output()
    sys.exit(_UNREAD)


def _drop_output() -> None:
    """What is left in the buffer must not be flushed at exit: it would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception) -> str:
    return f"unforeseen {type(error).__name__}: {error}; KG_TRACEBACK=1 shows where; please report it"


def _asked() -> str:
    """The command that was asked for, and its step if it has steps, if there are any of those names."""
    words, within = "", app
    for word in sys.argv[1:]:
        known = {c.name or getattr(c.callback, "__name__", "") for c in within.registered_commands}
        deeper = next((g.typer_instance for g in within.registered_groups if g.name == word), None)
        if word not in known and deeper is None:
            break
        words += f"{word} "
        if deeper is None:
            break
        within = deeper
    return words


def _fail(message: str, status: int) -> NoReturn:
    err.print(Text(f"kg: {' '.join(message.split())}"))
    sys.exit(status)


if __name__ == "__main__":
    main()
