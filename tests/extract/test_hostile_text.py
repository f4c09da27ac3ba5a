"""No text holds a pattern or a component up: what backtracks without end would stop a build at one abstract."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from contextlib import contextmanager

import pytest

import kg.extract
from kg.extract.nlp import pipeline
from kg.extract.relations import chinese, english
from kg.extract.relations.templates import compiled
from kg.extract.roles import _CUES
from kg.settings import ExtractSettings

#: Each is repeated; what patterns hold between and inside of names, numbers, lists and formulas.
UNITS = [
    " ", "\n", "\u00a0", ",", ".", "-", "(", "$", "a", "A", "0", "一", "的", "和", "，", "a-", "A ", "A, ", ",a ", ", B ", "0,", "0 ", " also,", " finally", " and ",
    "\\sim ", "\\sim{", "和A", "、A", "a and ", "(A", "⟨Model:0⟩, ", "⟨Model:0⟩和",
]  # fmt: skip
#: What a pattern may need before it begins to repeat.
BEGINNINGS = ["", "We", "we present BERT", "$", "$5", "5", "(", "我们", "BERT", "⟨Model:0⟩", "the "]
#: Seconds for what takes thousandths: far from both a busy machine and a pattern that never ends.
PATIENCE = 10


@contextmanager
def patience(what):
    def give_up(*_):
        raise AssertionError(f"no end in {PATIENCE} s: {what}")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def patterns():
    """Every regular expression at the top of a module that reads abstracts, and those of templates and cues."""
    modules = [
        *(importlib.import_module(m.name) for m in pkgutil.walk_packages(kg.extract.__path__, "kg.extract.")),
        *(importlib.import_module(f"kg.{name}") for name in ("text", "latex")),
    ]
    top = [value for module in modules for value in vars(module).values()]
    made = [compiled(t.pattern) for side in (english, chinese) for t in side.TEMPLATES]
    cues = [pattern for cue in _CUES for pattern in (cue.pattern, cue.stop)]
    found = {p.pattern: p for p in (*top, *made, *cues) if isinstance(p, re.Pattern)}
    assert len(found) > 100
    return [found[key] for key in sorted(found)]


@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_backtracks_without_end(unit):
    for pattern in patterns():
        for beginning in BEGINNINGS:
            text = beginning + unit * (600 // len(unit)) + "!"
            with patience(f"{pattern.pattern[:80]} on {beginning + unit!r}"):
                pattern.match(text)
                pattern.fullmatch(text)


@pytest.mark.parametrize("unit", UNITS)
def test_no_long_run_of_anything_holds_the_pipeline_up(unit):
    read = pipeline("en", ExtractSettings(learned=False))
    for beginning in ("", "We present BERT ", "$5"):
        with patience(repr(beginning + unit)):
            read(beginning + unit * (8000 // len(unit)) + "!")


@pytest.mark.parametrize("digits", [15, 16, 40, 5000])
def test_a_row_of_digits_too_long_for_a_number_is_none(digits):
    read = pipeline("en", ExtractSettings(learned=False))
    found = [m.value for m in read(f"It has {'7' * digits} parameters.")._.measurements]
    assert [len(str(value)) for value in found] == ([digits] if digits <= 15 else [])
