"""The view of a graph against pyvis' default page of the same graph: seconds until it can be used, frames a second while panning.

    python benchmarks/view_speed.py [NODES ...]        (200 1000 3000 10000 if none are given)

Both pages are opened in the same headless Chromium, one after the other. Ready means: ours has said so; pyvis' physics has come to rest
(``stabilizationIterationsDone``), as only then its page lets go of the loading bar. Frames are counted over two seconds of dragging the
background. pyvis' libraries are put into its page, so that neither waits for a network; what does not come to rest in time is said so.
"""

from __future__ import annotations

import platform
import random
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as NotReady
from pyvis.network import Network

from kg.export.html import write_html
from kg.settings import ViewSettings
from kg.vocab import KG, RDF, RDFS

LIMIT = 60.0
CHROMIUM = "/usr/bin/chromium"


def edges_of(count: int) -> list[tuple[int, int]]:
    """A few hubs and many things beside them, as abstracts give them; the same each time."""
    draw = random.Random(7)
    pairs = {(i, min(int(draw.paretovariate(0.6)) - 1, i - 1)) for i in range(1, count)}
    pairs |= {tuple(sorted(draw.sample(range(count), 2), reverse=True)) for _ in range(count // 2)}
    return sorted(pairs)


def write_ours(count: int, path: Path) -> None:
    """Our page of the graph, with every node in it."""
    store, kinds = ox.Store(), (KG.Model, KG.Method, KG.Dataset, KG.Task, KG.Concept)
    node = lambda i: ox.NamedNode(f"https://w3id.org/paperkg/id/thing/{i}")  # noqa: E731
    quads = [ox.Quad(node(i), RDF.type, kinds[i % 5]) for i in range(count)]
    quads += [ox.Quad(node(i), RDFS.label, ox.Literal(f"thing {i}", language="en")) for i in range(count)]
    quads += [ox.Quad(node(a), KG.usedFor, node(b)) for a, b in edges_of(count)]
    store.bulk_extend(quads)
    write_html(store, path, ViewSettings(max_nodes=count))


def write_theirs(count: int, path: Path) -> None:
    """pyvis' page with its defaults, its libraries within, and a sign of when it is ready."""
    network = Network(cdn_resources="in_line")
    network.add_nodes(range(count), label=[f"thing {i}" for i in range(count)])
    network.add_edges(edges_of(count))
    page = network.generate_html().replace(
        "drawGraph();",
        'drawGraph(); network.once("stabilizationIterationsDone", () => { document.documentElement.dataset.ready = "true"; });',
    )
    path.write_text(page, encoding="utf-8")


def measure(page: Page, path: Path, open_all: bool) -> tuple[float, float]:
    """Seconds to ready (infinite if past the limit), and frames a second while panning (0 if it never was)."""
    begun = time.perf_counter()
    try:
        page.goto(
            path.as_uri() + ("#show=all" if open_all else ""), wait_until="commit", timeout=LIMIT * 1000
        )
        page.wait_for_selector("html[data-ready]", state="attached", timeout=LIMIT * 1000)
    except NotReady:
        return float("inf"), 0.0
    ready = time.perf_counter() - begun
    page.wait_for_timeout(500)
    page.evaluate(
        "() => { window.frames_ = 0; const tick = () => { window.frames_ += 1; requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"
    )
    page.mouse.move(520, 560)
    page.mouse.down()
    start, step = time.perf_counter(), 0
    before = page.evaluate("window.frames_")
    while time.perf_counter() - start < 2:
        step += 1
        page.mouse.move(520 + 90 * (step % 2), 560 - 60 * (step % 3))
    frames = page.evaluate("window.frames_") - before
    seconds = time.perf_counter() - start
    page.mouse.up()
    return ready, frames / seconds


def main() -> None:
    """Print a row a size."""
    sizes = [int(size) for size in sys.argv[1:]] or [200, 1000, 3000, 10_000]
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}; ready: at most {LIMIT:.0f} s are waited"
    )
    print(
        f"{'nodes':>6} {'ours, s':>8} {'pyvis, s':>9} {'ratio':>8}   {'opening, f/s':>12} {'all, f/s':>9} {'pyvis, f/s':>10}"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for size in sizes:
            ours, theirs = Path(folder) / f"ours{size}.html", Path(folder) / f"pyvis{size}.html"
            write_ours(size, ours)
            write_theirs(size, theirs)
            found = []
            for path, open_all in ((ours, False), (ours, True), (theirs, False)):
                # A browser for each: one that hangs takes nothing with it.
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
                )
                context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
                found.append(measure(context.new_page(), path, open_all))
                browser.close()
            (ready, opening), (_, everything), (their_ready, their_frames) = found
            late = their_ready == float("inf")
            ratio = (LIMIT if late else their_ready) / ready
            print(
                f"{size:>6} {ready:>8.2f} {f'> {LIMIT:.0f}' if late else f'{their_ready:.2f}':>9} {('> ' if late else '') + f'{ratio:.0f}':>8}   "
                f"{opening:>12.0f} {everything:>9.0f} {'–' if late else f'{their_frames:.0f}':>10}",
                flush=True,
            )


if __name__ == "__main__":
    main()
