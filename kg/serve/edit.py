"""Curation by hand: what a person who holds the token may say of the graph, written into the tables beside its sources.

The routes are there only when the server was started to edit. Who signs in with the token gets a cookie that no script reads and that
no other site's request carries (``SameSite=Strict``); what changes something comes by POST from a page of this server (``Origin``), or
with the token itself as ``Authorization: Bearer``, which no browser sends of its own accord.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.curate import Decision, curate, undo, written
from kg.curate.decision import IDENTITY
from kg.errors import PaperkgError, UsageError
from kg.serve import protocol
from kg.serve.answers import Reply
from kg.serve.editable import Edit
from kg.serve.errors import Refusal
from kg.serve.links import Links
from kg.serve.pages import Pages

_COOKIE = "kg-edit"
_HOURS = 12
_MOST_SESSIONS = 100
_LONGEST = 2000
Run = Callable[[Request, dict[str, object]], Awaitable[Reply]]


class Editing:
    """The routes of editing.

    Args:
        edit: where decisions go, and the token.
        run: asks a worker, for a request.
        body: reads the body of a request, within bounds.
        pages: the templates.
        links: where IRIs lead.
    """

    def __init__(
        self, edit: Edit, run: Run, body: Callable[[Request], Awaitable[bytes]], pages: Pages, links: Links
    ) -> None:
        self._edit = edit
        self._run = run
        self._body = body
        self._pages = pages
        self._links = links
        self._sessions: dict[str, tuple[str, float]] = {}
        self._guess = asyncio.Lock()
        self.routes = [
            Route("/login", self.login_page, methods=["GET", "HEAD"]),
            Route("/login", self.login, methods=["POST"]),
            Route("/logout", self.logout, methods=["POST"]),
            Route("/curate", self.decide, methods=["POST"]),
            Route("/curation", self.decisions, methods=["GET", "HEAD"]),
            Route("/undo", self.take_back, methods=["POST"]),
        ]

    def editor(self, request: Request) -> str | None:
        """Who is signed in (may be an empty name), or None."""
        given = request.headers.get("authorization", "")
        if given.startswith("Bearer ") and self._is_token(given.removeprefix("Bearer ").strip()):
            return ""
        author, until = self._sessions.get(request.cookies.get(_COOKIE, ""), ("", 0.0))
        return author if time.monotonic() < until else None

    async def login_page(self, request: Request) -> Response:
        """The form that asks for the token."""
        return HTMLResponse(self._pages.login(back=_back(request.query_params.get("back", ""))))

    async def login(self, request: Request) -> Response:
        """Take the token, give a cookie."""
        form = await self._form(request)
        back = _back(form.get("back", ""))
        if not self._is_token(form.get("token", "")):
            # One guess at a time, each a while: a token of 16 characters is then not guessed.
            async with self._guess:
                await asyncio.sleep(0.5)
            return HTMLResponse(self._pages.login(back=back, problem="this is not the token"), 403)
        while len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        session = secrets.token_urlsafe(24)
        author = " ".join(form.get("author", "").split())[:200]
        self._sessions[session] = author, time.monotonic() + _HOURS * 3600
        response = RedirectResponse(back, 303)
        secure = request.url.scheme == "https"
        response.set_cookie(
            _COOKIE, session, max_age=_HOURS * 3600, httponly=True, samesite="strict", secure=secure
        )
        return response

    async def logout(self, request: Request) -> Response:
        """Forget the cookie."""
        await self._form(request)
        self._sessions.pop(request.cookies.get(_COOKIE, ""), None)
        response = RedirectResponse("/", 303)
        response.delete_cookie(_COOKIE, httponly=True, samesite="strict")
        return response

    async def decide(self, request: Request) -> Response:
        """Write a decision down."""
        author = self._signed_in(request)
        form = await self._form(request)
        names = ("action", "subject", "predicate", "object", "paper", "quote", "comment", "subject_id")
        given = {name: " ".join(form.get(name, "").split()) for name in names}
        if any(len(value) > _LONGEST for value in given.values()):
            raise Refusal(400, f"a decision has at most {_LONGEST} characters a field")
        decision = Decision(**given, author=author, date=date.today().isoformat())
        if decision.action in IDENTITY:
            decision = await self._identified(request, decision)
        try:
            # In a thread: another process may hold the table's lock.
            where = await asyncio.to_thread(curate, self._edit.folder, decision)
        except UsageError as error:
            raise Refusal(400, str(error)) from error
        except PaperkgError as error:
            raise Refusal(500, str(error)) from error
        noted = f"{Path(where.path).name}:{where.line}"
        return RedirectResponse(
            f"/curation?noted={quote(noted)}&back={quote(_back(form.get('back', '')))}", 303
        )

    async def decisions(self, request: Request) -> Response:
        """What was decided so far."""
        if self.editor(request) is None:
            return RedirectResponse("/login?back=/curation", 303)
        try:
            rows = await asyncio.to_thread(written, self._edit.folder)
        except PaperkgError as error:
            raise Refusal(500, str(error)) from error
        asked = request.query_params
        noted, back, undone = (asked.get(name, "") for name in ("noted", "back", "undone"))
        page = self._pages.curation(rows, noted, _back(back), bool(undone), str(self._edit.folder))
        return HTMLResponse(page)

    async def take_back(self, request: Request) -> Response:
        """Take a decision back: its line goes from its table."""
        self._signed_in(request)
        form = await self._form(request)
        line = form.get("line", "")
        if not (line.isascii() and line.isdecimal()) or len(line) > 9:
            raise Refusal(400, "undo: which line?")
        try:
            await asyncio.to_thread(
                undo, self._edit.folder, form.get("table", ""), int(line), form.get("mark", "")
            )
        except UsageError as error:
            raise Refusal(409, str(error)) from error
        except PaperkgError as error:
            raise Refusal(500, str(error)) from error
        return RedirectResponse(f"/curation?undone=1&back={quote(_back(form.get('back', '')))}", 303)

    async def _identified(self, request: Request, decision: Decision) -> Decision:
        """The other thing as the graph calls it. What is to be the same must be in the graph; what is different may be any name."""
        job: dict[str, object] = {
            "kind": "named",
            "iris": [self._links.base + decision.object, decision.object],
        }
        found = json.loads((await self._run(request, job)).body)
        if found is None:
            if decision.action == "same" and decision.object:
                raise Refusal(404, f"the graph has nothing called {decision.object}")
            return decision
        key = found["iri"].removeprefix(self._links.base)
        # A name of the thing itself, said to be of another, stays as it was given.
        if key == decision.subject_id:
            return decision
        return replace(decision, object=found["name"], object_id=key)

    def _signed_in(self, request: Request) -> str:
        author = self.editor(request)
        if author is None:
            raise Refusal(403, "sign in with the token first, at /login")
        return author

    async def _form(self, request: Request) -> dict[str, str]:
        """The fields of a form that a page of this server sent.

        Raises:
            Refusal: 403: it came from elsewhere; 415: it is no form.
        """
        origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
        by_token = request.headers.get("authorization", "").startswith("Bearer ")
        if _server_of(origin) != host if origin else not by_token:
            raise Refusal(403, "this must come from a page of this server")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != protocol.FORM:
            raise Refusal(415, f"send it as {protocol.FORM}")
        return protocol.parameters_of(await self._body(request))

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._edit.token.encode())


def _server_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # a bracket without its other
        return ""


def _back(path: str) -> str:
    """A path of this server, to go back to; no other server's."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"
