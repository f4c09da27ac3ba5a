"""The page in a real browser: what a reader does, and what a hostile text must not."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pyoxigraph
import pytest
from playwright.sync_api import expect
from view_graphs import HOSTILE, GraphMaker, hostile, many, seed_like

from kg.settings import ViewSettings

pytestmark = pytest.mark.browser


def cross(a: dict, b: dict) -> bool:
    """Whether two boxes have a part in common."""
    return (
        a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    )


def test_the_map_draws_the_graph_and_asks_the_network_for_nothing(open_view) -> None:
    seen = open_view(seed_like())
    # Colours of the legend are on the canvas: models are blue, datasets orange.
    drawn = seen.page.evaluate(
        """() => {
          const canvas = document.querySelector("#map canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let [blue, orange] = [0, 0];
          for (let i = 0; i < data.length; i += 4) {
            if (data[i] === 0 && data[i + 1] === 0x72 && data[i + 2] === 0xb2) blue += 1;
            if (data[i] === 0xe6 && data[i + 1] === 0x9f && data[i + 2] === 0) orange += 1;
          }
          return [blue, orange];
        }"""
    )
    assert drawn[0] > 200
    assert drawn[1] > 200
    assert seen.page.get_attribute("#map", "aria-label") == "Map of 36 things and 49 facts"
    assert seen.leaving() == []
    assert seen.complaints == []


def test_search_finds_bloom_and_the_panel_quotes_the_evidence(open_view) -> None:
    seen = open_view(seed_like())
    seen.page.type("#search", "bloo")
    expect(seen.page.locator("#results li:first-child")).to_contain_text("BLOOM")
    seen.page.press("#search", "Enter")
    expect(seen.page.locator("#panel h2")).to_have_text("BLOOM")
    trained = seen.page.locator(".fact", has=seen.page.get_by_role("button", name="ROOTS", exact=True)).first
    assert trained.locator("mark").inner_text() == (
        "BLOOM is a decoder-only Transformer language model that was trained on the ROOTS corpus"
    )
    assert "97%" in trained.inner_text()
    assert "BLOOM: A 176B-Parameter Open-Access" in trained.inner_text()
    assert "176B parameters" in seen.panel


def test_search_and_names_work_in_both_languages(open_view) -> None:
    seen = open_view(seed_like())
    seen.search("逆缩")
    expect(seen.page.locator("#panel h2")).to_have_text("inverse scaling")
    expect(seen.page.locator("#panel .second")).to_have_text("逆缩放")
    seen.page.click("#language")
    expect(seen.page.locator("#panel h2")).to_have_text("逆缩放")


def test_offsets_past_astral_characters_quote_the_right_words(open_view) -> None:
    seen = open_view(seed_like(), "node=method/maxent-coding")
    assert "该方法在语言模型上的准确率" in seen.page.locator("#panel mark").all_inner_texts()
    # What the text denies is told apart from what it says.
    assert "the text denies it" in seen.panel


def test_a_line_shows_its_evidence_and_the_address_brings_it_back(open_view) -> None:
    seen = open_view(seed_like(), "fact=model/bloom%20trainedOn%20dataset/roots")
    expect(seen.page.locator("#panel h2")).to_have_text("trained on")
    expect(seen.page.locator("#panel mark")).to_contain_text("was trained on the ROOTS corpus")
    seen.search("RLHF")
    assert "node=method/rlhf" in seen.page.evaluate("location.hash")


@pytest.mark.parametrize("width", [390, 1000])
def test_back_returns_to_what_was_looked_at_before(open_view, width: int) -> None:
    seen = open_view(seed_like(), viewport={"width": width, "height": 844})
    title = seen.page.locator("#panel h2")
    start = seen.page.evaluate("history.length")
    seen.search("BLOOM")
    seen.search("ROOTS")
    seen.page.click("#path-from")
    seen.search("sycophancy")
    seen.page.click("#as-list")
    assert seen.page.evaluate("history.length") == start + 5
    seen.page.go_back()
    expect(seen.page.locator("#list")).to_be_hidden()
    expect(seen.page.locator("#panel .second")).to_have_text("3 steps")
    seen.page.go_back()
    expect(title).to_have_text("From ROOTS to…")
    seen.page.go_back()
    expect(title).to_have_text("ROOTS")
    seen.page.go_back()
    expect(title).to_have_text("BLOOM")
    seen.page.go_forward()
    expect(title).to_have_text("ROOTS")
    seen.page.go_back()
    expect(title).to_have_text("BLOOM")
    seen.page.go_back()
    expect(title).to_have_text("What is in this graph")
    # On a phone the sheet is away.
    assert seen.page.is_visible("#panel") == (width > 900)
    assert seen.complaints == []


def test_filters_and_languages_add_nothing_to_the_history(open_view) -> None:
    seen = open_view(seed_like(), "node=model/bloom")
    start = seen.page.evaluate("history.length")
    seen.page.get_by_role("checkbox", name="Concepts").uncheck()
    seen.page.click("#language")
    assert "hide=Concept" in seen.page.evaluate("location.hash")
    assert seen.page.evaluate("history.length") == start


def test_back_leaves_the_map_where_it_was_moved(open_view) -> None:
    seen = open_view(seed_like(), "node=model/bloom")
    seen.search("ROOTS")
    for _ in range(3):
        seen.page.click("#zoom-out")
    (one, *_) = seen.drawn()["signs"]
    seen.page.go_back()
    expect(seen.page.locator("#panel h2")).to_have_text("BLOOM")
    (other, *_) = seen.drawn()["signs"]
    assert other["right"] - other["left"] == pytest.approx(one["right"] - one["left"])


def test_clicking_the_map_opens_what_is_there(open_view) -> None:
    seen = open_view(seed_like(), "node=model/gpt-3")
    # The selected thing has a dark ring: find its middle, clear the selection, then click there.
    at = seen.page.evaluate(
        """() => {
          const canvas = document.querySelector("#map canvas");
          const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const points = [];
          for (let i = 0; i < data.length; i += 4) if (data[i] === 0 && data[i + 1] === 0x72 && data[i + 2] === 0xb2) points.push(i / 4);
          const box = canvas.getBoundingClientRect();
          const mid = points[Math.floor(points.length / 3)];
          return [box.left + (mid % width), box.top + Math.floor(mid / width)];
        }"""
    )
    seen.page.keyboard.press("Escape")
    expect(seen.page.locator("#panel h2")).to_have_text("What is in this graph")
    seen.page.mouse.click(*at)
    expect(seen.page.locator("#panel .kind")).to_have_text("Model")


def test_filters_take_things_off_the_map(open_view) -> None:
    seen = open_view(seed_like())
    seen.page.get_by_role("checkbox", name="Concepts").uncheck()
    assert seen.page.get_attribute("#map", "aria-label").startswith("Map of 29 things")
    assert "hide=Concept" in seen.page.evaluate("location.hash")
    seen.page.get_by_role("button", name="Reset filters").click()
    assert seen.page.get_attribute("#map", "aria-label").startswith("Map of 36 things")
    seen.page.fill("[aria-label='To year']", "2020")
    seen.page.press("[aria-label='To year']", "Tab")
    assert seen.page.get_attribute("#map", "aria-label") == "Map of 5 things and 6 facts"


@pytest.mark.parametrize("name", ["Concepts", "trained on"])
def test_a_filter_is_taken_off_where_it_was_put_on(open_view, name: str) -> None:
    seen = open_view(seed_like())
    before = seen.page.get_attribute("#map", "aria-label")
    seen.page.evaluate("for (const d of document.querySelectorAll('#side details')) d.open = true")
    checkbox = seen.page.get_by_role("checkbox", name=name)
    checkbox.scroll_into_view_if_needed()
    box = checkbox.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    over = "([x, y]) => document.elementFromPoint(x, y).tagName"
    for shown in (False, True, False):
        # Nothing lies over the box, checked or not.
        assert seen.page.evaluate(over, middle) == "INPUT"
        seen.page.mouse.click(*middle)
        assert checkbox.is_checked() == shown
        assert (seen.page.get_attribute("#map", "aria-label") == before) == shown


def test_confidence_leaves_only_sure_facts(open_view) -> None:
    seen = open_view(seed_like(), "least=0.95")
    shown = seen.page.get_attribute("#map", "aria-label")
    assert shown.endswith("6 facts")


def test_what_is_in_the_graph_is_counted_under_the_filters(open_view) -> None:
    stats = (
        "[...document.querySelectorAll('#panel .stats b')].map((b) => Number(b.textContent.replace(',', '')))"
    )
    seen = open_view(seed_like())
    papers, things, facts, quotes = seen.page.evaluate(stats)
    assert (papers + things, facts) == (36, 49)
    seen.page.evaluate("location.hash = 'least=0.95'")
    expect(seen.page.locator("#map")).to_have_attribute("aria-label", re.compile("6 facts$"))
    fewer = seen.page.evaluate(stats)
    assert fewer[2] == 6
    assert 0 < fewer[3] < quotes
    # The first of the most connected has as many neighbours as lines are left to it.
    assert int(seen.page.locator("#panel .top .count").first.inner_text()) <= 6


def test_the_way_between_two_things_is_shown_with_its_evidence(open_view) -> None:
    seen = open_view(seed_like(), "node=dataset/roots")
    seen.page.click("#path-from")
    seen.search("sycophancy")
    expect(seen.page.locator("#panel .second")).to_have_text("3 steps")
    assert seen.page.locator(".steps .verb").all_inner_texts() == ["trained on", "kind of", "exhibits"]
    assert "path=dataset/roots%20concept/sycophancy" in seen.page.evaluate("location.hash")


def long_names_on_a_path() -> GraphMaker:
    """Two things that only a row of papers with long titles joins."""
    make = GraphMaker()
    words = "We study chains."
    for i in range(5):
        make.entity(f"concept/c{i}", "Concept", f"internationalization of representation {i}")
    for i in range(4):
        paper = make.paper(
            f"paper/{i}", f"Incomprehensibilities of interconnected paragraphs, part {i}", words
        )
        make.fact(paper, "studies", f"concept/c{i}", words)
        make.fact(paper, "studies", f"concept/c{i + 1}", words)
    return make


@pytest.mark.parametrize("width", [390, 1000])
def test_no_name_of_a_path_lies_over_another_or_breaks_within_a_word(open_view, width: int) -> None:
    path = "path=concept/c0%20concept/c4"
    seen = open_view(long_names_on_a_path(), path, viewport={"width": width, "height": 560})
    expect(seen.page.locator("#panel .second")).to_have_text("8 steps")
    names = seen.drawn()["names"]
    assert len(names) >= 4
    assert [(a["text"], b["text"]) for a, b in itertools.combinations(names, 2) if cross(a, b)] == []
    broken = seen.page.evaluate(
        """() => [...document.querySelectorAll("#panel .head .link")].flatMap((link) => {
          const text = link.firstChild;
          return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            return range.getClientRects().length > 1;
          }).map(({ 0: word }) => word);
        })"""
    )
    assert broken == []


def test_names_keep_clear_of_the_signs_of_other_things(open_view) -> None:
    seen = open_view(seed_like(), viewport={"width": 390, "height": 844})
    drawn = seen.drawn()
    assert len(drawn["names"]) > 20
    assert len(drawn["signs"]) == 10
    covered = [
        (min(name["right"], sign["right"]) - max(name["left"], sign["left"]))
        * (min(name["bottom"], sign["bottom"]) - max(name["top"], sign["top"]))
        for name in drawn["names"]
        for sign in drawn["signs"]
        if cross(name, sign)
    ]
    # A corner of a sign may be touched; a sign has about 400 pixels.
    assert sum(covered) < 40


@pytest.mark.parametrize("width", [390, 1000])
def test_a_very_long_name_leaves_room_on_the_map_and_in_the_panel(open_view, width: int) -> None:
    make = GraphMaker()
    long = " ".join(["An 逆缩放 name as long as a sentence"] * 14)
    make.entity("concept/long", "Concept", long)
    seen = open_view(make, "node=concept/long", viewport={"width": width, "height": 800})
    (name,) = seen.drawn()["names"]
    assert name["left"] >= 0
    assert name["right"] <= width
    assert len(name["text"]) <= 32
    title = seen.page.locator("#panel h2")
    assert title.bounding_box()["height"] < 100
    assert title.get_attribute("title") == long


def test_a_neighbourhood_grows_and_shrinks(open_view) -> None:
    seen = open_view(many(200), "node=concept/t0")
    before = seen.page.inner_text("#shown-count")
    seen.page.click("#expand")
    assert seen.page.inner_text("#shown-count") != before
    grown = seen.page.inner_text("#shown-count")
    seen.page.click("#collapse")
    assert int(seen.page.inner_text("#shown-count").split()[0]) < int(grown.split()[0])
    assert "open=" not in seen.page.evaluate("location.hash")


def test_the_keyboard_reaches_everything(open_view) -> None:
    seen = open_view(seed_like())
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("palm")
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("#panel h2")).to_have_text("PaLM")
    seen.page.focus("#map")
    seen.page.keyboard.press("ArrowDown")
    assert seen.page.inner_text("#panel h2") != "PaLM"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "panel"
    assert seen.page.inner_text("#said")
    # Out of the panel the keyboard is back on the map.
    seen.page.keyboard.press("Escape")
    expect(seen.page.locator("#panel h2")).to_have_text("What is in this graph")
    expect(seen.page.locator("#map")).to_be_focused()


def test_the_list_holds_what_the_map_shows(open_view) -> None:
    seen = open_view(seed_like(), "as=list")
    expect(seen.page.locator("#list tbody tr")).to_have_count(36)
    seen.page.locator("#list").get_by_role("button", name="BIG-bench", exact=True).click()
    expect(seen.page.locator("#panel h2")).to_have_text("BIG-bench")


def test_the_shown_part_is_saved_as_turtle_that_parses(open_view, tmp_path: Path) -> None:
    seen = open_view(hostile())
    seen.page.click("#save-button")
    with seen.page.expect_download() as waiting:
        seen.page.click("#save-ttl")
    saved = tmp_path / "part.ttl"
    waiting.value.save_as(saved)
    triples = list(pyoxigraph.parse(saved.read_bytes(), pyoxigraph.RdfFormat.TURTLE))
    texts = {q.object.value for q in triples if isinstance(q.object, pyoxigraph.Literal)}
    assert set(HOSTILE) <= texts
    original = {
        (q.subject, q.object) for q in hostile().store() if q.predicate.value.endswith("#comparedWith")
    }
    assert {(q.subject, q.object) for q in triples if q.predicate.value.endswith("#comparedWith")} == original


@pytest.mark.parametrize(("fragment", "last"), [("node=model/bloom", "#panel"), ("as=list", "#list")])
def test_print_holds_all_that_the_panel_and_the_list_hold(open_view, fragment: str, last: str) -> None:
    seen = open_view(seed_like(), fragment)
    seen.page.emulate_media(media="print")
    held = seen.page.evaluate("last => document.querySelector(last).scrollHeight", last)
    assert held > 640
    # Nothing scrolls within the page, and the page is as long as what it holds.
    assert seen.page.evaluate("last => document.querySelector(last).clientHeight", last) == held
    assert seen.page.evaluate("document.documentElement.getBoundingClientRect().height") >= held
    assert seen.page.is_visible("#map") == (last == "#panel")
    assert seen.page.pdf().count(b"/Type /Page\n") > 1


def test_the_view_is_saved_as_a_picture(open_view, tmp_path: Path) -> None:
    seen = open_view(seed_like())
    seen.page.click("#save-button")
    with seen.page.expect_download() as waiting:
        seen.page.click("#save-png")
    saved = tmp_path / "view.png"
    waiting.value.save_as(saved)
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert saved.stat().st_size > 10_000


@pytest.mark.parametrize("fragment", ["as=list", "node=model/h0", "fact=model/h1%20comparedWith%20model/h0"])
def test_no_hostile_text_runs_and_all_of_it_is_shown_as_text(open_view, fragment: str) -> None:
    seen = open_view(hostile(), fragment, ViewSettings(title=HOSTILE[0]))
    assert seen.page.title() == HOSTILE[0]
    for i in range(len(HOSTILE)):
        seen.search(HOSTILE[i][:40])
    assert seen.page.evaluate("window.pwned") is None
    expect(seen.page.locator("img, #panel a, #list a, iframe")).to_have_count(0)
    assert seen.leaving() == []
    assert seen.complaints == []
    if fragment == "node=model/h0":
        seen.go(Path(seen.page.url.removeprefix("file://").split("#")[0]), fragment)
        assert HOSTILE[0] in seen.panel


def test_hostile_addresses_are_passed_over(open_view) -> None:
    seen = open_view(
        seed_like(),
        "node=<img src=x onerror=alert(1)>&path=a b&least=abc&from=x&open=javascript:1&fact=1 2 3",
    )
    expect(seen.page.locator("#panel h2")).to_have_text("What is in this graph")
    assert seen.complaints == []


def test_the_policy_refuses_scripts_and_requests(open_view) -> None:
    seen = open_view(seed_like())
    ran = seen.page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.pwned = 1";
          document.body.append(script);
          let fetched = true;
          try { await fetch("http://127.0.0.1:9/"); } catch { fetched = false; }
          return [window.pwned ?? null, fetched];
        }"""
    )
    assert ran == [None, False]
    assert any("Content Security Policy" in text for text in seen.complaints)


def test_the_note_of_a_large_graph_covers_nothing_and_goes_away(open_view) -> None:
    seen = open_view(many(5000, papers=300), settings=ViewSettings(max_nodes=1000))
    # The highest model on the screen: the first row of its colour on the canvas.
    highest = """() => {
      const canvas = document.querySelector("#map canvas");
      const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4)
        if (data[i] === 0 && data[i + 1] === 0x72 && data[i + 2] === 0xb2)
          return canvas.getBoundingClientRect().top + Math.floor(i / 4 / width) * canvas.clientWidth / width;
    }"""
    note = seen.page.locator("#notice").bounding_box()
    before = seen.page.evaluate(highest)
    assert before > note["y"] + note["height"]
    seen.page.get_by_role("button", name="Close this note").click()
    expect(seen.page.locator("#notice")).to_be_hidden()
    seen.page.wait_for_function(f"before => ({highest})() < before - 20", arg=before)


def test_a_graph_too_large_says_so_and_opens_soon(open_view) -> None:
    seen = open_view(many(5000, papers=300), settings=ViewSettings(max_nodes=1000))
    notice = seen.page.inner_text("#notice")
    assert "5,000 things" in notice
    assert "1,000 best connected" in notice
    assert seen.page.evaluate("performance.now()") < 10_000
    assert seen.page.inner_text("#shown-count").startswith("60 of")
    seen.page.fill("#search", "no such thing at all")
    missing = seen.page.inner_text("#results")
    assert "1,000 best connected of 5,000 things" in missing
    assert "kg serve" in missing


def test_without_scripts_there_is_only_the_note_that_they_are_needed(browser, written) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(seed_like(), ViewSettings()).as_uri())
    expect(page.locator(".noscript")).to_be_visible()
    expect(page.locator("button:visible, input:visible, aside:visible")).to_have_count(0)
    context.close()


def test_a_graph_of_nothing_has_a_page(open_view) -> None:
    seen = open_view(GraphMaker())
    assert "nothing that can be shown" in seen.panel
    assert seen.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(open_view, scheme: str) -> None:
    seen = open_view(seed_like(), viewport={"width": 390, "height": 844}, color_scheme=scheme)
    assert seen.page.evaluate("document.documentElement.scrollWidth") == 390
    assert seen.page.get_attribute("html", "data-theme") == scheme
    seen.page.click("#filters-button")
    assert seen.page.is_visible("#side")
    seen.page.click("#theme")
    assert seen.page.get_attribute("html", "data-theme") != scheme


def test_the_filters_of_a_phone_are_put_away(open_view) -> None:
    seen = open_view(seed_like(), "node=model/bloom", viewport={"width": 390, "height": 844})
    button, side = seen.page.locator("#filters-button"), seen.page.locator("#side")

    def put_away_by(act) -> None:
        button.click()
        expect(side).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        act()
        expect(side).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")

    put_away_by(lambda: seen.page.keyboard.press("Escape"))
    put_away_by(lambda: seen.page.get_by_role("checkbox", name="Concepts").press("Escape"))
    expect(button).to_be_focused()
    put_away_by(lambda: seen.page.get_by_role("button", name="Close filters").click())
    expect(button).to_be_focused()
    put_away_by(lambda: seen.page.click("#as-list"))
    put_away_by(lambda: seen.page.click("#as-map"))
    put_away_by(lambda: seen.search("PaLM"))
    # Escape took away the filters only, not what is looked at.
    expect(seen.page.locator("#panel h2")).to_have_text("PaLM")


@pytest.mark.parametrize("fragment", ["", "as=list", "node=model/bloom"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(open_view, axe: str, fragment: str, scheme: str) -> None:
    # axe itself is put into the page past its policy, which would refuse it as it should.
    seen = open_view(seed_like(), fragment, bypass_csp=True, color_scheme=scheme)
    seen.page.evaluate(axe)
    found = seen.page.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize("width", [390, 905, 1000, 1440])
def test_nothing_that_floats_over_the_map_covers_another(open_view, width: int) -> None:
    settings = ViewSettings(max_nodes=1000)
    seen = open_view(many(5000, papers=300), settings=settings, viewport={"width": width, "height": 700})
    boxes = seen.page.evaluate(
        """() => ["notice", "views", "zoom", "side", "panel"].map((id) => document.getElementById(id))
          .filter((e) => getComputedStyle(e).display !== "none")
          .map((e) => { const { left, right, top, bottom } = e.getBoundingClientRect(); return { id: e.id, left, right, top, bottom }; })"""
    )
    assert {"notice", "views", "zoom"} <= {box["id"] for box in boxes}
    assert all(box["left"] >= 0 and box["right"] <= width for box in boxes)
    assert [(a["id"], b["id"]) for a, b in itertools.combinations(boxes, 2) if cross(a, b)] == []
