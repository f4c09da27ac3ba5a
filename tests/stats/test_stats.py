"""``kg stats``: the counts are the graph's own, and the bars compare."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from papers import Built
from rich.cells import cell_len

from kg.query import query
from kg.stats import stats
from kg.stats.text import bar, lines


def test_the_counts_are_those_of_queries(seeds: Built) -> None:
    found = stats(seeds.store)
    assert found.triples == len(seeds.store)
    papers = next(c.count for c in found.classes if c.name == "Paper")
    assert (
        papers
        == seeds.report.documents
        == sum(c.count for c in found.years)
        == sum(c.count for c in found.languages)
    )
    ((trained,),) = query(seeds.store, "SELECT (COUNT(*) AS ?n) { ?a kg:trainedOn ?b }")
    assert next(c.count for c in found.relations if c.term == "trainedOn") == int(trained)
    assert found.top[0].count >= found.top[-1].count


def test_years_are_in_order(seeds: Built) -> None:
    assert [c.name for c in stats(seeds.store).years] == ["2021", "2022"]


@pytest.mark.parametrize("width", [32, 40, 60, 80, 200])
def test_charts_fit_the_terminal_and_no_bar_is_longer_than_32_cells(seeds: Built, width: int) -> None:
    told = list(lines(stats(seeds.store), width))
    assert max(map(cell_len, told)) <= width
    longest = max(line.count("█") for line in told)
    assert min(width - 28 - 15, 6) <= longest <= 32
    assert longest == 32 or width < 80


def test_an_empty_graph_has_an_empty_summary() -> None:
    assert list(lines(stats(ox.Store()))) == ["0 triples"]


def test_bars_compare_and_what_is_there_is_seen() -> None:
    assert len(bar(50, 100)) * 2 == len(bar(100, 100))
    assert bar(1, 10_000) != ""
    assert bar(0, 10) == ""
