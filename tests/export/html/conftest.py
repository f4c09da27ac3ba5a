"""An open page of the view, in the browser that all tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from view_graphs import GraphMaker

from kg.export.html import write_html
from kg.settings import ViewSettings


class Seen:
    """An open page with all that it asked for, complained of and threw."""

    def __init__(self, page: object) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

    def go(self, path: Path, fragment: str = "") -> None:
        self.page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        self.page.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)

    def search(self, words: str) -> None:
        """Type into the search field and take the first result."""
        self.page.fill("#search", words)
        self.page.press("#search", "Enter")

    @property
    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))

    def leaving(self) -> list[str]:
        """Requests for anything but the file itself and what it made."""
        return [url for url in self.requests if not url.startswith(("file://", "data:", "blob:"))]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[GraphMaker, ViewSettings], Path]:
    """The page of a graph, written once however many tests look at it."""
    known: dict[tuple[str, ViewSettings], Path] = {}

    def path_of(make: GraphMaker, settings: ViewSettings) -> Path:
        key = ("\n".join(make.lines), settings)
        if key not in known:
            known[key] = tmp_path_factory.mktemp("view") / "graph.html"
            write_html(make.store(), known[key], settings)
        return known[key]

    return path_of


@pytest.fixture(scope="session")
def usual_context(browser) -> object:
    """A window of ordinary size, shared by the tests that need no other."""
    return browser.new_context(viewport={"width": 1000, "height": 640})


@pytest.fixture
def open_view(browser, usual_context, written) -> Iterator[Callable[..., Seen]]:
    """``open_view(make)`` writes the graph's page and opens it."""
    to_close = []

    def opened(
        make: GraphMaker, fragment: str = "", settings: ViewSettings | None = None, **context: object
    ) -> Seen:
        own = browser.new_context(**context) if context else usual_context
        seen = Seen(own.new_page())
        to_close.append(own if context else seen.page)
        seen.page.set_default_timeout(30_000)
        seen.go(written(make, settings or ViewSettings()), fragment)
        return seen

    yield opened
    for thing in to_close:
        thing.close()
