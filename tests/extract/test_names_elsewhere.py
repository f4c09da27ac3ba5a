"""A name found once is marked wherever it stands as a whole word."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.combine import _whole

LETTERS = st.text(alphabet="aB1- 模é.", min_size=1, max_size=4)


def test_a_name_inside_a_longer_word_is_not_marked():
    assert list(_whole("GAN", "GAN, GANs, the GAN-based and 的GAN模型")) == [(0, 3), (15, 18), (30, 33)]


@given(name=LETTERS, parts=st.lists(LETTERS, max_size=12))
def test_it_is_found_where_a_regular_expression_finds_it(name, parts):
    text = name.join(parts)
    pattern = rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"
    assert list(_whole(name, text)) == [match.span() for match in re.finditer(pattern, text)]
