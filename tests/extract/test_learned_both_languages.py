"""One network reads both languages: what a sentence names is found whichever it is written in."""

from __future__ import annotations

import pytest

from kg.extract.neural.model import NeuralModel

PAIRS = [
    (
        "We propose GraphWeave, a graph neural network for traffic forecasting.",
        "我们提出了GraphWeave，一种用于交通预测的图神经网络。",
        {"GraphWeave", "graph neural network", "traffic forecasting"},
        {"GraphWeave", "图神经网络", "交通预测"},
    ),
    (
        "Experiments on the QuestBench dataset show that contrastive learning improves speech recognition.",
        "在QuestBench数据集上的实验表明，对比学习改善了语音识别。",
        {"contrastive learning", "speech recognition"},
        {"对比学习", "语音识别"},
    ),
]


@pytest.fixture(scope="module")
def model() -> NeuralModel:
    return NeuralModel.load()


@pytest.mark.parametrize(("english", "chinese", "named", "named_zh"), PAIRS)
def test_both_languages_name_the_same(
    model: NeuralModel, english: str, chinese: str, named: set[str], named_zh: set[str]
) -> None:
    for text, wanted in ((english, named), (chinese, named_zh)):
        (found,) = model.predict([text])
        assert wanted <= {text[m.start : m.end] for m in found.mentions}


def test_a_text_is_read_the_same_beside_others(model: NeuralModel) -> None:
    english, chinese, *_ = PAIRS[0]
    assert model.predict([english, chinese])[1] == model.predict([chinese])[0]
