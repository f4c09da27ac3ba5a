"""Worker processes, each with the store open read only: a query that outlasts its time is ended by ending its process.

The engine cannot cancel a query, and a thread cannot be stopped; a process can. Each query has a process to itself while it runs.
Most take milliseconds, and a process some hundred to start: so queries take turns at a few workers that are kept warm
(``Limits.quick``), and only one that is slow gives its turn to the next, for which another worker is started, up to ``Limits.workers``.
However many come at once, those that are quick go through as fast as the processors can; and none waits for a slow one to end.

Opening an on-disk store read only takes milliseconds and shares the system's file cache, whatever the size of the graph, so a
worker costs the same for a graph of ten papers and of ten thousand.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import kg
from kg.serve.answers import Reply
from kg.serve.errors import Refusal
from kg.serve.frames import PREFIX, pack
from kg.serve.limits import Limits

# Seconds a worker may take to start on a busy machine.
_START = 60.0
# Seconds after which a query that runs has had its turn, and after which it gives way to quicker ones on the processor too.
_TURN = 0.25
_SLOW = 1.0
_RETRY = {"Retry-After": "10"}


class Workers:
    """A set of worker processes over one store.

    Args:
        store: folder of an on-disk store, which nobody may write while it is served.
        index: file of the index over it.
        limits: time, memory and number of workers.
    """

    def __init__(self, store: Path, index: Path, limits: Limits) -> None:
        self._store = store
        self._index = index
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.quick)
        # One more than take turns: a turn that a slow query gives away is taken at once.
        self._warm = limits.quick + 1
        self._free = asyncio.Semaphore(limits.workers)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the workers that are kept warm."""
        self._idle += await asyncio.gather(*(self._spawn() for _ in range(self._warm)))

    async def run(self, job: dict[str, Any]) -> Reply:
        """The answer to a job.

        Raises:
            Refusal: what the job was refused for; 503 when it ran out of time or memory, or no worker became free.
        """
        with contextlib.ExitStack() as place, contextlib.ExitStack() as turn:
            try:
                async with asyncio.timeout(self._limits.timeout):
                    await self._turns.acquire()
                    turn.callback(self._turns.release)
                    await self._free.acquire()
                    place.callback(self._free.release)
            except TimeoutError:
                raise Refusal(503, "all workers are busy; try again later", _RETRY) from None
            return await self._run(job, turn.close)

    async def close(self) -> None:
        """End every worker, at work or not."""
        self._closed = True
        for start in self._starting:
            start.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(self._end(worker) for worker in list(self._all)))

    async def _run(self, job: dict[str, Any], turn_over: Callable[[], None]) -> Reply:
        worker = self._idle.pop() if self._idle else await self._spawn()
        loop = asyncio.get_running_loop()
        late = [
            loop.call_later(_TURN, turn_over),
            loop.call_later(_SLOW, worker.give_way),
            loop.call_later(_SLOW, self._refill),
        ]
        kept = False
        try:
            async with asyncio.timeout(self._limits.timeout):
                header, body = await worker.ask(job)
            kept = not worker.gave_way and len(self._idle) < self._warm and not self._closed
        except TimeoutError:
            reason = f"the query was ended after {self._limits.timeout:g} seconds; ask for less, or add LIMIT"
            raise Refusal(503, reason, _RETRY) from None
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            await asyncio.shield(self._end(worker))
            if worker.overflowed:
                raise Refusal(422, "the query is nested too deep; ask it more plainly") from None
            reason = "the query needed too much memory, and was ended; ask for less"
            raise Refusal(503, reason, _RETRY) from None
        finally:
            # Cancelled, as when the server closes or the client has gone: the query ends too.
            for timer in late:
                timer.cancel()
            if kept:
                self._idle.append(worker)
            else:
                await asyncio.shield(self._end(worker))
                self._refill()
        if header["media_type"] == "text/plain":
            raise Refusal(header["status"], body.decode("utf-8"), header["headers"])
        return Reply(header["status"], header["media_type"], body)

    def _refill(self) -> None:
        """Start a worker for one that is lost to slow work, before somebody waits for it."""
        if len(self._idle) + len(self._starting) < self._warm and not self._closed:
            start = asyncio.ensure_future(self._start_one())
            self._starting.add(start)
            start.add_done_callback(self._starting.discard)

    async def _start_one(self) -> None:
        with contextlib.suppress(Refusal):  # whoever needs one will try again, and be told
            worker = await self._spawn()
            if len(self._idle) < self._warm and not self._closed:
                self._idle.append(worker)
            else:
                await asyncio.shield(self._end(worker))

    async def _spawn(self) -> _Worker:
        settings = json.dumps(
            {"store": str(self._store), "index": str(self._index), "limits": asdict(self._limits)}
        )
        home = str(Path(kg.__file__).parent.parent)
        path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a file of the current folder must not stand in for a module
            "-m",
            "kg.serve.worker",
            settings,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        worker = _Worker(process)
        self._all.add(worker)
        try:
            async with asyncio.timeout(_START):
                await worker.receive()
        except (TimeoutError, asyncio.IncompleteReadError, OSError):
            await self._end(worker)
            raise Refusal(503, "no worker could be started; try again later", _RETRY) from None
        except asyncio.CancelledError:
            await asyncio.shield(self._end(worker))
            raise
        return worker

    async def _end(self, worker: _Worker) -> None:
        await worker.end()
        self._all.discard(worker)


class _Worker:
    """One process and its pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.gave_way = False

    async def ask(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdin is not None
        self._process.stdin.write(pack(job))
        await self._process.stdin.drain()
        return await self.receive()

    async def receive(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout is not None
        read = self._process.stdout.readexactly
        header, body = PREFIX.unpack(await read(PREFIX.size))
        return json.loads(await read(header)), await read(body)

    @property
    def overflowed(self) -> bool:
        """That it ended as a process does whose stack is too small for the nesting of what it reads; of memory it would abort."""
        return self._process.returncode in {-signal.SIGSEGV, -signal.SIGBUS}

    def give_way(self) -> None:
        """Let quicker queries go first. A priority once lowered stays so: this worker is not kept."""
        self.gave_way = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, 15)

    async def end(self) -> None:
        """End the process now, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
