"""serve: a SPARQL 1.1 Protocol endpoint over a graph, and pages to browse, search and read the evidence.

    kg serve outputs/graph.ttl
    curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?model kg:trainedOn ?data }' http://127.0.0.1:8808/sparql

The server only reads the graph; with ``--edit`` it writes decisions by hand into tables beside the sources. A graph file is first put
into a temporary on-disk store; worker processes open it read only, answer one query each, and are ended when a query outlasts its time.
Names, facts and counts are held ready in an index (``kg.serve.index``). It listens on loopback unless told otherwise,
and is then for this machine alone: other sites' pages that a browser has open cannot read it.
"""

from __future__ import annotations

import ipaddress
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from math import inf
from pathlib import Path
from types import FrameType

from kg.errors import PaperkgError, UsageError
from kg.export.store import fill_store
from kg.iri import DEFAULT_BASE, check_base
from kg.query import load_graph, load_into
from kg.serve.editable import Edit, edit_of
from kg.serve.index import build_index, kept_index
from kg.serve.limits import Limits

__all__ = ["Edit", "Limits", "edit_of", "serve"]

# A graph file of so many bytes takes long enough to read that one wonders what goes on.
_LARGE = 20_000_000


def serve(
    graph: Path,
    host: str = "127.0.0.1",
    port: int = 8808,
    base: str = DEFAULT_BASE,
    limits: Limits | None = None,
    edit: Edit | None = None,
    *,
    cors: bool = False,
) -> None:
    """Serve a graph until interrupted (SIGINT or SIGTERM).

    Args:
        graph: a graph file, or the folder of an on-disk store that nobody writes meanwhile.
        host: the address to listen on. Whoever reaches it can read the graph and make the machine work: loopback by default.
        port: the port; 0 takes a free one. The address is printed once the server answers.
        base: IRI under which the graph's resources live.
        limits: what one request may cost.
        edit: where decisions by hand go, and the token that lets people write them (``edit_of``); without it nothing is written.
        cors: let pages of any web site read the data, and answer under any name, on loopback too: for a server behind a proxy.

    Raises:
        UsageError: there is no such graph, the address makes no sense, or no IRIs can be made below the base.
        PaperkgError: the graph is not valid, or the address is taken.
    """
    limits = limits or Limits()
    check_base(base)
    if not 0 < limits.timeout < inf or limits.max_rows < 1:
        raise UsageError("serve: the time limit and the number of rows must be above zero")
    if not 0 <= port <= 65535:
        raise UsageError(f"serve: no port {port}; one of 0 to 65535")
    with _terminable(), closing(_listen(host, port)) as listener:
        try:
            with _on_disk(graph) as (store, index):
                _run(listener, host, store, index, base, limits, edit, cors=cors)
        except KeyboardInterrupt:
            return  # asked to stop: not a failure


def _run(
    listener: socket.socket,
    host: str,
    store: Path,
    index: Path,
    base: str,
    limits: Limits,
    edit: Edit | None,
    *,
    cors: bool,
) -> None:
    # Imported here, since a worker process imports this package and needs no web framework.
    import uvicorn

    from kg.serve.app import application
    from kg.serve.connections import Connection

    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    if not _is_loopback(host):
        _say(
            f"kg: warning: {host} is reachable from other machines: anyone who reaches {address} can read the whole graph "
            "and run queries; put it behind a proxy that limits who and how often, or leave out --host"
        )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            _say(f"serving {address} (SPARQL at {address}sparql); Ctrl-C stops")
            if edit:
                token = f"the token {edit.token}" if edit.made else "the token of KG_EDIT_TOKEN"
                _say(f"editing: sign in at {address}login with {token}; decisions go to {edit.folder}")

    config = uvicorn.Config(
        application(store, index, base, limits, edit, host if _is_loopback(host) and not cors else None),
        http=Connection,  # on h11, which is strict about what a header may hold
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
        limit_concurrency=512,
    )
    Server(config).run([listener])


@contextmanager
def _on_disk(graph: Path) -> Iterator[tuple[Path, Path]]:
    """The folder of a store with the graph, its own or a temporary one, and the file of an index over it."""
    if graph.is_file() and graph.stat().st_size > _LARGE:
        kept = graph.with_suffix(".store")
        _say(
            f"reading {graph}, {graph.stat().st_size // 1_000_000} MB; to start at once next time: "
            f"kg export {graph} -f store -o {kept}, then kg serve {kept}"
        )
    with tempfile.TemporaryDirectory(prefix="paperkg-serve-") as temporary:
        folder, index = graph, Path(temporary) / "index"
        if graph.is_dir():
            index = kept_index(load_graph(graph), graph, index)
        else:
            folder = Path(temporary) / "store"
            # The graph is in memory only while the index is made of it, beside which a second thread puts it on disk.
            with ThreadPoolExecutor(1) as beside:
                filled = beside.submit(fill_store, lambda store: load_into(graph, store), folder)
                build_index(load_graph(graph), index)
                filled.result()
        yield folder, index


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise PaperkgError(
            f"serve: cannot listen on {host}:{port}: {error.strerror}; choose another --port"
        ) from error
    return listener


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM stop the server as Ctrl-C does, so that its workers and its temporary store go with it."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
