"""Metadata beside plain text: which file is a sidecar, which row belongs to which abstract."""

from __future__ import annotations

import gzip

import pytest
from reading_files import CHINESE, ENGLISH, OTHER_ENGLISH, Read, Reader

TEXT = f"{ENGLISH}\n\n{OTHER_ENGLISH}\n\n{CHINESE}\n"
TABLE = "id,title,year,authors\na,First,2020,Ada Lovelace\nb,Second,2021,\nc,Third,2022,\n"
BIBTEX = r"""
@misc{a, title={First}, year=2020, author={Lovelace, Ada}}
@misc{b, title={Second}, year=2021}
@misc{c, title={Third}, year=2022}
"""


def facts(result: Read) -> list[tuple[str, str | None, str | None]]:
    return [(document.id, document.title, document.date) for document in result.documents]


THREE = [("a", "First", "2020"), ("b", "Second", "2021"), ("c", "Third", "2022")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("papers.csv", TABLE),
        ("papers.tsv", TABLE.replace(",", "\t")),
        ("papers.bib", BIBTEX),
        ("papers.csv.gz", TABLE),
    ],
)
def test_rows_belong_to_abstracts_in_order(reading: Reader, name: str, content: str) -> None:
    data = gzip.compress(content.encode()) if name.endswith(".gz") else content.encode()
    result = reading({"papers.txt": TEXT, name: data})
    assert facts(result) == THREE
    assert result.texts == [ENGLISH, OTHER_ENGLISH, CHINESE]
    assert result.documents[0].authors == ("Ada Lovelace",)
    assert not result.rejects


def test_a_column_of_numbers_says_which_row_is_whose(reading: Reader) -> None:
    result = reading({"papers.txt": TEXT, "papers.csv": "number,id,title\n3,c,Third\n1,a,First\n"})
    (first, second, third) = facts(result)
    assert (first, third) == (("a", "First", None), ("c", "Third", None))
    assert second[0].startswith("sha256-")
    assert not result.rejects


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("id,title\na,First\nb,Second\n", "2 rows for 3 abstracts: not used"),
        (TABLE + "d,Fourth,2023,\n", "4 rows for 3 abstracts: not used"),
        (TABLE.replace("b,Second,2021,", "b,Second,2021,,,"), "6 cells for 4 columns"),
    ],
)
def test_rows_that_may_belong_elsewhere_are_not_used(reading: Reader, table: str, reason: str) -> None:
    result = reading({"papers.txt": TEXT, "papers.csv": table})
    assert [document.title for document in result.documents] == [None, None, None]
    assert reason in result.reasons[0]


def test_a_number_out_of_range_or_twice_is_reported_and_the_rest_used(reading: Reader) -> None:
    table = "number,id\n1,a\n1,b\n4,d\nx,e\n2,f\n"
    result = reading({"papers.txt": TEXT, "papers.csv": table})
    assert [document.id for document in result.documents][:2] == ["a", "f"]
    assert [(reject.source.line, reject.reason.partition(";")[0]) for reject in result.rejects] == [
        (3, "number 1 comes twice"),
        (4, "number '4' is none of the 3 abstracts"),
        (5, "number 'x' is none of the 3 abstracts"),
    ]


def test_an_abstract_that_is_rejected_still_has_its_place(reading: Reader) -> None:
    result = reading({"papers.txt": f"{ENGLISH}\n\n12 + 3\n\n{CHINESE}", "papers.csv": TABLE})
    assert facts(result) == [THREE[0], THREE[2]]
    assert [(reject.id, reject.reason) for reject in result.rejects] == [("b", "the abstract holds no words")]


def test_a_second_sidecar_is_told_of_and_not_used(reading: Reader) -> None:
    result = reading({"papers.txt": ENGLISH, "papers.csv": "id\na\n", "papers.tsv": "id\tyear\nb\t2020\n"})
    assert [document.id for document in result.documents] == ["a"]
    ((place, reason),) = [(reject.source.path, reject.reason) for reject in result.rejects]
    assert place.endswith("papers.tsv")
    assert "papers.csv; keep one of the two" in reason


def test_a_table_with_abstracts_of_its_own_is_no_sidecar(reading: Reader) -> None:
    table = f'id,title,abstract\nx,Own,"{OTHER_ENGLISH}"\n'
    result = reading({"papers.txt": ENGLISH, "papers.csv": table})
    assert facts(result) == [("x", "Own", None), ("sha256-a95e9d916d0b", None, None)]


def test_bibtex_with_abstracts_of_its_own_is_no_sidecar(reading: Reader) -> None:
    result = reading({"papers.txt": ENGLISH, "papers.bib": f"@misc{{x, abstract={{{OTHER_ENGLISH}}}}}"})
    assert [document.id for document in result.documents] == ["x", "sha256-a95e9d916d0b"]


def test_a_table_beside_no_text_is_read_as_documents(reading: Reader) -> None:
    result = reading({"other.txt": ENGLISH, "papers.csv": TABLE})
    assert "no column holds the abstract" in result.reasons[0]
    assert len(result.documents) == 1
