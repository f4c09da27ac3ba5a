"""What a text denies is not among what the paper uses."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.types import Document


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("We propose Foo-7B, a language model. Foo-7B was evaluated on GLUE.", "uses"),
        ("We propose Foo-7B, a language model. Foo-7B was not evaluated on GLUE.", "mentions"),
    ],
)
def test_what_is_denied_is_not_used(text, role):
    (found,) = extract([Document("d", text, "en")])
    (glue,) = (i for i, m in enumerate(found.mentions) if m.text == "GLUE")
    assert [r.predicate for r in found.roles if r.mention == glue] == [role]
    assert any(r.object == glue and r.predicate == "evaluatedOn" for r in found.relations)
