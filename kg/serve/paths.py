"""The shortest way between two things, with the words that prove each step. Runs in a worker process.

Dijkstra's search from both ends at once (Pohl 1971, "Bi-directional search"), which reads the neighbourhoods of two things and not the
graph. It is bounded by length and by the facts that it reads, never by the clock: the same question gives the same way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyoxigraph as ox

from kg.evidence import Lookup
from kg.look import relation_names
from kg.serve.index import Index
from kg.show import Proof, Ref
from kg.show.portrait import proof
from kg.vocab import PAPER_PREDICATES

# A fact between things is one step; "mentioned in the same paper" says less than a stated fact, so a step to or from a paper counts as
# longer. In fifths.
_FACT, _ROLE = 5, 8
# The longest way that is looked for: eight facts, or two papers and a fact between them. Past that two things have little to do with each other.
LONGEST = 40
# Facts that one search reads at most; a second's work.
READ = 300_000
# Claims whose words are shown of a step.
_PROVED = 2
# Things that a way may be told to keep clear of.
AVOIDED = 24

_NEXT = f"""SELECT here, there, fact, CASE WHEN relation IN {PAPER_PREDICATES} THEN {_ROLE} ELSE {_FACT} END FROM (
  SELECT subject AS here, object AS there, id AS fact, relation, papers, confidence FROM fact
  WHERE subject IN (SELECT value FROM json_each(:edge)) AND polarity = 'asserted' AND relation != 'synonymOf'
  UNION ALL SELECT object, subject, id, relation, papers, confidence FROM fact
  WHERE object IN (SELECT value FROM json_each(:edge)) AND polarity = 'asserted' AND relation != 'synonymOf' LIMIT :most)
ORDER BY relation = 'mentions', papers DESC, confidence DESC, fact"""
_STEP = """SELECT s.iri, o.iri, relation, fact.papers FROM fact JOIN thing AS s ON s.id = subject JOIN thing AS o ON o.id = object
WHERE fact.id = ?"""
_CLAIMS = "SELECT iri FROM claim WHERE fact = ? ORDER BY confidence DESC, iri LIMIT ?"


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of the way: the ends' IRIs, how the relation reads, the papers that say so, and the surest of their proofs."""

    subject: str
    object: str
    relation: str
    papers: int
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The things from one end to the other, and the facts that join each to the next; no steps if there is no way.

    ``whole`` tells whether all that lies near enough was looked at; without it a way may exist that was not found.
    """

    things: tuple[Ref, ...]
    steps: tuple[Step, ...]
    whole: bool


def way(
    store: ox.Store, index: Index, start: str, end: str, avoid: tuple[str, ...] = (), most: int = READ
) -> Way:
    """The shortest way between two things; of equals, the one of what most papers say.

    Args:
        store: the graph, for the words that prove.
        index: of the graph.
        start: IRI of one end.
        end: IRI of the other.
        avoid: IRIs of things that the way is not to lead through; with an end among them it is not the step from one end to the other.
        most: facts to read at most.
    """
    first, last = index.number(start), index.number(end)
    if first is None or last is None or first == last:
        return Way((), (), True)
    shunned = {number for iri in avoid if (number := index.number(iri)) is not None}
    joined, whole = _search(index, first, last, shunned, most)
    lookup, here = Lookup(store), start
    steps = tuple(_step(index, lookup, fact) for fact in joined)
    iris = [here]
    for step in steps:
        here = step.object if step.subject == here else step.subject
        iris.append(here)
    return Way(tuple(_ref(index, iri) for iri in iris) if steps else (), steps, whole)


class _Side:
    """What one end has reached: how far off each thing is, and by which fact, from which thing, it was come to."""

    def __init__(self, start: int) -> None:
        self.far = {start: 0}
        self.came: dict[int, tuple[int, int]] = {}
        self._waiting: dict[int, list[int]] = {0: [start]}

    def nearest(self) -> int | None:
        """How far off the nearest thing is that has yet to be looked at."""
        return min(self._waiting, default=None)

    def take(self, distance: int) -> list[int]:
        """The things that lie just so far off."""
        return sorted(t for t in set(self._waiting.pop(distance)) if self.far[t] == distance)

    def reach(self, there: int, distance: int, here: int, fact: int) -> bool:
        """Note a way to a thing, if none so short was known."""
        if distance >= self.far.get(there, distance + 1):
            return False
        self.far[there] = distance
        self.came[there] = here, fact
        self._waiting.setdefault(distance, []).append(there)
        return True

    def facts_to(self, thing: int) -> list[int]:
        """The facts from a thing back to where this side began."""
        facts = []
        while thing in self.came:
            thing, fact = self.came[thing]
            facts.append(fact)
        return facts


def _search(index: Index, first: int, last: int, shunned: set[int], most: int) -> tuple[list[int], bool]:
    """The facts of the shortest way in order, and whether the search came to its end."""
    ends = {first, last}
    apart, shunned = bool(ends & shunned), shunned - ends
    sides = (_Side(first), _Side(last))
    shortest, meeting, read = LONGEST + 1, 0, 0
    while True:
        nearest = [side.nearest() for side in sides]
        front, back = nearest
        # Any way not seen yet is at least as long as what both sides have gone, taken together.
        if front is None or back is None or front + back >= shortest:
            break
        side, other = sides if front <= back else sides[::-1]
        distance = min(front, back)
        edge = json.dumps(side.take(distance))
        rows = index.rows(_NEXT, edge=edge, most=most - read + 1)
        read += len(rows)
        if read > most:
            break
        for here, there, fact, cost in rows:
            if there in shunned or (apart and {here, there} == ends):
                continue
            if side.reach(there, distance + cost, here, fact):
                total = distance + cost + other.far.get(there, LONGEST)
                if total < shortest:
                    shortest, meeting = total, there
    if not meeting:
        return [], read <= most
    return [*reversed(sides[0].facts_to(meeting)), *sides[1].facts_to(meeting)], read <= most


def _step(index: Index, lookup: Lookup, fact: int) -> Step:
    ((subject, object_, relation, papers),) = index.rows(_STEP, fact)
    claims = [ox.NamedNode(iri) for (iri,) in index.rows(_CLAIMS, fact, _PROVED)]
    proofs = tuple(proof(lookup, claim) for claim in claims)
    return Step(subject, object_, relation_names(relation)[0], papers, proofs)


def _ref(index: Index, iri: str) -> Ref:
    ((name, kind),) = index.rows("SELECT name, kind FROM thing WHERE iri = ?", iri)
    return Ref(iri, name, kind)
