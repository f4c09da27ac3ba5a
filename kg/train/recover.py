"""The weights that ship, as a network to train on: what int8 rounded off is small beside what training adds.

A retrain then starts from all that earlier ones learned, without the checkpoints that they left behind.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from kg.train.encoder import EncoderConfig

#: The graph whose place tells a folder of weights as they ship.
ENCODER = "encoder.onnx"
#: Edges that a type is read off: where a mention opens and where it closes.
EDGES = 2


class Graph:
    """The constants of one ONNX file; what was quantised comes back as floats."""

    def __init__(self, path: Path) -> None:
        self.model = onnx.load(str(path))
        self.raw = {i.name: np.array(numpy_helper.to_array(i)) for i in self.model.graph.initializer}

    def matrix(self, name: str) -> Tensor:
        """A quantised matrix [inputs, outputs], one scale a column, as floats."""
        rows = self.raw[f"{name}_quantized"].astype(np.float32)
        zero = self.raw[f"{name}_zero_point"].astype(np.float32)
        return torch.from_numpy((rows - zero) * self.raw[f"{name}_scale"])

    def products(self) -> list[str]:
        """The names of the quantised matrices that stand in products, in the order of the graph."""
        names = (
            node.input[1].removesuffix("_quantized")
            for node in self.model.graph.node
            if node.op_type in {"MatMulInteger", "QAttention"}
        )
        return list(dict.fromkeys(names))

    def layers(self) -> int:
        """How many layers the encoder has."""
        return len(self.attribute("QAttention", "num_heads"))

    def attribute(self, kind: str, name: str) -> list[float]:
        """An attribute of all operations of a kind, in the order of the graph."""
        nodes = (node for node in self.model.graph.node if node.op_type == kind)
        return [
            float(onnx.helper.get_attribute_value(a)) for n in nodes for a in n.attribute if a.name == name
        ]

    def plain(self) -> dict[str, Tensor]:
        """What was never quantised and kept its name."""
        return {
            k: torch.from_numpy(v.copy())
            for k, v in self.raw.items()
            if k.endswith((".weight", ".bias")) and v.dtype == np.float32
        }


def recover(folder: Path) -> dict[str, Tensor]:
    """The state of a :class:`kg.train.model.Network` read back from the three graphs. Raises ``KeyError`` on another layout."""
    return (
        encoder(Graph(folder / ENCODER))
        | spans(Graph(folder / "spans.onnx"))
        | links(Graph(folder / "links.onnx"))
    )


def sizes(folder: Path) -> EncoderConfig:
    """The sizes of the encoder that ships in a folder. Raises ``KeyError`` or ``IndexError`` on another layout."""
    graph = Graph(folder / ENCODER)
    plain, vocab = graph.plain(), graph.raw["encoder.words.rows"].shape
    heads = tuple(map(int, graph.attribute("QAttention", "num_heads")))
    inner = (plain[f"encoder.stack.{n}.inner.bias"].shape[0] for n in range(len(heads)))
    return EncoderConfig(
        kind="bert",
        vocab=vocab[0],
        width=vocab[1],
        heads=heads,
        head=graph.raw["Attention_0_qkv_bias"].size // (3 * heads[0]),
        inner=tuple(inner),
        positions=plain["encoder.places.weight"].shape[0],
        position_offset=0,
        eps=graph.attribute("LayerNormalization", "epsilon")[0],
        activation="relu" if any(node.op_type == "Relu" for node in graph.model.graph.node) else "gelu",
    )


def encoder(graph: Graph) -> dict[str, Tensor]:
    """The encoder and its heads for edges."""
    state = {k: v for k, v in graph.plain().items() if not k.startswith("edges.")}
    table = torch.from_numpy(graph.raw["encoder.words.rows"].astype(np.float32))
    state["encoder.words.weight"] = table * torch.from_numpy(graph.raw["encoder.words.scale"])
    names = iter(graph.products())
    for n in range(graph.layers()):
        stem = f"encoder.stack.{n}"
        mixed = graph.matrix(next(names))
        bias = torch.from_numpy(graph.raw[f"Attention_{n}_qkv_bias"].copy())
        for part, weight, shift in zip(
            ("query", "key", "value"), mixed.chunk(3, 1), bias.chunk(3), strict=True
        ):
            state[f"{stem}.{part}.weight"], state[f"{stem}.{part}.bias"] = weight.T.contiguous(), shift
        for part in ("out", "inner", "outer"):
            state[f"{stem}.{part}.weight"] = graph.matrix(next(names)).T.contiguous()
    for n, output in enumerate(graph.model.graph.output[1:]):
        scheme = output.name.removeprefix("edges_")
        state[f"edges.{scheme}.weight"] = graph.matrix(next(names)).T.contiguous()
        state[f"edges.{scheme}.bias"] = torch.from_numpy(graph.raw[f"edges.{n}.bias"].copy())
    return state


def heads(graph: Graph) -> tuple[dict[str, Tensor], list[Tensor]]:
    """What kept its name, and the matrices that lost it, in the order of the graph."""
    state = {k.removeprefix("network."): v for k, v in graph.plain().items()}
    nameless: list[Tensor] = []
    for name in graph.products():
        if name.endswith("_Transposed"):
            own = name.removesuffix("_Transposed").removeprefix("network.")
            state[own] = graph.matrix(name).T.contiguous()
        else:
            nameless.append(graph.matrix(name).T.contiguous())
    return state, nameless


def spans(graph: Graph) -> dict[str, Tensor]:
    """Span vectors and the heads for types; what reads types off edges has two inputs."""
    state, nameless = heads(graph)
    schemes = [o.name.removeprefix("types_") for o in graph.model.graph.output[1:]]
    edges = (m for m in nameless if m.shape[1] == EDGES)
    (state["span.inside.weight"],) = (m for m in nameless if m.shape[1] != EDGES)
    return state | {f"edge_types.{s}.weight": m for s, m in zip(schemes, edges, strict=True)}


def links(graph: Graph) -> dict[str, Tensor]:
    """The heads for roles and relations."""
    state, nameless = heads(graph)
    looks = state["relation.weight.bias"].shape[0]
    for m in nameless:
        state["relation.weight.weight" if m.shape[0] == looks else "relation.value.weight"] = m
    return state
