"""What is next to a thing, for the explorer: bounded, so that 100,000 papers are no heavier than ten. Runs in a worker process."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kg.look import relation_names
from kg.serve.index import Index
from kg.show import Ref
from kg.vocab import PAPER_PREDICATES

# Neighbours given at a time.
MOST = 24

# Asserted facts, seen from the thing. That two names are synonyms is said of names, not of things.
_NEXT = """next AS (
  SELECT object AS other, relation, papers, 1 AS outgoing FROM fact WHERE subject = :thing AND polarity = 'asserted'
  UNION ALL SELECT subject, relation, papers, 0 FROM fact WHERE object = :thing AND polarity = 'asserted')"""
_CHOSEN = f"""WITH {_NEXT}, joined AS (
  SELECT other, sum(CASE WHEN relation IN {PAPER_PREDICATES} THEN 1 ELSE 2 + papers END) AS joins FROM next
  WHERE other != :thing AND relation != 'synonymOf' GROUP BY other)
SELECT thing.id, iri, name, kind, count(*) OVER () FROM joined JOIN thing ON thing.id = other WHERE kind != ''
ORDER BY joins DESC, kind = 'Paper', weight DESC, iri LIMIT :most OFFSET :skip"""
_BETWEEN = f"""WITH {_NEXT} SELECT other, relation, outgoing FROM next
WHERE other IN (SELECT value FROM json_each(:others)) AND relation != 'synonymOf' ORDER BY relation, outgoing"""


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact: the ends' IRIs and how the relation reads."""

    subject: str
    object: str
    relation: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing, the neighbours it is best connected to, the facts between it and them, and how many more there are."""

    centre: Ref
    things: tuple[Ref, ...]
    edges: tuple[Edge, ...]
    more: int


def neighbourhood(index: Index, iri: str, skip: int = 0) -> Neighbourhood | None:
    """``MOST`` neighbours of a thing, from the ``skip``-th on, things before papers: those that most relations and papers join to it.

    Returns:
        Nothing if the graph has no such thing.
    """
    centre = index.rows("SELECT id, iri, name, kind FROM thing WHERE iri = ?", iri)
    if not centre:
        return None
    thing, *named = centre[0]
    chosen = index.rows(_CHOSEN, thing=thing, most=MOST, skip=skip)
    between: dict[int, list[tuple[str, bool]]] = {number: [] for number, *_ in chosen}
    for number, name, outgoing in index.rows(_BETWEEN, thing=thing, others=json.dumps(list(between))):
        between[number].append((name, outgoing))
    edges = [
        Edge(iri if outgoing else other, other if outgoing else iri, relation_names(name)[0])
        for number, other, *_ in chosen
        for name, outgoing in between[number]
        # Whoever introduces, uses or studies a thing mentions it as well: said once.
        if name != "mentions" or len({other_name for other_name, _ in between[number]}) == 1
    ]
    more = max(chosen[0][4] - skip - len(chosen), 0) if chosen else 0
    return Neighbourhood(Ref(*named), tuple(Ref(*row[1:4]) for row in chosen), tuple(edges), more)
