"""How a text is read: Traditional Chinese as Simplified, and words that a printed line broke in one piece.

Characters are exchanged one for one, so that every place stays where it is; where soft hyphens are left out, offsets tell the places.
``traditional.tsv`` holds, after each simplified character, the traditional ones that it stands for; the facts are those of OpenCC's
``TSCharacters`` (Apache-2.0), without two that Simplified uses as they are (乾坤, 昇腾). In 31,900 simplified abstracts no other of
them stands in more than one, so a text or a name with any of them is Traditional.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

# A soft hyphen between two letters, as a character or as readers of PDF write it, with the space of the line's end.
_SOFT = ("\u00ad", "(cid:173)")
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:\u00ad|\(cid:173\))\s?(?=[^\W\d_])")
_TABLE = Path(__file__).parent / "traditional.tsv"
# Words of Taiwan's computing that are others, as long, on the mainland; in their order: a longer one first.
_WORDS = {
    "人工智慧": "人工智能", "物件侦测": "目标检测", "最佳化": "最优化", "记忆体": "存储器", "伺服器": "服务器",
    "资料": "数据", "网路": "网络", "资讯": "信息", "软体": "软件", "硬体": "硬件", "程式": "程序", "影像": "图像", "讯息": "信息", "讯号": "信号", "视讯": "视频",
    "音讯": "音频", "支援": "支持", "数位": "数字", "品质": "质量", "即时": "实时", "回馈": "反馈", "机率": "概率", "变数": "变量", "侦测": "检测", "辨识": "识别",
    "递回": "递归",
}  # fmt: skip


def is_traditional(text: str) -> bool:
    """Whether a text or a name is written in Traditional Chinese.

    >>> is_traditional("語義分割"), is_traditional("语义分割"), is_traditional("BERT")
    (True, False, False)
    """
    return not text.isascii() and _characters()[1].search(text) is not None


def simplified(text: str) -> str:
    """The text as Simplified Chinese writes it, of the same length; any other comes back as it is.

    >>> simplified("在ImageNet資料集上的準確率"), simplified("影像分割")
    ('在ImageNet数据集上的准确率', '影像分割')
    """
    if not is_traditional(text):
        return text
    text = text.translate(_characters()[0])
    for word, ours in _WORDS.items():
        text = text.replace(word, ours)
    return text


def joined(text: str) -> str:
    """The text without the soft hyphens at which its words were broken.

    >>> joined("speech recog(cid:173) nition"), joined("(cid:173)"), joined("state-of-the-art")
    ('speech recognition', '(cid:173)', 'state-of-the-art')
    """
    return _SOFT_HYPHEN.sub("", text) if any(sign in text for sign in _SOFT) else text


def legible(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read, and for each of its characters, and its end, the place in ``text``.

    >>> read, places = legible("recog(cid:173) nition of 語音")
    >>> read, places[read.index("语")]
    ('recognition of 语音', 25)
    """
    read = simplified(text)
    if joined(text) == text:
        return read, range(len(text) + 1)
    hyphens = [match.span() for match in _SOFT_HYPHEN.finditer(text)]
    borders = [0, *(place for span in hyphens for place in span), len(text)]
    pieces = list(zip(borders[::2], borders[1::2], strict=True))
    places = [place for start, end in pieces for place in range(start, end)]
    return "".join(read[start:end] for start, end in pieces), [*places, len(text)]


@lru_cache(maxsize=1)
def _characters() -> tuple[dict[int, str], re.Pattern[str]]:
    """The simplified character for each traditional one, and a pattern that finds those; read when Chinese is first read."""
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    table = {ord(traditional): simple for simple, several in rows for traditional in several}
    return table, re.compile(f"[{''.join(map(chr, table))}]")
