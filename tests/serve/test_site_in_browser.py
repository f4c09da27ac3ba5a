"""The served pages in a real browser: what a reader does, and what a hostile text must not."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from papers import ROOT
from playwright.sync_api import expect
from running import HOSTILE, Server, start

sys.path.insert(0, str(ROOT / "tests/export/html"))
from view_graphs import GraphMaker, hostile, seed_like

pytestmark = pytest.mark.browser
PAGES = [
    "/",
    "/?q=bloom",
    "/id/paper/arxiv-2211.05100",
    "/id/model/bloom",
    "/relation/evaluatedOn",
    "/things/Model",
    "/things/Paper?year=2022",
    "/explore?node=model/bloom",
    "/explore?node=model/palm&to=OpenAI",
    "/query",
]


def serve(lines: list[str], folder: Path) -> Server:
    path = folder / "graph.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return start(path)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Server]:
    server = serve(seed_like().lines, tmp_path_factory.mktemp("site"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory) -> Iterator[Server]:
    server = serve(hostile().lines, tmp_path_factory.mktemp("hostile"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def turned_site(tmp_path_factory) -> Iterator[Server]:
    make, turned = GraphMaker(), "annual \u202efdp.exe"
    make.entity("model/x", "Model", turned, "", f"{turned}2")
    make.entity("model/y", "Model", "plain")
    paper = make.paper("paper/turned", turned, f"We compare {turned} with plain models.", 2024)
    make.fact(paper, "introduces", "model/x", turned)
    make.fact("model/x", "comparedWith", "model/y", f"compare {turned} with plain")
    make.number("1", turned, turned, "model/x")
    server = serve(make.lines, tmp_path_factory.mktemp("turned"))
    yield server
    server.stop()


@pytest.fixture
def open_page(browser) -> Iterator[object]:
    """``open_page(server, path)``: the page, which has noted all requests, complaints and dialogs."""
    contexts = []

    def opened(server: Server, path: str, **context: object) -> object:
        contexts.append(browser.new_context(viewport={"width": 1100, "height": 800}, **context))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
        page.on(
            "console", lambda m: page.complaints.append(m.text) if m.type in {"error", "warning"} else None
        )
        page.goto(server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_search_offers_names_as_one_types_and_leads_to_the_page(open_page, site):
    page = open_page(site, "/")
    page.type("#q", "bloo")
    page.wait_for_selector("#q-hits li")
    expect(page.locator("#q-hits li:first-child")).to_contain_text("BLOOM")
    page.press("#q", "ArrowDown")
    page.press("#q", "Enter")
    page.wait_for_url("**/id/**")
    assert page.inner_text("h1").startswith("BLOOM")


def test_the_abstract_marks_every_mention_and_focus_shows_the_claim(open_page, site):
    page = open_page(site, "/id/paper/arxiv-2211.05100")
    abstract = page.locator(".abstract")
    assert "We present BLOOM" in abstract.locator(".mention > a").all_inner_texts()
    # The marks add nothing to the text and take nothing from it.
    words = abstract.evaluate(
        "e => [...e.childNodes].map(n => n.nodeType === 3 ? n.data : n.firstChild.textContent).join('')"
    )
    assert words.startswith(
        "Large language models (LMs) have been shown to perform new tasks from a few demonstrations. We present BLOOM,"
    )
    mention = abstract.locator(".mention", has_text="We present BLOOM").first
    tip = mention.locator(".tip")
    assert not tip.is_visible()
    mention.locator("a").focus()
    assert tip.is_visible()
    assert "this paper introduces BLOOM, confidence 0.98" in tip.inner_text()
    page.locator("h1").hover()
    mention.locator("a").evaluate("e => e.blur()")
    mention.hover()
    assert tip.is_visible()


def test_text_pages_work_without_javascript(open_page, site):
    page = open_page(site, "/", java_script_enabled=False)
    page.fill("#q", "谄媚")
    page.get_by_role("button", name="Search").click()
    page.locator(".hits").get_by_role("link", name="sycophancy", exact=True).click()
    expect(page.locator("h1")).to_have_text("sycophancy")
    assert "repeat back a user's preferred answer" in page.locator("mark").first.inner_text()
    page.goto(site.url + "/query?query=" + quote("SELECT ?d { model:bloom kg:trainedOn ?d }"))
    expect(page.locator("#answer")).to_contain_text("roots")
    page.goto(site.url + "/explore?node=model/palm")
    page.fill("#to", "OpenAI")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#way > li")).to_have_count(2)
    expect(page.locator("#way mark")).to_have_count(2)


def test_a_relation_is_sorted_and_filtered(open_page, site):
    page = open_page(site, "/relation/evaluatedOn")
    names = lambda: page.locator("tbody td:first-child").all_inner_texts()  # noqa: E731
    for direction in ("ascending", "descending"):
        page.click("thead >> text=subject")
        expect(page.locator("thead th:first-child")).to_have_attribute("aria-sort", direction)
        page.wait_for_load_state()
        assert len(names()) > 2
        assert names() == sorted(names(), key=str.casefold, reverse=direction == "descending")
    page.fill("#q", "big-bench")
    page.click("text=Filter")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.wait_for_load_state()
    assert sorted(names()) == ["GPT-3", "PaLM"]
    with page.expect_download() as waiting:
        page.click("text=download as CSV")
    assert Path(waiting.value.path()).read_text(encoding="utf-8").count("\n") == 3


def test_the_explorer_loads_what_is_asked_for(open_page, site):
    page = open_page(site, "/explore?node=model/palm")
    page.wait_for_selector("#explorer[data-ready]")
    before = page.locator("#graph .node").count()
    node = page.locator("#graph .node[aria-label='BIG-bench, Benchmark']")
    node.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#graph .node >> nth={before}")
    expect(page.locator("#about h2")).to_have_text("BIG-bench")
    expect(page.locator("#graph .node[aria-label='GPT-3, Model']")).to_have_count(1)
    assert "big-bench" in page.url
    expect(page.locator("#about")).to_contain_text("GPT-3 evaluated on")
    # What was opened comes back with the address, and folds away again.
    shown = page.locator("#graph .node").count()
    page.reload()
    page.wait_for_selector(f"#graph .node >> nth={shown - 1}")
    expect(page.locator("#about h2")).to_have_text("BIG-bench")
    page.click("#fold")
    expect(page.locator("#graph .node")).to_have_count(before)
    assert "big-bench" not in page.url
    page.click("#more")
    page.wait_for_selector(f"#graph .node >> nth={shown - 1}")
    assert page.complaints == []


def test_back_and_forward_show_again_what_was_looked_at_in_the_explorer(open_page, site):
    page = open_page(site, "/id/model/palm")
    page.click("text=explore from here")
    page.wait_for_selector("#explorer[data-ready]")
    nodes, heading = page.locator("#graph .node"), page.locator("#about h2")
    names = lambda: sorted(node.get_attribute("aria-label") for node in nodes.all())  # noqa: E731
    shown = [names()]
    for opened in ("BIG-bench, Benchmark", "GPT-3, Model"):
        before = nodes.count()
        page.locator(f"#graph .node[aria-label='{opened}']").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#graph .node >> nth={before}")
        shown.append(names())
    for step, (state, name) in enumerate([(1, "BIG-bench"), (0, "PaLM"), (1, "BIG-bench"), (2, "GPT-3")]):
        page.go_back() if step < 2 else page.go_forward()
        expect(heading).to_have_text(name)
        expect(nodes).to_have_count(len(shown[state]))
        assert names() == shown[state]
    # To skip to the content is a step of its own, which changes nothing in the picture.
    page.evaluate("window.location.hash = 'main'")
    expect(nodes).to_have_count(len(shown[2]))
    for _ in range(3):
        page.go_back()
    expect(nodes).to_have_count(len(shown[0]))
    # Before the explorer there was the page that led there.
    page.go_back()
    page.wait_for_url("**/id/model/palm")
    assert page.complaints == []


def test_back_brings_all_that_was_asked_of_a_thing(browser, tmp_path):
    make = GraphMaker()
    paper = make.paper("paper/p", "A paper", "Text.", 2024)
    for number in range(60):
        make.entity(f"method/{number}", "Method", f"method {number}")
        make.fact("method/0", "partOf", f"method/{number}", "Text") if number else None
    make.entity("task/t", "Task", "the task")
    make.fact("method/1", "usedFor", "task/t", "Text")
    make.fact(paper, "introduces", "method/0", "Text")
    server = serve(make.lines, tmp_path)
    try:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.goto(server.url + "/explore?node=method/0")
        page.wait_for_selector("#explorer[data-ready]")
        nodes = page.locator("#graph .node")
        few = nodes.count()
        page.click("#more")
        page.wait_for_selector(f"#graph .node >> nth={few}")
        many = nodes.count()
        page.locator("#graph .node[aria-label='method 1, Method']").focus()
        page.keyboard.press("Enter")
        expect(nodes).to_have_count(many + 1)
        page.go_back()
        expect(page.locator("#about h2")).to_have_text("method 0")
        expect(nodes).to_have_count(many)
        page.close()
    finally:
        server.stop()


def test_the_explorer_finds_the_way_to_another_thing_with_the_words_that_prove_it(open_page, site):
    page = open_page(site, "/explore?node=model/palm")
    page.wait_for_selector("#explorer[data-ready]")
    page.type("#to", "opena")
    page.wait_for_selector("#to-hits li")
    page.press("#to", "ArrowDown")
    page.press("#to", "Enter")
    page.wait_for_url("**to=**")
    page.wait_for_selector("#explorer[data-ready]")
    # A picture of three things in a row, and two facts in words.
    labels = [node.get_attribute("aria-label") for node in page.locator("#graph .node").all()]
    assert labels == ["PaLM, Model", "GPT-3, Model", "OpenAI, Organization"]
    xs = [node.bounding_box()["x"] for node in page.locator("#graph .node circle").all()]
    assert xs == sorted(xs)
    expect(page.locator("#graph line.chained")).to_have_count(2)
    assert page.locator("#graph .words").all_text_contents() == ["← compared with", "developed by →"]
    steps = page.locator("#way > li")
    assert [" ".join(p.split()) for p in steps.locator("> p:first-child").all_inner_texts()] == [
        "GPT-3 compared with PaLM",
        "GPT-3 developed by OpenAI",
    ]
    assert "GPT models and PaLM" in steps.first.locator("mark").inner_text()
    # Only what was asked for came: the way, and after it no neighbourhood.
    asked = [url for url in page.requests if ".json?node" in url]
    assert ["/way.json" in url for url in asked] == [False, True]
    assert page.complaints == []


def test_a_way_opens_further_comes_back_with_its_address_and_makes_room_for_another(open_page, site):
    page = open_page(site, "/explore?node=model/palm&to=OpenAI")
    page.wait_for_selector("#explorer[data-ready]")
    page.locator("#graph .node[aria-label='GPT-3, Model']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#graph .node >> nth=3")
    assert "open=" in page.url
    shown = page.locator("#graph .node").count()
    page.reload()
    page.wait_for_selector(f"#graph .node >> nth={shown - 1}")
    expect(page.locator("#graph line.chained")).to_have_count(2)
    page.click("#fold")
    expect(page.locator("#graph .node")).to_have_count(3)
    page.click("text=another way")
    page.wait_for_url("**avoid=**")
    expect(page.locator("main .problem")).to_contain_text("Nothing else joins")
    page.click("text=the shortest way again")
    page.wait_for_selector("#way")
    expect(page.locator("#way > li")).to_have_count(2)


def test_the_picture_writes_a_long_name_on_two_rows(browser, tmp_path):
    make = GraphMaker()
    names = ["reinforcement learning", "reinforcement learning from human feedback", "卷" * 70]
    for number, name in enumerate(names):
        make.entity(f"method/{number}", "Method", name)
    paper = make.paper("paper/p", "A paper", "Text.", 2024)
    for number in range(1, len(names)):
        make.fact("method/0", "partOf", f"method/{number}", "Text")
    make.fact(paper, "introduces", "method/0", "Text")
    server = serve(make.lines, tmp_path)
    try:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.goto(server.url + "/explore?node=method/0")
        page.wait_for_selector("#explorer[data-ready]")
        rows = {
            page.locator(f"#graph .node[data-iri$='method/{number}'] text").evaluate(
                "e => [...e.children].map(r => r.textContent).join('|')"
            )
            for number in range(3)
        }
        page.close()
    finally:
        server.stop()
    assert rows == {
        "reinforcement learning",
        "reinforcement learning |from human feedback",
        "卷" * 26 + "|" + "卷" * 26 + "…",
    }


@pytest.mark.parametrize("width", [1300, 390])
def test_a_name_stands_where_there_is_room_and_covers_neither_sign_nor_name(browser, tmp_path, width):
    make = GraphMaker()
    words = ["alpha", "beta model of long names", "gamma learning with several more words in it", "delta"]
    paper = make.paper("paper/p", "A paper with a title", "Text.", 2024)
    make.entity("method/hub", "Method", "the hub of them all")
    for number in range(12):
        make.entity(f"method/{number}", "Method", f"{words[number % 4]} {number}")
        make.fact("method/hub", "comparedWith", f"method/{number}", "Text")
    make.fact(paper, "introduces", "method/hub", "Text")
    server = serve(make.lines, tmp_path)
    try:
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.goto(server.url + "/explore?node=method/hub")
        page.wait_for_selector("#explorer[data-ready]")
        signs, names, frame = page.evaluate(
            """() => {
              const box = (e, air) => (({ left, right, top, bottom }) => ({ left: left + air, right: right - air, top: top + air, bottom: bottom - air }))(e.getBoundingClientRect());
              const nodes = [...document.querySelectorAll("#graph .node")];
              return [nodes.map(n => box(n.querySelector("circle"), 1)), nodes.map(n => n.querySelector("text")).map(t => t.textContent ? box(t, 1) : null), box(document.getElementById("graph"), 0)];
            }"""
        )
        page.close()
    finally:
        server.stop()
    left_out = names.count(None)
    assert left_out <= (0 if width > 600 else 4)
    for at, name in enumerate(names):
        if name is None:
            continue
        assert frame["left"] <= name["left"] and name["right"] <= frame["right"]
        assert frame["top"] <= name["top"] and name["bottom"] <= frame["bottom"]
        others = [box for box in (*signs[:at], *signs[at + 1 :], *names[:at], *names[at + 1 :]) if box]
        for other in others:
            assert (
                name["left"] >= other["right"]
                or name["right"] <= other["left"]
                or name["top"] >= other["bottom"]
                or name["bottom"] <= other["top"]
            )


def test_where_no_way_leads_the_page_says_so(open_page, site):
    page = open_page(site, "/explore?node=model/palm&to=nothing+of+this+name")
    expect(page.locator("main")).to_contain_text("The graph has nothing called nothing of this name.")
    page.goto(site.url + "/explore?node=model/palm&to=model/palm")
    expect(page.locator("main")).to_contain_text("Both ends are PaLM.")
    page.wait_for_selector("#explorer[data-ready]")
    assert page.complaints == []


def test_the_picture_zooms_by_buttons_too(open_page, site):
    page = open_page(site, "/explore?node=model/palm")
    page.wait_for_selector("#explorer[data-ready]")
    wide = lambda: page.locator("#graph .node circle").first.bounding_box()["width"]  # noqa: E731
    before = wide()
    page.get_by_role("button", name="Nearer").click()
    assert wide() > before
    page.get_by_role("button", name="All of it").click()
    assert wide() == pytest.approx(before)


def placed(page) -> tuple[float, float, float]:
    """How far the picture is moved and how large it is drawn: x, y, scale."""
    words = page.locator("#graph > g").get_attribute("transform")
    return tuple(float(number) for number in re.findall(r"[-\d.]+", words))


def until(page, holds: Callable[[], bool]) -> None:
    """Wait for what the browser does in its own time. (Playwright's own way to wait is refused by the policy of the pages.)"""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come about")


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl_but_never_to_nothing(open_page, site):
    page = open_page(site, "/explore?node=model/palm")
    page.wait_for_selector("#explorer[data-ready]")
    whole = placed(page)
    page.locator("#graph").hover(position={"x": 40, "y": 40})
    page.mouse.wheel(0, 200)
    until(page, lambda: page.evaluate("window.scrollY") > 100)
    assert placed(page) == whole
    page.evaluate("window.scrollTo(0, 0)")
    page.locator("#graph").hover(position={"x": 40, "y": 40})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    until(page, lambda: placed(page)[2] > 1.1 * whole[2])
    assert page.evaluate("window.scrollY") == 0
    for _ in range(20):
        page.mouse.wheel(0, 1000)
    until(page, lambda: placed(page)[2] < 0.6 * whole[2])
    page.keyboard.up("Control")
    assert placed(page)[2] == pytest.approx(whole[2] / 2)
    # Nor can it be dragged out of sight.
    page.mouse.move(300, 400)
    page.mouse.down()
    page.mouse.move(-3000, -3000, steps=3)
    page.mouse.up()
    frame = page.locator("#graph").bounding_box()
    seen = [box for node in page.locator("#graph .node circle").all() if (box := node.bounding_box())]
    assert any(box["x"] > frame["x"] and box["y"] > frame["y"] for box in seen)


def test_fingers_scroll_the_page_drag_and_zoom(open_page, site):
    page = open_page(site, "/explore?node=model/palm", has_touch=True, is_mobile=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_selector("#explorer[data-ready]")
    session = page.context.new_cdp_session(page)

    def fingers(*ways: tuple[int, int, int, int]) -> None:
        """Fingers that go from (x, y) by (dx, dy) in ten steps."""
        for step in range(11):
            points = [
                {"x": x + dx * step / 10, "y": y + dy * step / 10, "id": k}
                for k, (x, y, dx, dy) in enumerate(ways)
            ]
            kind = "touchMove" if step else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    whole = placed(page)
    fingers((150, 450, -60, 0), (230, 450, 60, 0))
    until(page, lambda: placed(page)[2] > 1.5 * whole[2])
    x, y, scale = placed(page)
    assert scale == pytest.approx(whole[2] * 200 / 80, rel=0.1)
    fingers((150, 450, 0, -80), (230, 450, 0, -80))
    fingers((150, 450, 60, 0))
    page.wait_for_timeout(300)
    assert placed(page) == pytest.approx((x + 60, y - 80, scale), abs=12)
    assert page.evaluate("[window.scrollY, visualViewport.scale]") == [0, 1]
    page.get_by_role("button", name="All of it").tap()
    assert placed(page) == pytest.approx(whole)
    fingers((190, 600, 0, -250))
    until(page, lambda: page.evaluate("window.scrollY") > 100)
    assert placed(page) == pytest.approx(whole)


def test_the_editor_colours_completes_asks_and_shares(open_page, site):
    page = open_page(site, "/query")
    page.wait_for_selector("html[data-ready]")
    page.fill("#query", "SELECT ?m ?d ?n { ?m ")
    page.focus("#query")
    page.keyboard.press("End")
    page.keyboard.type("trai")
    expect(page.locator("#completions li:first-child")).to_have_text("kg:trainedOn")
    offered, ask = (page.locator(name).bounding_box() for name in ("#completions", "#ask button >> nth=0"))
    assert offered["y"] + offered["height"] <= ask["y"]
    page.keyboard.press("Tab")
    page.keyboard.type(" ?d BIND(STRLEN(STR(?d)) AS ?n) }")
    assert page.input_value("#query") == "SELECT ?m ?d ?n { ?m kg:trainedOn ?d BIND(STRLEN(STR(?d)) AS ?n) }"
    expect(page.locator("#shown .t-word >> nth=0")).to_have_text("SELECT")
    assert page.inner_text("#shown").rstrip("\n") == page.input_value("#query")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer[data-ready] table")
    expect(page.locator("#answer")).to_contain_text("model/bloom")
    page.click("text=Chart")
    expect(page.locator("#answer svg.chart rect")).to_have_count(1)
    page.click("#answer >> text=Graph")
    expect(page.locator("#answer .node")).to_have_count(2)
    expect(page.locator("#answer").get_by_role("button", name="All of it")).to_be_visible()
    shared = page.url
    assert "kg%3AtrainedOn" in shared
    page.goto(shared)
    page.wait_for_selector("#answer[data-ready] table")
    expect(page.locator("#answer")).to_contain_text("model/bloom")
    assert page.complaints == []


def test_back_and_forward_show_again_what_was_asked(open_page, site):
    page = open_page(site, "/query")
    page.wait_for_selector("html[data-ready]")
    asked = ["SELECT ('first' AS ?x) {}", "SELECT ('second' AS ?x) {}"]
    cells = page.locator("#answer tbody td")
    for query, word in zip(asked, ("first", "second"), strict=True):
        page.fill("#query", query)
        page.press("#query", "Control+Enter")
        expect(cells).to_have_text([word])
    page.go_back()
    expect(cells).to_have_text(["first"])
    assert page.input_value("#query") == asked[0]
    page.go_back()
    expect(cells).to_have_count(0)
    assert page.input_value("#query") == ""
    for word in ("first", "second"):
        page.go_forward()
        expect(cells).to_have_text([word])
    assert page.input_value("#query") == asked[1]
    expect(page.locator("#shown")).to_contain_text("second")
    assert page.complaints == []


def test_a_wrong_query_is_explained(open_page, site):
    page = open_page(site, "/query")
    page.wait_for_selector("html[data-ready]")
    page.fill("#query", "SELECT nonsense")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector("#answer .problem")
    expect(page.locator("#answer")).to_contain_text("not valid SPARQL")


@pytest.mark.parametrize("path", ["/", "/?q=script", "/id/model/h0", "/id/model/h1", "/id/paper/p0", "/id/paper/p1", "/relation/comparedWith",
                                  "/explore?node=model/h0", "/explore?node=model/h0&to=model/h1", "/explore?node=model/h0&to=" + quote(HOSTILE),
                                  "/explore?node=model/h0&to=model/h1&avoid=" + quote(HOSTILE), "/query?query=" + quote("SELECT * { ?s ?p ?o }"), "/query?query=" + quote(f"SELECT ('''{HOSTILE}''' AS ?x) (1 AS ?n) {{}}")])  # fmt: skip
def test_nothing_hostile_runs_and_nothing_leaves_the_server(open_page, hostile_site, path):
    page = open_page(hostile_site, path)
    page.wait_for_load_state("networkidle")
    for button in page.locator("#answer [aria-pressed]").all():
        button.click()
    assert page.evaluate("window.pwned") is None
    expect(page.locator("main img, main iframe, main script")).to_have_count(0)
    assert page.evaluate("[...document.querySelectorAll('a')].every(a => /^https?:$/.test(a.protocol))")
    assert all(url.startswith(hostile_site.url) for url in page.requests)
    assert page.complaints == []


def test_a_variable_may_be_called_like_a_part_of_the_language(open_page, hostile_site):
    """What a script's objects inherit is no value of an answer, and no answer changes what they inherit."""
    query = "SELECT ?__proto__ ?constructor ?toString ?n { VALUES (?__proto__ ?n) { ('<img src=x onerror=pwned=1>' 1) } }"
    page = open_page(hostile_site, "/query?query=" + quote(query))
    page.wait_for_selector("#answer[data-ready] table")
    cells = page.locator("#answer tbody td").all_inner_texts()
    assert cells == ["<img src=x onerror=pwned=1>", "", "", "1"]
    assert page.evaluate("[window.pwned, Object.keys(Object.prototype).length]") == [None, 0]
    assert page.complaints == []


@pytest.mark.parametrize("path", ["/id/model/x", "/id/paper/turned", "/?q=exe", "/relation/comparedWith", "/things/Model", "/explore?node=model/x&to=model/y"])  # fmt: skip
def test_a_name_that_turns_the_direction_of_writing_turns_nothing_but_itself(open_page, turned_site, path):
    """U+202E writes what follows from right to left: "annual report" and "fdp.exe" would trade places with the words around."""
    page = open_page(turned_site, path)
    page.wait_for_load_state("networkidle")
    loose = page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
          const found = [];
          while (walk.nextNode()) {
            const holder = walk.currentNode.parentElement;
            if (!walk.currentNode.data.includes("\\u202e") || holder.closest("svg, option")) continue;
            let at = holder;
            while (at && at.tagName !== "MAIN" && !/isolate|plaintext/.test(getComputedStyle(at).unicodeBidi) && getComputedStyle(at).display.startsWith("inline")) at = at.parentElement;
            // A block holds what is in it by itself, if nothing else stands in the block.
            const alone = at.textContent.trim() === walk.currentNode.data.trim();
            if (!/isolate|plaintext/.test(getComputedStyle(at).unicodeBidi) || (at.tagName === "P" && !alone)) found.push(holder.outerHTML.slice(0, 200));
          }
          return found;
        }"""
    )
    assert loose == []


@pytest.mark.parametrize("ends", [("javascript:alert(1)", "model/h0"), ("model/h0", "javascript:alert(1)"), ("model/h0", "\u202e' onfocus=alert(1) autofocus '")])  # fmt: skip
def test_what_an_address_asks_for_is_text(open_page, hostile_site, ends):
    node, to = map(quote, ends)
    page = open_page(
        hostile_site, f"/explore?node={node}&to={to}&avoid=javascript:alert(2)&open=javascript:alert(3)"
    )
    page.wait_for_load_state("networkidle")
    # That there is no such thing to begin with is answered by 404, which the browser notes.
    unknown = [complaint for complaint in page.complaints if complaint.endswith("404 (Not Found)")]
    assert page.complaints == unknown and len(unknown) == (node != "model/h0")
    assert page.evaluate("[...document.querySelectorAll('a')].every(a => /^https?:$/.test(a.protocol))")
    expect(page.locator("[autofocus], [onfocus]")).to_have_count(0)


def test_the_policy_refuses_inline_scripts_markup_and_other_hosts(open_page, site):
    page = open_page(site, "/")
    ran = page.evaluate(
        """async () => {
          const made = document.createElement("p");
          let markup = true;
          try { made.innerHTML = "<b>x</b>"; } catch { markup = false; }
          let fetched = true;
          try { await fetch("http://127.0.0.1:9/"); } catch { fetched = false; }
          return [markup, fetched];
        }"""
    )
    assert ran == [False, False]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault(open_page, site, axe, path, scheme):
    # axe itself is put into the page past its policy, which would refuse it as it should.
    page = open_page(site, path, bypass_csp=True, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(open_page, site, path):
    page = open_page(site, path)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1300, 390])
def test_a_name_without_spaces_makes_no_page_wider(browser, tmp_path, width):
    make, name = GraphMaker(), "LongNoSpace" * 120
    make.entity("model/long", "Model", name)
    make.entity("model/x", "Model", "x")
    paper = make.paper("paper/p", name, "Text.", 2024)
    make.fact(paper, "introduces", "model/long", "Text")
    make.fact("model/long", "comparedWith", "model/x", "Text")
    server = serve(make.lines, tmp_path)
    try:
        page = browser.new_page(viewport={"width": width, "height": 844})
        wide = {}
        for path in ("/explore?node=model/long", "/explore?node=model/x&to=model/long", "/id/model/long", f"/?q={name[:99]}",
                     "/explore?node=model/x&to=" + name + "y"):  # fmt: skip
            page.goto(server.url + path)
            page.wait_for_load_state("networkidle")
            wide[path[:40]] = page.evaluate("document.documentElement.scrollWidth")
        page.close()
    finally:
        server.stop()
    assert set(wide.values()) == {width}, wide


def test_on_a_phone_the_numbers_of_a_relation_are_seen_without_scrolling(open_page, site):
    page = open_page(site, "/relation/evaluatedOn")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.scroll'))")
