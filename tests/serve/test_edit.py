"""Curation from the pages: only with --edit, only with the token, only from this server's own pages; and without scripts."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from running import GRAPH, Server, start

TOKEN = "a-token-for-the-tests"
ROUTES = [
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/logout"),
    ("POST", "/curate"),
    ("GET", "/curation"),
    ("POST", "/undo"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("edit")
    (made / "graph.trig").write_text(GRAPH, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def editing(folder: Path) -> Iterator[Server]:
    started = start(folder / "graph.trig", "--edit", "--curation", str(folder), env={"KG_EDIT_TOKEN": TOKEN})
    yield started
    started.stop()


@pytest.fixture
def client(editing: Server, folder: Path) -> Iterator[httpx.Client]:
    for table in folder.glob("*.tsv"):
        table.unlink()
    with httpx.Client(base_url=editing.url, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def editor(client: httpx.Client, editing: Server) -> httpx.Client:
    client.headers["Origin"] = editing.url
    assert client.post("/login", data={"token": TOKEN, "author": "Ada  L."}).status_code == 303
    return client


def rows(folder: Path, table: str = "curation.tsv") -> list[dict[str, str]]:
    lines = [line.split("\t") for line in (folder / table).read_text("utf-8").splitlines() if line[0] != "#"]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_edit_the_routes_do_not_exist(http, method, path):
    assert http.request(method, path, headers={"Origin": str(http.base_url)}).status_code == 404
    assert "/curat" not in http.get("/id/model/bloom").text


@pytest.mark.parametrize("path", ["/curate", "/logout", "/undo"])
def test_what_changes_something_is_a_post(client, path):
    assert client.get(path).status_code == 405


def test_the_cookie_is_for_this_site_alone_and_for_no_script(client, editing):
    answer = client.post("/login", data={"token": TOKEN}, headers={"Origin": editing.url})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_a_wrong_token_gives_no_cookie(client, editing):
    answer = client.post("/login", data={"token": TOKEN + "x"}, headers={"Origin": editing.url})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "this is not the token" in answer.text


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1", "http://["]
)
@pytest.mark.parametrize("path", ["/curate", "/login", "/logout", "/undo"])
def test_a_form_of_another_page_is_refused_cookie_or_not(editor, folder, origin, path):
    del editor.headers["Origin"]
    headers = {"Origin": origin} if origin else {}
    data = {"action": "reject", "subject": "model/bloom", "token": TOKEN}
    assert editor.post(path, data=data, headers=headers).status_code == 403
    assert list(folder.glob("*.tsv")) == []


def test_without_signing_in_nothing_is_written_or_shown(client, editing, folder):
    answer = client.post(
        "/curate", data={"action": "reject", "subject": "x"}, headers={"Origin": editing.url}
    )
    assert answer.status_code == 403
    assert list(folder.glob("*.tsv")) == []
    assert client.get("/curation").headers["location"] == "/login?back=/curation"
    assert 'action="/curate"' not in client.get("/id/model/bloom").text


def test_a_script_may_send_the_token_itself(client, folder):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.post("/curate", data={"action": "reject", "subject": "model/bloom"}, headers=headers)
    assert answer.status_code == 303
    assert [row["subject"] for row in rows(folder)] == ["model/bloom"]
    wrong = {"Authorization": "Bearer nonsense"}
    assert client.post("/curate", data={"action": "reject", "subject": "x"}, headers=wrong).status_code == 403


def test_same_writes_both_by_the_names_and_iris_of_the_graph(editor, folder):
    data = {"action": "same", "subject": "BLOOM", "subject_id": "model/bloom", "object": "dataset/roots"}
    assert editor.post("/curate", data=data).status_code == 303
    (row,) = rows(folder, "curation.sssom.tsv")
    assert (row["subject_id"], row["subject_label"], row["predicate_id"]) == (
        "id:model/bloom",
        "BLOOM",
        "skos:exactMatch",
    )
    assert (row["object_id"], row["object_label"], row["author_label"]) == (
        "id:dataset/roots",
        "ROOTS",
        "Ada L.",
    )
    missing = editor.post("/curate", data={**data, "object": "NoSuchNet"})
    assert missing.status_code == 404
    assert "nothing called NoSuchNet" in missing.text


def test_a_name_of_the_thing_itself_may_be_parted_from_it(editor, folder):
    data = {"action": "different", "subject": "BLOOM", "subject_id": "model/bloom", "object": "布鲁姆"}
    assert editor.post("/curate", data=data).status_code == 303
    assert [
        (r["subject_label"], r["predicate_id"], r["object_label"]) for r in rows(folder, "curation.sssom.tsv")
    ] == [("BLOOM", "owl:differentFrom", "布鲁姆")]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"action": "burn", "subject": "x"}, 400),
        ({"action": "rename", "subject": "model/bloom", "object": ""}, 400),
        ({"action": "retype", "subject": "model/bloom", "object": "Thing"}, 400),
        ({"action": "reject", "subject": "x" * 2001}, 400),
        ({"subject": "model/bloom"}, 400),
        ({}, 415),
    ],
)
def test_nonsense_is_a_clean_error_and_writes_nothing(editor, folder, data, status):
    assert editor.post("/curate", data=data).status_code == status
    assert list(folder.glob("*.tsv")) == []


def undo_of(client: httpx.Client) -> dict[str, str]:
    """The fields of the first undo button on the page of decisions."""
    form = re.search(r'<form method="post" action="/undo".*?</form>', client.get("/curation").text)
    assert form is not None
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))


def test_undo_takes_the_last_decision_back(editor, folder):
    for subject in ("model/bloom", "dataset/roots"):
        editor.post("/curate", data={"action": "reject", "subject": subject})
    fields = undo_of(editor)
    assert (fields["table"], fields["line"]) == ("curation.tsv", "3")
    assert editor.post("/undo", data=fields).status_code == 303
    assert [row["subject"] for row in rows(folder)] == ["model/bloom"]
    again = editor.post("/undo", data=fields)
    assert again.status_code == 409
    assert "look at the table again" in again.text


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"line": "x"}, 400), ({"line": "99"}, 409), ({"mark": ""}, 409), ({"table": "../x"}, 409)],
)
def test_undo_of_nothing_is_a_clean_error_and_takes_nothing(editor, folder, changed, status):
    editor.post("/curate", data={"action": "reject", "subject": "model/bloom"})
    assert editor.post("/undo", data={**undo_of(editor), **changed}).status_code == status
    assert len(rows(folder)) == 1


def test_only_who_has_signed_in_takes_back(editor, client, folder, editing):
    editor.post("/curate", data={"action": "reject", "subject": "model/bloom"})
    fields = undo_of(editor)
    client.cookies.clear()
    assert client.post("/undo", data=fields, headers={"Origin": editing.url}).status_code == 403
    assert len(rows(folder)) == 1


def test_line_breaks_and_tabs_do_not_make_rows(editor, folder):
    data = {"action": "rename", "subject": "model/bloom", "object": "A\tB\nreject\tmodel/bloom"}
    editor.post("/curate", data=data)
    assert [(row["action"], row["object"]) for row in rows(folder)] == [("rename", "A B reject model/bloom")]


def test_a_table_that_cannot_be_written_is_told(editor, folder):
    (folder / "curation.tsv").write_text("one\ttwo\n", encoding="utf-8")
    answer = editor.post("/curate", data={"action": "reject", "subject": "model/bloom"})
    assert answer.status_code == 500
    assert "no column" in answer.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_address_leads_away(client, editing, back):
    answer = client.post("/login", data={"token": TOKEN, "back": back}, headers={"Origin": editing.url})
    assert answer.headers["location"] == "/"


def test_a_token_is_made_and_printed_where_none_is_given_and_a_short_one_refused(folder, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(folder / "graph.trig"), "--port", "0", "--edit", "--curation", str(tmp_path)],
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stderr is not None
    serving, token = process.stderr.readline(), process.stderr.readline()
    process.terminate()
    process.wait(15)
    process.stderr.close()
    assert serving.startswith("serving ")
    assert len(token.partition("with the token ")[2].partition(";")[0]) >= 32
    for given, options in (("short", ["--curation", str(tmp_path)]), (TOKEN, [])):
        command = [sys.executable, "-m", "kg", "serve", str(folder / "graph.trig"), "--port", "0", "--edit"]
        refused = subprocess.run(
            [*command, *options], env={**os.environ, "KG_EDIT_TOKEN": given}, capture_output=True, text=True
        )
        assert refused.returncode == 2
        assert refused.stderr.startswith("kg: serve: ")


@pytest.mark.browser
def test_a_reader_signs_in_and_decides_without_scripts(browser, editing, folder, client):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(editing.url + "/login?back=/id/model/bloom")
    page.get_by_label("The token").fill(TOKEN)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("BLOOM")
    page.get_by_role("button", name="Wrong: BLOOM trained on ROOTS").click()
    expect(page.get_by_role("status")).to_contain_text("Noted as curation.tsv:2")
    page.get_by_role("link", name="Go back").click()
    page.click("summary >> text=Edit by hand")
    page.get_by_label("Preferred name").fill("BLOOM-176B")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("link", name="Go back").click()
    page.click("summary >> text=Edit by hand")
    page.select_option("#e-class", "Software")
    page.get_by_role("button", name="Change type").click()
    page.get_by_role("link", name="Go back").click()
    page.click("summary >> text=Edit by hand")
    page.select_option("#e-predicate", "comparedWith")
    page.fill("#e-object", "ROOTS")
    page.fill("#e-paper", "paper/p")
    page.fill("#e-quote", "BLOOM and ROOTS")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(4)
    assert [
        (row["action"], row["subject"], row["predicate"], row["object"], row["paper"]) for row in rows(folder)
    ] == [
        ("reject", "model/bloom", "trainedOn", "dataset/roots", "paper/p"),
        ("rename", "model/bloom", "", "BLOOM-176B", ""),
        ("retype", "model/bloom", "", "Software", ""),
        ("add", "model/bloom", "comparedWith", "ROOTS", "paper/p"),
    ]
    assert {row["author"] for row in rows(folder)} == {"Ada"}
    page.locator(".noted").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert [row["action"] for row in rows(folder)] == ["reject", "rename", "retype"]
    page.get_by_role("button", name="Undo: model/bloom trainedOn dataset/roots is wrong").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert [row["action"] for row in rows(folder)] == ["rename", "retype"]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    page.goto(editing.url + "/id/model/bloom")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("form[action='/curate']")).to_have_count(0)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/id/model/bloom", "/id/model/evil", "/id/paper/p", "/login", "/curation"])
def test_axe_finds_no_serious_fault_and_no_hostile_name_runs(browser, editing, client, axe, path):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(editing.url + "/login")
    page.fill("#token", TOKEN)
    with page.expect_navigation():
        page.click("text=Sign in >> nth=-1")
    if path == "/curation":
        page.goto(editing.url + "/id/model/evil")
        page.click("summary >> text=Edit by hand")
        page.get_by_role("button", name="Reject").click()
        page.wait_for_selector(".noted .undo")
    else:
        page.goto(editing.url + path)
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}] == []
    assert said == []
    context.close()


def test_the_tables_are_for_their_owner_to_write(editor, folder):
    editor.post("/curate", data={"action": "reject", "subject": "model/bloom"})
    assert stat.S_IMODE((folder / "curation.tsv").stat().st_mode) & stat.S_IWOTH == 0
