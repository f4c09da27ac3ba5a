"""What a worker can be asked, by name: each job reads the graph and answers with bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from kg.evidence import ONTOLOGY, Lookup
from kg.serve.answers import Reply, answer
from kg.serve.facts import PROVED, Indexed
from kg.serve.index import Index
from kg.serve.index.search import named, search
from kg.serve.limits import Limits
from kg.serve.lookup import describe, find, page
from kg.serve.neighbours import neighbourhood
from kg.serve.paper import paper
from kg.serve.paths import AVOIDED, way
from kg.serve.relation import Wish, as_csv, relation
from kg.serve.things import things
from kg.show import portrait, ref
from kg.vocab import KG, RDF

_NO_PORTRAIT = {KG.Claim, KG.Measurement}
# Numbers that the page of a thing lists.
_NUMBERS = 30


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph as a worker has it open: the store, the index over it, and what an answer may cost."""

    store: ox.Store
    index: Index
    limits: Limits


Job = Callable[[Graph, dict[str, Any]], Reply]


def _json(value: object) -> Reply:
    return Reply(200, "application/json", json.dumps(value).encode("ascii"))


def _query(graph: Graph, job: dict[str, Any]) -> Reply:
    graphs = job["default_graphs"], job["named_graphs"]
    return answer(graph.store, job["text"], *graphs, job["accept"], graph.limits)


def _describe(graph: Graph, job: dict[str, Any]) -> Reply:
    return describe(graph.store, job["iris"], job["media_type"], graph.limits)


def _thing(graph: Graph, job: dict[str, Any]) -> Reply:
    """The page of a resource: bare, or with what its class has to show."""
    store, node = graph.store, find(graph.store, job["iris"])
    if node is None:
        return _json(None)
    classes = {
        quad.object
        for quad in store.quads_for_pattern(node, RDF.type, None, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    is_paper = KG.Paper in classes
    is_thing = any(c.value.startswith(ONTOLOGY) for c in classes) and not classes & _NO_PORTRAIT
    found: dict[str, Any] = {
        "page": asdict(page(store, node, whole=not is_thing)),
        "paper": None,
        "portrait": None,
    }
    if is_paper:
        found["paper"] = asdict(paper(store, node))
    if is_thing:
        # What a paper claims stands in its abstract; of its portrait the numbers are left.
        proved, numbers = (0, None) if is_paper else (PROVED, _NUMBERS)
        found["portrait"] = asdict(
            portrait(store, Lookup(store), node, Indexed(graph.index, proved), proved, numbers)
        )
    return _json(found)


def _relation(graph: Graph, job: dict[str, Any]) -> Reply:
    wish = Wish(**job["wish"])
    if job["csv"]:
        return Reply(200, "text/csv", as_csv(graph.index, job["name"], wish, job["sort"]))
    return _json(asdict(relation(graph.index, job["name"], wish, job["sort"], job["page"])))


def _things(graph: Graph, job: dict[str, Any]) -> Reply:
    given = {name: job[name] for name in ("text", "year", "sort", "page")}
    return _json(asdict(things(graph.index, job["of"], **given)))


def _neighbours(graph: Graph, job: dict[str, Any]) -> Reply:
    node = _meant(graph, job["iris"])
    found = neighbourhood(graph.index, node.value, job["skip"]) if node else None
    return _json(found and asdict(found))


def _way(graph: Graph, job: dict[str, Any]) -> Reply:
    ends = [_meant(graph, iris) for iris in (job["start"], job["end"])]
    start, end = ends
    if start is None or end is None:
        return _json(None)
    avoid = tuple(job["avoid"][:AVOIDED])
    lookup = Lookup(graph.store)
    found = {"start": asdict(ref(lookup, start)), "end": asdict(ref(lookup, end))}
    return _json(found | asdict(way(graph.store, graph.index, start.value, end.value, avoid)))


def _named(graph: Graph, job: dict[str, Any]) -> Reply:
    node = _meant(graph, job["iris"])
    return _json(node and asdict(ref(Lookup(graph.store), node)))


def _meant(graph: Graph, iris: list[str]) -> ox.NamedNode | None:
    """What a form's field means: an IRI, or the end of one; else the last of them is what was typed, which may be a name."""
    node = find(graph.store, iris)
    called = named(graph.index, iris[-1]) if node is None else None
    return ox.NamedNode(called) if called else node


def _search(graph: Graph, job: dict[str, Any]) -> Reply:
    return _json([asdict(hit) for hit in search(graph.index, job["text"], job["most"])])


JOBS: dict[str, Job] = {
    "query": _query,
    "describe": _describe,
    "thing": _thing,
    "relation": _relation,
    "neighbours": _neighbours,
    "way": _way,
    "named": _named,
    "search": _search,
    "things": _things,
    "stats": lambda graph, _job: _json(graph.index.stats()),
}
