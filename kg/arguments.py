"""What is given to the command line: what several commands take, words as text, files of text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.errors import UsageError
from kg.text import printable

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings, as a TOML file; see docs/settings.toml.")
]
GraphArgument = Annotated[
    Path,
    typer.Argument(
        help="A graph file (.ttl, .nt, .nq, .trig, .jsonld, .rdf; .gz of each), or the folder of a store."
    ),
]
BaseOption = Annotated[str, typer.Option("--base", help="IRI under which the graph's resources live.")]
OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="The file to write; - is standard output.")
]


def typed(words: str | None) -> str | None:
    """Words of an argument as UTF-8, whatever encoding the locale speaks of; paths stay the bytes that they are.

    Raises:
        UsageError: they are no text.
    """
    try:
        return words and os.fsencode(words).decode("utf-8")
    except UnicodeError as error:
        raise UsageError(f"{printable(words or '')}: is not text in UTF-8") from error


def word(help_: str, metavar: str | None = None) -> Any:
    """An argument that takes such words."""
    return typer.Argument(metavar=metavar, help=help_, callback=typed)


def words(name: str, help_: str) -> Any:
    """An option that takes such words."""
    return typer.Option(name, help=help_, callback=typed)


def text_of(path: Path) -> str:
    """The text of a file, without the byte order mark that some editors put first.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error
