"""Whatever a folder holds: each bad thing is one clear line, the good papers are built, and a failed build changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_commands import RULES, error_line, kg

GOOD = {"id": "good", "text": "BLOOM was trained on the ROOTS corpus. We study language models."}
HOSTILE = "</script><script>alert(1)</script> \"quoted\" 'single'\nnew line href=javascript:alert(1) <img src=x onerror=alert(1)>"


def line(**record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


# name of the case -> file, its bytes, what is said of it (None: it is built).
CASES: dict[str, tuple[str, bytes, str | None]] = {
    "broken JSON at line 3": ("a.jsonl", line(**GOOD) + line(id="2", text="We study language models too.") + b'{"id": "3", \n', "a.jsonl:3: not valid JSON"),
    "an empty abstract": ("a.jsonl", line(**GOOD) + line(id="2", text="  "), "a.jsonl:2: the abstract is empty"),
    "no abstract at all": ("a.jsonl", line(**GOOD) + line(id="2"), "a.jsonl:2: no abstract"),
    "5 MB on one line": ("a.jsonl", line(**GOOD) + line(id="2", text="word " * 1_000_000), "a.jsonl:2: an abstract of 5,000,000 characters"),
    "Latin-1 bytes": ("a.jsonl", line(**GOOD) + '{"id": "2", "text": "Le modèle est étudié."}\n'.encode("latin-1"), "a.jsonl:2: the abstract holds bytes that are not UTF-8"),
    "a number for text": ("a.jsonl", line(**GOOD) + line(id="2", text=7), "a.jsonl:2: the abstract is not text"),
    "a list for a record": ("a.jsonl", line(**GOOD) + b"[1, 2]\n", "a.jsonl:2: a list, not a JSON object"),
    "another language": ("a.jsonl", line(**GOOD) + line(id="2", text="Wir untersuchen die Sprachmodelle und ihre Fähigkeiten in der Übersetzung."), "a.jsonl:2: in German"),
    "the same paper twice": ("a.jsonl", line(**GOOD) + line(**GOOD), "a.jsonl:2: "),
    "a binary file": ("b.txt", bytes(range(256)) * 40, "b.txt"),
    "a broken gzip": ("b.jsonl.gz", b"\x1f\x8b\x08\x00broken", "b.jsonl.gz"),
    "another kind of file": ("b.docx", b"PK", "b.docx: skipped"),
    "control characters": ("a.jsonl", line(**GOOD) + line(id="2", text="We\x00 study\x1b[31m language\x07 models \x9f."), None),
    "a hostile text and title": ("a.jsonl", line(**GOOD) + line(id="2", title=HOSTILE, text=f"We present FooNet-2. {HOSTILE} It was trained on the ROOTS corpus."), None),
    "a hostile id": ("a.jsonl", line(**GOOD) + line(id="../../<x> \"y\"\n{}|^`\\", text="We study language models too."), None),
    "half a surrogate pair": ("a.jsonl", line(**GOOD) + b'{"id": "2", "text": "We study \\ud83d language models."}\n', None),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """All the cases in one build, each in a folder of its own: no case may spoil another."""
    root = tmp_path_factory.mktemp("bad")
    for number, (file, content, _) in enumerate(CASES.values()):
        folder = root / "papers" / f"{number:02}"
        folder.mkdir(parents=True)
        content = content.replace(b'"id": "good"', f'"id": "good-{number}"'.encode())
        content = content.replace(b'"id": "2"', f'"id": "2-{number}"'.encode())
        (folder / file).write_bytes(content)
    (root / "rules.toml").write_text(RULES, encoding="utf-8")
    done = kg("build", root / "papers", "-o", root / "outputs", "--config", root / "rules.toml")
    (root / "stderr").write_bytes(done.stderr)
    assert done.returncode == 0, done.stderr.decode()
    return root


@pytest.mark.parametrize("case", CASES)
def test_each_bad_thing_is_one_clear_line(built, case):
    number = list(CASES).index(case)
    told = [
        t for t in (built / "stderr").read_text(encoding="utf-8").splitlines() if f"papers/{number:02}/" in t
    ]
    says = CASES[case][2]
    if says is None:
        assert told == []
    else:
        assert len(told) == 1
        assert f"skipped {built}/papers/{number:02}/{says}" in told[0]


@pytest.mark.parametrize(
    "case", [c for c in CASES if CASES[c][0] == "a.jsonl" and c != "the same paper twice"]
)
def test_the_good_papers_beside_it_are_built(built, case):
    graph = (built / "outputs" / "graph.ttl").read_text(encoding="utf-8")
    assert f'dcterms:identifier "good-{list(CASES).index(case)}"' in graph


def test_the_report_holds_every_reject(built):
    report = json.loads((built / "outputs" / "report.json").read_text(encoding="utf-8"))
    assert len(report["rejects"]) == sum(says is not None for _, _, says in CASES.values())
    assert all(reject["where"] and reject["reason"] for reject in report["rejects"])


def test_what_is_written_is_valid_whatever_was_read(built):
    store = ox.Store()
    store.bulk_load(path=str(built / "outputs" / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    assert len(store) > 100
    page = (built / "outputs" / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


class TestAFailedBuild:
    """Status 1 (or 2 for wrong usage), one line, and an existing outputs folder as it was."""

    @pytest.fixture
    def outputs(self, tmp_path) -> Path:
        folder = tmp_path / "outputs"
        folder.mkdir()
        (folder / "graph.ttl").write_text("old", encoding="utf-8")
        return folder

    @pytest.mark.parametrize(
        ("files", "status", "says"),
        [
            ({}, 1, "no document"),
            ({"notes.docx": b"PK"}, 1, "no document"),
            ({"a.jsonl": b""}, 1, "no document"),
            ({"a.jsonl": b'{"id": "1", "text": ""}\n'}, 1, "the abstract is empty"),
            ({"a.json": b"[1, 2"}, 1, "not valid JSON"),
        ],
        ids=[
            "an empty folder",
            "no known file",
            "an empty file",
            "only an empty abstract",
            "only broken JSON",
        ],
    )
    def test_without_a_document(self, tmp_path, outputs, files, status, says):
        (tmp_path / "papers").mkdir()
        for name, content in files.items():
            (tmp_path / "papers" / name).write_bytes(content)
        assert says in error_line(kg("build", tmp_path / "papers", "-o", outputs), status)
        assert [(p.name, p.read_text(encoding="utf-8")) for p in outputs.iterdir()] == [("graph.ttl", "old")]
        assert sorted(p.name for p in tmp_path.iterdir()) == ["outputs", "papers"], (
            "nothing is left beside it"
        )

    def test_with_a_missing_path(self, tmp_path, outputs):
        error_line(kg("build", tmp_path / "none", "-o", outputs), 2)
        assert (outputs / "graph.ttl").read_text(encoding="utf-8") == "old"

    def test_with_a_place_that_cannot_be_written_before_any_work_is_done(self, tmp_path):
        (tmp_path / "file").write_text("", encoding="utf-8")
        done = kg("build", "-", "-o", tmp_path / "file" / "out", stdin=line(**GOOD))
        assert "is a file" in error_line(done, 2)
