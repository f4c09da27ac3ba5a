"""Progress: a live bar in a terminal, plain lines elsewhere, and in both how fast and what was found."""

from __future__ import annotations

import io

from rich.console import Console

from kg.progress import Meter


def told(terminal: bool) -> str:
    stream = io.StringIO()
    with Meter(Console(file=stream, force_terminal=terminal, width=120), every=0) as meter:
        meter("mentions", 1200)
        meter("relations", 34)
        meter("extract", 5)
    return stream.getvalue()


def test_plain_lines_hold_no_escape_sequences():
    assert "\x1b" not in told(terminal=False)
    assert told(terminal=False).startswith("extract: 5 documents, ")
    assert told(terminal=False).endswith(" a second, 1,200 mentions, 34 relations\n")


def test_a_terminal_gets_a_bar_with_the_same_words():
    assert "\x1b" in told(terminal=True)
    assert "1,200 mentions, 34 relations" in told(terminal=True)
