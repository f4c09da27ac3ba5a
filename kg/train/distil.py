"""A teacher's labels: what a trained network thinks of texts that nobody annotated, as soft targets.

Hinton et al. 2015 (arXiv:1503.02531): a student learns more from a teacher's probabilities than from its decisions. The
teacher may have another encoder, as long as it cuts text into the same pieces (MiniLM and MPNet share a vocabulary).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import torch

from kg.extract.neural.decode import propose, select
from kg.extract.neural.links import candidates, index, same_entity
from kg.extract.neural.pieces import Pieces, PieceTokenizer, encode
from kg.train.batch import Soft, inputs, tensors
from kg.train.corpora import GoldDoc
from kg.train.features import Example
from kg.train.model import Network
from kg.train.schemes import OWN

#: A span that the teacher believes in at least so much is a mention of the lesson.
LEAST = 0.35


def lessons(
    teacher: Network, tokenizer: PieceTokenizer, docs: Iterable[tuple[str, str]]
) -> Iterator[tuple[Example, Soft]]:
    """An example without gold and the teacher's view of it, for each (id, text). Texts are read one by one."""
    teacher.eval()
    for name, text in docs:
        for pieces in encode(tokenizer, text):
            yield (
                Example(GoldDoc(name, OWN.name, text), pieces, [], [], [], [], []),
                view(teacher, text, pieces),
            )


@torch.no_grad()
def view(teacher: Network, text: str, pieces: Pieces) -> Soft:
    """What the teacher thinks of one window."""
    x = inputs([pieces])
    hidden = teacher.encoder(x.ids, x.shapes, x.mask)
    logits = teacher.edges[OWN.name](hidden)
    edges = logits[0].sigmoid().numpy().astype(np.float32)
    spans = propose(edges[:, 0], edges[:, 1], pieces)
    place = torch.tensor(spans, dtype=torch.int64).reshape(-1, 2)
    row = torch.zeros(len(spans), dtype=torch.int64)
    _, scores = teacher.classify(OWN.name, hidden, logits, row, place[:, 0], place[:, 1])
    types = scores.softmax(-1).numpy().astype(np.float32)
    chosen = select(spans, 1 - types[:, 0], LEAST)
    order = chosen + [k for k in range(len(spans)) if k not in set(chosen)]
    mentions = [spans[k] for k in chosen]
    groups = same_entity(text, [(int(pieces.start[i]), int(pieces.end[j])) for i, j in mentions])
    pairs = [(a, b) for a, b in candidates(pieces, mentions) if groups[a] != groups[b]]
    links = tensors(index([pieces], [mentions], [groups], [pairs]))
    kept = place[chosen]
    vectors, _ = teacher.classify(OWN.name, hidden, logits, row[: len(kept)], kept[:, 0], kept[:, 1])
    roles = np.zeros((0, len(OWN.roles)), np.float32)
    relations = np.zeros((0, len(OWN.relations) + 1), np.float32)
    linked = teacher.context(vectors, links) if mentions else vectors
    if mentions:
        roles = teacher.role(OWN.name, hidden, x.mask, linked, links).softmax(-1).numpy()
    if pairs:
        relations = teacher.relations[OWN.name](teacher.relation(hidden, linked, links)).softmax(-1).numpy()
    return Soft(
        edges, [spans[k] for k in order], len(mentions), types[order], groups, roles, pairs, relations
    )
