"""Given a name that nobody has listed, the words beside it say what it is."""

from __future__ import annotations

import pytest
from said import names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("We use the FooSet corpus.", "FooSet", "Dataset"),
        ("Foozle-2 is a large dataset.", "Foozle-2", "Dataset"),
        ("We present Foozle-2, a large language model.", "Foozle-2", "Model"),
        ("Datasets such as FooSet and BarSet are used.", "BarSet", "Dataset"),
        ("It was trained on FooSet.", "FooSet", "Dataset"),
        ("It was evaluated on BarBench.", "BarBench", "Dataset"),
        ("The FooKit library is fast.", "FooKit", "Software"),
        ("The FooNet architecture is deep.", "FooNet", "Model"),
        ("We report the FooScore metric.", "FooScore", "Metric"),
        ("我们在FooSet数据集上评估。", "FooSet", "Dataset"),
        ("我们使用FooKit工具包。", "FooKit", "Software"),
        ("Work of Ben Cottier and Rohin Shah is used.", "Rohin Shah", "Person"),
        ("The University of Heidelberg took part.", "University of Heidelberg", "Organization"),
        ("It ran at MICCAI 2021 in autumn.", "MICCAI 2021", "Event"),
    ],
)
def test_context_types_a_name(by_rules, text, name, kind):
    assert names(by_rules(text)).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "State-of-the-art results in 3D are shown with a CPU in the USA.",
        "The A and B of it, by an ID, as a PDF.",
        "See https://example.org/FooBar/BazQux or mail to FooBar@BazQux.org.",
    ],
)
def test_what_is_written_like_a_name_and_names_nothing_is_left_alone(by_rules, text):
    assert names(by_rules(text)) == {}


def test_all_uses_of_a_name_share_its_class(by_rules):
    extraction = by_rules("FooNet is strange. The FooNet corpus is large. We like FooNet.")
    assert [(m.text, m.type) for m in extraction.mentions if m.text == "FooNet"] == [
        ("FooNet", "Dataset")
    ] * 3
