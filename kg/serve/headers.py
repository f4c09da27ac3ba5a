"""Headers that every response carries: nothing a paper says can run, be framed, or tell where a reader came from."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}
# A form tells this server, and no other, that it comes from one of its pages; what an editor sees is kept nowhere.
EDITING = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
# Data is for any page to read, but as anybody would read it: without cookies or passwords.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


# As whom a server on loopback is asked, whatever else it was told to listen on.
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PORT = re.compile(r":\d*$", re.ASCII)


class SecurityHeaders:
    """An application around another that adds the headers, errors included; CORS, if at all, only where there is data."""

    def __init__(
        self, app: ASGIApp, data_paths: tuple[str, ...], *, edits: bool = False, cors: bool = False
    ) -> None:
        self._app = app
        self._cors = CORS if cors else {}
        self._security = {**SECURITY, **EDITING} if edits else SECURITY
        self._data_paths = data_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({name: value for name, value in self._security.items() if name not in headers})
                if scope["path"].startswith(self._data_paths):
                    headers.update(self._cors)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OwnHost:
    """An application around another that answers only to this machine's own names.

    A page of another site can point a name of its own at 127.0.0.1, and then read what is served there as its own.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = _OWN_NAMES | {f"[{host}]" if ":" in host else host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        app = self._app
        if scope["type"] == "http" and not self._is_own(Headers(scope=scope).get("host", "")):
            reason = "this server answers to localhost alone; to serve others, see kg serve --cors\n"
            app = PlainTextResponse(reason, 421)
        await app(scope, receive, send)

    def _is_own(self, host: str) -> bool:
        return _PORT.sub("", host).lower() in self._names
