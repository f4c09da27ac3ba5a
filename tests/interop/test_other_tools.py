"""Other people's RDF tools read our graph: without a warning, with the same number of triples, with the same answers."""

from __future__ import annotations

import csv
import io
import logging
import re
import shutil
import subprocess
import warnings

import oxrdflib  # noqa: F401 - registers the store and the parsers that rdflib finds by name
import pyoxigraph as ox
import pytest
import rdflib
from papers import QUERIES

from kg.export import export
from kg.query import query, query_prefixes

pytestmark = pytest.mark.interop
QUESTIONS = (
    "models-trained-on-roots",
    "how-many-tasks-has-big-bench",
    "evaluated-on-oasis-1",
    "sizes-of-models",
    "who-develops-models",
    "shared-by-papers",
)


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)


def asked(name: str) -> str:
    """The query with its prefixes written out, as tools that do not know ours need it."""
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    used = {p: iri for p, iri in query_prefixes().items() if re.search(rf"\b{p}:", text)}
    return "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in sorted(used.items())) + text


@pytest.fixture(scope="module")
def in_rdflib(seeds) -> rdflib.Graph:
    return rdflib.Graph().parse(data=seeds.turtle.read_text(encoding="utf-8"), format="turtle")


class TestLoading:
    def test_pyoxigraph(self, seeds):
        store = ox.Store()
        store.load(path=str(seeds.turtle), format=ox.RdfFormat.TURTLE)
        assert len(store) == len(seeds.store)

    def test_rdflib(self, seeds, caplog):
        with warnings.catch_warnings(), caplog.at_level(logging.WARNING, "rdflib"):
            warnings.simplefilter("error")
            graph = rdflib.Graph().parse(data=seeds.turtle.read_text(encoding="utf-8"), format="turtle")
        assert len(graph) == len(seeds.store)
        # rdflib logs a literal whose form does not fit its datatype.
        assert not [r for r in caplog.records if r.name.startswith("rdflib")]

    def test_rdflib_over_oxigraph(self, seeds):
        graph = rdflib.Graph(store="Oxigraph")
        graph.parse(data=seeds.turtle.read_text(encoding="utf-8"), format="ox-turtle")
        assert len(graph) == len(seeds.store)

    @needs("rapper")
    @pytest.mark.parametrize(
        ("format_", "theirs"),
        [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml"), ("nquads", "nquads")],
    )
    def test_rapper(self, seeds, tmp_path, format_, theirs):
        export(seeds.store, tmp_path / "graph", format_)
        done = run("rapper", "-i", theirs, "-c", tmp_path / "graph")
        assert done.returncode == 0, done.stderr
        assert f"returned {len(seeds.store)} triples" in done.stderr
        assert "warning" not in done.stderr.lower()
        assert "error" not in done.stderr.lower()

    @needs("serdi")
    @pytest.mark.parametrize(
        ("format_", "theirs"),
        [("turtle", "turtle"), ("ntriples", "ntriples"), ("nquads", "nquads"), ("trig", "trig")],
    )
    def test_serdi(self, seeds, tmp_path, format_, theirs):
        export(seeds.store, tmp_path / "graph", format_)
        done = run("serdi", "-i", theirs, "-o", "ntriples", tmp_path / "graph")
        assert (done.returncode, done.stderr) == (0, "")
        ours = {f"{quad.triple} ." for quad in seeds.store}
        assert len(set(done.stdout.splitlines())) == len(ours)


class TestAnswers:
    """The same question gives the same rows in every engine."""

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_rdflib(self, seeds, in_rdflib, name):
        ours = sorted(query(seeds.store, asked(name)))
        theirs = sorted(
            tuple("" if cell is None else str(cell) for cell in row) for row in in_rdflib.query(asked(name))
        )
        assert theirs == ours
        assert ours

    @needs("roqet")
    # roqet 0.9.33 knows no property paths, so the questions that look a name up by either kind of label are not for it.
    @pytest.mark.parametrize(
        "name",
        [
            "names-in-both-languages",
            "sizes-of-models",
            "tasks-and-what-is-used-for-them",
            "what-each-paper-introduces",
            "who-develops-models",
        ],
    )
    def test_roqet(self, seeds, tmp_path, name):
        (tmp_path / "q.rq").write_text(asked(name), encoding="utf-8")
        done = run("roqet", "-q", "-r", "csv", "-D", seeds.turtle, tmp_path / "q.rq")
        assert done.returncode == 0, done.stderr
        theirs = sorted(tuple(row) for row in list(csv.reader(io.StringIO(done.stdout)))[1:])
        assert theirs == sorted(query(seeds.store, asked(name)))
