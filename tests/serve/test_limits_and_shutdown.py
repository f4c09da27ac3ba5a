"""A query that does not end is ended, others are answered meanwhile, and a server that stops leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from papers import ROOT
from running import ENDLESS, start

LINUX = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads /proc")


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]


def gone(pids: list[int], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(runs(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def test_an_endless_query_ends_in_503_while_others_are_answered(graph):
    server = start(graph, "--timeout", "8")
    http = httpx.Client(base_url=server.url, timeout=60, trust_env=False)
    with ThreadPoolExecutor(4) as pool:
        begun = time.monotonic()
        # Each its own query: equal ones would be answered as one.
        endless = [pool.submit(http.get, "/sparql", params={"query": f"{ENDLESS} #{n}"}) for n in range(3)]
        time.sleep(0.3)
        quick = [http.get("/sparql", params={"query": "ASK { model:bloom ?p ?o }"}) for _ in range(5)]
        answered = time.monotonic() - begun
        assert not any(future.done() for future in endless), "the endless queries ended too soon to tell"
        assert answered < 8
        assert all(response.json()["boolean"] for response in quick)
        for response in (future.result() for future in endless):
            assert response.status_code == 503
            assert "after 8 seconds" in response.text
            assert int(response.headers["retry-after"]) > 0
        assert time.monotonic() - begun < 40
    assert http.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    http.close()
    server.stop()


@pytest.mark.parametrize(
    "deep",
    [f"SELECT ({'(' * 100_000}1{')' * 100_000} AS ?x) {{}}", f"ASK {{ FILTER({'!' * 10_000}true) }}"],
    ids=["brackets", "negations"],
)
def test_a_query_that_takes_its_worker_down_takes_nothing_else(http, deep):
    response = http.post("/sparql", data={"query": deep})
    assert response.status_code == 422
    assert "nested too deep" in response.text
    assert "retry-after" not in response.headers
    assert http.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


@LINUX
def test_a_client_that_leaves_takes_its_query_along(server):
    before = set(server.workers())
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{server.url}/sparql", params={"query": ENDLESS}, timeout=1.0, trust_env=False)
    until = time.monotonic() + 1.5
    busy = lambda: [pid for pid in server.workers() if cpu(pid) > 0.5 and pid not in idle]  # noqa: E731
    idle = {pid for pid in before if cpu(pid) <= 0.5}
    while busy() and time.monotonic() < until:
        time.sleep(0.1)
    assert not busy(), "the query ran on after its client had gone"


def cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@LINUX
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_no_process_and_no_file(graph, tmp_path, how):
    server = start(graph, "--timeout", "30", env={"TMPDIR": str(tmp_path)})
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(
            lambda: httpx.get(f"{server.url}/sparql", params={"query": ENDLESS}, timeout=30, trust_env=False)
        )
        time.sleep(0.5)
        workers = server.workers()
        assert workers
        assert list(tmp_path.iterdir())
        status = server.stop(how)
        # Refused, or the connection closed without an answer; but no 200 cut off.
        with contextlib.suppress(httpx.HTTPError):
            assert asked.result().status_code != 200
    assert status == 0
    assert gone(workers)
    assert not list(tmp_path.iterdir())


@LINUX
def test_workers_end_even_when_the_server_is_killed(graph, tmp_path):
    server = start(graph, env={"TMPDIR": str(tmp_path)})
    workers = server.workers()
    server.stop(signal.SIGKILL)
    assert workers
    assert gone(workers)


def test_it_listens_on_loopback_and_warns_of_anything_else(server, graph):
    assert server.url.startswith("http://127.0.0.1:")
    assert not server.warnings
    open_to_all = start(graph, "--host", "0.0.0.0")
    open_to_all.stop()
    assert len(open_to_all.warnings) == 1
    assert "warning: 0.0.0.0 is reachable from other machines" in open_to_all.warnings[0]


def test_what_cannot_be_served_is_said_in_one_line(graph, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for arguments, status, reason in [
            ([graph, "--port", port], 1, "cannot listen"),
            ([tmp_path / "none.ttl", "--port", "0"], 2, "no such graph"),
            ([tmp_path, "--port", "0"], 1, "no graph store"),
            ([graph, "--port", "0", "--timeout", "0"], 2, "above zero"),
        ]:
            done = subprocess.run(
                [sys.executable, "-m", "kg", "serve", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=30
            )  # fmt: skip
            assert (done.returncode, reason in done.stderr) == (status, True), done.stderr
            assert done.stderr.count("\n") == 1
