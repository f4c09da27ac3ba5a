"""The application without a server around it: what no request could make happen from outside."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from loops import run_alone
from papers import ROOT
from running import BASE

from kg.errors import UsageError
from kg.export.store import fill_store
from kg.query import load_graph, load_into
from kg.serve import serve
from kg.serve.answers import Reply
from kg.serve.app import application
from kg.serve.index import Index, build_index
from kg.serve.limits import Limits
from kg.serve.pages import Pages
from kg.serve.workers import Workers


def test_an_unforeseen_error_has_the_headers_of_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pages, "query", lambda *_: 1 // 0)
    app = application(Path("none"), Path("none"), BASE, Limits())

    async def ask() -> httpx.Response:
        through = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=through, base_url="http://localhost") as client:
            return await client.get("/query")

    response = run_alone(ask())
    assert response.status_code == 500
    assert response.text == "unforeseen ZeroDivisionError; please report it\n"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_worker_starts_without_a_web_framework() -> None:
    code = "import sys, kg.serve.worker; print([m for m in ('starlette', 'jinja2', 'uvicorn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_many_quick_queries_at_once_take_turns_at_few_processes(graph: Path, tmp_path: Path) -> None:
    fill_store(lambda store: load_into(graph, store), tmp_path / "store")
    build_index(load_graph(graph), tmp_path / "index")

    async def ask() -> tuple[list[Reply], int]:
        workers = Workers(tmp_path / "store", tmp_path / "index", Limits(timeout=60, quick=2))
        spawn, started = workers._spawn, []

        async def counted() -> object:
            started.append(1)
            return await spawn()

        workers._spawn = counted
        job = {"kind": "query", "default_graphs": [], "named_graphs": [], "accept": "text/csv"}
        try:
            await workers.start()
            replies = await asyncio.gather(
                *(workers.run({**job, "text": f"ASK {{}} #{n}"}) for n in range(100))
            )
        finally:
            await workers.close()
        return replies, len(started)

    replies, started = run_alone(ask())
    assert {(reply.status, reply.body) for reply in replies} == {(200, b"true")}
    assert started < 10, "on a busy machine some may be slow, but a process for each is too many"


def test_what_the_graph_holds_is_counted_once_for_all_who_open_the_home_page(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(load_graph(graph), tmp_path / "index")
    stats, asked = json.dumps(Index(tmp_path / "index").stats()).encode(), []

    async def run(_: Workers, job: dict[str, object]) -> Reply:
        asked.append(job)
        await asyncio.sleep(0)
        return Reply(200, "application/json", stats)

    monkeypatch.setattr(Workers, "run", run)
    app = application(tmp_path, tmp_path, BASE, Limits())

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            together = await asyncio.gather(*(client.get("/") for _ in range(20)))
            return [*together, await client.get("/")]

    assert {response.status_code for response in run_alone(ask())} == {200}
    assert asked == [{"kind": "stats"}]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"base": "https://example.org/x"}, "https://example.org/x"),
        ({"limits": Limits(timeout=float("nan"))}, "time limit"),
        ({"limits": Limits(timeout=float("inf"))}, "time limit"),
        ({"limits": Limits(max_rows=0)}, "rows"),
        ({"port": 65536}, "65536"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_read(tmp_path, asked, says):
    with pytest.raises(UsageError, match=says):
        serve(tmp_path / "none.ttl", **asked)
