"""Which form a client gets: the one it likes best, and of equals the one we prefer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiate import choose

OFFERS = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;q=0.3, application/ld+json;q=0.9", "application/ld+json"),
        ("text/*;q=0.5, application/ld+json;q=0.4", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/turtle;charset=utf-8;q=0.9, */*;q=0.1", "text/turtle"),
        ("text/html;q=0.1, text/*;q=0.9", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=nan", None),
        ("text/turtle;q=2", None),
        ("nonsense, text/turtle", "text/turtle"),
        (",,;;,", None),
    ],
)
def test_choice(accept, chosen):
    assert choose(accept, OFFERS) == chosen


@given(st.text(alphabet="text/html*;q=0.1, \r\n\0é", max_size=200))
def test_any_header_gives_an_offer_or_none(accept):
    assert choose(accept, OFFERS) in {*OFFERS, None}
