"""What stands in a web address is no name; what follows it is, with or without a space."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.types import Document


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("我们在https://example.org/ImageNet获取的街景上训练了Transformer，并用于目标检测。", "zh", "目标检测"),
        ("代码见https://example.org/CIFAR。我们研究图神经网络。", "zh", "图神经网络"),
        ("Code is at my-host.org/CIFAR and we study graph neural networks.", "en", "graph neural networks"),
        ("Code is at https://example.org/CIFAR and we study graph neural networks.", "en", "graph neural networks"),
    ],
)  # fmt: skip
def test_names_behind_an_address_are_found_and_none_inside_it(text, lang, name):
    (found,) = extract([Document("d", text, lang)])
    names = {m.text for m in found.mentions}
    assert name in names
    assert not names & {"ImageNet", "CIFAR"}
