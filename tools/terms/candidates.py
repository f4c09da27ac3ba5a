"""Mined candidates as ``propose.py`` wrote them, and the filter each must pass before a reader sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.text import has_cjk

# The best translation must have at least this share of the term's occurrences, this count, and must itself stand for this
# term (rather than another) at least so often.
_MIN_SHARE, _MIN_COUNT, _MIN_BACK = 0.33, 3, 0.3
_VARIANT_SHARE, _VARIANT_COUNT = 0.15, 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """An English term (folded), its spellings with counts, and its Chinese renderings: text, count, share, share back."""

    key: str
    spellings: tuple[tuple[str, int], ...]
    count: int
    known: bool
    renderings: tuple[tuple[str, int, float, float], ...]

    @property
    def passes(self) -> bool:
        """Whether the best rendering is frequent, dominant and its own."""
        if not self.renderings or len(self.key) < 3:
            return False
        text, count, share, back = self.renderings[0]
        return has_cjk(text) and count >= _MIN_COUNT and share >= _MIN_SHARE and back >= _MIN_BACK

    @property
    def chinese(self) -> list[str]:
        """The best rendering, then the variants: frequent ones that are more than a cut or a stretch of the best."""
        best = self.renderings[0][0]
        names = [best]
        for text, count, share, back in self.renderings[1:]:
            frequent = (
                share >= _VARIANT_SHARE and count >= _VARIANT_COUNT and back >= _MIN_BACK and has_cjk(text)
            )
            cut = {text[:-1], text[1:], text[:-2], text.replace("的", "")} & {best} or text in {
                best[:-1],
                best[1:],
            }
            if frequent and not cut:
                names.append(text)
        return names


def read_candidates(path: Path) -> Iterator[Candidate]:
    """The lines of ``candidates.jsonl``."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Candidate(
                key=row["key"],
                spellings=tuple((text, count) for text, count in row["en"]),
                count=row["count"],
                known=row["known"],
                renderings=tuple((text, count, share, back) for text, count, share, back in row["zh"]),
            )
