"""A trained network as three ONNX graphs that need no torch: encoder (int8), spans and links.

``encoder.onnx``  ids, shapes, mask -> hidden [rows, pieces, width], edges_SCHEME [rows, pieces, 3] (logits)
``spans.onnx``    hidden, edges, spans -> vectors [spans, inner], types_SCHEME (logits, 0 is no mention)
``links.onnx``    hidden, mask, vectors, links -> roles_SCHEME, relations_SCHEME (logits, 0 is none)

Weights of the encoder are stored as int8, one scale a column: per-tensor scales cost 2 to 3 points of F1. The matrix
products run in integers on processors that have the instructions (dynamic quantisation of the activations).
"""

from __future__ import annotations

import copy
import logging
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from kg.train.model import Links, Network

log = logging.getLogger("kg.train")
OPSET = 17


class ByteEmbedding(nn.Module):
    """An embedding in int8 with a scale a row: half of all weights are here, and a scale a table would spoil them."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        x: Tensor = self.rows[ids].float() * self.scale[ids]
        return x


class EncoderGraph(nn.Module):
    """Encoder and edge heads."""

    def __init__(self, network: Network, schemes: Sequence[str]) -> None:
        super().__init__()
        self.encoder = copy.deepcopy(network.encoder)
        self.encoder.words = ByteEmbedding(network.encoder.words.weight.detach())
        self.edges = nn.ModuleList(network.edges[s] for s in schemes)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        hidden = self.encoder(ids, shapes, mask)
        return hidden, *(edge(hidden) for edge in self.edges)


class SpanGraph(nn.Module):
    """Span vectors and their types."""

    def __init__(self, network: Network, schemes: Sequence[str]) -> None:
        super().__init__()
        self.network, self.schemes = network, schemes

    def forward(
        self, hidden: Tensor, row: Tensor, first: Tensor, last: Tensor, *edges: Tensor
    ) -> tuple[Tensor, ...]:
        outs: list[Tensor] = []
        vectors = self.network.span(hidden, row, first, last)
        for scheme, e in zip(self.schemes, edges, strict=True):
            edge = torch.stack([e[row, first, 0], e[row, last, 1]], 1) * 0.1
            outs.append(self.network.types[scheme](vectors) + self.network.edge_types[scheme](edge))
        return vectors, *outs


class LinkGraph(nn.Module):
    """Roles and relations."""

    def __init__(self, network: Network, schemes: Sequence[str]) -> None:
        super().__init__()
        self.network, self.schemes = network, schemes

    def forward(self, hidden: Tensor, mask: Tensor, vectors: Tensor, *links: Tensor) -> tuple[Tensor, ...]:
        at = Links(*links)
        vectors = self.network.context(vectors, at)
        pair = self.network.relation(hidden, vectors, at)
        roles = [
            self.network.role(s, hidden, mask, vectors, at) for s in self.schemes if s in self.network.roles
        ]
        return *roles, *(self.network.relations[s](pair) for s in self.schemes)


def export(network: Network, schemes: Sequence[str], out: Path) -> None:
    """Write the three graphs into ``out``; the encoder is optimised, then quantised."""
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    width, inner = network.encoder.config.width, network.types[schemes[0]].in_features
    rows, pieces, spans, pairs = 2, 24, 5, 7
    number = torch.ones(rows, pieces, dtype=torch.int64)
    hidden = torch.zeros(rows, pieces, width)
    edges = [torch.zeros(rows, pieces, 3) for _ in schemes]
    index = torch.zeros(spans, dtype=torch.int64)
    pair = torch.zeros(pairs, dtype=torch.int64)
    edge_names = [f"edges_{s}" for s in schemes]
    grid = {0: "rows", 1: "pieces"}
    raw = out / "encoder.fp32.onnx"
    write(EncoderGraph(network, schemes), (number * 100, number, number), raw, ["ids", "shapes", "mask"],
          ["hidden", *edge_names], axes(["ids", "shapes", "mask", "hidden", *edge_names], grid))  # fmt: skip
    write(SpanGraph(network, schemes), (hidden, index, index, index + 1, *edges), out / "spans.onnx",
          ["hidden", "row", "first", "last", *edge_names], ["vectors", *(f"types_{s}" for s in schemes)],
          {**axes(["hidden", *edge_names], grid), **axes(["row", "first", "last", "vectors"], {0: "spans"}),
           **{f"types_{s}": {0: "spans"} for s in schemes}})  # fmt: skip
    names = list(Links.__dataclass_fields__)
    with_roles = [s for s in schemes if s in network.roles]
    members = torch.zeros(3, 8, dtype=torch.int64)
    write(LinkGraph(network, schemes), (hidden, number, torch.zeros(spans, inner), members, members[:, 0], *[pair] * 3, pair, pair + 3, pair, index, index, index),
          out / "links.onnx", ["hidden", "mask", "vectors", *names],
          [*(f"roles_{s}" for s in with_roles), *(f"relations_{s}" for s in schemes)],
          {**axes(["hidden", "mask"], grid), "vectors": {0: "spans"}, "members": {0: "groups"}, "home": {0: "groups"},
           **axes(names[2:-3], {0: "pairs"}), **axes(names[-3:], {0: "spans"}), **{f"roles_{s}": {0: "groups"} for s in with_roles},
           **{f"relations_{s}": {0: "pairs"} for s in schemes}})  # fmt: skip
    quantise(raw, out / "encoder.onnx")
    raw.unlink()
    for name in ("spans", "links"):
        shrink(out / f"{name}.onnx", out / f"{name}.onnx")


def axes(names: Sequence[str], which: dict[int, str]) -> dict[str, dict[int, str]]:
    """The same free axes for several names."""
    return {name: dict(which) for name in names}


def write(
    module: nn.Module,
    args: tuple[Tensor, ...],
    path: Path,
    ins: list[str],
    outs: list[str],
    free: dict[str, dict[int, str]],
) -> None:
    """Trace a module into a file."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(module, args, str(path), input_names=ins, output_names=outs, dynamic_axes=free,
                          opset_version=OPSET, dynamo=False)  # fmt: skip


def quantise(source: Path, out: Path) -> None:
    """Fuse what onnxruntime does better fused (attention, GELU), then weights to int8 with a scale a column.

    How many heads a layer has is read off the graph. Its fused sum and layer norm is slower than the two apart: without it the
    encoder takes a fifth less time.
    """
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False
    options.enable_bias_skip_layer_norm = False
    fused = optimizer.optimize_model(str(source), "bert", optimization_options=options, opt_level=0)
    log.info("fused: %s", fused.get_fused_operator_statistics())
    middle = source.with_suffix(".fused.onnx")
    fused.save_model_to_file(str(middle))
    shrink(middle, out)
    middle.unlink()


def shrink(source: Path, out: Path) -> None:
    """Matrices to int8, one scale a column; activations are scaled when they come."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it advises to do first what has been done
    try:
        quantize_dynamic(
            str(source),
            str(out),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            # Seven bits: with eight, processors without VNNI add up pairs of products past 16 bits and cut them off, so that
            # the same text would give other scores there.
            reduce_range=True,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        root.setLevel(level)
