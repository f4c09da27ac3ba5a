"""The facts of a thing as the index has them: all counted, and those that most papers state first. Runs in a worker process."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyoxigraph as ox

from kg.serve.index import Index
from kg.show import Outline, Ref, Sketch
from kg.vocab import PAPER_PREDICATES

# Of one relation and direction: facts that a page names, facts that it proves, and claims whose words it shows of each.
MOST = 40
PROVED = 5
_CLAIMED = 2
# Papers whose other things count as near.
_PAPERS = 200
_NEAR = 15

_STRONGER = tuple(name for name in PAPER_PREDICATES if name != "mentions")

# Facts of a thing in one direction. A paper that introduces, uses or studies a thing mentions it as well: said once.
_FACTS = f"""SELECT fact.id, relation, iri, name, kind, fact.papers, polarity, total FROM (
  SELECT *, row_number() OVER (PARTITION BY relation ORDER BY papers DESC, polarity = 'asserted' DESC, confidence DESC, id) AS place,
         count(*) OVER (PARTITION BY relation) AS total
  FROM fact WHERE {{here}} = :thing AND NOT (relation = 'mentions' AND EXISTS (
    SELECT 1 FROM fact AS other WHERE other.subject = fact.subject AND other.object = fact.object AND other.relation IN {_STRONGER}))
) AS fact JOIN thing ON thing.id = fact.{{there}} WHERE place <= :most ORDER BY relation, place"""

_CLAIMS = "SELECT iri FROM claim WHERE fact = ? ORDER BY confidence DESC, iri LIMIT ?"

_YEARS = """SELECT year, count(*) FROM fact WHERE object = :thing AND relation = 'mentions' AND polarity = 'asserted' AND year != ''
GROUP BY year ORDER BY year"""

_NEXT_TO_IT = """SELECT iri, name, kind, count(*) AS shared FROM fact JOIN thing ON thing.id = fact.object
WHERE relation = 'mentions' AND polarity = 'asserted' AND object != :thing AND subject IN (
  SELECT subject FROM fact WHERE object = :thing AND relation = 'mentions' AND polarity = 'asserted' ORDER BY confidence DESC, subject LIMIT :papers)
GROUP BY object ORDER BY shared DESC, iri LIMIT :most"""


class Indexed:
    """Facts looked up in the index (see ``kg.show.portrait.Facts``).

    Args:
        index: of the graph.
        proved: facts of each group whose claims are wanted.
    """

    def __init__(self, index: Index, proved: int) -> None:
        self._index = index
        self._proved = proved

    def outlines(self, node: ox.NamedNode) -> list[Outline]:
        """All relations of the thing, in both directions."""
        thing = self._index.number(node.value)
        found = []
        for outgoing, here, there in ((True, "subject", "object"), (False, "object", "subject")):
            rows = self._index.rows(_FACTS.format(here=here, there=there), thing=thing, most=MOST)
            for relation, group in groupby(rows, key=lambda row: row[1]):
                facts = list(group)
                sketches = tuple(self._sketch(place, row) for place, row in enumerate(facts))
                found.append(Outline(relation, outgoing, sketches, facts[0][-1]))
        return found

    def years(self, node: ox.NamedNode) -> list[tuple[int, int]]:
        """Counted by papers that mention it."""
        rows = self._index.rows(_YEARS, thing=self._index.number(node.value))
        return [(int(year), count) for year, count in rows]

    def near(self, node: ox.NamedNode) -> list[tuple[Ref, int]]:
        """What the papers that mention it most surely mention as well."""
        thing = self._index.number(node.value)
        rows = self._index.rows(_NEXT_TO_IT, thing=thing, papers=_PAPERS, most=_NEAR)
        return [(Ref(iri, name, kind), shared) for iri, name, kind, shared in rows]

    def _sketch(self, place: int, row: Any) -> Sketch:
        fact, _, iri, name, kind, papers, polarity, _ = row
        claims = self._index.rows(_CLAIMS, fact, _CLAIMED) if place < self._proved else []
        return Sketch(
            Ref(iri, name, kind), papers, polarity, tuple(ox.NamedNode(claim) for (claim,) in claims)
        )
