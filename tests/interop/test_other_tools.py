"""Other people's RDF tools read our graph in every format, without a warning; that all of them agree with us is in ``test_peers``."""

from __future__ import annotations

import logging
import shutil
import subprocess
import warnings

import oxrdflib  # noqa: F401 - registers the store and the parsers that rdflib finds by name
import pyoxigraph as ox
import pytest
import rdflib

from kg.export import export

pytestmark = pytest.mark.interop


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)


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
