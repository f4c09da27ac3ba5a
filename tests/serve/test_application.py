"""The application without a server around it: what no request could make happen from outside."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from running import BASE

from kg.serve.app import application
from kg.serve.limits import Limits
from kg.serve.pages import Pages


def test_an_unforeseen_error_has_the_headers_of_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pages, "query", lambda *_: 1 // 0)
    app = application(Path("none"), Path("none"), BASE, Limits())

    async def ask() -> httpx.Response:
        through = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=through, base_url="http://localhost") as client:
            return await client.get("/query")

    response = asyncio.run(ask())
    assert response.status_code == 500
    assert response.text == "unforeseen ZeroDivisionError; please report it\n"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
