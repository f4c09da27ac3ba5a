"""What the pages ask of a worker, by name: each job reads the store and answers in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kg.evidence import Lookup
from kg.serve.answers import Reply
from kg.serve.limits import Limits
from kg.serve.lookup import find, page, search
from kg.serve.neighbours import neighbourhood
from kg.serve.paper import paper
from kg.serve.relation import relation
from kg.show import find as named
from kg.show import portrait
from kg.show.portrait import ref
from kg.stats import stats
from kg.vocab import KG, RDF

_NO_PORTRAIT = {KG.Claim, KG.Measurement}


def _json(value: object) -> Reply:
    return Reply(200, "application/json", json.dumps(value).encode("ascii"))


def _thing(store: ox.Store, job: dict[str, Any], _: Limits) -> Reply:
    """The page of a resource: bare, or with what its class has to show."""
    node = find(store, job["iris"])
    if node is None:
        return _json(None)
    classes = {
        quad.object
        for quad in store.quads_for_pattern(node, RDF.type, None, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    found: dict[str, Any] = {"page": asdict(page(store, [node.value])), "paper": None, "portrait": None}  # type: ignore[arg-type]
    if KG.Paper in classes:
        found["paper"] = asdict(paper(store, node))
    if (
        any(c.value.startswith(KG.Paper.value[: -len("Paper")]) for c in classes)
        and not classes & _NO_PORTRAIT
    ):
        found["portrait"] = asdict(portrait(store, node))
    return _json(found)


def _relation(store: ox.Store, job: dict[str, Any], _: Limits) -> Reply:
    return _json(asdict(relation(store, job["name"], job["text"], job["sort"], job["page"], job["size"])))


def _neighbours(store: ox.Store, job: dict[str, Any], _: Limits) -> Reply:
    # The form sends what was typed, which may be a name.
    node = find(store, job["iris"]) or named(store, job["iris"][-1])
    return _json(None if node is None else asdict(neighbourhood(store, node, job["skip"])))


def _named(store: ox.Store, job: dict[str, Any], _: Limits) -> Reply:
    node = find(store, job["iris"]) or named(store, job["iris"][-1])
    return _json(None if node is None else asdict(ref(Lookup(store), node)))


def _suggest(store: ox.Store, job: dict[str, Any], _: Limits) -> Reply:
    return _json([asdict(hit) for hit in search(store, job["text"])[:10]])


SITE_JOBS: dict[str, Callable[[ox.Store, dict[str, Any], Limits], Reply]] = {
    "thing": _thing,
    "relation": _relation,
    "neighbours": _neighbours,
    "named": _named,
    "suggest": _suggest,
    "stats": lambda store, _job, _limits: _json(asdict(stats(store))),
}
