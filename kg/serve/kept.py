"""Answers kept for who asks the same again: a page whose script asks what the server has just answered, a link that is shared.

The graph does not change while it is served, so neither does an answer, but of queries that ask for chance or for the time. Who asks
what is being answered to another waits for that answer.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from kg.serve.answers import Reply

# Functions that give something else each time (https://www.w3.org/TR/sparql11-query/#SparqlOps), wherever the word stands.
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
# Bytes kept; the answer that was asked for longest ago makes room.
MOST = 64 * 1024 * 1024


class Kept:
    """The last answers to queries.

    Args:
        most: bytes that they may have together.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._replies: OrderedDict[str, Reply] = OrderedDict()

    def find(self, job: dict[str, object]) -> Reply | None:
        """The answer to the same job, if it is kept."""
        key = _key(job)
        if key in self._replies:
            self._replies.move_to_end(key)
        return self._replies.get(key)

    def keep(self, job: dict[str, object], reply: Reply) -> None:
        """Keep an answer, if it is one that stays true and is not too large."""
        key = _key(job)
        size = len(key) + len(reply.body)
        # One answer is not to push out all others.
        if reply.status != 200 or key in self._replies or size > self._most // 2 or _changes(key):
            return
        self._replies[key] = reply
        self._size += size
        while self._size > self._most:
            old, dropped = self._replies.popitem(last=False)
            self._size -= len(old) + len(dropped.body)


class Shared:
    """Jobs under way, of which equal ones are one.

    Args:
        answer: does a job.
    """

    def __init__(self, answer: Callable[[dict[str, object]], Awaitable[Reply]]) -> None:
        self._answer = answer
        self._under_way: dict[str, _Work] = {}

    async def run(self, job: dict[str, object]) -> Reply:
        """The answer to a job. The work ends early when nobody waits for it any more."""
        key = _key(job)
        if _changes(key):
            return await self._answer(job)
        work = self._under_way.get(key)
        if work is None:
            work = self._under_way[key] = _Work(asyncio.ensure_future(self._answer(job)))
        work.waiting += 1
        try:
            return await asyncio.shield(work.answer)
        finally:
            work.waiting -= 1
            if not work.waiting:
                # Out of the way first: who asks from now on must not wait for what is being ended.
                del self._under_way[key]
                work.answer.cancel()
                await asyncio.gather(work.answer, return_exceptions=True)


@dataclass
class _Work:
    answer: asyncio.Future[Reply]
    waiting: int = 0


def _key(job: dict[str, object]) -> str:
    return json.dumps(job, sort_keys=True)


def _changes(key: str) -> bool:
    return _CHANGING.search(key) is not None
