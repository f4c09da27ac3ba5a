"""Files given as text or bytes, and what came of reading them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.read import read
from kg.settings import ReadSettings
from kg.types import Document, Reject

ENGLISH = "We present BLOOM, a language model that was trained on the ROOTS corpus of the web."
OTHER_ENGLISH = "This paper studies how the size of a model and its behaviour are related to each other."
CHINESE = "我们提出了一种基于最佳传输的形态分析方法,并在公开数据集上进行了评估。"
TRADITIONAL = "我們提出了一種基於最佳傳輸的形態分析方法,並在公開資料集上進行了評估。"
GERMAN = "Wir stellen ein neues Sprachmodell vor, das auf einem großen Korpus trainiert wurde."


@dataclass
class Read:
    """The documents and rejects of one reading."""

    documents: list[Document]
    rejects: list[Reject] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [document.text for document in self.documents]

    @property
    def reasons(self) -> list[str]:
        return [reject.reason for reject in self.rejects]

    @property
    def only(self) -> Document:
        """The one document, where nothing was rejected."""
        assert not self.rejects
        (document,) = self.documents
        return document


# Given files by name, and settings, a reading of them all.
Reader = Callable[..., Read]


def read_paths(*paths: str | Path, settings: ReadSettings | None = None) -> Read:
    result = Read([])
    result.documents = list(read(paths, settings or ReadSettings(), result.rejects.append))
    return result
