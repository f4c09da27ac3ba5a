"""What tests push into: oxigraph's own server, and a store that misbehaves as it is told."""

from __future__ import annotations

import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


def oxigraph() -> str | None:
    """The command, from beside the interpreter or the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@dataclass
class Oxigraph:
    """A running ``oxigraph serve``."""

    url: str

    def quads(self) -> set[ox.Quad]:
        """All it holds."""
        with urllib.request.urlopen(f"{self.url}/store", timeout=30) as answer:
            return (
                set(ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS))
                if answer.headers["Content-Type"].startswith("application/n-quads")
                else set(ox.parse(answer.read(), format=ox.RdfFormat.TRIG))
            )


@contextmanager
def serving(folder: Path) -> Iterator[Oxigraph]:
    """``oxigraph serve`` over a folder, on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [oxigraph() or "oxigraph", "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "oxigraph ended"
                assert time.monotonic() < until, "oxigraph does not answer"
                time.sleep(0.05)
        yield Oxigraph(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Request:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def graph(self) -> str | None:
        """The graph that the Graph Store Protocol names; None for the default graph."""
        parameters = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return None if "default" in parameters else parameters["graph"][0]


@dataclass
class Odd:
    """A server that keeps what it is sent and answers as it is told: what a good store does not do on demand."""

    url: str
    requests: list[Request] = field(default_factory=list)


Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def answering(answer: Callable[[int, Request], Answer]) -> Iterator[Odd]:
    """A server whose answers are ``answer(number of the request, the request)``."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.command, self.path, dict(self.headers), body)
            odd.requests.append(request)
            status, headers, text = answer(len(odd.requests) - 1, request)
            if not status:
                return  # the connection closes without an answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_PUT = _answer  # noqa: N815 - names that http.server looks up

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        odd = Odd(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield odd
        finally:
            server.shutdown()
            thread.join()
