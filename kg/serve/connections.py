"""Connections that their clients keep open for nothing are closed, so that a few hundred of them do not lock out everybody else.

The server beneath has a time for the second request on a connection and none for the first, nor for who does not read an answer.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds in which a client must have sent the head of a request, and must have taken something of an answer.
PATIENCE = 20.0


class Connection(H11Protocol):
    """A connection of HTTP/1.1 that is closed when it is its client's turn for too long; where there are too many, the oldest such."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._watch()
        if self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency:
            waiting = [c for c in self.connections if isinstance(c, Connection) and c._patience]
            oldest = min(waiting, key=lambda c: c._patience.when() if c._patience else 0.0)
            self.connections.discard(oldest)
            oldest.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what the client sends: a request is complete, or is waited for as before."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()  # a request is being answered: the server's turn
        elif self._patience is None:
            self._wait()

    def _wait(self) -> None:
        unsent = self.transport.get_write_buffer_size()
        self._patience = self.loop.call_later(PATIENCE, self._lose_patience, unsent)

    def _lose_patience(self, unsent: int) -> None:
        if 0 < self.transport.get_write_buffer_size() < unsent:
            self._wait()  # it reads, slowly
        else:
            self.transport.abort()

    def _stop(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
