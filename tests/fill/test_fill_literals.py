"""Text that nobody has checked becomes literals that every format can hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.fill.entities import shown
from kg.fill.literals import calendar, number, probability, safe, web_page, worded
from kg.types import Label
from kg.vocab import XSD


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        ("204", "204", XSD.integer),
        ("1.76E+11", "176000000000", XSD.integer),
        ("28.40", "28.4", XSD.decimal),
        ("94.0", "94", XSD.integer),
        ("-0.50", "-0.5", XSD.decimal),
        ("-0", "0", XSD.integer),
        ("1E-5", "0.00001", XSD.decimal),
    ],
)
def test_numbers_are_canonical(value: str, lexical: str, datatype: object) -> None:
    literal = number(Decimal(value))
    assert literal is not None
    assert (literal.value, literal.datatype) == (lexical, datatype)


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "1E+1000000", "1E-1000000"])
def test_what_is_no_number_of_use_is_left_out(value: str) -> None:
    assert number(Decimal(value)) is None


@pytest.mark.parametrize(
    ("score", "lexical"),
    [
        (0.93, "0.93"),
        (1.0, "1"),
        (0.0, "0"),
        (0.123456, "0.1235"),
        (1.2, "1"),
        (-0.1, "0"),
        (float("nan"), "0"),
    ],
)
def test_confidence_has_at_most_four_decimals_and_stays_a_probability(score: float, lexical: str) -> None:
    assert probability(score).value == lexical


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2022", XSD.gYear),
        ("2022-06", XSD.gYearMonth),
        ("2022-06-18", XSD.date),
        ("2022-13", None),
        ("2022-02-30", None),
        ("June 2022", None),
        ("0000", None),
        ("２０２２", None),
        ("", None),
    ],
)
def test_dates_have_the_type_that_fits(text: str, datatype: object) -> None:
    literal = calendar(text)
    assert (literal and literal.datatype) == datatype


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://", "https://a b/", "http://[::1",
     "https://u:p@example.org/", 'https://example.org/"><script>', "ftp://example.org/", "https://example.org/%zz", "\x00", ""],
)  # fmt: skip
def test_only_web_pages_are_links(url: str) -> None:
    assert web_page(url) is None


@pytest.mark.parametrize("url", ["https://arxiv.org/abs/2211.05100", "http://例子.cn/论文?q=1#a"])
def test_web_pages_are_links_in_any_script(url: str) -> None:
    assert web_page(url) is not None


def test_forbidden_characters_are_replaced_one_for_one_so_that_offsets_stay_true() -> None:
    text = "a\x00b\ud800c\ufffed\re\tf\n😀"
    assert safe(text) == "a\ufffdb\ufffdc\ufffdd e\tf\n😀"
    assert len(safe(text)) == len(text)


def test_text_is_tagged_with_the_language_of_its_script() -> None:
    assert worded("BLOOM").language == "en"
    assert (worded("大型语言模型").language or "").lower() == "zh-hans"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("one preferred a language",
         ([("A", "en", "pref"), ("B", "en", "pref"), ("甲", "zh-Hans", "alt")],
          [("A", "pref"), ("B", "alt"), ("甲", "pref")])),
        ("no name of two kinds", ([("A", "en", "hidden"), ("A", "en", "pref")], [("A", "pref")])),
        ("some name to show", ([("A", "en", "hidden"), ("B", "en", "hidden")], [("A", "pref"), ("B", "hidden")])),
        ("no empty name", ([(" \r", "en", "pref"), (" A ", "en", "alt")], [("A", "pref")])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_labels_are_as_skos_wants_them(given: str, kept: tuple[list, list]) -> None:
    before, after = kept
    assert [(label.text, label.kind) for label in shown(tuple(Label(*label) for label in before))] == after, (
        given
    )
