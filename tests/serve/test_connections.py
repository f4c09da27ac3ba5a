"""Who opens a connection and says nothing, or half of something, or does not listen, is not waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import uvicorn
from loops import run_alone
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from kg.serve import connections
from kg.serve.connections import Connection

LARGE = "x" * 50_000_000
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def served(
    talk: Callable[[Callable[[], Awaitable[Streams]]], Awaitable[None]], answer: str, most: int = 512
) -> None:
    """Let a client talk to a server of such connections."""

    async def run() -> None:
        config = uvicorn.Config(PlainTextResponse(answer), ws="none", log_config=None, limit_concurrency=most)
        config.load()
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(
            lambda: Connection(config, state, {}), "127.0.0.1", 0
        )
        port = server.sockets[0].getsockname()[1]
        try:
            async with asyncio.timeout(30):
                await talk(lambda: asyncio.open_connection("127.0.0.1", port))
        finally:
            for connection in list(state.connections):
                connection.transport.abort()
            server.close()

    run_alone(run())


async def closed(reader: asyncio.StreamReader) -> bool:
    """Wait until the server closes."""
    try:
        while await reader.read(65536):
            pass
    except ConnectionError:
        pass
    return True


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: loc", GET + b"GET / HT"])
def test_a_request_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.2)

    async def talk(connect: Callable[[], Awaitable[Streams]]) -> None:
        reader, writer = await connect()
        writer.write(sent)
        assert await closed(reader)
        writer.close()

    served(talk, "ok")


def test_an_answer_that_is_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.2)
    lost = asyncio.Event()
    before = Connection.connection_lost

    def noted(self: Connection, exc: Exception | None) -> None:
        before(self, exc)
        lost.set()

    monkeypatch.setattr(Connection, "connection_lost", noted)

    async def talk(connect: Callable[[], Awaitable[Streams]]) -> None:
        _, writer = await connect()
        writer.write(GET)
        await lost.wait()
        writer.transport.abort()

    served(talk, LARGE)


def test_where_there_are_too_many_the_oldest_that_says_nothing_makes_room() -> None:
    async def talk(connect: Callable[[], Awaitable[Streams]]) -> None:
        silent = [await connect() for _ in range(8)]
        reader, writer = await connect()
        writer.write(GET)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        assert await closed(silent[0][0])
        for _, each in [*silent, (reader, writer)]:
            each.transport.abort()

    served(talk, "ok", most=8)
