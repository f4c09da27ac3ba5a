"""The words of a stretch of text, as the linear models' features count them."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.text import has_cjk

_WORDS = re.compile(r"[a-z]+")
_WORDS_AND_MARKS = re.compile(r"[a-z]+|[^\sa-z]")


@lru_cache(maxsize=4096)  # what stands beside a name is asked for with each other name
def feature_words(text: str, *, marks: bool = False) -> tuple[str, ...]:
    """English words, with marks if asked for; Chinese in pairs of characters, which need no dictionary."""
    lowered = text.lower()
    if not has_cjk(lowered):
        return tuple((_WORDS_AND_MARKS if marks else _WORDS).findall(lowered))
    kept = re.sub(r"\s+", "", lowered)
    return tuple(kept[k : k + 2] for k in range(max(1, len(kept) - 1)))
