"""Answers kept for who asks the same again: a page whose script asks what the server has just answered, a link that is shared.

The graph does not change while it is served, so neither does an answer, but of queries that ask for chance or for the time.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict

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
        if reply.status != 200 or key in self._replies or size > self._most // 2 or _CHANGING.search(key):
            return
        self._replies[key] = reply
        self._size += size
        while self._size > self._most:
            old, dropped = self._replies.popitem(last=False)
            self._size -= len(old) + len(dropped.body)


def _key(job: dict[str, object]) -> str:
    return json.dumps(job, sort_keys=True)
