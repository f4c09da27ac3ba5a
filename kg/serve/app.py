"""The web application: routes, each a few lines over the modules that know how.

/sparql     the SPARQL 1.1 Protocol endpoint; without a query, what the service is
/id/…       every resource of the graph, as a page or as RDF
/           search, counts and charts
/query      an editor for queries, with answers as a table
/relation/… a relation as a table; /explore the graph, neighbourhood by neighbourhood (see ``kg.serve.site``)
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.serve import protocol
from kg.serve.answers import Reply
from kg.serve.description import service_description
from kg.serve.edit import Editing
from kg.serve.editable import Edit
from kg.serve.errors import Refusal
from kg.serve.headers import PREFLIGHT, OwnHost, SecurityHeaders
from kg.serve.index.search import MOST
from kg.serve.kept import Kept, Shared
from kg.serve.limits import Limits
from kg.serve.links import Links
from kg.serve.negotiate import GRAPHS, HTML, TABLES, TURTLE, choose
from kg.serve.pages import STYLE, Pages
from kg.serve.site import Site
from kg.serve.workers import Workers

_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", re.ASCII)
_VARY = {"Vary": "Accept"}
# What costs a store the most to answer, and what every visitor asks.
_KEPT = {"query", "stats"}
# Seconds in which a client must have sent its request.
_BODY = 20.0


def application(
    store: Path, index: Path, base: str, limits: Limits, edit: Edit | None = None, only_as: str | None = None
) -> ASGIApp:
    """The application over a store.

    Args:
        store: folder of an on-disk store; it is opened read only.
        index: file of the index over it, likewise.
        base: IRI under which the graph's resources live; they answer under ``/id/``.
        limits: what one request may cost.
        edit: that the graph may be edited, and by whom; without it there are no routes to do so.
        only_as: the address on loopback that alone it answers to, and then to no page of another site; if ``None``, pages of any site
            may read the data, under whatever name they reach it.
    """
    workers = Workers(store, index, limits)
    site = _Site(workers, limits, Links(base), edit, PREFLIGHT if only_as is None else {})

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await workers.start()
            yield
        finally:
            await workers.close()

    routes = [
        Route("/sparql", site.sparql, methods=["GET", "HEAD", "POST", "OPTIONS"]),
        Route("/id/{path:path}", site.resource, methods=["GET", "HEAD", "OPTIONS"]),
        Route("/query", site.query_page, methods=["GET", "HEAD", "POST"]),
        Route("/style.css", _style, methods=["GET", "HEAD"]),
        Route("/", site.home, methods=["GET", "HEAD"]),
        *site.more.routes,
        *(site.editing.routes if site.editing else ()),
    ]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={Refusal: site.refused, HTTPException: site.refused, Exception: site.failed},
    )
    # Around the whole, and not a middleware within: Starlette answers for an unforeseen error outside of its middleware.
    data = ("/sparql", "/id/")
    if only_as is None:
        return SecurityHeaders(app, data, edits=edit is not None, cors=True)
    return SecurityHeaders(OwnHost(app, only_as), data, edits=edit is not None)


class _Site:
    """What the routes share."""

    def __init__(
        self, workers: Workers, limits: Limits, links: Links, edit: Edit | None, preflight: Mapping[str, str]
    ) -> None:
        self._workers = workers
        self._preflight = preflight
        self._limits = limits
        self._kept = Kept()
        self._shared = Shared(self._answered)
        self._links = links
        self._pages = Pages(links, edits=edit is not None)
        self.more = Site(self._run, self._pages, links)
        self.editing = Editing(edit, self._run, self._body, self._pages, links) if edit else None

    async def sparql(self, request: Request) -> Response:
        """The endpoint."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": protocol.ALLOW, **self._preflight})
        accept = self._accept(request)
        query = protocol.read_query(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type", ""),
            await self._body(request) if request.method == "POST" else b"",
        )
        if query is None:
            return self._description(request, accept)
        if choose(accept, TABLES + GRAPHS) is None:
            raise Refusal(406, f"answers come as {', '.join(TABLES + GRAPHS)}")
        return _response(await self._asked(request, query, accept))

    async def resource(self, request: Request) -> Response:
        """A resource of the graph."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS", **self._preflight})
        iris = self._links.iris(request.scope.get("raw_path", b"").partition(b"?")[0])
        wanted = protocol.parameters_of(request.scope["query_string"]).get("format", "")
        media = choose(wanted or self._accept(request), (HTML, *GRAPHS))
        if media is None:
            raise Refusal(406, f"a resource answers as {', '.join((HTML, *GRAPHS))}")
        if media == HTML:
            reply = await self._run(request, {"kind": "thing", "iris": iris})
            found = json.loads(reply.body)
            if found is not None:
                editor = self.editing.editor(request) if self.editing else None
                return HTMLResponse(self._pages.thing(found, editor), headers=_VARY)
        else:
            reply = await self._run(request, {"kind": "describe", "iris": iris, "media_type": media})
            if reply.status == 200:
                return _response(reply)
        raise Refusal(404, "the graph has nothing of this name")

    async def home(self, request: Request) -> Response:
        """Search, and what is in the graph."""
        text = protocol.parameters_of(request.scope["query_string"]).get("q", "").strip()
        if len(text) > 200:
            raise Refusal(400, "search for at most 200 characters")
        job: dict[str, object] = {"kind": "search", "text": text, "most": MOST}
        hits = json.loads((await self._run(request, job)).body) if text else []
        stats = json.loads((await self._run(request, {"kind": "stats"})).body)
        return HTMLResponse(self._pages.home(stats, text, hits))

    async def query_page(self, request: Request) -> Response:
        """The form for queries."""
        query = protocol.read_query(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type", ""),
            await self._body(request) if request.method == "POST" else b"",
        )
        if query is None or not query.text.strip():
            return HTMLResponse(self._pages.query(""))
        try:
            reply = await self._asked(request, query, f"{TABLES[0]}, {TURTLE}")
        except Refusal as refusal:
            page = self._pages.query(query.text, problem=refusal.reason)
            return HTMLResponse(page, refusal.status, headers=refusal.headers)
        return HTMLResponse(self._pages.query(query.text, reply.media_type, reply.body))

    async def refused(self, request: Request, error: Exception) -> Response:
        """A refusal as the client likes to read it: a page for a browser, else one line."""
        if isinstance(error, HTTPException):
            reason = {404: "there is no such page", 405: "this method is not allowed here"}.get(
                error.status_code, error.detail
            )
            error = Refusal(error.status_code, reason, error.headers)
        assert isinstance(error, Refusal)
        headers = {**error.headers, **_VARY}
        accept = request.headers.get("accept", "")
        if not request.url.path.startswith("/sparql") and "text/html" in accept[: self._limits.max_accept]:
            return HTMLResponse(self._pages.problem(error.status, error.reason), error.status, headers)
        return PlainTextResponse(f"{error.reason}\n", error.status, headers)

    async def failed(self, request: Request, error: Exception) -> Response:
        """What nobody foresaw, said like a refusal; its traceback is for the server's log alone."""
        return await self.refused(
            request, Refusal(500, f"unforeseen {type(error).__name__}; please report it")
        )

    def _description(self, request: Request, accept: str) -> Response:
        media = choose(accept, (*GRAPHS, HTML))
        if media == HTML:
            return RedirectResponse("/query", 303, headers=_VARY)
        if media is None:
            raise Refusal(406, f"the description of the service comes as {', '.join(GRAPHS)}")
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            raise Refusal(400, "the Host header is not a host")
        endpoint = f"{request.url.scheme}://{host}/sparql"
        return _response(Reply(200, media, service_description(endpoint, media)))

    async def _asked(self, request: Request, query: protocol.QueryRequest, accept: str) -> Reply:
        job: dict[str, object] = {
            "kind": "query",
            "text": query.text,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "accept": accept,
        }
        return await self._run(request, job)

    async def _run(self, request: Request, job: dict[str, object]) -> Reply:
        """The answer to a job, kept or a worker's; when the clients who wait for it go away first, the work ends."""
        kept = self._kept.find(job)
        if kept is not None:
            return kept
        work = asyncio.ensure_future(self._shared.run(job))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            raise Refusal(499, "the client has gone")
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    async def _answered(self, job: dict[str, object]) -> Reply:
        reply = await self._workers.run(job)
        if job["kind"] in _KEPT:
            self._kept.keep(job, reply)
        return reply

    def _accept(self, request: Request) -> str:
        accept = ",".join(request.headers.getlist("accept"))
        if len(accept) > self._limits.max_accept:
            raise Refusal(431, f"the Accept header has more than {self._limits.max_accept} bytes")
        return accept

    async def _body(self, request: Request) -> bytes:
        too_large = Refusal(413, f"a request has at most {self._limits.max_body} bytes")
        length = request.headers.get("content-length", "0")
        if length.isdecimal() and int(length[:20]) > self._limits.max_body:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(_BODY):
                async for part in request.stream():
                    body += part
                    if len(body) > self._limits.max_body:
                        raise too_large
        except TimeoutError:
            raise Refusal(408, "the request did not come in time") from None
        except ClientDisconnect:
            raise Refusal(400, "the request ended early") from None
        return bytes(body)


async def _gone(request: Request) -> None:
    """Return when the client has closed the connection."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.2)


def _response(reply: Reply) -> Response:
    # JSON and JSON-LD are UTF-8 by definition and take no charset; the rest say so.
    text = reply.media_type.startswith("text/")
    media = f"{reply.media_type}; charset=utf-8" if text else reply.media_type
    return Response(reply.body, reply.status, {**_VARY, "Content-Type": media})


async def _style(_: Request) -> Response:
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})
