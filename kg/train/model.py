"""The network: one encoder, and for every scheme cheap heads for edges, spans, roles and relations.

Mentions are found in two steps, as span models do (SpERT: Eberts and Ulges 2020, arXiv:1909.07755; PURE: Zhong and Chen
2021, arXiv:2010.12812), but with learned pruning: each piece gets a probability to open or close a mention, and only spans
between probable edges are classified. A relation is read from the two spans and what stands between them, without a
second pass of the encoder, so that relations are nearly free. Before that the mentions of an abstract look at each other
in a small transformer of their own: what a paper does with one thing depends on what else it names. All schemes share every
layer but the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.train.encoder import Encoder, EncoderConfig
from kg.train.schemes import Scheme

WIDTHS = 12
DISTANCES = 40
LOOKS = 4
SENTENCES = 16
VIEWS = 4
#: With bfloat16 the encoder reads lengths that are multiples of this.
ROUND = 64


@dataclass
class Links:
    """What roles and relations are read from, as indices. Spans are counted over the batch.

    ``members`` [groups, k]: the spans of each entity (padded by repetition); ``home`` [groups]: its row in the batch;
    ``subject``, ``object`` [pairs]: spans; ``row``, ``left``, ``right`` [pairs]: the pieces between are
    ``left + 1 .. right - 1`` of that row; ``distance`` [pairs]: see :func:`kg.extract.neural.links.distances`;
    ``place``, ``sentence``, ``entity`` [spans]: the row, the sentence and the entity of each span.
    """

    members: Tensor
    home: Tensor
    subject: Tensor
    object: Tensor
    row: Tensor
    left: Tensor
    right: Tensor
    distance: Tensor
    place: Tensor
    sentence: Tensor
    entity: Tensor


class SpanHead(nn.Module):
    """Vectors of spans, from their first and last piece, the mean of what is inside, and their width."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.first, self.last, self.inside = (nn.Linear(width, inner) for _ in range(3))
        self.widths = nn.Embedding(WIDTHS, inner)
        self.norm = nn.LayerNorm(inner)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
        total = F.pad(self.inside(hidden).float().cumsum(1), (0, 0, 1, 0))
        mean = (total[row, last + 1] - total[row, first]) / (last - first + 1)[:, None]
        x = self.first(hidden[row, first]) + self.last(hidden[row, last]) + mean
        x = x + self.widths((last - first).clamp(max=WIDTHS - 1))
        return self.dropout(F.gelu(self.norm(x)))


class MentionLayer(nn.Module):
    """One pre-norm transformer layer over mentions; ``bias`` [heads, spans, spans] is added to the attention scores."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(inner), nn.LayerNorm(inner)
        self.query, self.key, self.value, self.out = (nn.Linear(inner, inner) for _ in range(4))
        self.wide, self.narrow = nn.Linear(inner, 2 * inner), nn.Linear(2 * inner, inner)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        n, d = x.shape
        y = self.norm1(x)
        q, k, v = (
            part(y).view(n, VIEWS, d // VIEWS).transpose(0, 1) for part in (self.query, self.key, self.value)
        )
        mixed = ((q @ k.transpose(1, 2)).float() / (d // VIEWS) ** 0.5 + bias).softmax(-1).to(v.dtype) @ v
        x = x + self.dropout(self.out(mixed.transpose(0, 1).reshape(n, d)))
        return x + self.dropout(self.narrow(F.gelu(self.wide(self.norm2(x)))))


class MentionContext(nn.Module):
    """Vectors of mentions that have seen the other mentions of their abstract.

    Attention knows whether two mentions share a sentence or an entity. What comes out is added to what went in, by a
    matrix that starts at zero: a network trained without this part starts as it was.
    """

    def __init__(self, inner: int, dropout: float, layers: int = 2) -> None:
        super().__init__()
        self.sentences = nn.Embedding(SENTENCES, inner)
        self.kinds = nn.Embedding(3, VIEWS)
        self.layers = nn.ModuleList(MentionLayer(inner, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(inner)
        self.back = nn.Linear(inner, inner)
        nn.init.normal_(self.sentences.weight, std=0.1)
        nn.init.zeros_(self.kinds.weight)
        nn.init.zeros_(self.back.weight)
        nn.init.zeros_(self.back.bias)

    def forward(self, spans: Tensor, links: Links) -> Tensor:
        def same(x: Tensor) -> Tensor:
            return (x[:, None] == x[None, :]).long()

        here = same(links.place)
        kind = torch.maximum(2 * same(links.entity), here * same(links.sentence))
        bias = self.kinds(kind).permute(2, 0, 1).float() - 10000.0 * (1 - here)[None]
        x = spans + self.sentences(links.sentence.clamp(max=SENTENCES - 1))
        for layer in self.layers:
            x = layer(x, bias)
        return spans + self.back(self.norm(x))


class RoleHead(nn.Module):
    """The role of an entity: the strongest features of its mentions, and the abstract as a whole."""

    def __init__(self, width: int, inner: int, roles: int, dropout: float) -> None:
        super().__init__()
        self.mention, self.abstract = nn.Linear(inner, inner), nn.Linear(width, inner)
        self.out = nn.Linear(inner, roles)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor, spans: Tensor, links: Links) -> Tensor:
        weight = mask[:, :, None].to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        entity = self.mention(spans)[links.members].amax(1)
        x: Tensor = self.out(self.dropout(F.gelu(entity + self.abstract(mean)[links.home])))
        return x


class RelationHead(nn.Module):
    """The vector of a pair: subject, object, their product, the distance, and an attended view of the pieces between."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.subject, self.object = nn.Linear(inner, inner), nn.Linear(inner, inner)
        self.left_factor, self.right_factor = nn.Linear(inner, inner), nn.Linear(inner, inner)
        self.weight, self.value = nn.Linear(width, LOOKS), nn.Linear(width, LOOKS * 32)
        self.between = nn.Linear(LOOKS * 32, inner)
        self.distances = nn.Embedding(DISTANCES, inner)
        self.norm = nn.LayerNorm(inner)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, spans: Tensor, links: Links) -> Tensor:
        s, o = links.subject, links.object
        weight = self.weight(hidden).float().clamp(-6, 6).exp()
        value = self.value(hidden).float().unflatten(2, (LOOKS, 32)) * weight[..., None]
        # Running sums make the weighted mean of any stretch of pieces two look-ups.
        value, weight = F.pad(value.cumsum(1), (0, 0, 0, 0, 1, 0)), F.pad(weight.cumsum(1), (0, 0, 1, 0))
        a, b = links.left + 1, links.right
        seen = (value[links.row, b] - value[links.row, a]) / (
            weight[links.row, b] - weight[links.row, a] + 0.01
        )[..., None]
        x = (
            self.subject(spans)[s]
            + self.object(spans)[o]
            + self.left_factor(spans)[s] * self.right_factor(spans)[o]
        )
        x = x + self.between(seen.flatten(1).to(spans.dtype)) + self.distances(links.distance)
        return self.dropout(F.gelu(self.norm(x)))


class Network(nn.Module):
    """Encoder and heads for the given schemes."""

    def __init__(
        self, config: EncoderConfig, schemes: tuple[Scheme, ...], inner: int = 256, dropout: float = 0.1
    ) -> None:
        super().__init__()
        d = config.width
        self.inner = inner
        self.encoder = Encoder(config, dropout)
        self.span = SpanHead(d, inner, dropout)
        self.context = MentionContext(inner, dropout)
        self.relation = RelationHead(d, inner, dropout)
        self.edges = nn.ModuleDict({s.name: nn.Linear(d, 3) for s in schemes})
        self.types = nn.ModuleDict({s.name: nn.Linear(inner, len(s.types) + 1) for s in schemes})
        self.edge_types = nn.ModuleDict({s.name: nn.Linear(2, len(s.types) + 1, bias=False) for s in schemes})
        self.relations = nn.ModuleDict(
            {s.name: nn.Linear(inner, len(s.relations) + 1) for s in schemes if s.relations}
        )
        self.roles = nn.ModuleDict(
            {s.name: RoleHead(d, inner, len(s.roles), dropout) for s in schemes if s.roles}
        )

    def read(self, ids: Tensor, shapes: Tensor, mask: Tensor, *, bfloat16: bool = False) -> Tensor:
        """The encoder's vectors [batch, pieces, width]: what its last layer gives (:meth:`layers`)."""
        return self.layers(ids, shapes, mask, bfloat16=bfloat16)[-1]

    def layers(self, ids: Tensor, shapes: Tensor, mask: Tensor, *, bfloat16: bool = False) -> list[Tensor]:
        """What each layer of the encoder gives, in float32; with ``bfloat16`` the encoder alone computes in it.

        Kernels for bfloat16 are made anew for each size of input. The heads' sizes differ in every batch, and they are
        cheap: they stay in float32. The encoder's lengths are rounded up, so that few sizes occur.
        """
        if not bfloat16:
            return self.encoder.layers(ids, shapes, mask)
        length = ids.shape[1]
        more = (0, -length % ROUND)
        with torch.autocast("cpu", torch.bfloat16):
            given = self.encoder.layers(F.pad(ids, more), F.pad(shapes, more), F.pad(mask, more))
        return [vectors[:, :length].float() for vectors in given]

    def classify(
        self, scheme: str, hidden: Tensor, edges: Tensor, row: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Vectors of spans and the logits of their types (0: no mention). ``edges``: logits [batch, pieces, 3]."""
        spans = self.span(hidden, row, first, last)
        edge = torch.stack([edges[row, first, 0], edges[row, last, 1]], 1).detach() * 0.1
        return spans, self.types[scheme](spans) + self.edge_types[scheme](edge)

    def role(self, scheme: str, hidden: Tensor, mask: Tensor, spans: Tensor, links: Links) -> Tensor:
        """Logits of the roles [groups, roles]."""
        logits: Tensor = self.roles[scheme](hidden, mask, spans, links)
        return logits
