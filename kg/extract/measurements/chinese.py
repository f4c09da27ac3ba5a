"""What a number counts in Chinese: the noun behind it, with or without a classifier."""

from __future__ import annotations

import re

from kg.text import has_cjk

CLASSIFIER = r"个|种|项|位|家|类|张|名|篇|条|幅|段|台|组|套|份|例|款|轮|层|维|次|对|部|所|只|头|门|块|帧|步|倍|首|句|本|册|株|枚|座|辆|架|起|阶|代|支|大类|大(?=[\u4e00-\u9fff]{2})|道(?=[\u4e00-\u9fff]{0,6}题)"
_YEARS = "年(?![级代度轻龄份间月底初末期])"
#: Units that follow numbers in words, too: spans of time, and 倍, times.
SPAN = rf"倍|小时|分钟|个月|{_YEARS}|周(?![期围边报])|天(?![然气文空线])"
#: A span of years, behind a number that is no year.
YEARS = re.compile(rf"\s*{_YEARS}")
_NOUN = re.compile(
    rf"\s*+(?:多|余|几|\+)?\s*+({CLASSIFIER})?(?:以上|左右|以内)?的?(?:不同的?)?\s*+([A-Za-z\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff -]{{0,27}})?"
)
# What stands before 的 and only describes: 四个具有创新策略的组件 are components. Other words there may own what follows
# (三个股票的价格) or be counted themselves.
_MODIFIER = re.compile(
    r"(?:(?:具有|使用|利用|用于|基于|面向|针对|来自|包含|涉及|经过|能够|可|最|更|尚未|已|由|被)[^的]{1,14}"
    r"|[^的到在于为与和]{0,5}(?:新颖|新型|新|关键|主要|重要|核心|基本|独特|流行|公开|可用|极端|互补|独立|真实|标准|典型|常见|常用|代表性|提出|不同|大型|小型|复杂|简单|先进|挑战性|验证过|相关|主流|精心设计|高质量|广泛使用|开源|人工标注))的"
)
# Longer than this a noun is no unit any more.
_LONGEST = 14
# Verbs that end what is counted, and the points of a text that one does something with: 通过四个组件实现, 从三个方面评估.
_VERBS = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:分解|拆分|划分|转化|归类)$|(?<=[\u4e00-\u9fff]{2})(?:逐步)?(?:实现|引导|推进|解耦|表现|推广|调度|收敛)出?.*|(?<=[A-Za-z])(?:训练|运行|加速|并行).*|(?<=[者员构司家人队])贡献.*|(?<=[者员户生])(?:评价|参加|参与|完成|标注|回答|选择|报告).*|(?<=方面)(?!的).+|(?<=阶段)(?!的).+"
)
# A number without a classifier does not count what begins like this.
_NO_NOUN = re.compile(r"[才更将就也都则不至许]|分之")
# A character that ends a noun ends it not where it is part of a word: 参与者, 下游任务, 对话, 上下文.
_NOUN_END = re.compile(
    r"的|和(?!谐|弦)|(?<!参)与(?!会)|及|，|(?<!自)由|在(?!线|地)|上(?!下文|界|游)|中(?!文|间|国|心|央|英|型|等)|下(?!游|一|载|界|文|采样)|进行|组成|构成|是(?!非)|为(?!何)"
    r"|被|了(?!解)|来(?!源|自)|来自|用于|包括|包含|涵盖|以(?!太)|而|并(?!行|发|联)|或(?!然)|从(?!业)|到(?!达)|对(?!抗|话|比|象|齐|称|偶|数|应|手)|将(?!来)|等(?!级|变|式|价|高)|之|不同|表明|证明|显示|都(?!市)|均(?!值|匀|衡|方)"
    r"|共(?!享|同|识|振)|分别|提供(?!商|者)|支持(?!向量)|有(?!效|机|监督|向|序|限)|(?<![功性智动])能(?!力|量|耗|源|级)|可(?!视|解释|靠|信|穿戴|微|控|扩展)|超过|多于|少于|达到|,|(?<=[\u4e00-\u9fff])\d|(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])"
)
# After a number without a classifier these mean dates, places in an order, or the next step of a list.
_NO_UNIT = re.compile(
    r"\s*(?:年|月|日|号|章|节|世纪|级|：|:|、|到|至|和|与|及|的|是|在|以|并|，|之|或|上|下|中|则|且|所|期间|时)"
)
# What the text counts of itself is no measurement.
_OWN_POINTS = re.compile(
    r"(?:亮点|创新点|关键点|要点|重点|难点|因素|结论|原因|挑战|方面|优点|优势|缺点|见解|步骤|阶段|部分|情况|特点|特征|特性|问题|目标|组件|组成|分支|改进|创新|动机|观察|思想|要素|困难|难题|局限(?:性)?|环节|核心|策略|贡献)$"
)
# Behind a small number in words: 三维 is 3D, 二阶 second-order, 两步 two-stage.
_KIND = re.compile(r"[维阶次步](?![数上])|阶段")


def counted(after: str, *, whole: bool = True, bare: bool = True) -> tuple[str, int] | None:
    """The noun that a number counts, with or without a classifier, and where it ends.

    ``whole``: whether it is a whole number; ``bare``: whether it may count without a classifier at all. Others need one.
    """
    match = _NOUN.match(after)
    if not match:
        return None
    classifier, said = match[1], match[2] or ""
    if classifier == "阶" and not said.startswith("段"):
        return None
    if not classifier and (not (whole and bare and said) or _NO_UNIT.match(after) or _NO_NOUN.match(said)):
        return None
    if classifier == "维":
        return "dimensions", match.end(1)
    begin = 0
    while (described := _MODIFIER.match(said, begin)) and described.end() < len(said):
        if any(c.isdigit() for c in described[0]):
            # Another number's words stand between.
            return (classifier, match.end(1)) if classifier else None
        begin = described.end()
    noun = said[begin : begin + _LONGEST]
    end = _NOUN_END.search(noun)
    noun = _VERBS.sub("", noun[: end.start()] if end else noun).strip(" -")
    # Latin words alone ("0.93 on the test set") are for the English rules to judge.
    if not classifier and not has_cjk(noun):
        return None
    stop = match.start(2) + begin + len(noun) if noun else match.end(1)
    return noun or classifier, stop


def own_point(unit: str) -> bool:
    """Whether what is counted is a point of the text itself."""
    return _OWN_POINTS.search(unit) is not None


def of_a_kind(after: str) -> bool:
    """Whether a small number in words, with ``after`` behind it, tells of what kind a thing is."""
    return _KIND.match(after) is not None
