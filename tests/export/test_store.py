"""A store on disk: what it holds, what it replaces, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import PaperkgError, UsageError
from kg.export.store import write_store
from kg.query import load_graph, load_into, query


def graph(*names: str) -> Callable[[ox.Store], None]:
    def fill(store: ox.Store) -> None:
        for name in names:
            node, predicate = ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:p")
            store.add(ox.Quad(node, predicate, ox.Literal(name, language="en"), ox.NamedNode("urn:g")))
            store.add(ox.Quad(node, predicate, ox.BlankNode()))

    return fill


def names(folder: Path) -> list[str]:
    return sorted(row[0] for row in query(folder, "SELECT ?n { GRAPH <urn:g> { ?s <urn:p> ?n } }"))


def test_it_holds_all_quads_and_their_graphs(tmp_path):
    write_store(graph("a", "b"), tmp_path / "graph.store")
    assert names(tmp_path / "graph.store") == ["a", "b"]
    assert len(load_graph(tmp_path / "graph.store")) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["graph.store"]


def test_it_replaces_a_store_whose_readers_keep_what_they_opened(tmp_path):
    folder = tmp_path / "graph.store"
    write_store(graph("a"), folder)
    reader = load_graph(folder)
    write_store(graph("b"), folder)
    assert names(folder) == ["b"]
    assert len(reader) == 2
    assert {quad.subject.value for quad in reader} == {"urn:a"}


def test_an_empty_folder_is_taken_and_any_other_left(tmp_path):
    (tmp_path / "empty").mkdir()
    write_store(graph("a"), tmp_path / "empty")
    assert names(tmp_path / "empty") == ["a"]
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for other in ("papers", "file"):
        with pytest.raises(UsageError, match=f"{other}: is no graph store"):
            write_store(graph("a"), tmp_path / other)
    assert (tmp_path / "papers" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "papers"]


def test_a_failure_leaves_the_store_that_was_there(tmp_path):
    folder = tmp_path / "graph.store"
    write_store(graph("a"), folder)

    def half(store: ox.Store) -> None:
        graph("b")(store)
        raise OSError(28, "No space left on device")

    with pytest.raises(PaperkgError, match="cannot be written: No space left on device"):
        write_store(half, folder)
    assert names(folder) == ["a"]
    with pytest.raises(PaperkgError, match="cannot be written"):
        write_store(graph("b"), tmp_path / "nowhere" / "graph.store")


def test_it_is_made_of_a_file_or_of_another_store(tmp_path):
    (tmp_path / "graph.trig").write_text(
        '<urn:g> { <urn:a> <urn:p> "a"@en } <urn:b> <urn:p> [] .', encoding="utf-8"
    )
    write_store(lambda store: load_into(tmp_path / "graph.trig", store), tmp_path / "one")
    write_store(lambda store: load_into(tmp_path / "one", store), tmp_path / "two")
    assert names(tmp_path / "one") == names(tmp_path / "two") == ["a"]
    assert len(load_graph(tmp_path / "two")) == 2
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:p>", encoding="utf-8")
    with pytest.raises(PaperkgError, match=r"broken\.ttl: not valid ttl"):
        write_store(lambda store: load_into(tmp_path / "broken.ttl", store), tmp_path / "two")
    assert names(tmp_path / "two") == ["a"]
