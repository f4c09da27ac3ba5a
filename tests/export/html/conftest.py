"""An open page of the view, in the browser that all tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from view_graphs import GraphMaker

from kg.export.html import write_html
from kg.settings import ViewSettings

# Keeps what the map's last drawing wrote, and the round signs it drew, as boxes in pixels of the map.
RECORDER = """
  window.drawn = { names: [], signs: [] };
  const canvas = CanvasRenderingContext2D.prototype;
  const { clearRect, fillText, arc } = canvas;
  canvas.clearRect = function (...args) {
    window.drawn = { names: [], signs: [] };
    return clearRect.apply(this, args);
  };
  canvas.fillText = function (text, x, y) {
    const half = Number(/([\\d.]+)px/.exec(this.font)[1]) / 2;
    window.drawn.names.push({ text, left: x, right: x + this.measureText(text).width, top: y - half, bottom: y + half });
    return fillText.call(this, text, x, y);
  };
  canvas.arc = function (x, y, r, from, to, ...rest) {
    const { a, e, f } = this.getTransform();
    const box = [x - r, x + r, y - r, y + r].map((at, k) => (at * a + (k < 2 ? e : f)) / window.devicePixelRatio);
    if (to - from === 2 * Math.PI) window.drawn.signs.push({ left: box[0], right: box[1], top: box[2], bottom: box[3] });
    return arc.call(this, x, y, r, from, to, ...rest);
  };
"""


class Seen:
    """An open page with all that it asked for, complained of and threw."""

    def __init__(self, page: object) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.add_init_script(RECORDER)
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

    def drawn(self) -> dict[str, list[dict]]:
        """``names`` and round ``signs`` of the map as boxes, when it has come to rest."""
        self.page.wait_for_timeout(500)
        return self.page.evaluate("window.drawn")

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
