"""One row a claim, for spreadsheets: who says what of what, how surely, in which words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.export.sorting import ROWS, Sorted
from kg.vocab import DCTERMS, KG, OA, PROV, RDF, SKOS

_COLUMNS = (
    "subject",
    "subject_label",
    "predicate",
    "object",
    "object_label",
    "paper",
    "paper_title",
    "polarity",
    "confidence",
    "belief",
    "quote",
)
# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(store: ox.Store, path: Path) -> None:
    """Write the claims as RFC 4180 CSV in UTF-8. Cells that a spreadsheet would run as formulas begin with an apostrophe."""
    with Sorted(_rows(store), key=tuple, codec=ROWS) as rows, path.open("w", encoding="utf-8", newline="") as out:  # fmt: skip
        writer = csv.writer(out)
        writer.writerow(_COLUMNS)
        for cells in rows:
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])


def _rows(store: ox.Store) -> Iterator[tuple[str, ...]]:
    """A row for every claim that is complete."""

    @lru_cache(maxsize=20_000)
    def label(node: str) -> str:
        names = [name for term in (SKOS.prefLabel, DCTERMS.title) for name in _values(store, ox.NamedNode(node), term)]  # fmt: skip
        literals = [name for name in names if isinstance(name, ox.Literal)]
        # English first, then any other.
        ranked = sorted((name.language or "").startswith("zh") for name in literals)
        return min(
            (name.value for name in literals if (name.language or "").startswith("zh") == ranked[0]),
            default="",
        )

    for quad in store.quads_for_pattern(None, RDF.type, KG.Claim):
        claim = quad.subject
        if not isinstance(claim, ox.NamedNode | ox.BlankNode):
            continue
        parts = (RDF.subject, RDF.predicate, RDF.object, PROV.wasDerivedFrom, KG.polarity, KG.confidence)
        found = [next((_text(value) for value in _values(store, claim, part)), None) for part in parts]
        if any(part is None for part in found):
            continue
        subject, predicate, item, paper, polarity, confidence = (part or "" for part in found)
        yield (
            subject, label(subject), predicate.rsplit("#", 1)[-1].rsplit("/", 1)[-1], item, label(item), paper, label(paper),
            polarity, confidence, next((_text(value) for value in _values(store, claim, KG.belief)), ""), " … ".join(_quotes(store, claim)),
        )  # fmt: skip


def _quotes(store: ox.Store, claim: ox.NamedNode | ox.BlankNode) -> list[str]:
    """The words of a claim, once each, in the order of the text."""
    found: dict[str, int] = {}
    for target in _values(store, claim, OA.hasTarget):
        selectors = _values(store, target, OA.hasSelector)
        starts = [_text(start) for part in selectors for start in _values(store, part, OA.start)]
        place = min((int(start) for start in starts if start.isdecimal()), default=0)
        for part in selectors:
            for exact in _values(store, part, OA.exact):
                found[_text(exact)] = min(place, found.get(_text(exact), place))
    return sorted(found, key=lambda words: (found[words], words))


def _values(store: ox.Store, node: object, predicate: ox.NamedNode) -> list[object]:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return []
    return sorted({quad.object for quad in store.quads_for_pattern(node, predicate, None)}, key=str)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
