"""Two small transformer encoders, written out: BERT (MiniLM) and MPNet, with weights read from safetensors.

BERT: Devlin et al. 2019 (arXiv:1810.04805); MiniLM: Wang et al. 2020 (arXiv:2002.10957); MPNet: Song et al. 2020
(arXiv:2004.09297). Both differ here from their sources in one thing: the pre-trained vocabularies are lower-cased, but in
a paper the case of a name carries much of its meaning (ROOTS, the data set; roots, of a plant), so a *shape* embedding
(lower, Capital, UPPER, miXed, digits, punctuation) is added to the input. It starts at zero: the encoder starts as published.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

SHAPES = 8
#: The files of an encoder: its sizes and its published weights (the tokenizer is :mod:`kg.extract.neural.pieces`').
SIZES, PUBLISHED = "config.json", "model.safetensors"
#: What stands between the two products of a feed-forward layer.
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {"gelu": F.gelu, "relu": F.relu}


@dataclass(frozen=True)
class EncoderConfig:
    """Sizes of an encoder, as in the ``config.json`` beside its weights.

    ``heads`` are those of each layer, ``head`` the width of one, and ``inner`` the units of each feed-forward network: layers
    that lost some (:mod:`kg.train.prune`) differ. ``activation`` is ``gelu`` or ``relu``.
    """

    kind: str
    vocab: int
    width: int
    heads: tuple[int, ...]
    head: int
    inner: tuple[int, ...]
    positions: int
    position_offset: int
    eps: float
    activation: str = "gelu"

    @classmethod
    def read(cls, folder: Path) -> EncoderConfig:
        """Raises ``KeyError`` or ``ValueError`` on what are not the sizes of a BERT or MPNet."""
        raw = json.loads((folder / SIZES).read_text(encoding="utf-8"))
        kind = raw["model_type"]
        if kind not in {"bert", "mpnet"}:
            raise ValueError(f"model_type {kind}")
        if raw.get("hidden_act", "gelu") not in ACTIVATIONS:
            raise ValueError(f"hidden_act {raw['hidden_act']}")
        return cls(
            kind=kind,
            vocab=raw["vocab_size"],
            width=raw["hidden_size"],
            heads=(raw["num_attention_heads"],) * raw["num_hidden_layers"],
            head=raw["hidden_size"] // raw["num_attention_heads"],
            inner=(raw["intermediate_size"],) * raw["num_hidden_layers"],
            positions=raw["max_position_embeddings"],
            position_offset=2 if kind == "mpnet" else 0,
            eps=raw["layer_norm_eps"],
            activation=raw.get("hidden_act", "gelu"),
        )


class Layer(nn.Module):
    """One post-norm transformer layer; ``bias`` is added to the attention scores."""

    def __init__(self, config: EncoderConfig, number: int, dropout: float) -> None:
        super().__init__()
        d, self.head = config.width, config.head
        self.heads = heads = config.heads[number]
        self.query, self.key, self.value = (nn.Linear(d, heads * self.head) for _ in range(3))
        self.out = nn.Linear(heads * self.head, d)
        self.norm1 = nn.LayerNorm(d, config.eps)
        self.inner, self.outer = nn.Linear(d, config.inner[number]), nn.Linear(config.inner[number], d)
        self.norm2 = nn.LayerNorm(d, config.eps)
        self.dropout = nn.Dropout(dropout)
        self.activation = ACTIVATIONS[config.activation]

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, t, self.heads, self.head).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if torch.jit.is_tracing():  # for export: the steps that onnxruntime knows how to fuse
            scores = q @ k.transpose(2, 3) / math.sqrt(self.head) + bias
            mixed = scores.softmax(-1) @ v
        else:  # the fused kernel: no attention dropout, but a third of the time
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(b, t, self.heads * self.head)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.outer(self.activation(self.inner(x)))))


class Encoder(nn.Module):
    """Token ids and shapes in, one vector a token out."""

    def __init__(self, config: EncoderConfig, dropout: float = 0.1) -> None:
        super().__init__()
        self.config = config
        self.words = nn.Embedding(config.vocab, config.width)
        self.places = nn.Embedding(config.positions, config.width)
        self.shapes = nn.Embedding(SHAPES, config.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(config.width, config.eps)
        self.dropout = nn.Dropout(dropout)
        self.stack = nn.ModuleList(Layer(config, n, dropout) for n in range(len(config.heads)))
        if config.kind == "mpnet":
            self.relative = nn.Embedding(32, config.heads[0])

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """``ids``, ``shapes``, ``mask``: [batch, tokens] of int64; mask is 1 on tokens. Returns [batch, tokens, width]."""
        return self.layers(ids, shapes, mask)[-1]

    def layers(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        """What each layer gives, of the same inputs."""
        t = ids.shape[1]
        place = torch.arange(t, device=ids.device) + self.config.position_offset
        x = self.words(ids) + self.places(place)[None] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        if self.config.kind == "mpnet":
            bias = bias + self.relative(relative_buckets(t)).permute(2, 0, 1)[None]
        given: list[Tensor] = []
        for layer in self.stack:
            x = layer(x, bias)
            given.append(x)
        return given

    def load_published(self, folder: Path) -> None:
        """Take the published weights from ``folder/model.safetensors``; raises on a name that is missing."""
        raw = load_file(folder / PUBLISHED)
        raw = {k.removeprefix("bert.").removeprefix("mpnet."): v for k, v in raw.items()}
        ours = self.state_dict()
        done = {"shapes.weight"}
        for name in ours:
            if name in done:
                continue
            value = raw[published_name(name, self.config.kind)]
            if name == "places.weight" or value.shape == ours[name].shape:
                ours[name].copy_(value[: ours[name].shape[0]])
            else:
                raise ValueError(f"{name}: {tuple(value.shape)} is not {tuple(ours[name].shape)}")
        if self.config.kind == "bert":  # one segment only: its vector is a constant
            ours["places.weight"] += raw["embeddings.token_type_embeddings.weight"][0]
        self.load_state_dict(ours)


def published_name(name: str, kind: str) -> str:
    """The name of a weight in the published file: ``stack.3.query.weight`` -> ``encoder.layer.3.attention…``."""
    top = {"words": "word_embeddings", "places": "position_embeddings", "norm": "LayerNorm"}
    head, _, rest = name.partition(".")
    if head in top:
        return f"embeddings.{top[head]}.{rest}"
    if head == "relative":
        return f"encoder.relative_attention_bias.{rest}"
    number, part, leaf = rest.split(".")
    if kind == "mpnet":
        attention = {"query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v",
                     "out": "attention.attn.o", "norm1": "attention.LayerNorm"}  # fmt: skip
    else:
        attention = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                     "out": "attention.output.dense", "norm1": "attention.output.LayerNorm"}  # fmt: skip
    inner = {"inner": "intermediate.dense", "outer": "output.dense", "norm2": "output.LayerNorm"}
    return f"encoder.layer.{number}.{(attention | inner)[part]}.{leaf}"


def relative_buckets(t: int) -> Tensor:
    """MPNet's buckets of signed distance, [t, t]: exact to 8, then logarithmic to 128 (after T5)."""
    place = torch.arange(t)
    n = -(place[None, :] - place[:, None])
    bucket = (n < 0).long() * 16
    n = n.abs()
    far = 8 + (torch.log(n.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return bucket + torch.where(n < 8, n, far.clamp(max=15))
