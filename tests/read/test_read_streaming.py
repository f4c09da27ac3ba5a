"""Large files are read record by record: the first document comes before the last is looked at."""

from __future__ import annotations

import gzip
import json
import pickle
import time
import tracemalloc
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest
from reading_files import ENGLISH, Reader, read_paths

from kg.read import read
from kg.read.formats import READERS, sniffed
from kg.read.record import Record
from kg.settings import ReadSettings

RECORD = json.dumps({"id": "a", "abstract": ENGLISH}) + "\n"


@pytest.mark.parametrize(
    ("kind", "head", "again"),
    [
        ("jsonl", "", RECORD),
        ("json", "", RECORD),
        ("csv", "id,abstract\n", f'a,"{ENGLISH}"\n'),
        ("tsv", "id\tabstract\n", f"a\t{ENGLISH}\n"),
        ("ris", "", f"TY  - JOUR\nAB  - {ENGLISH}\nER  -\n"),
    ],
)
def test_a_file_without_end_gives_documents(kind: str, head: str, again: str) -> None:
    endless: Iterator[str] = chain([head], chain.from_iterable(repeat(again.splitlines(keepends=True))))
    found = READERS[kind](endless, ReadSettings())
    for _ in range(3):
        record = next(found)
        assert isinstance(record, Record)
        assert record.fields["text"] == ENGLISH


HOSTILE = (" ", "\n", "\\o ", " and ", ",", "$", "{", "@a{", '"', "[{", "A, ", "http://a ")


@pytest.mark.parametrize("run", HOSTILE)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.bib", "a.ris", "a.txt"])
def test_long_runs_of_one_thing_take_no_quadratic_time(run: str, name: str, reading: Reader) -> None:
    long = run * (100_000 // len(run))
    fields = ("id", "title", "authors", "url", "doi", "date", "venue")
    record = dict.fromkeys(fields, long) | {"text": ENGLISH}
    started = time.process_time()
    reading({name: json.dumps(record) if name == "a.jsonl" else long})
    assert time.process_time() - started < 5


def test_looking_at_the_first_lines_loses_none() -> None:
    lines = [f"{number}\n" for number in range(200)]
    kind, again = sniffed(iter(lines))
    assert (kind, list(again)) == ("text", lines)


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl.gz"
    padding = "and the rest of it " * 2_500
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(150):
            file.write(json.dumps({"id": str(number), "text": f"{ENGLISH} {number} {padding}"}) + "\n")
    tracemalloc.start()
    count = sum(1 for _ in read([path], ReadSettings(), print))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 150
    # The texts are 7 MB; what is remembered of each paper is some hundred bytes.
    assert peak < 3_000_000


def test_documents_and_rejects_travel_between_processes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(RECORD + "{\n", encoding="utf-8")
    result = read_paths(tmp_path)
    assert pickle.loads(pickle.dumps((result.documents, result.rejects))) == (
        result.documents,
        result.rejects,
    )
