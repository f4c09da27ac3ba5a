"""The graph as pyvis knows it. pyvis checks and shapes the data of vis-network; the page itself is ours (see :mod:`page`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.export.html.layout import Layout
from kg.export.html.model import Graph
from kg.look import style_of

if TYPE_CHECKING:
    from pyvis.network import Network

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "tooltipDelay": 200, "multiselect": False, "hideEdgesOnDrag": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "shapeProperties": {"interpolation": False}},
    "edges": {
        "smooth": False,
        "width": 1.2,
        "selectionWidth": 1.5,
        "hoverWidth": 0.6,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
}


class _Ids(list[int]):
    """pyvis looks every end of every edge up in a list; a set beside it turns minutes into seconds at 10,000 nodes."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[int] = set()

    def append(self, value: int) -> None:
        self._known.add(value)
        super().append(value)

    def __contains__(self, value: object) -> bool:
        return value in self._known


def build_network(graph: Graph, layout: Layout) -> Network:
    """A pyvis network with every node at its place and every fact as an edge.

    ``directed`` because pyvis drops all but one of several edges between two nodes of an undirected network.
    """
    # pyvis brings IPython with it, which takes a second to import: only who draws should wait for it.
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="local")
    network.node_ids = _Ids()
    for i, node in enumerate(graph.nodes):
        x, y = layout.places[i]
        network.add_node(
            i, label=node.names[0][1] if node.names else node.iri, shape=style_of(node.type).shape, group=node.type,
            x=x, y=y, size=layout.map_sizes[i],
        )  # fmt: skip
    for i, fact in enumerate(graph.facts):
        extra: dict[str, Any] = {} if fact.asserted else {"dashes": [4, 4]}
        # What a paper says of a thing is drawn as a plain line: the paper's shape already says which end is which.
        arrows = "" if graph.nodes[fact.subject].type == "Paper" else "to"
        network.add_edge(fact.subject, fact.object, id=i, arrows=arrows, **extra)
    network.set_options(json.dumps(OPTIONS))
    return network


def vis_data(network: Network) -> dict[str, Any]:
    """Nodes, edges and options as pyvis would put them into a page."""
    nodes, edges, _heading, _height, _width, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}
