"""Tables for spreadsheets: a row a claim (who says what of what, how surely, in which words), or a row a fact."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.export.sorting import ROWS, Sorted
from kg.vocab import DCTERMS, DOMAIN, KG, OA, PROV, RDF, RDFS, SKOS, TERMS

_FACT = ("subject", "subject_label", "predicate", "object", "object_label")
_COLUMNS = (
    *_FACT,
    "paper",
    "paper_title",
    "polarity",
    "confidence",
    "belief",
    "quote",
)
# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_claims(store: ox.Store, path: Path) -> None:
    """Write the claims as RFC 4180 CSV in UTF-8. Cells that a spreadsheet would run as formulas begin with an apostrophe.

    Raises:
        ValueError: the graph holds facts and no claims, so the table would hold nothing of it.
    """
    if not _write(_COLUMNS, _claims(store), path) and any(_facts(store)):
        raise ValueError("it holds no claims; --profile facts writes what is stated")


def write_facts(store: ox.Store, path: Path) -> None:
    """Write the relations that the graph states, likewise, without who says so; what is denied or supposed is not stated."""
    _write(_FACT, _facts(store), path)


def _write(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], path: Path) -> int:
    number = 0
    with Sorted(rows, key=tuple, codec=ROWS) as ordered, path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for cells in ordered:
            number += 1
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return number


def _labels(store: ox.Store) -> Callable[[str], str]:
    """What a thing is called, English first, then any other language; asked of the store as needed."""

    @lru_cache(maxsize=20_000)
    def label(node: str) -> str:
        for term in (SKOS.prefLabel, DCTERMS.title, RDFS.label):
            names = _values(store, ox.NamedNode(node), term)
            found = [
                ((name.language or "").startswith("zh"), name.value)
                for name in names
                if isinstance(name, ox.Literal)
            ]
            if found:
                return min(found)[1]
        return ""

    return label


def _facts(store: ox.Store) -> Iterator[tuple[str, ...]]:
    """A row for every relation between two things."""
    label = _labels(store)
    for name in DOMAIN:
        for quad in store.quads_for_pattern(None, TERMS[name], None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                subject, item = quad.subject.value, quad.object.value
                yield subject, label(subject), name, item, label(item)


def _claims(store: ox.Store) -> Iterator[tuple[str, ...]]:
    """A row for every claim that is complete."""
    label = _labels(store)
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
