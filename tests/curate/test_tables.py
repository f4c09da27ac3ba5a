"""A decision is one line of a table: written whole, however many write, and read back as it was meant."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curate import Decision, curate, read_decisions, tables_beside, written
from kg.errors import PaperkgError, UsageError
from kg.resolve.curation import load_curation
from kg.tables import cells_of, line_of

REJECT = Decision("reject", "model/bloom", author="Ada", date="2025-01-02", comment="not a model")


def test_a_decision_is_written_where_it_says_and_read_back(tmp_path):
    where = curate(tmp_path, REJECT)
    assert (Path(where.path).name, where.line) == ("curation.tsv", 2)
    ((read, source),), problems = read_decisions([Path(where.path)])
    assert (read, source, problems) == (REJECT, where, [])


def test_identity_goes_into_a_table_of_sssom_that_resolution_reads(tmp_path):
    same = curate(tmp_path, Decision("same", "FooNet", object="BarNet", subject_id="model/foonet"))
    different = curate(tmp_path, Decision("different", "LM", object="linear model"))
    table = tmp_path / "curation.sssom.tsv"
    curation = load_curation([table])
    assert [(p.a, p.b, p.source) for p in curation.same] == [("barnet", "foonet", same)]
    assert [(p.a, p.b, p.source) for p in curation.partings] == [("linear model", "lm", different)]
    # As SSSOM has it: comment lines first, then the table, with a justification in every row.
    lines = [line for line in table.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}
    assert rows[0]["subject_id"] == "id:model/foonet"
    assert table.read_text().startswith("#mapping_set_id: ")


def test_many_may_write_at_a_time(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        names = [f"thing {i}" for i in range(60)]
        lines = list(pool.map(lambda name: curate(tmp_path, Decision("reject", name)).line, names))
    decisions, problems = read_decisions([tmp_path / "curation.tsv"])
    assert problems == []
    assert {d.subject: source.line for d, source in decisions} == dict(zip(names, lines, strict=True))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_no_text_breaks_out_of_its_cell(cells):
    line = line_of(cells)
    assert line.count("\n") == 1
    assert cells_of(line.removesuffix("\n")) == [" ".join(cell.split()) for cell in cells] or not any(
        cell.split() for cell in cells
    )


def test_a_table_kept_by_hand_keeps_its_columns_and_its_last_line(tmp_path):
    table = tmp_path / "curation.tsv"
    table.write_text("subject\taction\tobject\tpredicate\nBLOOM\trename\tBloom\t", encoding="utf-8")
    curate(tmp_path, REJECT)
    assert table.read_text().splitlines()[1:] == ["BLOOM\trename\tBloom\t", "model/bloom\treject\t\t"]


def test_a_table_without_the_columns_is_not_written_to(tmp_path):
    table = tmp_path / "curation.tsv"
    table.write_text("one\ttwo\n", encoding="utf-8")
    with pytest.raises(PaperkgError, match="no column action, subject"):
        curate(tmp_path, REJECT)
    assert table.read_text() == "one\ttwo\n"


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (Decision("burn", "x"), "no action 'burn'"),
        (Decision("same", "FooNet", object="foonets"), "spellings of one name"),
        (Decision("rename", "x"), "names no object"),
        (Decision("retype", "x", object="Thing"), "no class 'Thing'"),
        (Decision("reject", "x", "trainedOn"), "a claim has"),
        (Decision("confirm", "x"), "a claim has"),
        (Decision("confirm", "x", "likes", "y"), "no predicate 'likes'"),
        (Decision("add", "x", "trainedOn", "y", quote="x on y"), "names no paper"),
        (Decision("add", "x", "trainedOn", "y", paper="p"), "has no quote"),
        (Decision("reject", ""), "names no subject"),
    ],
)
def test_what_no_build_could_apply_is_not_written(tmp_path, decision, why):
    with pytest.raises(UsageError, match=why):
        curate(tmp_path, decision)
    assert list(tmp_path.iterdir()) == []


def test_bad_rows_are_told_by_line_and_the_rest_is_read(tmp_path):
    table = tmp_path / "curation.tsv"
    rows = [
        b"# by hand",
        b"action\tsubject\tpredicate\tobject",
        b"rename\tBLOOM\t\tBloom",
        b"burn\tBLOOM\t\t",
        b"",
        b"rename\tBL\xffOM\t\tx",
        b"rename\ta\tb\tc\td",
        b'reject\t"lone quote"\t\t',
        b'reject\t"open quote\t\t',
        b"same\ta\t\tb",
        b"reject\tROOTS\t\t",
    ]
    table.write_bytes(b"\n".join(rows))
    decisions, problems = read_decisions([table])
    assert [(d.action, d.subject, s.line) for d, s in decisions] == [
        ("rename", "BLOOM", 3),
        ("reject", "lone quote", 8),
        ("reject", "open quote", 9),
        ("reject", "ROOTS", 11),
    ]
    assert [(str(p.source), p.why.partition(";")[0]) for p in problems] == [
        (f"{table}:4", "no action 'burn'"),
        (f"{table}:6", "is not UTF-8"),
        (f"{table}:7", "has 5 cells where the header has 4"),
        (f"{table}:10", "same belongs in curation.sssom.tsv"),
    ]


def test_a_cell_of_any_length_is_the_fault_of_its_row(tmp_path):
    table = tmp_path / "curation.sssom.tsv"
    table.write_text(
        "subject_label\tpredicate_id\tobject_label\n"
        f"{'x' * (csv.field_size_limit() + 1)}\tskos:exactMatch\tB\nC\tskos:exactMatch\tD\n",
        encoding="utf-8",
    )
    curation = load_curation([table])
    assert [(p.a, p.b) for p in curation.same] == [("c", "d")]
    ((where, why),) = [(problem.source.line, problem.why) for problem in curation.problems]
    assert where == 2
    assert why.startswith("is not a row: field larger")


def test_tables_are_found_beside_files_and_in_folders_and_each_once(tmp_path):
    curate(tmp_path, REJECT)
    (tmp_path / "papers.txt").write_text("x")
    assert tables_beside([tmp_path, tmp_path / "papers.txt", "-"]) == ([], [tmp_path / "curation.tsv"])


def test_what_is_written_is_listed_with_its_faults(tmp_path):
    curate(tmp_path, Decision("same", "FooNet", object="BarNet"))
    curate(tmp_path, REJECT)
    with (tmp_path / "curation.tsv").open("a") as table:
        table.write("x\ty\tburn\n")
    assert [(f"{row.table}:{row.line}", row.what, bool(row.why)) for row in written(tmp_path)] == [
        ("curation.sssom.tsv:9", "FooNet same as BarNet", False),
        ("curation.tsv:2", "model/bloom is wrong", False),
        ("curation.tsv:3", "burn", True),
    ]
