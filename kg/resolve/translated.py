"""Names that machine translation renders as ordinary words: the method MEME becomes 模因, a Transformer 变压器.

Authors like names that are words. A translator takes the word, not the name, and a text then has both. Two names of one
document are one thing if the Chinese one is the everyday translation of the Latin one; elsewhere the word keeps its meaning.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """English word -> its everyday Chinese translations."""
    table: dict[str, frozenset[str]] = {}
    for line in (Path(__file__).parent / "word_names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, chinese = line.partition("\t")
            table[word] = frozenset(chinese.split("|"))
    return table


def is_translation(chinese: str, latin: str) -> bool:
    """Whether a Chinese word is how a translator would render a Latin name taken for a word. Both folded."""
    return chinese in _words().get(latin.replace(" ", ""), frozenset())
