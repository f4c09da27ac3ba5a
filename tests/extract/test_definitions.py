"""Given a text that defines a short form, both its names are mentions of one thing."""

from __future__ import annotations

import pytest
from said import definitions, names

from kg.extract.abbreviations import coined
from kg.extract.combine import _agreed
from kg.extract.notes import Candidate, Definition

DEFINED = [
    # long form first
    ("We study reinforcement learning from human feedback (RLHF).", "RLHF", "reinforcement learning from human feedback"),
    ("We find it in RL from Human Feedback (RLHF) too.", "RLHF", "RL from Human Feedback"),
    ("Large language models (LLMs) are studied.", "LLMs", "Large language models"),
    ("The Dice similarity coefficient (DSC) is reported.", "DSC", "Dice similarity coefficient"),
    ('They rely on the Internet of Things ("IoT").', "IoT", "Internet of Things"),
    # initials of the last words, not other letters of theirs
    ("We study self-supervised learning (SSL) here.", "SSL", "self-supervised learning"),
    ("They use 3D Gaussian Splatting (3DGS) here.", "3DGS", "3D Gaussian Splatting"),
    # short form first
    ("RLHF (reinforcement learning from human feedback) is studied.", "RLHF", "reinforcement learning from human feedback"),
    # Chinese, with brackets of either width; the long form's left border is found without a space
    ("我们称之为马尔可夫编码游戏(MCG)的设置。", "MCG", "马尔可夫编码游戏"),
    ("该报告概述了建模变革性AI风险(MTAIR)项目的工作。", "MTAIR", "建模变革性AI风险"),
    ("本文报告了骰子相似度系数（DSC）。", "DSC", "骰子相似度系数"),
    # a Latin long form in a Chinese text begins where Latin script does
    ("本文提出了检索增强的Vision Language Model（VLM）。", "VLM", "Vision Language Model"),
    ("我们比较了三种量子退火机（QAM）模型。", "QAM", "量子退火机"),
    # across scripts, short form first
    ("We use the MCG (马尔可夫编码游戏) here.", "MCG", "马尔可夫编码游戏"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "short", "long"), DEFINED)
def test_a_definition_ties_the_short_form_to_the_long_one(by_rules, text, short, long):
    extraction = by_rules(text)
    assert definitions(extraction) == {(short, long)}
    found = names(extraction)
    assert found[short] == found[long], "both names of one thing have one class"


def test_a_bracket_may_hold_a_latin_long_form_and_its_short_one(by_rules):
    found = definitions(by_rules("本文改进了稀疏贝叶斯学习（Sparse Bayesian Learning，SBL）的推断。"))
    assert found == {("SBL", "稀疏贝叶斯学习"), ("Sparse Bayesian Learning", "稀疏贝叶斯学习")}


@pytest.mark.parametrize(
    ("seen", "long"),
    [
        ({"大型语言模型": 0.9, "提高大型语言模型": 0.1}, "大型语言模型"),
        ({"语言模型": 0.3}, "提高大型语言模型"),
    ],
)
def test_the_learned_model_moves_the_left_border_of_a_chinese_long_form(seen, long):
    text = "提高大型语言模型（LLM）"
    candidates = [
        Candidate(text.index(name), text.index("（"), "Model", score, "learned")
        for name, score in seen.items()
    ]
    start, end = _agreed(text, Definition((0, 8), (9, 12)), candidates).long
    assert text[start:end] == long


@pytest.mark.parametrize(
    "text",
    [
        "Previous work (Smith et al., 2019) found little.",
        "The results (see Table 2) are good.",
        "Two groups (n = 12) took part.",
        "It improves the accuracy (by a large margin).",
        "We use BERT (based on our own training).",
        "我们使用BERT（本文的基线）。",
        "在多个领域(例如医学)中。",
        # lists, examples and the best of a kind are members, not names, of what stands before
        "我们在三个问答数据集（HotpotQA，StrategyQA，MMLU）上做了实验。",
        "我们比较了卷积神经网络架构（EfficientNet、MobileNet）。",
        "我们比较了卷积神经网络架构（EfficientNet和MobileNet）。",
        "我们攻击了强化学习算法（如DQN，PPO）。",
        "我们攻击了强化学习算法（DQN等）。",
        "它优于最佳基线（GPT-4o）和其他语言模型（BLOOM）。",
        "已有的构造（Bar-Hillel等人，1961年）不够。",
        "我们介绍Quick-VL，它以Min-Max训练的视觉Transformer（ViT）编码图像。",
    ],
)
def test_other_brackets_define_nothing(by_rules, text):
    assert definitions(by_rules(text)) == set()


def test_a_definition_marks_every_later_use_of_the_short_form(by_rules):
    extraction = by_rules("We introduce Flat Gate Pruning (FGP). FGP is fast. We like FGP.")
    assert [m.text for m in extraction.mentions].count("FGP") == 3


def test_a_name_given_in_chinese_without_a_bracket_is_a_mention(by_rules):
    assert names(by_rules("我们称为模因的最小熵耦合是新的。"))["模因"] == "Method"


@pytest.mark.parametrize(
    ("text", "kinds", "one"),
    [
        ("We propose a lip-to-speech model (GlowLTS) here.", ("Model", "Model"), True),
        # of two classes; known before; not proposed here; a word of no name's form
        ("We propose a lip-to-speech model (GlowLTS) here.", ("Task", "Model"), False),
        ("Unlike GlowLTS, we propose a lip-to-speech model (GlowLTS) here.", ("Model", "Model"), False),
        ("They rely on a lip-to-speech model (GlowLTS) here.", ("Model", "Model"), False),
        ("We propose a lip-to-speech model (glow) here.", ("Model", "Model"), False),
    ],
)
def test_a_name_that_is_coined_in_brackets_is_another_name_of_what_is_proposed(text, kinds, one):
    spans = [(text.index("lip"), text.rindex(" (")), (text.rindex("(") + 1, text.rindex(")"))]
    candidates = [Candidate(*span, kind, 0.8, "learned") for span, kind in zip(spans, kinds, strict=True)]
    assert list(coined(text, candidates, 0.4)) == ([Definition(*spans)] if one else [])
