"""The last noun of a term says what the term is: "organ segmentation" is a task, "coupling" a method, 神经网络 a model."""

from __future__ import annotations

from kg.text import fold, has_cjk

HEADS_ZH: dict[str, str] = {
    **dict.fromkeys(
        """
    分割 检测 识别 分类 翻译 问答 检索 推荐 摘要 重建 跟踪 追踪 定位 导航 生成 预测 标注 解析 推理 理解 配准 去噪 分析 合成 匹配 建模 规划
    控制 补全 消歧 抽取 提取 聚类 回归 诊断 验证 调度 估计 压缩 恢复 修复 编辑 对话 匿名化
    """.split(),
        "Task",
    ),
    **dict.fromkeys(
        """
    学习 算法 优化 训练 微调 采样 搜索 剪枝 量化 蒸馏 增强 正则化 归一化 编码 嵌入 提示 机制 耦合 传输 运输 损失 损失函数 核函数 滤波 变换
    分解 卷积 池化 注意力 搜索 博弈 迭代 下降 传播 融合 对齐 投影 插值 初始化 工程 推断 近似 梯度 评估
    """.split(),
        "Method",
    ),
    **dict.fromkeys(
        "网络 模型 变压器 架构 编码器 解码器 自编码器 分类器 检测器 生成器 判别器 神经网络 机 森林 树".split(),
        "Model",
    ),
    **dict.fromkeys(["数据集", "语料库", "语料", "数据库"], "Dataset"),
    **dict.fromkeys(["基准", "基准测试"], "Benchmark"),
    **dict.fromkeys("系数 误差 准确率 精度 召回率 困惑度 分数 距离 散度".split(), "Metric"),
    **dict.fromkeys(
        """
    风险 偏见 偏差 智能 图像 成像 影像 影像学 疾病 攻击 性 游戏 过程 语言 视频 信号 图 空间 噪声 语音 文本 处理 视觉 手术 熵 知识 变量
    现象 效应 定律 行为 缩放 安全 隐私 公平 公平性 鲁棒性 泛化 系统 机器人 物联网 医学 流形 点云 矩阵 改进
    """.split(),
        "Concept",
    ),
}

HEADS_EN: dict[str, str] = {
    **dict.fromkeys(
        """
    segmentation detection recognition classification translation answering
    retrieval recommendation summarization reconstruction tracking localization
    navigation generation prediction labeling parsing understanding registration
    denoising analysis synthesis matching planning control completion disambiguation
    extraction clustering regression diagnosis verification scheduling estimation
    compression restoration editing dialogue anonymization captioning tagging
    forecasting manipulation grasping identification reasoning game games
    """.split(),
        "Task",
    ),
    **dict.fromkeys(
        """
    learning algorithm optimization training finetuning fine-tuning sampling search
    pruning quantization distillation augmentation regularization normalization
    encoding embedding prompting mechanism coupling transport loss kernel filter
    filtering transform decomposition convolution pooling attention descent
    propagation fusion alignment projection interpolation initialization inference
    approximation method framework approach technique strategy scheme feedback
    policy estimator process programming bootstrapping voting validation smoothing
    gradient iteration
    """.split(),
        "Method",
    ),
    **dict.fromkeys(
        """
    network networks model models transformer transformers architecture encoder
    decoder autoencoder classifier detector generator discriminator machine forest
    tree automaton automata agent agents
    """.split(),
        "Model",
    ),
    **dict.fromkeys("dataset corpus corpora treebank database collection lexicon".split(), "Dataset"),
    **dict.fromkeys(["benchmark", "suite", "leaderboard", "environment"], "Benchmark"),
    **dict.fromkeys(
        """
    coefficient error accuracy precision recall perplexity score distance divergence
    rate ratio index metric
    """.split(),
        "Metric",
    ),
    **dict.fromkeys(
        "library toolkit toolbox package platform simulator software system api".split(), "Software"
    ),
}


def head_type(name: str) -> str | None:
    """The class that the last noun of a name tells, if any."""
    if has_cjk(name):
        head = max((h for h in HEADS_ZH if name.endswith(h)), key=len, default=None)
        return HEADS_ZH[head] if head else None
    last = name.split()[-1].rsplit("-", 1)[-1]
    return HEADS_EN.get(last.lower()) or HEADS_EN.get(fold(last))


def default_type(name: str) -> str:
    """The class of a name about which the text says nothing: by its last noun; else a method if it is written as a name."""
    written_as_name = not has_cjk(name) and any(c.isupper() for c in name)
    return head_type(name) or ("Method" if written_as_name else "Concept")
