"""One row a claim, for spreadsheets: who says what of what, how surely, in which words."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.vocab import PREFIXES

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
    "quote",
)
_QUERY = """
SELECT ?subject ?predicate ?object ?paper ?polarity ?confidence (GROUP_CONCAT(DISTINCT ?exact; separator=" … ") AS ?quote) WHERE {
  ?claim a kg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
         prov:wasDerivedFrom ?paper ; kg:polarity ?polarity ; kg:confidence ?confidence .
  OPTIONAL { ?claim oa:hasTarget/oa:hasSelector/oa:exact ?exact }
} GROUP BY ?claim ?subject ?predicate ?object ?paper ?polarity ?confidence
"""
_LABELS = """
SELECT ?thing (SAMPLE(?english) AS ?en) (SAMPLE(?chinese) AS ?zh) WHERE {
  { ?thing skos:prefLabel ?name } UNION { ?thing dcterms:title ?name }
  BIND(IF(LANGMATCHES(LANG(?name), "zh"), 1/0, STR(?name)) AS ?english)
  BIND(IF(LANGMATCHES(LANG(?name), "zh"), STR(?name), 1/0) AS ?chinese)
} GROUP BY ?thing
"""
# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(triples: Iterable[ox.Triple], path: Path) -> None:
    """Write the claims as RFC 4180 CSV in UTF-8. Cells that a spreadsheet would run as formulas begin with an apostrophe."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    labels = {
        str(row["thing"]): (row["en"] or row["zh"]).value
        for row in _solutions(store, _LABELS)
        if row["en"] or row["zh"]
    }
    rows = []
    for row in _solutions(store, _QUERY):
        subject, item, paper = row["subject"], row["object"], row["paper"]
        predicate = row["predicate"].value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        rows.append(
            (
                subject.value, labels.get(str(subject), ""), predicate, item.value, labels.get(str(item), ""), paper.value,
                labels.get(str(paper), ""), row["polarity"].value, row["confidence"].value, row["quote"].value if row["quote"] else "",
            )
        )  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(_COLUMNS)
        for cells in sorted(rows):
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])


def _solutions(store: ox.Store, text: str) -> ox.QuerySolutions:
    """The rows of a SELECT query."""
    result = store.query(text, prefixes=PREFIXES)
    if not isinstance(result, ox.QuerySolutions):
        raise TypeError("a SELECT query answers with rows")
    return result
