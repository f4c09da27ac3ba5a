"""The page as text: the same bytes whatever the order, data that cannot leave its block, numbers that add up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
from view_graphs import HOSTILE, GraphMaker, hostile, many, seed_like

from kg.errors import PaperkgError
from kg.export.html import render_html, write_html
from kg.export.html.graph import read_graph
from kg.export.html.page import MODULES
from kg.look import TYPES, style_of
from kg.settings import ViewSettings

ASSETS = Path(__file__).parents[3] / "kg" / "export" / "html" / "assets" / "js"


def data_of(page: str) -> dict:
    """What the page's data block holds."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_same_graph_gives_the_same_bytes_in_any_order() -> None:
    settings = ViewSettings()
    assert render_html(seed_like().store(), settings) == render_html(
        seed_like().store(reverse=True), settings
    )


def test_facts_come_with_their_quotes_as_offsets_into_the_abstract() -> None:
    data = data_of(render_html(seed_like().store(), ViewSettings()))
    iris = [node["iri"] for node in data["nodes"]]
    names = [relation["name"] for relation in data["relations"]]
    wanted = [iris.index("model/bloom"), names.index("trainedOn"), iris.index("dataset/roots"), 1]
    claim = next(c for c in data["claims"] if c["fact"] == data["facts"].index(wanted))
    start, end = claim["quotes"][0]
    assert data["nodes"][claim["paper"]]["abstract"][start:end].endswith("was trained on the ROOTS corpus")
    assert claim["conf"] == 0.97


def test_a_claim_with_several_places_keeps_them_all() -> None:
    make = GraphMaker()
    make.entity("model/a", "Model", "A")
    paper = make.paper("paper/1", "One", "A is new. We show A.")
    make.fact(paper, "introduces", "model/a", "A is new")
    make.lines.append(
        "<https://w3id.org/paperkg/id/claim/1> oa:hasTarget [ oa:hasSelector [ oa:start 10 ; oa:end 19 ], [ oa:exact 'We show A' ] ] ."
    )
    data = data_of(render_html(make.store(), ViewSettings()))
    assert data["claims"][0]["quotes"] == [[0, 8], [10, 19]]


def test_words_that_the_abstract_has_not_there_are_kept_in_full() -> None:
    make = GraphMaker()
    make.entity("model/a", "Model", "A")
    paper = make.paper("paper/1", "One", "A is new.")
    make.fact(paper, "introduces", "model/a", "A is new")
    text = "\n".join(make.lines).replace('oa:exact "A is new"', 'oa:exact "B was old"')
    store = pyoxigraph.Store()
    store.load(text.encode(), pyoxigraph.RdfFormat.TURTLE)
    assert data_of(render_html(store, ViewSettings()))["claims"][0]["quotes"] == [["", "B was old", "."]]


def test_pyvis_has_every_fact_as_an_edge_of_its_own() -> None:
    """Two facts between the same two things are two edges; pyvis drops one of them unless the network is directed."""
    make = GraphMaker()
    for key in ("model/a", "model/b"):
        make.entity(key, "Model", key)
    make.paper("paper/1", "One", "A and B.")
    make.fact("model/a", "comparedWith", "model/b", "A and B")
    make.fact("model/a", "basedOn", "model/b", "A and B")
    vis = data_of(render_html(make.store(), ViewSettings()))["vis"]
    assert [(e["from"], e["to"]) for e in vis["edges"]] == [(0, 1), (0, 1)]
    assert vis["options"]["physics"] == {"enabled": False}
    assert vis["options"]["edges"]["smooth"] is False


def test_a_bare_mention_is_not_drawn_beside_the_role_that_implies_it() -> None:
    make = GraphMaker()
    make.entity("model/a", "Model", "A")
    paper = make.paper("paper/1", "One", "A is new.")
    make.fact(paper, "introduces", "model/a", "A is new")
    make.lines.append(
        "<https://w3id.org/paperkg/id/paper/1> kg:mentions <https://w3id.org/paperkg/id/model/a> ."
    )
    assert [f.predicate for f in read_graph(make.store(), 100).facts] == ["introduces"]


def test_what_is_only_denied_is_a_claim_and_no_fact() -> None:
    graph = read_graph(seed_like().store(), 100)
    denied = [graph.facts[c.fact] for c in graph.claims if c.polarity == "negated"]
    assert [(f.predicate, f.asserted) for f in denied] == [("basedOn", False)]


def test_the_cap_keeps_the_best_connected() -> None:
    whole = read_graph(many(300).store(), 1000)
    kept = read_graph(many(300).store(), 100)
    assert len(kept.nodes) == 100
    best = max(range(len(whole.nodes)), key=lambda i: whole.degrees[i])
    assert whole.nodes[best] in kept.nodes
    assert all(0 <= f.subject < 100 and 0 <= f.object < 100 for f in kept.facts)
    named = {(kept.nodes[f.subject].iri, f.predicate, kept.nodes[f.object].iri) for f in kept.facts}
    assert named <= {
        (whole.nodes[f.subject].iri, f.predicate, whole.nodes[f.object].iri) for f in whole.facts
    }


def test_the_report_counts_what_the_page_and_the_graph_hold(tmp_path: Path) -> None:
    report = write_html(many(300).store(), tmp_path / "g.html", ViewSettings(max_nodes=100))
    assert (report.nodes, report.nodes_in_graph) == (100, 300)
    assert report.size == (tmp_path / "g.html").stat().st_size
    assert [p.name for p in tmp_path.iterdir()] == ["g.html"]


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PaperkgError, match="cannot be written"):
        write_html(seed_like().store(), tmp_path / "missing" / "g.html", ViewSettings())


def test_no_text_can_close_the_data_block_or_fill_a_placeholder() -> None:
    page = render_html(hostile().store(), ViewSettings(title=HOSTILE[0]))
    assert page.count("</script>") == 3
    assert "<img" not in page
    assert "onerror=" in json.dumps(data_of(page))
    names = {name for node in data_of(page)["nodes"] for name in node["en"]}
    assert set(HOSTILE) <= names


def test_the_page_names_no_address_to_load_from() -> None:
    page = render_html(GraphMaker().store(), ViewSettings())
    head = page[: page.index("</head>")]
    assert "default-src 'none'" in head
    assert "unsafe-inline" not in head
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?!data:)", page)


def test_every_module_is_in_the_page_and_no_name_is_taken_twice() -> None:
    """The modules share one scope in the page, so a name at the top of one must not stand at the top of another."""
    assert sorted(MODULES) == sorted(path.stem for path in ASSETS.glob("*.js"))
    names: list[str] = []
    for module in MODULES:
        text = (ASSETS / f"{module}.js").read_text(encoding="utf-8")
        names += re.findall(
            r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", text, re.MULTILINE
        )
        assert "innerHTML" not in text
    assert len(names) == len(set(names))


def test_types_are_told_apart_by_shape_or_colour_and_a_new_type_has_a_look() -> None:
    assert len({(s.shape, s.light) for s in TYPES}) == len(TYPES)
    assert len({s.light for s in TYPES}) == len(TYPES)
    assert style_of("Theorem").shape == "dot"


def test_an_author_of_one_paper_is_a_line_and_of_two_is_on_the_map() -> None:
    make = GraphMaker()
    for key, name in (("person/a", "Ada"), ("person/b", "Bo")):
        make.entity(key, "Person", name)
    for number, people in ((1, ("a", "b")), (2, ("a",))):
        make.paper(f"paper/{number}", f"Paper {number}", "Nothing.")
        make.lines += [
            f"<https://w3id.org/paperkg/id/paper/{number}> dcterms:creator <https://w3id.org/paperkg/id/person/{p}> ."
            for p in people
        ]
    graph = read_graph(make.store(), 100)
    assert [n.iri.rsplit("/", 1)[1] for n in graph.nodes] == ["1", "2", "a"]
    assert [f.predicate for f in graph.facts] == ["creator", "creator"]
    assert [value for term, value in graph.nodes[0].about if term == "creator"] == ["Ada", "Bo"]


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old", encoding="utf-8")
    (tmp_path / "g.html").symlink_to("real.html")
    write_html(seed_like().store(), tmp_path / "g.html", ViewSettings())
    assert (tmp_path / "g.html").is_symlink()
    assert (tmp_path / "real.html").read_text(encoding="utf-8").startswith("<!doctype html>")
