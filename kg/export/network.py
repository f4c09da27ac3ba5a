"""GraphML for Gephi, Cytoscape and networkx: things are nodes, facts are edges."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.export.facts import among, only_facts
from kg.export.xml import UNWRITABLE
from kg.vocab import PREFIXES

_KG = PREFIXES["kg"]
_TYPE = f"{PREFIXES['rdf']}type"
_NAMES = {
    f"{PREFIXES['skos']}prefLabel": "label",
    f"{PREFIXES['dcterms']}title": "label",
    f"{PREFIXES['rdfs']}label": "name",
}


def network(quads: Iterable[ox.Quad]) -> nx.MultiDiGraph[str]:
    """The facts as a networkx graph: node attributes ``label``, ``label_zh`` and ``type``; edge attribute ``predicate``."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for quad in only_facts(quads, among(quads)):
        triple = quad.triple
        subject, predicate = str(getattr(triple.subject, "value", triple.subject)), triple.predicate.value
        if isinstance(triple.object, ox.NamedNode):
            target = triple.object.value
            if predicate == _TYPE and target.startswith(_KG):
                graph.add_node(subject, type=target.removeprefix(_KG))
            elif predicate.startswith(_KG):
                graph.add_edge(subject, target, key=predicate, predicate=predicate.removeprefix(_KG))
        elif isinstance(triple.object, ox.Literal) and predicate in _NAMES:
            chinese = (triple.object.language or "").startswith("zh")
            name = _NAMES[predicate] + ("_zh" if chinese else "")
            graph.add_node(subject, **{name: UNWRITABLE.sub("", triple.object.value)})
    return graph


def write_graphml(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write the network as GraphML. networkx holds it in memory whole."""
    nx.write_graphml(network(quads), path, encoding="utf-8", prettyprint=True)
