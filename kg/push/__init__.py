"""push: loads a graph into a triple store of another make, over HTTP.

    kg push outputs/graph.ttl --endpoint http://127.0.0.1:7878/store
    kg push graph.nq --endpoint https://host/dataset/update --replace

Two standard ways in: the SPARQL 1.1 Graph Store Protocol (PUT and POST of RDF, ``?default`` or ``?graph=``) and SPARQL 1.1 Update
(``INSERT DATA``). Triples go in batches of bounded size, named graphs stay named, and a push that fails is taken up, when run again,
after the last batch that the store acknowledged (``state``). A batch sent twice changes nothing, since it is a set of triples
without blank nodes: those become IRIs (``skolem``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import TIMEOUT_MAX

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.sorting import QUADS, Sorted
from kg.push.batches import batches, order
from kg.push.endpoint import PROTOCOLS, Endpoint, credentials
from kg.push.skolem import named
from kg.push.state import State
from kg.query import load_graph

__all__ = ["PROTOCOLS", "PushReport", "push"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did: triples sent by this run, and triples that an earlier one had sent already."""

    sent: int
    before: int
    batches: int


def push(
    graph: Path,
    endpoint: str,
    *,
    protocol: str = "auto",
    batch: int = 10_000,
    replace: bool = False,
    into: str = "",
    timeout: float = 60.0,
    state: Path | None = None,
    progress: Progress = lambda _done, _total: None,
) -> PushReport:
    """Load a graph into a triple store.

    Credentials come from the environment: PAPERKG_PUSH_USER and PAPERKG_PUSH_PASSWORD, or PAPERKG_PUSH_TOKEN.

    Args:
        graph: a graph file, or the folder of an on-disk store.
        endpoint: URL of the Graph Store Protocol or of SPARQL Update.
        protocol: ``graph-store``, ``update``, or ``auto``: update where the URL's path ends in ``update`` or ``statements``.
        batch: the most triples of a request.
        replace: what the store holds in the graphs that are sent goes first; else triples are added. Other graphs stay.
        into: IRI of the graph that takes the default graph's triples, for a store without one, such as Virtuoso.
        timeout: seconds to wait for an answer.
        state: where to remember what was acknowledged; ``GRAPH.push.json`` beside the graph if none is given.
        progress: told triples done and triples in all, after each batch.

    Raises:
        UsageError: there is no such graph or protocol, or the URL or the credentials make no sense.
        PaperkgError: the graph is not valid, or the store refuses, fails or does not answer; what it took is remembered.
    """
    if protocol not in PROTOCOLS:
        raise UsageError(f"push: no protocol {protocol}; one of {', '.join(PROTOCOLS)}")
    # Not a number is above nothing, and a longer wait than this overflows a clock.
    if batch < 1 or not 0 < timeout <= TIMEOUT_MAX:
        raise UsageError("push: the batch and the timeout must be above zero, and the timeout finite")
    try:
        default = ox.NamedNode(into) if into else ox.DefaultGraph()
    except ValueError as error:
        raise UsageError(f"push: {into}: is not an absolute IRI, as a graph's name must be") from error
    target = Endpoint(endpoint, protocol, timeout, credentials())
    remembered = State(state or graph.with_name(f"{graph.name}.push.json"))
    with Sorted(_placed(named(load_graph(graph)), default), key=order, codec=QUADS) as quads:
        digest, total = hashlib.sha256(), 0
        for quad in quads:
            digest.update(f"{quad}\n".encode())
            total += 1
        key = remembered.key(digest.hexdigest(), target.url, target.protocol, batch, replace)
        acknowledged = remembered.done(key)
        done = before = count = 0
        for number, part in enumerate(batches(quads, batch)):
            done += len(part.lines)
            if number < acknowledged:
                before = done
                continue
            target.send(part, first=replace and part.first)
            count += 1
            remembered.acknowledge(key, number + 1)
            progress(done, total)
    remembered.forget(key)
    return PushReport(total - before, before, count)


def _placed(quads: Iterable[ox.Quad], default: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """The quads, those of the default graph in another."""
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            quad = ox.Quad(quad.subject, quad.predicate, quad.object, default)
        yield quad
