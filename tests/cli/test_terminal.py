"""Tables in full, whatever reads them: a pipe, a wide terminal, a narrow one."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from kg.terminal import print_lines, print_table

LONG = "model:decoder-only-transformer-language-model-of-many-words"
ROWS = [(LONG, "a name of some words"), ("model:x", "语言模型")]


def shown_in(width: int, terminal: bool) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        width=width,
        color_system=None,
        highlight=False,
        soft_wrap=True,
    )


def told(rows, columns=("model", "name"), width: int = 80, terminal: bool = True) -> str:
    console = shown_in(width, terminal)
    print_table(columns, rows, console)
    return console.file.getvalue()


def test_a_pipe_gets_every_row_on_one_line():
    lines = told([(LONG * 9, "name")], terminal=False).splitlines()
    assert f"│ {LONG * 9} │ name │" in lines


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_terminal_gets_cells_folded_and_none_cut(width):
    text = told(ROWS, width=width)
    assert "…" not in text
    assert all(len(line) <= width for line in text.splitlines())
    first = "".join(line.split("│")[1].strip() for line in text.splitlines() if line.startswith("│"))
    assert first == LONG + "model:x"


def test_borders_go_before_cells_are_folded():
    """As in the table of ``kg evaluate``, which is read in a terminal of 80 columns."""
    columns = ("measure", "precision", "recall", "F1", "95 %", "right", "found", "gold")
    row = ("relation benchmarkFor", "0.500", "0.500", "0.500", "0.401–0.603", "12345", "12345", "1234")
    head, line = told([row], columns).splitlines()
    assert head.split() == [word for name in columns for word in name.split()]
    assert line.split("  ")[0] == row[0]
    assert line.split()[2:] == list(row[1:])


def test_columns_too_narrow_to_read_become_lines():
    rows = [tuple(f"{LONG}-{n}" for n in range(6))]
    assert told(rows, columns=tuple("abcdef"), width=50) == "".join(
        f"{name}: {cell}\n" for name, cell in zip("abcdef", rows[0], strict=True)
    ) + "\n"  # fmt: skip


def test_narrow_cells_are_a_table_in_a_narrow_terminal():
    assert "│ 1 │ 2 │ 3 │" in told([("1", "2", "3")], columns=tuple("abc"), width=14)


def test_no_rows_and_no_columns_are_no_error():
    assert "model" in told([])
    assert told([()], columns=()).strip() == ""


@pytest.mark.parametrize("terminal", [True, False])
def test_a_cell_cannot_command_the_terminal(terminal):
    text = told([("\x1b]0;pwn\x07t\u202ex\u2066y\u2069", "z")], terminal=terminal)
    assert "�]0;pwn�t�x�y�" in text
    assert not {"\x1b", "\x07", "\u202e", "\u2066", "\u2069"} & set(text)


class TestLines:
    WORDS = "      “" + "A quote of many words 和中文 that goes on. " * 8 + "”  0.95"

    def test_a_terminal_gets_long_lines_with_a_hanging_indent(self):
        console = shown_in(40, terminal=True)
        print_lines(["short", self.WORDS], console)
        short, first, *more = console.file.getvalue().splitlines()
        assert short == "short"
        assert all(cell_len(line) <= 40 for line in (first, *more))
        assert first.startswith("      “A quote")
        assert all(line.startswith(" " * 8) and line[8] != " " for line in more)
        assert " ".join(line.strip() for line in (first, *more)).split() == self.WORDS.split()

    def test_a_pipe_gets_them_as_they_are(self):
        console = shown_in(40, terminal=False)
        print_lines([self.WORDS], console)
        assert console.file.getvalue() == self.WORDS + "\n"
