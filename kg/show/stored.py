"""The facts of a thing as the store alone gives them: the first few hundred claims, read one by one."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.evidence import Lookup, local_name
from kg.show.portrait import Outline, Ref, Sketch, ref, subjects
from kg.vocab import DCTERMS, KG, PAPER_PREDICATES, RDF

# The most claims read in each direction, and the papers whose other things count as near.
_CLAIMS = 600
_NEAR_PAPERS = 150
_NEAR = 15


class Stored:
    """Facts looked up in the store (see ``kg.show.portrait.Facts``).

    Args:
        store: the graph.
        lookup: over it, which what is read here is kept in.
    """

    def __init__(self, store: ox.Store, lookup: Lookup) -> None:
        self._store = store
        self._lookup = lookup

    def outlines(self, node: ox.NamedNode) -> list[Outline]:
        """What the first claims say, by relation and direction."""
        found: dict[tuple[str, bool], dict[Any, list[ox.NamedNode]]] = {}
        cut = False
        for role, outgoing in ((RDF.subject, True), (RDF.object, False)):
            claims = list(islice(subjects(self._store, role, node), _CLAIMS + 1))
            cut = cut or len(claims) > _CLAIMS
            for claim in claims[:_CLAIMS]:
                said = self._lookup.about(claim)
                predicates = said.get(RDF.predicate.value, ())
                others = said.get((RDF.object if outgoing else RDF.subject).value, ())
                if predicates and others and self._lookup.kind(others[0]) != "Measurement":
                    group = found.setdefault((local_name(predicates[0].value), outgoing), {})
                    group.setdefault(others[0], []).append(claim)
        _say_once(found)
        # Of a hub nobody has counted what there is beyond what was read: one more than that.
        return [
            Outline(name, outgoing, self._sorted(others), len(others) + cut)
            for (name, outgoing), others in found.items()
            if others
        ]

    def years(self, node: ox.NamedNode) -> list[tuple[int, int]]:
        """Counted by the store."""
        result = self._store.query(
            f"SELECT ?year (COUNT(DISTINCT ?paper) AS ?n) WHERE {{ ?paper <{KG.mentions.value}> {node} ; "
            f"<{DCTERMS.date.value}> ?date BIND(SUBSTR(STR(?date), 1, 4) AS ?year) }} GROUP BY ?year ORDER BY ?year"
        )
        assert isinstance(result, ox.QuerySolutions)
        return [
            (int(row["year"].value), int(row["n"].value))
            for row in result
            if row["year"] is not None and row["year"].value.isdecimal()
        ]

    def near(self, node: ox.NamedNode) -> list[tuple[Ref, int]]:
        """What the first papers that mention it mention as well."""
        papers = sorted(islice(subjects(self._store, KG.mentions, node), _NEAR_PAPERS), key=str)
        shared: Counter[Any] = Counter()
        for paper in papers:
            shared.update(set(self._lookup.about(paper).get(KG.mentions.value, ())) - {node})
        best = sorted(shared.items(), key=lambda item: (-item[1], str(item[0])))[:_NEAR]
        return [(ref(self._lookup, thing), count) for thing, count in best]

    def _sorted(self, others: dict[Any, list[ox.NamedNode]]) -> tuple[Sketch, ...]:
        facts = [
            Sketch(ref(self._lookup, other), len(claims), self._polarity(claims), tuple(claims))
            for other, claims in others.items()
        ]
        return tuple(sorted(facts, key=lambda f: (-f.papers, -max(map(self._sure, f.claims)), f.other.iri)))

    def _polarity(self, claims: list[ox.NamedNode]) -> str:
        """Asserted if anybody does."""
        said = {local_name(self._lookup.text(claim, KG.polarity.value)) or "asserted" for claim in claims}
        return "asserted" if "asserted" in said else min(said)

    def _sure(self, claim: ox.NamedNode) -> float:
        try:
            return float(self._lookup.text(claim, KG.confidence.value))
        except ValueError:
            return 0.0


def _say_once(found: dict[tuple[str, bool], dict[Any, list[ox.NamedNode]]]) -> None:
    """A paper that introduces, uses or studies a thing mentions it as well: leave out that it does."""
    for outgoing in (True, False):
        mentioned = found.get(("mentions", outgoing), {})
        for name in PAPER_PREDICATES:
            if name != "mentions":
                for other in mentioned.keys() & found.get((name, outgoing), {}).keys():
                    del mentioned[other]
