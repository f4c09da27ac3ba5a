"""Where things stand: positions by igraph, communities, and the few things that open the view.

There are two maps. The *whole map* places every node. The *opening* is a map of its own with the most connected things and the
papers that join them, spaced so that each can be labelled; a reader grows it from there. Both are computed here, once, so that
the page needs no physics and looks the same each time. Fruchterman and Reingold's layout is given its start positions and a
seeded generator, and the result is rounded, so that the bytes do not depend on the run.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.export.html.model import Graph

_SEED = 20221109
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
# Pixels between neighbours at zoom 1: on the whole map, and in the opening, whose nodes carry labels.
_SPACING = 46.0
_OPENING_SPACING = 125.0

Points = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Layout:
    """By node: place and size on the whole map, size in the opening, community; ``opening`` says who stands where when it opens."""

    places: tuple[tuple[int, int], ...]
    map_sizes: tuple[float, ...]
    sizes: tuple[float, ...]
    communities: tuple[int, ...]
    opening: dict[int, tuple[int, int]]


def arrange(graph: Graph, start_nodes: int) -> Layout:
    """Lay ``graph`` out; at most about ``start_nodes`` nodes open the view."""
    count = len(graph.nodes)
    if not count:
        return Layout((), (), (), (), {})
    pairs = sorted(
        {(min(f.subject, f.object), max(f.subject, f.object)) for f in graph.facts if f.subject != f.object}
    )
    chosen = choose_opening(graph, pairs, start_nodes)
    most = max(graph.degrees)
    sizes = tuple(_size(graph.nodes[i].type, graph.degrees[i], most) for i in range(count))
    map_sizes = tuple(_map_size(size, count) for size in sizes)
    inside = {old: new for new, old in enumerate(chosen)}
    opening_pairs = [(inside[a], inside[b]) for a, b in pairs if a in inside and b in inside]
    import igraph  # here, as few commands draw: it takes longer to import than the rest of the package

    # It draws from Python's generator, which belongs to the whole process: give it ours, then give it back.
    igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - a layout, not a secret
    try:
        communities = igraph.Graph(count, pairs).community_multilevel().membership
        places = _place(pairs, graph.degrees, map_sizes, _SPACING)
        opening = _place(
            opening_pairs, [graph.degrees[i] for i in chosen], [sizes[i] for i in chosen], _OPENING_SPACING
        )
    finally:
        igraph.set_random_number_generator(random)
    return Layout(
        places=_rounded(places),
        map_sizes=map_sizes,
        sizes=sizes,
        communities=tuple(communities),
        opening=dict(zip(chosen, _rounded(opening), strict=True)),
    )


def choose_opening(graph: Graph, pairs: list[tuple[int, int]], limit: int) -> list[int]:
    """The nodes that open the view: two in three are things, by connections, the rest the papers that join most of them."""
    if len(graph.nodes) <= limit:
        return list(range(len(graph.nodes)))
    near: dict[int, set[int]] = {i: set() for i in range(len(graph.nodes))}
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)

    def best(candidates: list[int], weight: dict[int, int], most: int) -> list[int]:
        ranked = sorted(candidates, key=lambda i: (-weight[i], graph.nodes[i].iri))
        return [i for i in ranked[:most] if weight[i] > 0]

    degree = dict(enumerate(graph.degrees))
    entities = [i for i in near if graph.nodes[i].type != "Paper"]
    papers = [i for i in near if graph.nodes[i].type == "Paper"]
    things = set(best(entities, degree, limit * 2 // 3)) if papers else set(best(entities, degree, limit))
    joins = {i: len(near[i] & things) for i in papers}
    joined = set(best(papers, joins, limit - len(things)))
    chosen = things | joined
    # What ended up with no neighbour in the opening would only float about.
    linked = {i for i in chosen if near[i] & chosen}
    return sorted(linked or chosen)


def _size(type_: str, degree: int, most: int) -> float:
    """Radius by degree, so that areas compare; papers stay small: they are what joins, not what is looked for."""
    if type_ == "Paper":
        return round(min(4 + 0.3 * math.sqrt(degree), 6), 1)
    return round(6 + 17 * math.sqrt(degree / max(most, 16)), 1)


def _map_size(size: float, count: int) -> float:
    """The size on the whole map, which is looked at from farther away the larger it is: hubs grow most, so that they can be told."""
    far = min(max(math.sqrt(count / 250), 1.0), 5.0)
    return round(min(size, 6) * min(far, 2.2) + max(size - 6, 0) * far, 1)


def _place(
    pairs: list[tuple[int, int]], degrees: Sequence[int], sizes: Sequence[float], spacing: float
) -> Points:
    """Positions of nodes, evenly enough spread, centred on the origin."""
    import igraph

    count = len(degrees)
    if count <= 1:
        return np.zeros((count, 2))
    # Sunflower seeds: spread from the first step on, and the same each time.
    index = np.arange(count, dtype=np.float64)
    start = np.sqrt(index + 0.5)[:, None] * np.column_stack(
        (np.cos(index * _GOLDEN_ANGLE), np.sin(index * _GOLDEN_ANGLE))
    )
    network = igraph.Graph(count, pairs)
    # Edges between hubs pull less, or everything would fall into one ball.
    weights = [1 / math.sqrt(min(degrees[a], degrees[b]) + 1) for a, b in pairs]
    found = network.layout_fruchterman_reingold(
        weights=weights or None,
        niter=500 if count < 3000 else 250,
        seed=start.tolist(),
        grid="grid" if count > 400 else "nogrid",
    )
    points: Points = np.array(found.coords, dtype=np.float64)
    points -= points.mean(axis=0)
    return _push_apart(_even_out(points, spacing), np.array(sizes) + spacing / 2 - 6)


def _even_out(points: Points, spacing: float) -> Points:
    """Half-way between the layout and the disc of even density with the same order of radii: cores open up, outliers come in."""
    count = len(points)
    radius = np.hypot(points[:, 0], points[:, 1])
    rank = np.empty(count)
    rank[np.argsort(np.round(radius, 6), kind="stable")] = np.arange(count)
    wanted = spacing * np.sqrt(rank + 0.5) * 0.75
    scale = wanted[-1 if count == 1 else int(np.argmax(rank))] / max(radius.max(), 1e-9)
    new = 0.35 * radius * scale + 0.65 * wanted
    spread: Points = points * (new / np.maximum(radius, 1e-9))[:, None]
    return spread


def _push_apart(points: Points, reach: Points, steps: int = 30) -> Points:
    """Move nodes away from each other that are nearer than their reaches together."""
    points = np.round(points, 3)
    for _ in range(steps):
        a, b = _close_pairs(points, reach)
        if not len(a):
            break
        delta = points[a] - points[b]
        distance = np.hypot(delta[:, 0], delta[:, 1])
        # Two nodes on one spot part along an angle of their own.
        angle = (a * 0.7548776662 + b * 0.5698402910) * 2 * math.pi
        apart = np.column_stack((np.cos(angle), np.sin(angle)))
        unit = np.where((distance > 1e-6)[:, None], delta / np.maximum(distance, 1e-6)[:, None], apart)
        push = unit * ((reach[a] + reach[b] - distance) * 0.25)[:, None]
        shift = np.zeros_like(points)
        np.add.at(shift, a, push)
        np.subtract.at(shift, b, push)
        length = np.hypot(shift[:, 0], shift[:, 1])
        shift *= np.minimum(1, 2 * reach / np.maximum(length, 1e-9))[:, None]
        points = np.round(points + shift, 3)
    return points


def _close_pairs(points: Points, reach: Points) -> tuple[Indices, Indices]:
    """Index pairs of points whose reaches meet.

    The many small ones are sorted along x, and each looks ahead until the gap is too wide; the few large ones, which would make
    that gap wide for all, are held against everything.
    """
    large = reach > 2 * np.median(reach)
    firsts, seconds = [], []
    for hub in np.flatnonzero(large):
        gap = np.hypot(points[:, 0] - points[hub, 0], points[:, 1] - points[hub, 1])
        near = np.flatnonzero((gap < reach + reach[hub]) & ~(large & (np.arange(len(points)) <= hub)))
        firsts.append(np.full(len(near), hub))
        seconds.append(near)
    small = np.flatnonzero(~large)
    order = small[np.argsort(points[small, 0], kind="stable")]
    x, y, own = points[order, 0], points[order, 1], reach[order]
    widest = 2 * own.max()
    for step in range(1, len(order)):
        near = x[step:] - x[:-step] < widest
        if not near.any():
            break
        i = np.flatnonzero(near & (np.abs(y[step:] - y[:-step]) < widest))
        gap = np.hypot(x[i + step] - x[i], y[i + step] - y[i])
        i = i[gap < own[i] + own[i + step]]
        firsts.append(order[i])
        seconds.append(order[i + step])
    empty = [np.empty(0, dtype=np.intp)]
    return np.concatenate(firsts or empty), np.concatenate(seconds or empty)


def _rounded(points: Points) -> tuple[tuple[int, int], ...]:
    return tuple((round(float(x)), round(float(y))) for x, y in points)
