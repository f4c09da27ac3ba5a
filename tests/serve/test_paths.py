"""The way between two things: as short as can be, over what is asserted, with the words that prove each step, and bounded."""

from __future__ import annotations

import sys
from pathlib import Path

import networkx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from papers import ROOT

sys.path.insert(0, str(ROOT / "tests/export/html"))
from view_graphs import ID, GraphMaker

from kg.serve.index import Index, build_index
from kg.serve.paths import LONGEST, Way, way

Facts = list[tuple[str, str, str]]


def graph(*facts: tuple[str, str, str], denied: Facts | None = None) -> GraphMaker:
    """Facts between things named by letters, each said by one paper; a paper is named ``p`` and a digit."""
    make = GraphMaker()
    said = [*((f, "asserted") for f in facts), *((f, "negated") for f in denied or [])]
    names = {end for (s, _, o), _ in said for end in (s, o)}
    for name in sorted(names):
        if name.startswith("p"):
            make.paper(key(name), name, "words")
        else:
            make.entity(key(name), "Concept", name)
    make.paper("paper/source", "source", " ".join(f"{s} {p} {o}." for (s, p, o), _ in said))
    for (s, p, o), polarity in said:
        make.fact(key(s), p, key(o), f"{s} {p} {o}.", 0.9, polarity)
    return make


def key(name: str) -> str:
    return f"{'paper' if name.startswith('p') else 'concept'}/{name}"


def led(folder: Path, make: GraphMaker, start: str, end: str, **options: object) -> Way:
    store, path = make.store(), folder / "index"
    path.unlink(missing_ok=True)
    build_index(store, path)
    return way(store, Index(path), ID + key(start), ID + key(end), **options)  # type: ignore[arg-type]


def names(found: Way) -> str:
    return " ".join(thing.name for thing in found.things)


def test_a_way_follows_facts_in_either_direction_and_each_step_has_its_words(tmp_path: Path) -> None:
    found = led(tmp_path, graph(("a", "usedFor", "b"), ("c", "kindOf", "b")), "a", "c")
    assert names(found) == "a b c"
    assert [(step.subject, step.relation, step.object) for step in found.steps] == [
        (f"{ID}concept/a", "used for", f"{ID}concept/b"),
        (f"{ID}concept/c", "kind of", f"{ID}concept/b"),
    ]
    (proof,) = found.steps[1].proofs
    assert [quote.exact for quote in proof.quotes] == ["c kindOf b."]
    assert proof.paper is not None
    assert proof.paper.name == "source"


def test_a_stated_fact_is_nearer_than_a_paper_that_mentions_both(tmp_path: Path) -> None:
    through_paper = [("p1", "mentions", "a"), ("p1", "mentions", "d")]
    long = [("a", "usedFor", "b"), ("b", "kindOf", "c"), ("c", "partOf", "d")]
    assert names(led(tmp_path, graph(*through_paper), "a", "d")) == "a p1 d"
    assert names(led(tmp_path, graph(*through_paper, *long), "a", "d")) == "a b c d"


def test_what_is_denied_joins_nothing(tmp_path: Path) -> None:
    found = led(tmp_path, graph(("a", "usedFor", "x"), denied=[("a", "usedFor", "b")]), "a", "b")
    assert found == Way((), (), True)


def test_of_two_facts_between_the_same_things_a_stronger_word_than_mentions_is_told(tmp_path: Path) -> None:
    found = led(tmp_path, graph(("p1", "mentions", "a"), ("p1", "introduces", "a")), "p1", "a")
    assert [step.relation for step in found.steps] == ["introduces"]


def test_of_two_ways_the_one_of_more_papers_is_taken(tmp_path: Path) -> None:
    make = graph(("a", "usedFor", "b"), ("b", "usedFor", "d"), ("a", "usedFor", "c"), ("c", "usedFor", "d"))
    make.paper("paper/second", "second", "a usedFor c. c usedFor d.")
    make.fact("concept/a", "usedFor", "concept/c", "a usedFor c.")
    make.fact("concept/c", "usedFor", "concept/d", "c usedFor d.")
    found = led(tmp_path, make, "a", "d")
    assert names(found) == "a c d"
    assert [step.papers for step in found.steps] == [2, 2]


def test_another_way_keeps_clear_of_what_the_first_led_through(tmp_path: Path) -> None:
    make = graph(("a", "usedFor", "b"), ("b", "usedFor", "d"), ("p1", "uses", "a"), ("p1", "uses", "d"))
    assert names(led(tmp_path, make, "a", "d")) == "a b d"
    clear = f"{ID}concept/b"
    assert names(led(tmp_path, make, "a", "d", avoid=(clear,))) == "a p1 d"
    assert led(tmp_path, make, "a", "d", avoid=(clear, f"{ID}paper/p1")).steps == ()


def test_another_way_between_things_that_a_fact_joins_leads_by_a_third(tmp_path: Path) -> None:
    make = graph(("a", "usedFor", "d"), ("d", "partOf", "a"), ("a", "usedFor", "b"), ("b", "usedFor", "d"))
    assert names(led(tmp_path, make, "a", "d")) == "a d"
    for end in ("a", "d"):
        assert names(led(tmp_path, make, "a", "d", avoid=(f"{ID}concept/{end}",))) == "a b d"
    assert led(tmp_path, make, "a", "d", avoid=(f"{ID}concept/d", f"{ID}concept/b")) == Way((), (), True)


def test_a_way_is_of_eight_facts_at_most(tmp_path: Path) -> None:
    chain = graph(*((f"c{k}", "partOf", f"c{k + 1}") for k in range(9)))
    assert len(led(tmp_path, chain, "c0", "c8").steps) == 8
    assert led(tmp_path, chain, "c0", "c9") == Way((), (), True)


def test_a_search_reads_so_much_and_says_when_that_was_not_all(tmp_path: Path) -> None:
    stars = [(f"{end}{k}", "partOf", end) for end in "ab" for k in range(50)]
    make = graph(*stars, ("a49", "kindOf", "b49"))
    assert names(led(tmp_path, make, "a", "b")) == "a a49 b49 b"
    assert led(tmp_path, make, "a", "b", most=60) == Way((), (), False)


@pytest.mark.parametrize(("start", "end"), [("a", "a"), ("a", "none"), ("none", "a")])
def test_what_has_not_two_ends_is_no_way(tmp_path: Path, start: str, end: str) -> None:
    assert led(tmp_path, graph(("a", "usedFor", "b")), start, end) == Way((), (), True)


THINGS = [*"abcdef", "p1", "p2", "p3"]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.sampled_from(THINGS), st.sampled_from(list("abcdef"))), max_size=14))
@example(
    {("d", "f"), ("p1", "d"), ("f", "b"), ("p2", "e"), ("p1", "c"), ("c", "e")}
)  # p2 is farther than is looked for
def test_no_way_is_shorter(tmp_path_factory: pytest.TempPathFactory, pairs: set[tuple[str, str]]) -> None:
    """The peer is networkx' Dijkstra over the whole graph; ways longer than are looked for aside."""
    pairs = {(a, b) for a, b in pairs if a != b} | {("a", "b")}
    cost = lambda a, b: 8 if "p" in (a[0], b[0]) else 5  # noqa: E731
    peer = networkx.Graph()
    peer.add_nodes_from(THINGS)
    peer.add_weighted_edges_from((a, b, cost(a, b)) for a, b in pairs)
    facts = [(a, "uses" if a[0] == "p" else "usedFor", b) for a, b in sorted(pairs)]
    store, path = graph(*facts).store(), tmp_path_factory.mktemp("index") / "index"
    build_index(store, path)
    for end in THINGS[1:]:
        found = way(store, Index(path), ID + key("a"), ID + key(end))
        length = networkx.dijkstra_path_length(peer, "a", end) if networkx.has_path(peer, "a", end) else None
        if length is not None and length <= LONGEST:
            led_by = names(found).split()
            assert sum(map(cost, led_by, led_by[1:])) == length
            assert (led_by[0], led_by[-1]) == ("a", end)
        else:
            assert found.steps == ()


def test_the_same_question_has_the_same_way_whatever_the_order_of_the_graph(tmp_path: Path) -> None:
    facts = [("a", "usedFor", x) for x in "bcde"] + [(x, "usedFor", "z") for x in "bcde"]
    ways = {names(led(tmp_path, graph(*order), "a", "z")) for order in (facts, facts[::-1])}
    assert len(ways) == 1
