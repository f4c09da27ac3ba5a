"""The other side: a Graph Store or an Update endpoint, asked over HTTP with the standard library.

Credentials come from the environment alone, stand in no message, and go to the endpoint's own address only: a redirect is told, not
followed.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit

from kg.errors import PaperkgError, UsageError
from kg.push.batches import Batch

PROTOCOLS = ("auto", "graph-store", "update")
USER, PASSWORD, TOKEN = "PAPERKG_PUSH_USER", "PAPERKG_PUSH_PASSWORD", "PAPERKG_PUSH_TOKEN"
# The last segment of an update endpoint's path: oxigraph, Fuseki and Blazegraph; RDF4J and GraphDB.
_UPDATE_PATHS = ("update", "statements")
# Bytes of an error's body that are looked at, and characters of it that are told.
_READ, _TOLD = 4096, 200
_TAG = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def credentials() -> str:
    """The Authorization header that the environment asks for; empty for none.

    Raises:
        UsageError: the variables contradict each other or cannot be sent.
    """
    user, password, token = (os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
    if token and (user or password):
        raise UsageError(f"push: set {TOKEN}, or {USER} and {PASSWORD}, not both")
    if bool(user) != bool(password):
        raise UsageError(f"push: {USER} and {PASSWORD} go together; one of them is not set")
    if token:
        if not (token.isascii() and token.isprintable()):
            raise UsageError(f"push: {TOKEN} holds characters that a header cannot carry")
        return f"Bearer {token}"
    if not user:
        return ""
    if ":" in user:
        raise UsageError(f"push: {USER} holds a colon, which a user's name cannot")
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


class Endpoint:
    """Where batches go.

    Args:
        url: of the Graph Store Protocol or of SPARQL Update.
        protocol: one of ``PROTOCOLS``.
        timeout: seconds to wait for an answer.
        authorization: value of that header, or empty.

    Raises:
        UsageError: the URL is none, or holds credentials.
    """

    def __init__(self, url: str, protocol: str, timeout: float, authorization: str) -> None:
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable or not url.isascii() or not url.isprintable() or " " in url or parts.fragment:
            raise UsageError(
                "push: --endpoint must be an http or https URL, such as http://127.0.0.1:7878/store"
            )
        if "@" in parts.netloc:
            raise UsageError(f"push: no credentials in the URL; set {USER} and {PASSWORD}, or {TOKEN}")
        self.url = url
        if protocol == "auto":
            ending = parts.path.rstrip("/").rpartition("/")[2]
            protocol = "update" if ending in _UPDATE_PATHS else "graph-store"
        self.protocol = protocol
        self._shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self._timeout = timeout
        self._authorization = authorization
        self._opener = urllib.request.build_opener(_NoRedirect)

    def send(self, batch: Batch, *, first: bool) -> None:
        """Send a batch and wait until the store has taken it.

        Args:
            batch: the triples.
            first: they replace what the graph holds.

        Raises:
            PaperkgError: the store refuses, fails, or does not answer.
        """
        if self.protocol == "update":
            self._request("POST", self.url, "application/sparql-update", batch.as_update(replace=first))
            return
        where = "default" if batch.graph is None else f"graph={quote(batch.graph, safe='')}"
        url = f"{self.url}{'&' if urlsplit(self.url).query else '?'}{where}"
        self._request("PUT" if first else "POST", url, "text/turtle", batch.as_turtle())

    def _request(self, method: str, url: str, media: str, body: bytes) -> None:
        headers = {"Content-Type": f"{media}; charset=utf-8", "Accept": "*/*", "User-Agent": "paperkg"}
        request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - http or https, as checked
        if self._authorization:
            request.add_unredirected_header("Authorization", self._authorization)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                response.read(_READ)
        except urllib.error.HTTPError as error:
            with error:
                raise PaperkgError(f"{self._shown}: {self._refusal(error)}") from None
        except TimeoutError:
            raise PaperkgError(
                f"{self._shown}: no answer in {self._timeout:g} seconds; run it again to go on, or give a smaller --batch"
            ) from None
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                reason = f"no answer in {self._timeout:g} seconds"
            told = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
            raise PaperkgError(
                f"{self._shown}: cannot be reached: {self._clean(told)}; run it again to go on"
            ) from None

    def _refusal(self, error: urllib.error.HTTPError) -> str:
        """What a status means, and the first line of what the server says of it."""
        if 300 <= error.code < 400:
            return f"has moved to {self._clean(error.headers.get('Location', '?'))}; give that as --endpoint"
        try:
            text = error.read(_READ).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            text = ""
        if "html" in error.headers.get("Content-Type", ""):
            text = _TAG.sub("", text)
        first = next((line for line in text.splitlines() if line.strip()), "")
        said = f": {self._clean(first)}" if first else ""
        hint = {
            401: f"; set {USER} and {PASSWORD}, or {TOKEN}",
            403: f"; these credentials may not write (or none are set: {USER}, {PASSWORD}, {TOKEN})",
            404: "; is this the URL of a Graph Store or of SPARQL Update?",
            405: "; perhaps another --protocol fits this URL",
            413: "; give a smaller --batch",
            415: "; perhaps another --protocol fits this URL",
        }.get(error.code, "")
        return f"{error.code} {self._clean(error.reason or '')}{said}{hint}"

    def _clean(self, text: str) -> str:
        """A stranger's words as part of one line: printable, short, and never with our credentials, should they be echoed."""
        for secret in filter(None, (self._authorization.partition(" ")[2], os.environ.get(PASSWORD))):
            text = text.replace(secret, "***")
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_TOLD]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: what is sent, credentials included, was meant for the host that was named."""

    def redirect_request(self, *_: object) -> None:
        return None
