"""A request that gets no answer, and the HTTP status that says why."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818  # a refusal is what HTTP calls it
    """A request refused.

    Attributes:
        status: the HTTP status code.
        reason: one line for a person: what is wrong, and what to do.
        headers: further headers of the response, such as ``Allow`` or ``Retry-After``.
    """

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})
