"""Given a sentence with numbers, these are measurements and those are not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import numbers

from kg.extract.measurements.find import find_measurements
from kg.extract.measurements.numbers import parse
from kg.types import Mention

MEASURED = [
    # magnitudes
    ("We train a 176B-parameter model.", [("176000000000", "parameters")]),
    ("We annotate 3.2 million documents.", [("3200000", "documents")]),
    ("We collect 1,024 images from twelve hospitals.", [("1024", "images"), ("12", "hospitals")]),
    ("我们使用1.5亿个参数的模型。", [("150000000", "参数")]),
    ("模型有7B参数。", [("7000000000", "参数")]),
    # units
    ("It is 3 times faster, taking 20 ms.", [("3", "times"), ("20", "ms")]),
    ("The corpus holds 1.6TB of text.", [("1.6", "TB")]),
    ("It was trained on 8 GPUs for 3 days.", [("8", "GPUs"), ("3", "days")]),
    # percent, and percent of percent
    ("A median of 72% took part.", [("72", "%")]),
    ("It rises by 3.2 percentage points.", [("3.2", "percentage points")]),
    ("准确率提升了3个百分点。", [("3", "percentage points")]),
    # a range is two numbers
    ("They agree with 90-100% of labels.", [("90", "%"), ("100", "%")]),
    (
        "Accuracy rises by 9.1%-26.1%, and it runs 9x-18x faster.",
        [("9.1", "%"), ("26.1", "%"), ("9", "times"), ("18", "times")],
    ),
    # written as formulas, with a sign
    (
        "We gain $10.5\\%$ at a $3\\times$ speedup on $12$ datasets.",
        [("10.5", "%"), ("3", "times"), ("12", "datasets")],
    ),
    ("At a ratio of -5dB it costs $5 and $10.", [("-5", "dB"), ("5", "$"), ("10", "$")]),
    (
        "We review three mainstream architectures--A, B and C, at 2.5 N·m.",
        [("3", "mainstream architectures"), ("2.5", "N·m")],
    ),
    # sizes of samples, factors
    ("A study with readers (n=19) took place.", [("19", "readers")]),
    ("It trains faster by a factor of 2.5 and is twice as small.", [("2.5", "times"), ("2", "times")]),
    # in words
    (
        "One hundred tasks and hundreds of samples are used.",
        [("100", "tasks")],
    ),
    ("It keeps two-thirds of the samples after one hour.", [("0.667", "of the whole"), ("1", "h")]),
    (
        "It beats six state-of-the-art methods on two widely used RGB-D object benchmark datasets.",
        [("6", "state-of-the-art methods"), ("2", "widely used RGB-D object benchmark datasets")],
    ),
    ("约三分之一的样本由百分之二十的用户提供。", [("0.333", "of the whole"), ("20", "%")]),
    (
        "模型只用6 GB的内存，使用五种目标语言，覆盖49个国家超过60,000家企业。",
        [("6", "GB"), ("5", "目标语言"), ("49", "国家"), ("60000", "企业")],
    ),
    # ranges and lists, as they are written
    (
        "We use 1,000-to-20,000 training sentences.",
        [("1000", "training sentences"), ("20000", "training sentences")],
    ),
    (
        r"Errors of 3.5\%/4.25\% are seen, a gain of $2$-$3$ percentage points.",
        [("3.5", "%"), ("4.25", "%"), ("2", "percentage points"), ("3", "percentage points")],
    ),
    (
        r"The gap is under 4$\%$. It raises scores from 51.5 to 60.2.",
        [("4", "%"), ("51.5", "points"), ("60.2", "points")],
    ),
    # shared heads
    (
        "It has sources in 46 natural and 13 programming languages (59 in total).",
        [("46", "natural languages"), ("13", "programming languages"), ("59", "languages")],
    ),
    ("It uses 5 layers and 90 images.", [("5", "layers"), ("90", "images")]),
    ("We tried it with 2, 4, and 16 speakers.", [("2", "speakers"), ("4", "speakers"), ("16", "speakers")]),
    # singular before another noun, possessives, one unit for both
    (
        "In a 13-week semester it gained 5.9-point improvements in a 2-min test.",
        [("13", "weeks"), ("5.9", "points"), ("2", "min")],
    ),
    ("We analyze 126 undergraduate students' answers.", [("126", "undergraduate students")]),
    (
        "Gains are 8.75 and 3.13 percentage points.",
        [("8.75", "percentage points"), ("3.13", "percentage points")],
    ),
    # Chinese classifiers, spelled numbers
    ("它由204个任务组成，由132家机构的442位作者贡献。", [("204", "任务"), ("132", "机构"), ("442", "作者")]),
    ("数据涵盖12个任务类别和10多种语言。", [("12", "任务类别"), ("10", "语言")]),
    ("我们收集了三百五十张图像。", [("350", "图像")]),
    # what only describes is no part of the unit, and words with a particle's character in them are whole
    ("它由五个可复用的插件和三种流行的编辑器构成。", [("5", "插件"), ("3", "编辑器")]),
    (
        "120名参与者评价了3,000个多轮对话，覆盖六个下游任务。",
        [("120", "参与者"), ("3000", "多轮对话"), ("6", "下游任务")],
    ),
    (
        "我们使用512维向量控制7自由度机械臂，权重为1.5比特。",
        [("512", "dimensions"), ("7", "DoF"), ("1.5", "bits")],
    ),
    ("得分从52.5提升至60.1。共有14人参加。", [("52.5", "points"), ("60.1", "points"), ("14", "people")]),
    ("三家知名企业的股价下跌。", [("3", "知名企业")]),
    ("共有64个具有5个标签的文档。", [("64", "个"), ("5", "标签")]),
    ("我们将4287篇医学论文分解为部件，并编写了14,697道选择题。", [("4287", "医学论文"), ("14697", "选择题")]),
    # great ones, spans of time and multiples count without a classifier; Latin words may follow a space
    ("它面临两大关键瓶颈，覆盖六大顶级会议。", [("2", "关键瓶颈"), ("6", "顶级会议")]),
    ("过去三年里，我们标注了六小时的视频。", [("3", "years"), ("6", "h")]),
    ("近60年来，该领域不断发展。", [("60", "years")]),
    ("它比前人工作快五倍，内存是基线的两倍。", [("5", "times"), ("2", "times")]),
    ("我们对四个 LLMs 进行了测试。", [("4", "LLMs")]),
    ("询问过程分为四类：主诉、症状、病史和其他。", [("4", "类")]),
    # what has just been listed is counted, and what differs is no part of the unit
    ("我们在倒摆、球杆、电机和水箱这四个不同控制系统上验证。", [("4", "控制系统")]),
    # an address ends where Chinese goes on
    ("从https://example.org/data/7获取的数据集包含423张图像。", [("423", "图像")]),
    ("代码见github.com/a/b。实验用了9块GPU。", [("9", "GPU")]),
]


@pytest.mark.parametrize(("text", "expected"), MEASURED)
def test_a_number_with_its_unit_is_a_measurement(by_rules, text, expected):
    assert [(value, unit) for value, unit, _ in numbers(by_rules(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2019, results were published.",
        "2019年的研究很重要。",
        "Raters used a 5-point scale for 20-year-old solvers.",
        "三年级学生在十九世纪的第三年入学。",
        "我们从这三种语言出发，考虑了10年期国债。",
        "Songs of the 1930s and, from May 2008 onwards, of arXiv:1607.01234 are known.",
        "Previous work (Smith, 2019) is known [12, 13].",
        "See Section 3 and Figure 2.",
        "GPT-3 and OASIS-1 are used in 3D.",
        "We argue for two things: (1) speed and (2) care.",
        "See https://example.org/12/34.",
        "This is the 4th edition.",
        "We make three contributions.",
        "Let $x_2 = 3$ hold.",
        "研究以下问题：(1) 速度 (2) 质量。",
        "结果表明：(1)速度更快；(2)质量更好。",
        "We compare the two models, and ask whether two sentences agree.",
        "It lies far above 0.998 across all species.",
        "三维重建使用二阶导数和两阶段训练。",
        "任务1具有单调性，假设2不具有；增量有四阶矩。",
        "该系统获得第6名，以CC BY 4.0许可证发布。",
        "我们有两个关键贡献，并从三个方面评估模型。",
        "Its time is O(1/T) in SE(3) under 2:4 sparsity in three-dimensional space.",
    ],
)
def test_years_citations_names_and_list_marks_are_no_measurements(by_rules, text):
    assert numbers(by_rules(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "uncertainty", "metric"),
    [
        ("A BLEU of 28.4 ± 0.3 was reached.", "28.4", "0.3", "BLEU"),
        ("A BLEU of 28.4 (SD 0.3) was reached.", "28.4", "0.3", "BLEU"),
        ("A BLEU of 28.4 (standard deviation 0.3) was reached.", "28.4", "0.3", "BLEU"),
        ("骰子相似度系数为0.89(标准偏差(SD)0.04)。", "0.89", "0.04", "骰子相似度系数"),
        ("F1 = 0.93 on the test set.", "0.93", None, "F1"),
        ("An F1 of $0.66 \\pm 0.01$ was reached.", "0.66", "0.01", "F1"),
        ("The accuracy is 31.2% (std 4.8%).", "31.2", "4.8", "accuracy"),
        ("An accuracy of 0.98, 0.97, and 0.91 was reached.", "0.91", None, "accuracy"),
        ("The AUC is 0.94 (95% CI 0.93-0.95).", "0.94", None, "AUC"),
        ("It reaches an accuracy of 94.5%.", "94.5", None, "accuracy"),
        ("模型有7B参数，准确率为0.93。", "0.93", None, "准确率"),
    ],
)
def test_a_score_belongs_to_its_metric_and_carries_its_deviation(by_rules, text, value, uncertainty, metric):
    extraction = by_rules(text)
    found = next(m for m in extraction.measurements if m.value == Decimal(value))
    assert found.uncertainty == (None if uncertainty is None else Decimal(uncertainty))
    assert found.metric is not None
    assert extraction.mentions[found.metric].text == metric


def test_scores_listed_before_their_metric_are_its(by_rules):
    """Numbers with decimal points are no end of a sentence."""
    text = "The models reach 0.82 and 0.91 mIoU."
    found = by_rules(text)
    assert [
        (str(m.value), found.mentions[m.metric].text) for m in found.measurements if m.metric is not None
    ] == [
        ("0.82", "mIoU"),
        ("0.91", "mIoU"),
    ]


def test_a_count_belongs_to_the_thing_named_before_it(by_rules):
    extraction = by_rules("BIG-bench currently consists of 204 tasks.")
    (count,) = extraction.measurements
    assert extraction.mentions[count.of].text == "BIG-bench"


def test_the_words_as_stated_are_those_of_the_text(by_rules):
    for text, _ in MEASURED:
        for m in by_rules(text).measurements:
            assert m.text == text[m.start : m.end]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,024", 1024), ("176B", 176 * 10**9), ("3.2 million", 3_200_000), ("5k", 5000), ("twenty-one", 21), ("十二", 12),
        ("三百五十", 350), ("1.5亿", 150_000_000), ("2千万", 20_000_000), ("0.10", Decimal("0.1")),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(written, value):
    assert parse(written) == value


@given(st.integers(0, 10**9))
def test_a_whole_number_is_read_the_same_with_and_without_thousands_marks(number):
    assert parse(f"{number:,}") == parse(str(number)) == number


@pytest.mark.parametrize(
    ("text", "value", "owner"),
    [
        # the counted thing itself, as the unit, behind the number and before its bracket
        ("We compare FooNet with three convolutional neural networks.", 3, "convolutional neural networks"),
        ("We use two classes of hash functions in FooNet.", 2, "hash functions"),
        ("We use image captions (887 sentences) to train FooNet.", 887, "image captions"),
        # what was measured, not what it is compared with
        ("FooNet gains 3.2 points over BERT and runs 5 times faster than ResNet-50.", 5, "FooNet"),
        # a sentence that names nothing speaks of the contribution
        ("We present FooNet, a language model. Accuracy rises by 4.1%.", Decimal("4.1"), "FooNet"),
    ],
)
def test_a_number_is_said_of_what_is_counted_or_was_measured(text, value, owner):
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), name, kind, 0.9)
        for name, kind in {
            "FooNet": "Model", "BERT": "Model", "ResNet-50": "Model", "convolutional neural networks": "Model",
            "hash functions": "Method", "image captions": "Concept",
        }.items()
        if name in text
    ]  # fmt: skip
    mentions.sort(key=lambda m: m.start)
    introduced = [i for i, m in enumerate(mentions) if m.text == "FooNet"]
    ends = [*(i + 1 for i, c in enumerate(text) if text[i : i + 2] == ". "), len(text)]
    sentences = list(zip([0, *ends], ends, strict=False))
    found = find_measurements(text, mentions, sentences, introduced)
    assert [mentions[m.of].text for m in found if m.value == value] == [owner]


def test_a_count_has_no_metric_and_a_spread_may_be_typed_with_two_signs():
    text = "Accuracy rises with 16 classifiers to 2.12 +- 1.53 mg."
    metric = Mention(0, 8, "Accuracy", "Metric", 0.9)
    first, second = find_measurements(text, [metric], [(0, len(text))])
    assert (first.value, first.metric) == (16, None)
    assert (second.value, second.uncertainty, second.unit) == (Decimal("2.12"), Decimal("1.53"), "mg")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("我们比较了五个主流的语言模型。", "语言模型"),
        ("我们研究了两种最新的基于变压器的视频模型。", "视频模型"),
        ("我们研究了三个股票的价格。", "股票"),
    ],
)
def test_what_only_describes_is_no_chinese_unit_however_often_it_stands_there(text, unit):
    assert [m.unit for m in find_measurements(text, [], [(0, len(text))])] == [unit]
