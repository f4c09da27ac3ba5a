"""A graph is loaded into a store of another make: all of it, in its graphs, in batches, and from where a failed push stopped."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import answering, oxigraph, serving, virtuoso

from kg.errors import PaperkgError, UsageError
from kg.push import push
from kg.push.batches import batches, order

NEEDS_OXIGRAPH = pytest.mark.skipif(oxigraph() is None, reason="oxigraph is not installed")
OK = (204, {}, b"")
GRAPH = """
PREFIX : <urn:x:>
:a :p "one", "two"@en, 3 ; :q "line\\nquote\\" back\\\\u0022slash \\\\" , "布鲁姆 \\u0001" .
<urn:g1> { :a :p :b . :b :p :c . :c :p :d }
<https://example.org/g?x=1&y=a%20b#f> { :a :p "in the second" }
"""
ENDPOINTS = {"graph-store": "store", "update": "update"}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"PAPERKG_PUSH_{name}", raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.trig"
    path.write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    with serving(tmp_path / "store") as running:
        yield running


def quads_of(path) -> set[ox.Quad]:
    return set(ox.parse(path=str(path)))


@NEEDS_OXIGRAPH
class TestIntoOxigraph:
    """The real server, by both protocols."""

    @pytest.mark.parametrize("protocol", ENDPOINTS)
    @pytest.mark.parametrize("batch", [1, 2, 1000])
    def test_all_of_it_arrives_in_its_graphs(self, store, graph, protocol, batch):
        report = push(graph, f"{store.url}/{ENDPOINTS[protocol]}", batch=batch)
        assert store.quads() == quads_of(graph)
        assert report.sent == len(quads_of(graph))

    def test_the_seeds(self, store, seeds):
        report = push(seeds.turtle, f"{store.url}/store", batch=1000)
        assert store.quads() == set(seeds.store)
        assert report.batches == -(-len(seeds.store) // 1000)

    @pytest.mark.parametrize("protocol", ENDPOINTS)
    def test_it_adds_to_what_is_there_or_replaces_it(self, store, graph, tmp_path, protocol):
        url = f"{store.url}/{ENDPOINTS[protocol]}"
        old = tmp_path / "old.trig"
        old.write_text('<urn:old> <urn:p> 1 . <urn:g1> { <urn:old> <urn:p> 2 } <urn:other> { <urn:old> <urn:p> 3 }')  # fmt: skip
        push(old, url)
        push(graph, url, batch=2)
        assert store.quads() == quads_of(graph) | quads_of(old)
        push(graph, url, batch=2, replace=True)
        other = {quad for quad in quads_of(old) if quad.graph_name == ox.NamedNode("urn:other")}
        assert store.quads() == quads_of(graph) | other

    def test_blank_nodes_stay_the_same_nodes_across_batches_and_pushes(self, store, tmp_path):
        path = tmp_path / "blank.ttl"
        path.write_text("[] <urn:p> _:b . _:b <urn:p> _:c , 'x' . _:c <urn:p> _:b . <urn:a> <urn:q> _:c .")
        push(path, f"{store.url}/store", batch=1)
        once = store.quads()
        assert not any(
            isinstance(term, ox.BlankNode) for quad in once for term in (quad.subject, quad.object)
        )
        path.write_text("<urn:a> <urn:q> _:z . _:z <urn:p> _:y . _:y <urn:p> 'x' , _:z . _:n <urn:p> _:y .")
        push(path, f"{store.url}/update", batch=2)
        assert store.quads() == once, "other labels, the same nodes"
        renamed = ox.Dataset(
            ox.Quad(*(ox.BlankNode(t.value[-4:]) if "genid" in t.value else t for t in (q.subject, q.predicate, q.object)))
            for q in once
        )  # fmt: skip
        original = ox.Dataset(quads_of(path))
        for dataset in (renamed, original):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert renamed == original


@pytest.fixture(scope="module")
def in_virtuoso(tmp_path_factory):
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="Virtuoso is not installed")
class TestIntoVirtuoso:
    """A store without a default graph: its triples need a graph of their own."""

    @pytest.mark.parametrize(
        ("path", "protocol"), [("sparql-graph-crud", "graph-store"), ("sparql", "update")]
    )
    def test_the_seeds(self, in_virtuoso, seeds, path, protocol):
        url = f"{in_virtuoso.url}/{path}"
        with pytest.raises(PaperkgError, match=r"/sparql\S*: [45]00 "):
            push(seeds.turtle, url, protocol=protocol)
        report = push(
            seeds.turtle, url, protocol=protocol, batch=2000, replace=True, into=f"urn:by:{protocol}"
        )
        arrived = {row[1:3] for row in in_virtuoso.rows() if row[0] == f"urn:by:{protocol}"}
        assert arrived == {(quad.subject.value, quad.predicate.value) for quad in seeds.store}
        assert (
            sum(row[0] == f"urn:by:{protocol}" for row in in_virtuoso.rows())
            == report.sent
            == len(seeds.store)
        )


class TestResuming:
    @pytest.mark.parametrize("protocol", ENDPOINTS)
    def test_a_rerun_goes_on_after_the_last_acknowledged_batch(self, graph, protocol):
        down = [False]
        with answering(lambda n, _: (503, {}, b"busy") if n == 3 and down[0] else OK) as odd:
            url = f"{odd.url}/{ENDPOINTS[protocol]}"
            push(graph, url, batch=1)
            whole = [request.body for request in odd.requests]
            odd.requests.clear()
            down[0] = True
            with pytest.raises(PaperkgError, match="503"):
                push(graph, url, batch=1)
            assert (graph.parent / "graph.trig.push.json").exists()
            acknowledged = [request.body for request in odd.requests[:3]]
            odd.requests.clear()
            down[0] = False
            report = push(graph, url, batch=1)
            assert acknowledged + [request.body for request in odd.requests] == whole
        assert (report.before, report.sent) == (3, len(whole) - 3)
        assert not (graph.parent / "graph.trig.push.json").exists(), "nothing is left to resume"

    def test_another_content_endpoint_or_cut_begins_anew(self, graph):
        with answering(lambda n, _: OK if n % 2 == 0 else (500, {}, b"")) as odd:
            for url in (f"{odd.url}/a", f"{odd.url}/b"):
                with pytest.raises(PaperkgError):
                    push(graph, url, batch=1)
            graph.write_text(GRAPH + ":z :p 9 .", encoding="utf-8")
            with pytest.raises(PaperkgError):
                push(graph, f"{odd.url}/a", batch=1)
            with pytest.raises(PaperkgError):
                push(graph, f"{odd.url}/a", batch=2)
            firsts = [request.body for request in odd.requests[::2]]
        assert firsts[0] == firsts[1] == firsts[2]
        assert len(firsts[3].splitlines()) == 2

    def test_a_replacing_push_that_is_resumed_empties_no_graph_again(self, graph):
        failing = [True]
        with answering(lambda n, _: (500, {}, b"") if n == 2 and failing[0] else OK) as odd:
            with pytest.raises(PaperkgError):
                push(graph, odd.url, batch=1, replace=True)
            failing[0] = False
            push(graph, odd.url, batch=1, replace=True)
        puts = [request.graph for request in odd.requests if request.method == "PUT"]
        assert puts == [None, "https://example.org/g?x=1&y=a%20b#f", "urn:g1"]

    @pytest.mark.parametrize("content", ["{", "[]", '{"a": -1}', '{"a": "b"}'])
    def test_a_state_that_is_none_is_said(self, graph, tmp_path, content):
        state = tmp_path / "state.json"
        state.write_text(content)
        with pytest.raises(UsageError, match="the state of a push; remove it"):
            push(graph, "http://127.0.0.1:9/store", state=state)
        assert state.read_text() == content


class TestCredentials:
    def test_user_and_password(self, graph, monkeypatch):
        monkeypatch.setenv("PAPERKG_PUSH_USER", "ann")
        monkeypatch.setenv("PAPERKG_PUSH_PASSWORD", "pässword")
        with answering(lambda *_: OK) as odd:
            push(graph, odd.url)
        assert odd.requests[0].headers["Authorization"] == "Basic YW5uOnDDpHNzd29yZA=="

    def test_a_token(self, graph, monkeypatch):
        monkeypatch.setenv("PAPERKG_PUSH_TOKEN", "t0ken")
        with answering(lambda *_: OK) as odd:
            push(graph, odd.url)
        assert {request.headers["Authorization"] for request in odd.requests} == {"Bearer t0ken"}

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_they_follow_no_redirect(self, graph, monkeypatch, status):
        monkeypatch.setenv("PAPERKG_PUSH_TOKEN", "t0ken")
        with answering(lambda *_: OK) as elsewhere:
            moved = (status, {"Location": f"{elsewhere.url}/store"}, b"")
            with (
                answering(lambda *_: moved) as odd,
                pytest.raises(PaperkgError, match=f"moved to {elsewhere.url}/store"),
            ):
                push(graph, odd.url)
        assert not elsewhere.requests

    def test_they_are_in_no_message_and_no_file_though_the_server_echoes_them(self, graph, monkeypatch):
        monkeypatch.setenv("PAPERKG_PUSH_TOKEN", "t0ken")

        def echo(number, request):
            return OK if number == 0 else (403, {}, b"no: " + request.headers["Authorization"].encode())

        with answering(echo) as odd, pytest.raises(PaperkgError) as caught:
            push(graph, odd.url, batch=1)
        assert "no: Bearer ***" in str(caught.value)
        assert "t0ken" not in str(caught.value) + (graph.parent / "graph.trig.push.json").read_text()

    @pytest.mark.parametrize(
        ("environment", "url", "says"),
        [
            ({"USER": "a"}, "http://127.0.0.1:9/", "go together"),
            ({"USER": "a", "PASSWORD": "b", "TOKEN": "c"}, "http://127.0.0.1:9/", "not both"),
            ({"TOKEN": "a\r\nX-Other: b"}, "http://127.0.0.1:9/", "cannot carry"),
            ({"USER": "a:b", "PASSWORD": "c"}, "http://127.0.0.1:9/", "colon"),
            ({}, "http://ann:secret@127.0.0.1:9/", "no credentials in the URL"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
        self, graph, monkeypatch, environment, url, says
    ):
        for name, value in environment.items():
            monkeypatch.setenv(f"PAPERKG_PUSH_{name}", value)
        with pytest.raises(UsageError, match=says) as caught:
            push(graph, url)
        assert "secret" not in str(caught.value)


class TestFailures:
    @pytest.mark.parametrize(
        ("status", "body", "says"),
        [
            (400, b"\nParse error at line 1\nsecond line", r"400 .*: Parse error at line 1$"),
            (401, b"", "401 .*set PAPERKG_PUSH_USER and PAPERKG_PUSH_PASSWORD, or PAPERKG_PUSH_TOKEN"),
            (403, b"", "403 .*may not write"),
            (404, b"", "404 .*URL of a Graph Store"),
            (405, b"", "405 .*--protocol"),
            (413, b"", "413 .*smaller --batch"),
            (500, b"\x1b[31m<html>\xff" + b"x" * 9999, r"500 .*: \[31m<html>"),
        ],
    )
    def test_a_refusal_is_one_line_with_the_servers_first(self, graph, status, body, says):
        with (
            answering(lambda *_: (status, {}, body)) as odd,
            pytest.raises(PaperkgError, match=says) as caught,
        ):
            push(graph, odd.url)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 500

    def test_a_store_that_is_not_there(self, graph):
        with pytest.raises(PaperkgError, match="cannot be reached: Connection refused; run it again"):
            push(graph, "http://127.0.0.1:9/store")

    def test_a_store_that_hangs_up(self, graph):
        with (
            answering(lambda *_: (0, {}, b"")) as odd,
            pytest.raises(PaperkgError, match="cannot be reached"),
        ):
            push(graph, odd.url)

    def test_a_store_that_does_not_answer(self, graph):
        def late(*_):
            time.sleep(0.6)
            return OK

        with answering(late) as odd, pytest.raises(PaperkgError, match=r"no answer in 0\.2 seconds"):
            push(graph, odd.url, timeout=0.2)

    @pytest.mark.parametrize(
        ("url", "options", "says"),
        [
            ("ftp://host/", {}, "http or https"),
            ("/store", {}, "http or https"),
            ("http:///store", {}, "http or https"),
            ("http://host:x/", {}, "http or https"),
            ("http://host/a b", {}, "http or https"),
            ("http://host/\r\nX: y", {}, "http or https"),
            ("http://host/", {"protocol": "soap"}, "no protocol soap"),
            ("http://host/", {"batch": 0}, "above zero"),
            ("http://host/", {"into": "no iri"}, "absolute IRI"),
        ],
    )
    def test_wrong_usage(self, graph, url, options, says):
        with pytest.raises(UsageError, match=says):
            push(graph, url, **options)


def test_the_url_tells_the_protocol_and_keeps_its_own_parameters(graph):
    with answering(lambda *_: OK) as odd:
        push(graph, f"{odd.url}/ds/update")
        push(graph, f"{odd.url}/repositories/r/statements?key=1")
        push(graph, f"{odd.url}/ds/data?key=1")
        push(graph, f"{odd.url}/any", protocol="update")
    kinds = [
        (r.path.partition("&")[0], r.headers["Content-Type"].partition(";")[0]) for r in odd.requests[::3]
    ]
    assert kinds == [
        ("/ds/update", "application/sparql-update"),
        ("/repositories/r/statements?key=1", "application/sparql-update"),
        ("/ds/data?key=1", "text/turtle"),
        ("/any", "application/sparql-update"),
    ]


TEXT = st.text(
    st.sampled_from("\\uU\"0025Cn'\n\r\t\b\x01{}>;#é布") | st.characters(exclude_categories=["Cs"])
)


@given(st.lists(st.tuples(TEXT, st.sampled_from([None, "urn:g1", "urn:g2"])), min_size=1), st.integers(1, 4))
def test_whatever_a_text_holds_an_update_says_it_and_nothing_else(rows, most):
    """Read by a strict engine too, which replaces escapes of code points before it reads (SPARQL 1.1, section 19.2)."""
    node = ox.NamedNode("urn:s")
    quads = {
        ox.Quad(node, node, ox.Literal(text), ox.NamedNode(g) if g else ox.DefaultGraph()) for text, g in rows
    }
    lazy, strict = ox.Store(), ox.Store()
    for batch in batches(sorted(quads, key=order), most):
        assert len(batch.lines) <= most
        update = batch.as_update(replace=batch.first).decode()
        lazy.update(update)
        early = re.sub(r"\\u([0-9A-F]{4})|\\U([0-9A-F]{8})", lambda m: chr(int(m[1] or m[2], 16)), update)
        strict.update(early)
    assert set(lazy) == set(strict) == quads


def test_the_command(graph):
    def kg(url):
        return subprocess.run([sys.executable, "-m", "kg", "push", graph, "--endpoint", url, "--batch", "1"], capture_output=True, text=True)  # fmt: skip

    with answering(lambda n, _: (507, {}, b"disk full") if n == 2 else OK) as odd:
        failed, done = kg(odd.url), kg(odd.url)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == f"kg: {odd.url}: 507 Insufficient Storage: disk full\n"
    total = len(quads_of(graph))
    assert done.stdout == f"sent {total - 2} triples in {total - 2} batches (2 had been sent before)\n"
    assert (done.returncode, done.stderr) == (0, "")
    assert kg("ftp://host").returncode == 2
