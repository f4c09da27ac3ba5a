"""The index of a served graph says what the graph says, only sooner: names, facts by relation and by thing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import ROOT

sys.path.insert(0, str(ROOT / "tests/export/html"))
from view_graphs import ID, GraphMaker

from kg.evidence import Lookup
from kg.serve.facts import Indexed
from kg.serve.index import Index, build_index, kept_index
from kg.serve.index.search import named, search
from kg.serve.neighbours import neighbourhood
from kg.serve.relation import COLUMNS, Wish, relation
from kg.serve.things import things as things_of
from kg.show import portrait
from kg.text import searchable

Opened = Callable[[ox.Store], Index]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """``opened(store)``: the index of a graph."""
    made: list[Path] = []

    def index_of(store: ox.Store) -> Index:
        made.append(tmp_path / f"odd ? # % name {len(made)}.sqlite")
        build_index(store, made[-1])
        return Index(made[-1])

    return index_of


def things(*names: str) -> ox.Store:
    """Concepts of these names; those that come first are used by more papers."""
    make = GraphMaker()
    for place, name in enumerate(names):
        make.entity(f"concept/{place}", "Concept", name)
        for number in range(len(names) - place):
            make.paper(f"paper/p{place}-{number}", f"{place} {number}", "words")
            make.fact(make.current, "mentions", f"concept/{place}", "words")
    return make.store()


def found(index: Index, text: str) -> list[str]:
    return [hit.name for hit in search(index, text)]


def test_whole_names_come_first_then_beginnings_then_words_then_the_rest(opened: Opened) -> None:
    index = opened(things("a retransformer", "vision transformer", "transformer decoder", "transformer"))
    assert found(index, "transformer") == [
        "transformer",
        "transformer decoder",
        "vision transformer",
        "a retransformer",
    ]


def test_among_equals_the_best_connected_comes_first(opened: Opened) -> None:
    index = opened(things("language model", "language modelling", "language identification"))
    assert found(index, "lang") == ["language model", "language modelling", "language identification"]


@pytest.mark.parametrize(
    "text", ["Pre-Training", "pre training", "PRETRAINING"[:3], "训练", "预", "naive", "naïve", "ｐｒｅ"]
)
def test_case_accents_hyphens_and_width_do_not_matter(opened: Opened, text: str) -> None:
    make = GraphMaker()
    make.entity("method/x", "Method", "pre-training", "预训练", "naïve start")
    assert found(opened(make.store()), text) == ["pre-training"]


def test_words_are_found_apart_and_in_any_order(opened: Opened) -> None:
    index = opened(things("attention is all you need", "all is well"))
    assert found(index, "need attention") == ["attention is all you need"]
    assert found(index, "is all") == ["attention is all you need", "all is well"]


@pytest.mark.parametrize(
    "text",
    ['"', '" OR "', "NEAR(plain thing)", "pl*", "%", "_", "plain NOT thing", "()", "'", "\\", "text : plain"],
)
def test_what_is_typed_is_text_and_no_search_language(opened: Opened, text: str) -> None:
    index = opened(things("plain AND thing"))
    assert found(index, text) == []
    assert found(index, "AND") == ["plain AND thing"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("ab中文 -É", min_size=1, max_size=6), min_size=1, max_size=8),
    st.text("ab中文 -É", max_size=4),
)
def test_a_search_finds_just_the_names_that_hold_its_words(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], text: str
) -> None:
    make = GraphMaker()
    for place, name in enumerate(names):
        make.entity(f"concept/{place}", "Concept", name)
    path = tmp_path_factory.mktemp("index") / "index"
    build_index(make.store(), path)
    words = searchable(text).split()
    expected = {
        f"{ID}concept/{k}"
        for k, name in enumerate(names)
        if words and all(w in searchable(name) for w in words)
    }
    assert {hit.iri for hit in search(Index(path), text)} == expected


def test_a_name_leads_to_the_best_connected_thing_that_bears_it(opened: Opened) -> None:
    index = opened(things("Transformer", "transformer"))
    assert named(index, "TRANSFORMER") == f"{ID}concept/0"
    assert named(index, "transform") is None


@pytest.fixture
def training(opened: Opened) -> Index:
    """A fact of two papers, one that is denied, and one that is stated without a claim."""
    make = GraphMaker()
    for key, name in (
        ("model/a", "Alpha"),
        ("model/b", "beta"),
        ("dataset/d", "Delta"),
        ("dataset/e", "epsilon"),
    ):
        make.entity(key, key.split("/")[0].capitalize(), name)
    for year, confidence in ((2020, 0.6), (2023, 0.8)):
        make.paper(f"paper/{year}", f"Paper of {year}", "Alpha learns from Delta", year)
        make.fact("model/a", "trainedOn", "dataset/d", "Alpha learns from Delta", confidence)
        make.fact(make.current, "uses", "dataset/d", "Delta")
        make.fact(make.current, "mentions", "dataset/d", "Delta")
    make.fact("model/b", "trainedOn", "dataset/d", "Delta", 0.9, "negated")
    make.lines.append(f"<{ID}model/b> kg:trainedOn <{ID}dataset/e> .")
    return opened(make.store())


def test_a_row_counts_the_papers_and_keeps_the_surest_and_the_latest(training: Index) -> None:
    rows = relation(training, "trainedOn").rows
    assert [(r.subject.name, r.object.name, r.papers, r.confidence, r.year, r.polarity) for r in rows] == [
        ("Alpha", "Delta", 2, 0.8, "2023", "asserted"),
        ("beta", "Delta", 1, 0.9, "2023", "negated"),
        ("beta", "epsilon", 0, 0.0, "", "asserted"),
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_sorts_in_both_directions_and_pages_do_not_overlap(training: Index, column: str) -> None:
    value = lambda row: getattr(row, column)  # noqa: E731
    for sort in (column, f"-{column}"):
        rows = relation(training, "trainedOn", sort=sort).rows
        keys = [v.name.casefold() if hasattr(v, "name") else v for v in map(value, rows)]
        assert keys == sorted(keys, reverse=(column not in {"subject", "object"}) != sort.startswith("-"))
        pages = [relation(training, "trainedOn", sort=sort, page=page, size=1) for page in (1, 2, 3, 4)]
        assert [row for page in pages for row in page.rows] == list(rows)
        assert {page.found for page in pages} == {3}


def test_a_table_is_filtered_by_a_name_or_by_a_thing(training: Index) -> None:
    assert [r.object.name for r in relation(training, "trainedOn", Wish(text="EPS")).rows] == ["epsilon"]
    about = relation(training, "trainedOn", Wish(about=f"{ID}model/b"))
    assert about.found == 2
    assert about.about is not None and about.about.name == "beta"
    assert relation(training, "trainedOn", Wish(about=f"{ID}model/none")).found == 0


def test_a_table_is_filtered_by_year_and_by_confidence(training: Index) -> None:
    rows = lambda **wish: [r.subject.name for r in relation(training, "trainedOn", Wish(**wish)).rows]  # noqa: E731
    assert rows(since="2023") == ["Alpha", "beta"]
    assert rows(since="2024") == []
    assert rows(least=0.85) == ["beta"]


def test_things_of_a_class_are_listed_by_mentions_by_name_and_papers_by_year(training: Index) -> None:
    names = lambda *a, **k: [e.thing.name for e in things_of(training, *a, **k).entries]  # noqa: E731
    assert [(e.thing.name, e.papers) for e in things_of(training, "Dataset").entries] == [
        ("Delta", 2),
        ("epsilon", 0),
    ]
    assert names("Dataset", text="PSI") == ["epsilon"]
    assert names("Paper", sort="year") == ["Paper of 2023", "Paper of 2020"]
    assert names("Paper", sort="name") == ["Paper of 2020", "Paper of 2023"]
    assert names("Paper", year="2020") == ["Paper of 2020"]
    assert things_of(training, "Paper", page=2).entries == ()


def test_the_neighbours_of_a_thing_are_its_facts_things_before_papers(training: Index) -> None:
    near = neighbourhood(training, f"{ID}dataset/d")
    assert near is not None
    assert [thing.name for thing in near.things] == ["Alpha", "Paper of 2020", "Paper of 2023"]
    # That beta learns from it is denied; who uses it mentions it, which goes without saying.
    assert [edge.relation for edge in near.edges] == ["trained on", "uses", "uses"]
    rest = neighbourhood(training, f"{ID}dataset/d", skip=1)
    assert rest is not None and [thing.name for thing in rest.things] == ["Paper of 2020", "Paper of 2023"]
    assert neighbourhood(training, f"{ID}model/none") is None


def test_the_portrait_by_the_index_is_the_portrait_by_the_store(opened: Opened) -> None:
    from view_graphs import seed_like

    from kg.show.stored import Stored

    store = seed_like().store()
    index, lookup = opened(store), Lookup(store)
    compared = 0
    for (iri,) in index.rows("SELECT iri FROM thing WHERE kind != 'Paper'"):
        node = ox.NamedNode(iri)
        by_store = portrait(store, lookup, node, Stored(store, lookup))
        by_index = portrait(store, lookup, node, Indexed(index, 100))
        assert by_index == by_store, iri
        compared += len(by_store.groups)
    assert compared > 20


def test_the_index_of_a_store_on_disk_is_kept_and_made_anew_when_the_store_has_changed(
    tmp_path: Path,
) -> None:
    folder, spare = tmp_path / "graph.store", tmp_path / "spare"
    store = ox.Store(str(folder))
    store.bulk_extend(things("transformer"))
    store.flush()
    del store
    first = kept_index(ox.Store.read_only(str(folder)), folder, spare)
    assert first == tmp_path / "graph.store.index"
    made = first.stat().st_ino
    assert kept_index(ox.Store.read_only(str(folder)), folder, spare).stat().st_ino == made
    assert found(Index(first), "former") == ["transformer"]
    store = ox.Store(str(folder))
    store.bulk_extend(things("reformer"))
    store.flush()
    del store
    again = kept_index(ox.Store.read_only(str(folder)), folder, spare)
    assert again.stat().st_ino != made
    assert {*found(Index(again), "former")} >= {"reformer"}
    assert not spare.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.store", "graph.store.index"]


def test_what_is_no_index_is_not_taken_for_one(tmp_path: Path) -> None:
    folder = tmp_path / "graph.store"
    ox.Store(str(folder)).bulk_extend(things("transformer"))
    (tmp_path / "graph.store.index").write_bytes(b"half an index")
    assert found(Index(kept_index(ox.Store.read_only(str(folder)), folder, tmp_path / "spare")), "trans") == [
        "transformer"
    ]


def test_where_nothing_may_be_written_beside_the_store_the_index_is_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError("read-only file system")

    folder, spare = tmp_path / "graph.store", tmp_path / "spare"
    ox.Store(str(folder)).bulk_extend(things("transformer"))
    monkeypatch.setattr("kg.serve.index.keep.tempfile.mkstemp", refused)
    assert kept_index(ox.Store.read_only(str(folder)), folder, spare) == spare
    assert found(Index(spare), "trans") == ["transformer"]
