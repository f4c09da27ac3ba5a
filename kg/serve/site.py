"""The pages beyond the endpoint: tables of relations and of things, the explorer, and the small JSON that their scripts ask for."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg.query import query_prefixes
from kg.serve import protocol
from kg.serve.answers import Reply
from kg.serve.errors import Refusal
from kg.serve.links import Links
from kg.serve.pages import Pages
from kg.serve.paths import AVOIDED
from kg.serve.relation import COLUMNS, MOST, Wish
from kg.serve.things import SORTS
from kg.vocab import ENTITY_CLASSES, ENTITY_PREDICATES, PAPER_PREDICATES, TERMS

Run = Callable[[Request, dict[str, object]], Awaitable[Reply]]

_ASSETS = {path.name: path.read_bytes() for path in sorted((Path(__file__).parent / "assets").glob("*.*"))}
_MEDIA = {".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_RELATIONS = (*ENTITY_PREDICATES, *PAPER_PREDICATES)
_KINDS = (*ENTITY_CLASSES, "Paper")
_GET = ["GET", "HEAD"]
# Characters of a name or an IRI that a form sends.
_LONGEST = 2000


class Site:
    """The routes of the pages.

    Args:
        run: asks a worker, for a request.
        pages: the templates.
        links: where IRIs lead.
    """

    def __init__(self, run: Run, pages: Pages, links: Links) -> None:
        self._run = run
        self._pages = pages
        self._links = links
        self.routes = [
            Route("/relation/{name}", self.relation, methods=_GET),
            Route("/things/{kind}", self.things, methods=_GET),
            Route("/explore", self.explore, methods=_GET),
            Route("/explore.json", self.neighbours, methods=_GET),
            Route("/way.json", self.way, methods=_GET),
            Route("/search.json", self.suggest, methods=_GET),
            Route("/terms.json", _terms, methods=_GET),
            Route("/assets/{name}", _asset, methods=_GET),
        ]

    async def relation(self, request: Request) -> Response:
        """A relation as a table, or as CSV."""
        name = request.path_params["name"]
        if name not in _RELATIONS:
            raise Refusal(404, "the ontology has no such relation")
        asked = protocol.parameters_of(request.scope["query_string"])
        sort, as_csv = asked.get("sort", "papers"), asked.get("format") == "csv"
        if sort.removeprefix("-") not in COLUMNS:
            raise Refusal(400, f"sort by one of {', '.join(COLUMNS)}")
        about = asked.get("about", "")
        wish = Wish(
            asked.get("q", "")[:200],
            self._links.base + about if about else "",
            _year(asked.get("since", "")),
            _share(asked.get("least", "")),
        )
        job: dict[str, object] = {
            "kind": "relation",
            "name": name,
            "wish": asdict(wish),
            "sort": sort,
            "page": _page(asked),
            "csv": as_csv,
        }
        reply = await self._run(request, job)
        if as_csv:
            headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
            return Response(reply.body, media_type="text/csv; charset=utf-8", headers=headers)
        table = json.loads(reply.body)
        return HTMLResponse(self._pages.relation(name, table, wish, sort, _page(asked)))

    async def things(self, request: Request) -> Response:
        """The things of a class."""
        kind = request.path_params["kind"]
        if kind not in _KINDS:
            raise Refusal(404, "the ontology has no such class of things")
        asked = protocol.parameters_of(request.scope["query_string"])
        text, year = asked.get("q", "")[:200], _year(asked.get("year", ""))
        sort = asked.get("sort", "year" if kind == "Paper" else "papers")
        if sort not in SORTS:
            raise Refusal(400, f"sort by one of {', '.join(SORTS)}")
        job: dict[str, object] = {"kind": "things", "of": kind, "text": text, "year": year, "sort": sort}
        listing = json.loads((await self._run(request, {**job, "page": _page(asked)})).body)
        return HTMLResponse(self._pages.things(kind, listing, text, year, sort, _page(asked)))

    async def explore(self, request: Request) -> Response:
        """The explorer, about one thing; its script loads the rest as asked."""
        found, to = await self._neighbourhood(request), _one(request, "to")
        way = await self._way(request) if found and to else None
        # Without a name it begins with what is mentioned most, and an empty graph has no such thing.
        status = 404 if found is None and _one(request, "node") else 200
        return HTMLResponse(self._pages.explore(found, to, way, _many(request, "avoid")), status)

    async def neighbours(self, request: Request) -> Response:
        """A neighbourhood as JSON."""
        found = await self._neighbourhood(request)
        if found is None:
            raise Refusal(404, "the graph has nothing of this name")
        for thing in (found["centre"], *found["things"]):
            thing["href"] = self._links.href(thing["iri"])
        return JSONResponse(found)

    async def way(self, request: Request) -> Response:
        """The shortest way between two things as JSON, each step with its proofs."""
        found = await self._way(request)
        if found is None:
            raise Refusal(404, "the graph has nothing of this name")
        for thing in (found["start"], found["end"], *found["things"]):
            thing["href"] = self._links.href(thing["iri"])
        return JSONResponse(found)

    async def suggest(self, request: Request) -> Response:
        """Things whose name holds a text."""
        text = protocol.parameters_of(request.scope["query_string"]).get("q", "").strip()
        if not 0 < len(text) <= 200:
            raise Refusal(400, "search for 1 to 200 characters")
        hits = json.loads((await self._run(request, {"kind": "search", "text": text, "most": 10})).body)
        return JSONResponse([{**hit, "href": self._links.href(hit["iri"])} for hit in hits])

    async def _neighbourhood(self, request: Request) -> dict[str, Any] | None:
        wanted = protocol.parameters_of(request.scope["query_string"])
        node, skip = _one(request, "node"), wanted.get("skip", "0")
        if not node:
            stats = json.loads((await self._run(request, {"kind": "stats"})).body)
            node = stats["top"][0]["term"] if stats["top"] else ""
        if not (skip.isascii() and skip.isdecimal()) or len(skip) > 6:
            raise Refusal(400, "skip is a number")
        iris = [self._links.base + node, node]
        job: dict[str, object] = {"kind": "neighbours", "iris": iris, "skip": int(skip)}
        found: dict[str, Any] | None = json.loads((await self._run(request, job)).body)
        return found

    async def _way(self, request: Request) -> dict[str, Any] | None:
        ends = {"start": _one(request, "node"), "end": _one(request, "to")}
        if not all(0 < len(name) <= _LONGEST for name in ends.values()):
            raise Refusal(400, f"a way has two ends, node and to, of 1 to {_LONGEST} characters")
        iris = {end: [self._links.base + name, name] for end, name in ends.items()}
        job: dict[str, object] = {"kind": "way", **iris, "avoid": _many(request, "avoid")}
        found: dict[str, Any] | None = json.loads((await self._run(request, job)).body)
        return found


def _one(request: Request, field: str) -> str:
    return protocol.parameters_of(request.scope["query_string"]).get(field, "").strip()


def _many(request: Request, field: str) -> list[str]:
    return protocol.values_of(request.scope["query_string"], field)[:AVOIDED]


def _page(asked: dict[str, str]) -> int:
    number = asked.get("page", "1")
    # Not longer than any page's number: what is checked is then what is returned, and no number is too large to handle.
    if not (number.isascii() and number.isdecimal()) or len(number) > 9 or not 1 <= int(number) <= MOST:
        raise Refusal(400, "there is no such page")
    return int(number)


def _year(text: str) -> str:
    if text and not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Refusal(400, "a year has four digits")
    return text


def _share(text: str) -> float:
    try:
        share = float(text or 0)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise Refusal(400, "the least confidence is a number from 0 to 1")
    return share


async def _terms(_: Request) -> Response:
    """What the query editor completes."""
    own = sorted(f"kg:{name}" for name in TERMS)
    return JSONResponse(
        {"terms": own, "prefixes": query_prefixes()}, headers={"Cache-Control": "max-age=3600"}
    )


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    body = _ASSETS.get(name)
    if body is None:
        raise Refusal(404, "there is no such page")
    return Response(body, media_type=_MEDIA[Path(name).suffix], headers={"Cache-Control": "max-age=3600"})
