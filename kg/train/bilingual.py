"""A second language for a trained network: Chinese words that start where their English translations stand.

There is no Chinese encoder to start from, but there are sentence pairs whose words are aligned (``tools/terms/align.py``).
The row of a Chinese word is the mean of the rows of the English words it is aligned with, weighed by how often (as WECHSEL
does from dictionaries: Minixhofer et al. 2022, arXiv:2112.06598). The body, which never saw Chinese, then reads it as oddly
ordered English; :mod:`kg.train.aligned` and the gold of both languages teach it the rest.

OUT becomes an encoder folder (sizes, pieces, words) with ``start.pt``, a checkpoint to start from.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from torch import Tensor

from kg.errors import UsageError
from kg.extract.neural.pieces import LATIN, WORDS, PieceTokenizer
from kg.extract.neural.words import RUN
from kg.train.encoder import SIZES

log = logging.getLogger("kg.train")
#: What a link counts for a word that is but a part of the aligned one.
PART = 0.3
#: The checkpoint of an encoder folder.
START = "start.pt"
ROWS = "encoder.words.weight"

Aligned = dict[str, Counter[str]]


def aligned_words(path: Path, tokenizer: PieceTokenizer) -> Aligned:
    """How often each known Chinese word is aligned with each English word."""
    if tokenizer.words is None:
        raise ValueError(f"the encoder folder lacks {WORDS}")
    found: Aligned = defaultdict(Counter)
    with path.open(encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            for i, j in pair["links"]:
                word = pair["zh"][j]
                if not RUN.fullmatch(word):
                    continue
                cuts = tokenizer.words.cut(word)
                for a, b in cuts:
                    found[word[a:b]][pair["en"][i].lower()] += 1 if len(cuts) == 1 else PART  # type: ignore[assignment]
    return found


def rows(table: Tensor, tokenizer: PieceTokenizer, aligned: Mapping[str, Counter[str]]) -> Iterator[Tensor]:
    """A first row for each known Chinese word, in their order; ``table``: the rows of the word pieces."""
    words = tokenizer.words.number if tokenizer.words else {}

    def english(word: str) -> Tensor:
        return table[torch.from_numpy(tokenizer.cut(word).ids)].mean(0)

    made: dict[str, Tensor] = {}
    for word in words:
        seen = [(e, n) for e, n in aligned.get(word, Counter()).most_common(20) if e.strip()]
        if seen:
            total = sum(n for _, n in seen)
            made[word] = sum((english(e) * (n / total) for e, n in seen), torch.zeros(table.shape[1]))
    by_character: dict[str, list[Tensor]] = defaultdict(list)
    for word, row in made.items():
        for character in set(word):
            by_character[character].append(row)
    middle = torch.stack(list(made.values())).mean(0)
    log.info("%d of %d words are aligned", len(made), len(words))
    for word in words:
        near = [row for character in word for row in by_character[character]]
        yield made[word] if word in made else torch.stack(near).mean(0) if near else middle


def extend(start: Path, encoder: Path, words: Path, aligned: Path, out: Path) -> None:
    """Write the encoder folder ``out``.

    Args:
        start: a checkpoint of the trained network.
        encoder: the folder of its encoder.
        words: Chinese words and how often they occur, a line each, tab between.
        aligned: JSON Lines of aligned sentences (``en``, ``zh``: words; ``links``: pairs of their numbers).
        out: the folder to write.

    Raises:
        UsageError: a file is missing.
    """
    for path in (start, encoder / LATIN, encoder / SIZES, words, aligned):
        if not path.exists():
            raise UsageError(f"{path}: no such file")
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(encoder / LATIN, out / LATIN)
    shutil.copy(words, out / WORDS)
    tokenizer = PieceTokenizer.read(out)
    state = torch.load(start, map_location="cpu", weights_only=True)["network"]
    fresh = torch.stack(list(rows(state[ROWS], tokenizer, aligned_words(aligned, tokenizer))))
    state[ROWS] = torch.cat([state[ROWS], fresh])
    torch.save({"network": state}, out / START)
    sizes = json.loads((encoder / SIZES).read_text(encoding="utf-8"))
    sizes["vocab_size"] = len(state[ROWS])
    (out / SIZES).write_text(json.dumps(sizes, indent=1) + "\n", encoding="utf-8")
