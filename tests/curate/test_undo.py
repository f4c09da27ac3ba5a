"""A decision taken back is as if it had never been: its line goes, nothing else changes, and no other decision is lost."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.curate import Decision, curate, read_decisions, undo, written
from kg.curate.tables import Written
from kg.errors import PaperkgError, UsageError

FIRST = Decision("reject", "model/bloom", date="2025-01-02")
SECOND = Decision("rename", "model/opt", object="OPT-175B")


def row_of(folder: Path, what: str) -> Written:
    (row,) = (row for row in written(folder) if row.what == what)
    return row


def take_back(folder: Path, what: str) -> None:
    row = row_of(folder, what)
    undo(folder, row.table, row.line, row.mark)


def test_the_last_decision_is_taken_back_to_the_byte(tmp_path: Path) -> None:
    curate(tmp_path, FIRST)
    table = tmp_path / "curation.tsv"
    before = table.read_bytes()
    curate(tmp_path, SECOND)
    take_back(tmp_path, "model/opt is called OPT-175B")
    assert table.read_bytes() == before
    assert list(tmp_path.iterdir()) == [table]


def test_an_earlier_one_leaves_those_after_it(tmp_path: Path) -> None:
    curate(tmp_path, FIRST)
    curate(tmp_path, SECOND)
    take_back(tmp_path, "model/bloom is wrong")
    decisions, problems = read_decisions([tmp_path / "curation.tsv"])
    assert ([decision for decision, _ in decisions], problems) == ([SECOND], [])


def test_so_is_one_of_identity_and_the_comments_above_it_stay(tmp_path: Path) -> None:
    curate(tmp_path, Decision("same", "FooNet", object="BarNet"))
    take_back(tmp_path, "FooNet same as BarNet")
    text = (tmp_path / "curation.sssom.tsv").read_text("utf-8")
    assert text.startswith("#mapping_set_id: ")
    assert written(tmp_path) == []


def test_a_row_that_people_spoilt_can_go_as_well(tmp_path: Path) -> None:
    curate(tmp_path, FIRST)
    table = tmp_path / "curation.tsv"
    before = table.read_bytes()
    table.write_bytes(before + b"caf\xe9\tx\r\n")
    (faulty,) = (row for row in written(tmp_path) if row.why)
    undo(tmp_path, faulty.table, faulty.line, faulty.mark)
    assert table.read_bytes() == before


def test_a_line_that_changed_meanwhile_stays(tmp_path: Path) -> None:
    curate(tmp_path, FIRST)
    row = row_of(tmp_path, "model/bloom is wrong")
    table = tmp_path / "curation.tsv"
    edited = table.read_text("utf-8").replace("bloom", "opt")
    table.write_text(edited, "utf-8")
    with pytest.raises(UsageError, match="line 2 is no longer what it was"):
        undo(tmp_path, row.table, row.line, row.mark)
    with pytest.raises(UsageError, match="line 9 is no longer"):
        undo(tmp_path, row.table, 9, row.mark)
    assert table.read_text("utf-8") == edited


@pytest.mark.parametrize("table", ["../curation.tsv", "papers.jsonl", "", "/etc/passwd"])
def test_only_the_tables_lose_lines(tmp_path: Path, table: str) -> None:
    with pytest.raises(UsageError, match="no table"):
        undo(tmp_path, table, 1, "")


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PaperkgError, match="cannot be written: No such file"):
        undo(tmp_path, "curation.tsv", 2, "")


def test_a_table_without_its_columns_has_no_line_to_take_back(tmp_path: Path) -> None:
    (tmp_path / "curation.tsv").write_text("one\ttwo\n", "utf-8")
    assert [row.mark for row in written(tmp_path)] == [""]


def test_the_table_stays_as_readable_as_it_was(tmp_path: Path) -> None:
    curate(tmp_path, FIRST)
    (tmp_path / "curation.tsv").chmod(0o664)
    take_back(tmp_path, "model/bloom is wrong")
    assert stat.S_IMODE((tmp_path / "curation.tsv").stat().st_mode) == 0o664


def test_while_some_take_back_others_decide_and_nothing_of_theirs_is_lost(tmp_path: Path) -> None:
    doomed, kept = [f"doomed {i}" for i in range(30)], [f"kept {i}" for i in range(30)]

    def decide_and_take_back(name: str) -> None:
        curate(tmp_path, Decision("reject", name))
        while True:
            try:
                return take_back(tmp_path, f"{name} is wrong")
            except UsageError:
                continue  # another took a line above it back meanwhile

    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(decide_and_take_back, name) for name in doomed]
        jobs += [pool.submit(curate, tmp_path, Decision("reject", name)) for name in kept]
        for job in jobs:
            job.result()
    decisions, problems = read_decisions([tmp_path / "curation.tsv"])
    assert problems == []
    assert sorted(decision.subject for decision, _ in decisions) == sorted(kept)
