"""What tests push into: oxigraph's own server, and a store that misbehaves as it is told."""

from __future__ import annotations

import csv
import http.server
import io
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
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox


def oxigraph() -> str | None:
    """The command, from beside the interpreter or the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def await_listening(process: subprocess.Popen[bytes], port: int, name: str, patience: float) -> None:
    """Wait until a server takes connections on a port of loopback, at most ``patience`` seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, f"{name} ended"
            assert time.monotonic() < until, f"{name} does not answer"
            time.sleep(0.05)
        else:
            return


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
        await_listening(process, port, "oxigraph", patience=30)
        yield Oxigraph(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Virtuoso:
    """A running Virtuoso, where anybody may write."""

    url: str

    def rows(self) -> set[tuple[str, ...]]:
        """Graph, subject, predicate and object of all that is in graphs named urn:…"""
        query = 'SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "urn:")) }'
        request = urllib.request.Request(
            f"{self.url}/sparql?{urlencode({'query': query})}", headers={"Accept": "text/csv"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return {tuple(row) for row in list(csv.reader(io.StringIO(answer.read().decode())))[1:]}


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """Virtuoso over a folder, on free ports of loopback."""
    with socket.socket() as first, socket.socket() as second:
        for free in (first, second):
            free.bind(("127.0.0.1", 0))
        sql, http_port = first.getsockname()[1], second.getsockname()[1]
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http_port))
    process = subprocess.Popen(
        ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for port in (sql, http_port):
            await_listening(process, port, "Virtuoso", patience=60)
        allow = "GRANT SPARQL_UPDATE TO \"SPARQL\";\nDB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);\n"
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba"],
            input=allow,
            text=True,
            check=True,
            capture_output=True,
        )
        yield Virtuoso(f"http://127.0.0.1:{http_port}")
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


_INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = virtuoso.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 100000
"""


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
