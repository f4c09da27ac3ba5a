"""A build takes the tables beside its sources, reports on each row, and without them is as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from papers import ROOT

from kg.curate import Decision, curate
from kg.errors import UsageError
from kg.pipeline import build
from kg.query import query
from kg.settings import ExtractSettings, Settings

RULES = Settings(extract=ExtractSettings(learned=False))
ABSTRACT = (
    "We present BLOOM, a language model that was trained on the ROOTS corpus. BLOOM is compared with GPT-3."
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    line = json.dumps({"id": "arXiv:2211.05100", "text": ABSTRACT})
    (folder / "papers.jsonl").write_text(line + "\n", encoding="utf-8")
    return folder


def models(graph: Path) -> dict[str, str]:
    rows = query(graph, "SELECT ?x ?n { ?x a kg:Model ; skos:prefLabel ?n }")
    return {iri.rpartition("/id/")[2]: name for iri, name in rows}


def test_tables_beside_the_sources_are_applied_told_and_not_read_as_papers(sources, tmp_path):
    before = build([sources], tmp_path / "before", RULES)
    assert models(tmp_path / "before" / "graph.ttl")["model/bloom"] == "BLOOM"
    curate(sources, Decision("rename", "model/bloom", object="BLOOM-176B"))
    curate(sources, Decision("same", "BLOOM", object="GPT-3"))
    curate(sources, Decision("reject", "NoSuchNet"))
    # The file and its folder, as sources, have the same tables.
    report = build([sources / "papers.jsonl"], tmp_path / "after", RULES)
    assert report.documents == before.documents == 1
    assert report.rejects == before.rejects == ()
    written = json.loads((tmp_path / "after" / "report.json").read_text(encoding="utf-8"))["curation"]
    table, sssom = sources / "curation.tsv", sources / "curation.sssom.tsv"
    # BLOOM and GPT-3 are one thing now, and what was said of model/bloom holds for it.
    assert written == {
        "applied": [
            {"where": f"{sssom}:9", "what": "BLOOM same as GPT-3"},
            {"where": f"{table}:2", "what": "model/bloom is called BLOOM-176B"},
        ],
        "passed over": [
            {"where": f"{table}:3", "what": "NoSuchNet is wrong", "why": "no paper names NoSuchNet"}
        ],
    }
    found = models(tmp_path / "after" / "graph.ttl")
    assert len(found.keys() & {"model/bloom", "model/gpt-3"}) == 1
    assert "BLOOM-176B" in found.values()


def test_deleting_the_lines_gives_the_same_bytes_as_before(sources, tmp_path):
    build([sources], tmp_path / "before", RULES)
    where = Path(curate(sources, Decision("rename", "model/bloom", object="Flower")).path)
    build([sources], tmp_path / "with", RULES)
    assert models(tmp_path / "with" / "graph.ttl")["model/bloom"] == "Flower"
    where.write_text(where.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    build([sources], tmp_path / "after", RULES)
    for name in ("graph.ttl", "graph.html"):
        before, after = (tmp_path / folder / name for folder in ("before", "after"))
        assert before.read_bytes() == after.read_bytes(), name


def test_another_folder_may_hold_the_tables(sources, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    curate(other, Decision("retype", "BLOOM", object="Software"))
    report = build([sources], tmp_path / "out", RULES, curation=other)
    assert [outcome.why for outcome in report.curation] == [""]
    assert "model/bloom" not in models(tmp_path / "out" / "graph.ttl")
    with pytest.raises(UsageError, match="no such folder"):
        build([sources], tmp_path / "out", RULES, curation=tmp_path / "none")


def test_the_command_writes_a_line_and_refuses_nonsense(tmp_path):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg", "curate", *words], cwd=ROOT, capture_output=True, text=True
        )

    done = run(str(tmp_path), "reject", "model/bloom", "dataset/roots", "--predicate", "trainedOn")
    assert done.returncode == 0
    assert f"wrote {tmp_path / 'curation.tsv'}:2" in done.stdout
    wrong = run(str(tmp_path), "burn", "x")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("kg: curate: burn: no action 'burn'; one of same, different")
    assert run(str(tmp_path / "none"), "reject", "x").returncode == 2
