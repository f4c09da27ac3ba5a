"""Streams that end, fill up or are closed, and a job that is stopped: the status a shell expects, one line at most."""

from __future__ import annotations

import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from papers import ROOT, document

from kg.extraction import extracted
from kg.settings import ExtractSettings

FULL = Path("/dev/full")
SELECT = "SELECT * { VALUES ?x { " + "'abcdefgh' " * 20_000 + "} }"


def in_shell(words: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which ``kg`` is the command and ``$1`` the first argument."""
    line = f'kg() {{ {sys.executable} -m kg "$@"; }}; {words}'
    known = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **environment}
    return subprocess.run(
        ["bash", "-c", line, "bash", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=known,
        timeout=120,
    )


@pytest.fixture
def graph(tmp_path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    return path


@pytest.fixture
def query(tmp_path) -> Path:
    """A query whose answer is longer than a pipe holds."""
    path = tmp_path / "long.rq"
    path.write_text(SELECT, encoding="utf-8")
    return path


@pytest.mark.parametrize("buffering", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("command", ['query "$1" -f "$2"', 'query "$1" -f "$2" --format tsv', "--help"])
class TestOutput:
    def test_a_reader_that_goes_away_ends_it_without_a_word(self, graph, query, command, buffering):
        # The reader has gone before the first word.
        words = f"kg {command} | exec true; echo ${{PIPESTATUS[0]}}"
        done = in_shell(words, graph, query, PYTHONUNBUFFERED=buffering)
        assert (done.stdout, done.stderr) == ("141\n", "")

    @pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
    def test_a_full_disk_is_told(self, graph, query, command, buffering):
        done = in_shell(f"kg {command} > {FULL}", graph, query, PYTHONUNBUFFERED=buffering)
        assert done.stderr == "kg: standard output: cannot be written: No space left on device\n"
        assert done.returncode == 1


@pytest.mark.parametrize(("most", "file"), [(1, "graph.ttl"), (64, "graph.html")])
def test_a_file_that_grows_too_large_is_told_by_the_name_its_user_gave(tmp_path, most, file):
    """It was made in a hidden folder, which is gone when the user looks. A bound of the shell, in KiB, stands in for a full disk."""
    # English by its common words: the classifier of languages unpacks its model into a file of its own.
    text = "BLOOM was trained on the ROOTS corpus. We study language models."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "text": text}), encoding="utf-8")
    (tmp_path / "s.toml").write_text("[extract]\nlearned = false\n", encoding="utf-8")
    words = 'cd "$1"; ulimit -f "$2"; kg build a.jsonl -o out --config s.toml'
    done = in_shell(words, tmp_path, most)
    assert done.returncode == 1
    assert done.stderr.startswith(f"kg: out/{file}: ")
    assert "File too large" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "s.toml"]


class TestClosedStreams:
    def test_output_that_nobody_wants_goes_nowhere(self, graph):
        done = in_shell('kg stats "$1" >&-', graph)
        assert (done.returncode, done.stderr) == (0, "")

    def test_input_that_is_closed_holds_nothing(self, tmp_path):
        done = in_shell('kg build - -o "$1" <&-', tmp_path / "out")
        assert done.returncode == 1
        assert done.stderr.startswith("kg: -: no document could be read")
        assert len(done.stderr.splitlines()) == 1

    def test_all_of_them_at_once(self, graph):
        assert in_shell('kg stats "$1" <&- >&- 2>&-', graph).returncode == 0


def test_a_job_that_is_stopped_says_so(tmp_path):
    """It waits for its input when the keyboard interrupts it."""
    known = {**os.environ, "PYTHONPATH": str(ROOT)}
    job_itself = [sys.executable, "-X", "importtime", "-m", "kg", "extract", "-"]
    # A shell lets what it runs in the background, these tests perhaps, ignore interrupts.
    heed = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", heed, *job_itself],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=known,
        text=True,
    ) as job:
        # Told of each import, the test knows when the command has begun.
        assert job.stderr is not None
        while "kg.extraction" not in (line := job.stderr.readline()) and line:
            pass
        time.sleep(0.5)
        job.send_signal(signal.SIGINT)
        _, told = job.communicate(timeout=60)
    lines = [line for line in told.splitlines() if not line.startswith("import time:")]
    assert (job.returncode, lines) == (130, ["kg: stopped"])


def test_the_workers_leave_an_interrupt_to_the_job(monkeypatch):
    """Each would print a traceback of its own."""
    told = []

    class Pool(concurrent.futures.ProcessPoolExecutor):
        def __exit__(self, *error):
            told.append(self.submit(signal.getsignal, signal.SIGINT).result())
            return super().__exit__(*error)

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Pool)
    papers = [document("We study language models.")]
    assert len(list(extracted(papers, ExtractSettings(learned=False, workers=2)))) == 1
    assert told == [signal.SIG_IGN]
