"""Word lists that the rules read: the cue nouns that tell a name's type, words that are no names, given names."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

# The noun beside a name says what the name is: "the ROOTS corpus", "BERT模型".
CUE_NOUNS_EN: dict[str, str] = {
    **dict.fromkeys(("dataset", "data set", "corpus", "corpora", "database", "treebank", "collection", "lexicon"), "Dataset"),
    **dict.fromkeys(
        ("benchmark", "benchmark suite", "test suite", "testbed", "leaderboard", "environment", "competition", "game"), "Benchmark"
    ),
    **dict.fromkeys(
        ("model", "language model", "architecture", "network", "transformer", "encoder", "decoder", "llm", "vlm", "autoencoder",
         "classifier", "detector", "agent", "backbone", "adapter", "foundation model", "neural network"), "Model"
    ),
    **dict.fromkeys(
        ("algorithm", "method", "framework", "approach", "technique", "loss", "optimizer", "strategy", "pipeline", "scheme",
         "procedure", "attack", "defense", "estimator", "module", "mechanism", "paradigm", "methodology", "protocol", "planner",
         "solver", "filter", "regularizer", "policy", "training"), "Method"
    ),
    **dict.fromkeys(
        ("library", "toolkit", "package", "platform", "software", "simulator", "tool", "toolbox", "engine", "api", "app", "plugin",
         "codebase", "programming language", "compiler"), "Software"
    ),
    **dict.fromkeys(("metric", "score", "measure", "index"), "Metric"),
    **dict.fromkeys(("task", "shared task"), "Task"),
    **dict.fromkeys(("conference", "workshop", "challenge", "hackathon"), "Event"),
}  # fmt: skip
CUE_NOUNS_ZH: dict[str, str] = {
    **dict.fromkeys(("数据集", "语料库", "语料", "数据库", "树库", "队列研究", "研究"), "Dataset"),
    **dict.fromkeys(("基准测试", "基准", "测试平台", "环境", "游戏", "竞赛", "评测集"), "Benchmark"),
    **dict.fromkeys(
        ("模型", "大模型", "语言模型", "架构", "网络", "编码器", "解码器", "分类器", "检测器", "智能体"),
        "Model",
    ),
    **dict.fromkeys(
        ("算法", "方法", "框架", "策略", "技术", "机制", "损失", "优化器", "模块", "流程", "范式", "方案"),
        "Method",
    ),
    **dict.fromkeys(
        ("库", "工具包", "工具箱", "平台", "软件", "仿真器", "模拟器", "工具", "系统"), "Software"
    ),
    **dict.fromkeys(("指标", "分数", "得分", "评分"), "Metric"),
    **dict.fromkeys(("任务",), "Task"),
    **dict.fromkeys(("会议", "研讨会", "挑战赛"), "Event"),
}

# Written like names, yet they name nothing a reader would look for.
NOT_NAMES = frozenset(
    """
    2D 3D 4D 5D 6D 1D 2.5D SOTA URL HTTP HTTPS HTML PDF USA US UK EU AD BC II III IV
    VI VII VIII IX XI OK ID IDS PhD vs VS APPENDIX ABSTRACT INTRODUCTION CONCLUSION
    CPU GPU GPUs CPUs TPU RAM GB MB KB TB Hz kHz MHz GHz ms dB cm mm km The This
    These We Our In On For To It A An As By Of With
    """.split()
)


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names that authors of papers bear, counted over author lists (``tools/given_names.py``)."""
    text = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def alternatives(words: dict[str, str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
