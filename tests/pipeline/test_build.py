"""The main job: the seed abstracts in, the same graph out, whatever the order and however many work on it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from papers import ROOT, SEEDS, Built

from kg.errors import PaperkgError
from kg.extraction import extracted
from kg.pipeline import build
from kg.read import read
from kg.records import json_number
from kg.settings import ExtractSettings, FillSettings, ReadSettings, Settings
from kg.types import Document, Extraction

CHECK = ROOT.parent / "shared" / "acceptance" / "check_seed_facts.py"
# What the graph of the seeds must hold, by the kind of statement.
BARS = {"entities": 0.85, "relations": 0.65, "measurements": 0.80, "same_node": 1.0}
OA = "http://www.w3.org/ns/oa#"


def graph(folder: Path) -> bytes:
    return (folder / "graph.ttl").read_bytes()


def as_json_lines(path: Path, documents: list[Document]) -> Path:
    records = [{"id": d.id, "text": d.text, "title": d.title, "year": d.date} for d in documents]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(read([SEEDS], ReadSettings(), lambda reject: pytest.fail(str(reject))))


class TestTheSameGraph:
    def test_in_another_process_gives_the_same_bytes_of_graph_and_page(self, seeds, tmp_path):
        """Another process has another hash seed: no order of a set may show."""
        code = f"from pathlib import Path; from kg.pipeline import build; build([{str(SEEDS)!r}], Path({str(tmp_path / 'out')!r}))"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": "4711"}, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        for name in ("graph.ttl", "graph.html"):
            assert (tmp_path / "out" / name).read_bytes() == (seeds.folder / name).read_bytes(), name

    def test_with_the_papers_in_another_order_gives_the_same_graph(self, documents, tmp_path):
        build([as_json_lines(tmp_path / "a.jsonl", documents)], tmp_path / "a")
        build([as_json_lines(tmp_path / "b.jsonl", documents[::-1])], tmp_path / "b")
        assert graph(tmp_path / "a") == graph(tmp_path / "b")

    def test_with_two_workers_gives_the_same_graph(self, seeds, tmp_path):
        build([SEEDS], tmp_path / "out", Settings(extract=ExtractSettings(workers=2)))
        assert graph(tmp_path / "out") == graph(seeds.folder)


class TestTheSeeds:
    @pytest.mark.skipif(not CHECK.exists(), reason="the list of expected facts is not beside this checkout")
    def test_hold_what_a_careful_reader_takes_from_them(self, seeds):
        done = subprocess.run(
            [sys.executable, CHECK, seeds.turtle, "--missing"], capture_output=True, text=True
        )
        summary = done.stdout.strip().splitlines()[-1]
        shares = {part.split()[0]: float(part.split("=")[1].split()[0]) for part in summary.split("; ")}
        assert shares.keys() == BARS.keys(), done.stdout + done.stderr
        assert {kind: share for kind, share in shares.items() if share < BARS[kind]} == {}, done.stdout

    def test_every_quote_stands_at_its_place_in_the_abstract(self, seeds):
        query = """SELECT ?text ?start ?end ?exact WHERE {
            ?target oa:hasSource ?paper ; oa:hasSelector ?place, ?quote . ?paper dcterms:abstract ?text .
            ?place oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }"""
        prefixes = {"oa": OA, "dcterms": "http://purl.org/dc/terms/"}
        rows = list(seeds.store.query(query, prefixes=prefixes))
        assert len(rows) > 100
        for row in rows:
            assert row["text"].value[int(row["start"].value) : int(row["end"].value)] == row["exact"].value

    def test_every_fact_between_things_has_a_claim(self, seeds):
        query = """SELECT ?s ?p ?o WHERE {
            VALUES ?p { kg:trainedOn kg:evaluatedOn kg:usedFor kg:basedOn kg:exhibits kg:developedBy kg:introduces kg:studies }
            ?s ?p ?o FILTER NOT EXISTS { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:polarity "asserted" } }"""
        prefixes = {
            "kg": "https://w3id.org/paperkg/ontology#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        }
        assert list(seeds.store.query(query, prefixes=prefixes)) == []


class TestTheReport:
    @pytest.fixture
    def report(self, seeds: Built) -> dict:
        return json.loads((seeds.folder / "report.json").read_text(encoding="utf-8"))

    def test_says_what_was_read_and_found(self, report, seeds):
        assert report["counts"]["documents"] == 10
        assert report["counts"]["triples"] == len(seeds.store)
        assert report["languages"] == {"en": 4, "zh": 6}
        assert report["rejects"] == []
        kinds = [k for k in report["counts"] if k.endswith(" entities")]
        assert sum(report["counts"][k] for k in kinds) == report["counts"]["entities"]

    def test_says_with_what_it_was_made(self, report):
        assert report["settings"] == json.loads(json.dumps(Settings().as_dict()))
        assert {"spacy", "pyoxigraph", "python"} <= set(report["versions"])
        assert all(seconds >= 0 for seconds in report["seconds"].values())

    def test_says_which_names_were_taken_for_one_thing_and_why(self, report):
        merged = {merge["entity"]: merge for merge in report["merges"]}
        names = merged["model/language-model"]["names"]
        assert "语言模型" in names
        assert "LMs" in names
        assert "terminology" in merged["model/language-model"]["reasons"]

    def test_counts_are_those_of_the_returned_report(self, report, seeds):
        assert report["counts"] == seeds.report.counts
        assert [path.name for path in seeds.report.files] == ["graph.ttl", "graph.html", "report.json"]
        assert all(path.is_file() for path in seeds.report.files)


def test_with_workers_documents_are_read_as_they_are_needed(monkeypatch):
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", lambda n, *_: ThreadPoolExecutor(n))
    monkeypatch.setattr("kg.extraction._extract_chunk", lambda chunk, _: [Extraction(d) for d in chunk])
    asked = []

    def documents():
        for number in range(10_000):
            asked.append(number)
            yield Document(str(number), "We study BERT.", "en")

    found = extracted(documents(), ExtractSettings(workers=2))
    assert next(found).document.id == "0"
    assert len(asked) < 1000
    assert [e.document.id for e in found] == [str(number) for number in range(1, 10_000)]


def test_progress_is_told_for_every_paper(tmp_path):
    told: list[tuple[str, int]] = []
    (tmp_path / "a.jsonl").write_text(
        '{"id": 1, "text": "We study BERT."}\n{"id": 2, "text": "We study GLUE here."}\n', encoding="utf-8"
    )
    rules = Settings(extract=ExtractSettings(learned=False))
    build([tmp_path / "a.jsonl"], tmp_path / "out", rules, lambda stage, done: told.append((stage, done)))
    assert [done for stage, done in told if stage == "read"] == [1, 2]
    assert [done for stage, done in told if stage == "extract"] == [1, 2]


def test_a_failure_while_writing_leaves_the_old_files(tmp_path, monkeypatch):
    """The graph is written and the page fails: neither may be seen."""
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "We study BERT."}\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.ttl").write_text("old", encoding="utf-8")

    def fails(*_: object) -> None:
        raise PaperkgError("the disk is full")

    monkeypatch.setattr("kg.pipeline.write_html", fails)
    with pytest.raises(PaperkgError, match="disk is full"):
        build([tmp_path / "a.jsonl"], tmp_path / "out", Settings(extract=ExtractSettings(learned=False)))
    assert graph(tmp_path / "out") == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "out"]


def test_a_second_build_replaces_the_files_and_leaves_others(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "We study BERT."}\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    settings = Settings(
        extract=ExtractSettings(learned=False), fill=FillSettings(base="https://example.org/")
    )
    build([tmp_path / "a.jsonl"], tmp_path / "out", settings)
    first = graph(tmp_path / "out")
    build([tmp_path / "a.jsonl"], tmp_path / "out", settings)
    assert graph(tmp_path / "out") == first
    assert b"https://example.org/" in first
    assert (tmp_path / "out" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_standard_input_is_a_source(tmp_path):
    shutil.copy(SEEDS / "abstracts.txt", tmp_path / "in.txt")
    code = f"from pathlib import Path; from kg.pipeline import build; print(build(['-'], Path({str(tmp_path / 'out')!r})).documents)"
    with (tmp_path / "in.txt").open("rb") as text:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, stdin=text, capture_output=True, text=True
        )
    assert done.stdout.strip() == "10", done.stderr


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("46", 46),
        ("0.89", 0.89),
        ("9007199254740992", 2**53),
        ("9007199254740993", "9007199254740993"),
        ("0.12345678901234567890", "0.12345678901234567890"),
    ],
)
def test_a_number_that_json_cannot_hold_is_written_as_its_digits(value, written):
    from decimal import Decimal

    assert json_number(Decimal(value)) == written
    assert isinstance(json_number(Decimal(value)), type(written))


def test_the_graph_of_the_seeds_parses_as_turtle(seeds):
    store = ox.Store()
    store.bulk_load(path=str(seeds.turtle), format=ox.RdfFormat.TURTLE)
    assert len(store) == seeds.report.counts["triples"]
