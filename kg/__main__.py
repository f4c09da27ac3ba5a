"""``python -m kg`` is the command ``kg``.

Exit status 0 for success, 1 for a job that failed, 2 for wrong usage; an error is one line on stderr.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import NoReturn

import typer
from rich.text import Text

from kg.cli import app
from kg.errors import PaperkgError
from kg.terminal import err

# Much that is made at the start stays to the end (the terminology, weights, graphs). To look for garbage among it after every
# 700 new objects, as Python does, and once more at the end, took a third of a short command's time.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

# What typer raises for wrong usage; its own copy of click or click itself, as its version has it.
_WrongUsage: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def main() -> None:
    """Run the command line, and turn an error into its one line and exit status."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding lacks is escaped; it does not end the job.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
        gc.freeze()  # the process ends and gives all back: nothing to look for
        sys.exit(status if isinstance(status, int) else 0)
    except PaperkgError as error:
        _fail(str(error), error.exit_status)
    except _WrongUsage as error:
        if not sys.argv[1:]:
            error.show()  # type: ignore[attr-defined]  # no arguments at all: the help
            sys.exit(2)
        _fail(f"{error.format_message()}; try: kg {_asked()}--help", 2)  # type: ignore[attr-defined]
    except BrokenPipeError:
        # Who read our output has gone. What is left in the buffer must not be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except (KeyboardInterrupt, typer.Abort):
        _fail("stopped", 130)
    except Exception as error:
        if os.environ.get("KG_TRACEBACK"):
            raise
        _fail(f"unforeseen {type(error).__name__}: {error}; KG_TRACEBACK=1 shows where; please report it", 1)


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
