"""The interactive view: one HTML file that holds the graph, its evidence and all it needs to be looked at offline.

    store --read_graph--> Graph --arrange--> Layout --build_network--> pyvis --render_page--> str

:mod:`outline` finds who is in a store and which are best connected, and :mod:`graph` reads those with their evidence; :mod:`layout` gives each thing its
place (igraph), its community and says which of them open the view; :mod:`network` hands them to pyvis; :mod:`payload` puts
what the page knows into JSON; :mod:`page` joins template, style, scripts and data into a page that runs under a strict
Content-Security-Policy. What the reader's browser does is in ``assets/``: one ES module a concern.

>>> from kg.settings import ViewSettings
>>> import pyoxigraph
>>> render_html(pyoxigraph.Store(), ViewSettings()).startswith("<!doctype html>")
True
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.export.html.graph import read_graph
from kg.export.html.layout import arrange
from kg.export.html.model import Graph
from kg.export.html.network import build_network
from kg.export.html.page import render_page
from kg.export.html.payload import build_payload
from kg.settings import ViewSettings
from kg.staging import write_beside
from kg.triple_terms import plain

__all__ = ["ViewReport", "render_html", "write_html"]


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What the page holds: nodes and facts in the page, nodes and facts in the graph, and the size of the file in bytes."""

    nodes: int
    facts: int
    nodes_in_graph: int
    facts_in_graph: int
    size: int


def render_html(store: pyoxigraph.Store, settings: ViewSettings) -> str:
    """The page for all that ``store`` holds, in every graph of it. The same quads and settings give the same text."""
    return _render(read_graph(plain(store), settings.max_nodes), settings)


def write_html(store: pyoxigraph.Store, path: Path, settings: ViewSettings) -> ViewReport:
    """Write the page beside ``path`` first; a link or a device is written to, not replaced.

    Raises:
        PaperkgError: the file cannot be written.
    """
    graph = read_graph(plain(store), settings.max_nodes)
    data = _render(graph, settings).encode("utf-8")

    def write(temporary: Path) -> None:
        temporary.write_bytes(data)

    write_beside(path, write)
    return ViewReport(len(graph.nodes), len(graph.facts), *graph.totals, len(data))


def _render(graph: Graph, settings: ViewSettings) -> str:
    layout = arrange(graph, settings.start_nodes)
    network = build_network(graph, layout)
    return render_page(settings.title, build_payload(graph, layout, network, settings.title))
