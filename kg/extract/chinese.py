"""Technical noun phrases of Chinese text: runs of nouns that end in a noun that names a kind of thing.

jieba cuts and tags the words. A run is kept where its last word says what the thing is (…分割 a task, …网络 a model), since
that word also gives the type; anything else is left to the terminology and to definitions.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lexicon.heads import HEADS_ZH as _HEADS
from kg.extract.notes import Candidate, text_of
from kg.text import has_cjk

# Verbs to the tagger, nouns inside a term.
_VERBAL = frozenset(
    """
    分割 检测 识别 学习 推理 增强 编码 成像 生成 决策 估计 推荐 训练 微调 压缩 规划 建模 偏见 耦合 表示 强化 监督 对比 迁移 联合 导航 控制
    跟踪 匹配 对齐 融合 采样 搜索 蒸馏 优化 预测 驾驶 翻译 问答 缩放 传输 运输 提示 推断 处理 评估 理解 检索 零 射击 组织 开关 转移 正则化
    归一化 卷积 池化 嵌入 注意 生成式 合成 感知 交互 验证 诊断 重建 标注 标记 抽取 变分 自 半 无 多 少 稀疏 高 低
    """.split()
)
# A name that is transliterated in three or more characters (马尔可夫, 贝叶斯) is tagged as a person's.
_NOUNLIKE = re.compile(r"n(?!r$)\w*|vn|eng|b|g|j|l|k|nz|an|nrt|h|z")
# Words that describe or point, and so neither begin a term nor make one.
_STOP = frozenset(
    """
    方法 问题 结果 实验 性能 研究 工作 数据 模型 任务 技术 系统 算法 框架 过程 领域 能力 方面 情况 程度 背景 目标 目的 影响 挑战 优势 特征
    部分 能 现有 新 新型 新颖 大量 大型 大规模 小型 不同 主要 重要 有效 高效 传统 本文 论文 文章 文献 我们 当前 目前 最近 最新 未来 一般
    普通 关键 具体 整体 全面 广泛 高质量 高性能 现实 实际 真实 真实世界 标准 先进 强大 简单 复杂 良好 显著 基于 有关 相关 上述 该 所有 各种
    多种 一种 说明性 时 步骤 附加 充分 建议 结果表明 研究问题 条件 基础 内部 理论 信息 阶段 期间 状态 集 多种 整个 全部 各类 某种 域 兴趣 感兴趣 个体 本 方式 机构 作者 专家 团队 代码 项目
    人类 用户 社区 努力 预期 附近 可能性 局限性 敏感性 代表性 挑战性 有效性 优越性 可行性 必要性 重要性 多样性 复杂性 准确性 性质
    """.split()
)


_TRANSLITERATED = 3
_LONG_TERM = 4
# Verbs that take a term as their object far more often than they begin one.
_LEADING_VERBS = frozenset(
    """
    评估 训练 增强 优化 学习 导致 实现 改善 提高 生成 检测 识别 理解 处理 预测 估计 分析 构建 调整 部署 利用 强化 引入 设计 提升 选择 应用
    更新 解决 探索 结合 扩展 进行 比较 缓解 减少 降低 增加
    """.split()
)


@lru_cache(maxsize=1)
def _tagger() -> Any:
    """jieba's tagger, loaded once; it would log to the terminal otherwise."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return jieba.posseg


@Language.component("paperkg_chinese_phrases", requires=["doc._.candidates"], assigns=["doc._.candidates"])
def find_chinese_phrases(doc: Doc) -> Doc:
    """Add a candidate for each run of nouns with a telling last word."""
    text = text_of(doc)
    if not has_cjk(text):
        return doc
    run: list[tuple[int, str]] = []
    borders = {0}
    offset = 0
    for word, flag in _tagger().cut(text):
        if _joins(word, flag):
            run.append((offset, word))
        else:
            _close(doc, run)
            run = []
        offset += len(word)
        borders.add(offset)
    _close(doc, run)
    # A short term that ends inside a word was none: 通过量 in 通过量化.
    doc._.candidates = [c for c in doc._.candidates if c.end - c.start >= _LONG_TERM or c.end in borders]
    return doc


def _joins(word: str, flag: str) -> bool:
    if word in _STOP and word not in _HEADS:
        return False
    if flag == "eng":
        return word.isalnum()
    if flag == "nr" and len(word) >= _TRANSLITERATED:
        return True
    return (word in _VERBAL or word in _HEADS or _NOUNLIKE.fullmatch(flag) is not None) and has_cjk(word)


def _close(doc: Doc, run: list[tuple[int, str]]) -> None:
    """Make a candidate of the longest part of the run that ends in a head and begins with neither a stop word nor nothing."""
    while (
        run
        and run[-1][1] not in _HEADS
        and not any(run[-1][1].endswith(head) for head in _HEADS if len(head) > 1)
    ):
        run = run[:-1]
    while run and (
        run[0][1] in _STOP
        or (len(run) > 1 and run[0][1] in _LEADING_VERBS and sum(len(word) for _, word in run[1:]) > 3)
    ):
        run = run[1:]
    if not run:
        return
    start = run[0][0]
    last_start, last = run[-1]
    end = last_start + len(last)
    if (len(run) < 2 and len(last) < 4) or end - start < 3 or end - start > 14:
        return
    head = last if last in _HEADS else max((h for h in _HEADS if last.endswith(h)), key=len)
    doc._.candidates.append(Candidate(start, end, _HEADS[head], 0.52, "phrase"))
