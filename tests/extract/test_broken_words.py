"""Words that a printed line broke are read in one piece; what is said of them stands at its place in the text as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract
from kg.script import joined, legible
from kg.text import fold
from kg.types import Document

WHOLE = "We propose FooNet for speech recognition. It is evaluated on ImageNet and has 42 layers."


@pytest.mark.parametrize("hyphen", ["\u00ad", "(cid:173)", "(cid:173) ", "\u00ad\n"])
def test_the_same_is_found_as_in_the_whole_words(hyphen):
    broken = WHOLE.replace("recognition", f"recog{hyphen}nition").replace("evaluated", f"evalu{hyphen}ated")
    (whole,), (read,) = (extract([Document("d", text, "en")]) for text in (WHOLE, broken))
    assert "speech recognition" in {m.text for m in whole.mentions}
    assert [joined(m.text) for m in read.mentions] == [m.text for m in whole.mentions]
    assert [(m.type, m.score) for m in read.mentions] == [(m.type, m.score) for m in whole.mentions]
    assert len(read.relations) == len(whole.relations) and len(read.measurements) == 1
    for each in (*read.mentions, *read.measurements):
        assert each.text == broken[each.start : each.end]
    assert {broken[r.start : r.end].strip() for r in read.relations} <= {
        sentence.strip() + "." for sentence in broken.split(".")
    }


def test_a_broken_name_meets_the_whole_one():
    assert fold("recog(cid:173) nition") == fold("Recognition")


@given(st.text(alphabet="ab語 -\u00ad().:3", max_size=30).map(lambda text: text.replace("3", "(cid:173)")))
def test_every_character_that_is_read_knows_its_place(text):
    read, places = legible(text)
    assert len(places) == len(read) + 1 and places[len(read)] == len(text)
    assert list(places) == sorted(set(places))
    assert "".join(legible(text[place])[0] for place in places[:-1]) == read
