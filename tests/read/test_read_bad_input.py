"""Bad input: each piece is one reject with its place and a reason, and all else is read."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from reading_files import CHINESE, ENGLISH, GERMAN, OTHER_ENGLISH, Reader, read_paths

from kg.errors import UsageError
from kg.read import KINDS, opening
from kg.read.formats import KIND_OF_SUFFIX
from kg.settings import ReadSettings

QUOTED = f'"{ENGLISH}"'
GOOD = json.dumps({"id": "good", "text": ENGLISH})


def lines(*values: object) -> str:
    return "\n".join(value if isinstance(value, str) else json.dumps(value) for value in (GOOD, *values))


TRUNCATED = gzip.compress(
    ("\n".join(json.dumps({"id": str(n), "text": f"{n} {ENGLISH}"}) for n in range(2000))).encode()
)

# file -> (its content, the line the report points at, words of the reason)
BAD: dict[str, tuple[str | bytes, int | None, str]] = {
    "broken.jsonl": (lines("", '{"id": "b", "text": "We'), 3, "not valid JSON: Unterminated string"),
    "list.jsonl": (lines(["a"]), 2, "a list, not a JSON object"),
    "empty.jsonl": (lines({"id": "b", "abstract": " \n "}), 2, "the abstract is empty"),
    "controls-only.jsonl": (lines({"id": "b", "abstract": "\0\x01"}), 2, "the abstract is empty"),
    "none.jsonl": (lines({"id": "b", "title": "T"}), 2, "no abstract"),
    "null.jsonl": (lines({"id": "b", "abstract": None}), 2, "no abstract"),
    "number.jsonl": (lines({"id": "b", "text": 17}), 2, "the abstract is not text but int"),
    "object.jsonl": (lines({"id": "b", "text": {"p": "We"}}), 2, "the abstract is not text but dict"),
    "no-index.jsonl": (
        lines({"id": "b", "abstract_inverted_index": {"We": "0"}}),
        2,
        "the abstract is not text but dict",
    ),
    "far-index.jsonl": (lines({"id": "b", "abstract_inverted_index": {"17": [10**15]}}), 2, "holds no words"),
    "long.jsonl": (
        lines({"id": "b", "text": "word " * 2_000_000}),
        2,
        "an abstract of 10,000,000 characters",
    ),
    "deep.jsonl": (lines('{"id": "b", "text": ' + "[" * 200_000), 2, "nested too deeply"),
    "digits.jsonl": (lines('{"id": "b", "text": ' + "9" * 10_000 + "}"), 2, "Exceeds the limit"),
    "german.jsonl": (lines({"id": "b", "text": GERMAN}), 2, "in German, not English or Chinese"),
    "words.jsonl": (lines({"id": "b", "text": "17 + 4 = 21"}), 2, "holds no words"),
    "latin1.jsonl": (lines().encode() + b'\n{"id": "b", "text": "caf\xe9"}', 2, "bytes that are not UTF-8"),
    "latin1-title.jsonl": (
        lines().encode() + b'\n{"id": "b", "title": "caf\xe9", "text": "' + OTHER_ENGLISH.encode() + b'"}',
        2,
        "the title holds bytes that are not UTF-8",
    ),
    "twice.jsonl": (lines(GOOD), 2, "duplicate: the same paper with the same text"),
    "same-id.jsonl": (lines({"id": "good", "text": CHINESE}), 2, "its id was used at"),
    "cut.jsonl.gz": (TRUNCATED[: len(TRUNCATED) // 2], None, "the gzip file is cut short"),
    "damaged.jsonl.gz": (
        TRUNCATED[:500] + b"\xff" * 500 + TRUNCATED[1000:],
        None,
        "the gzip file is damaged",
    ),
    "broken.json": (f'[{GOOD},\n{{"id": \n"b" "text"}}]', 3, "not valid JSON"),
    "deep.json": ("[" * 200_000, 1, "nested too deeply"),
    "mixed.json": (f"[{GOOD}, 3]", None, "item 2: a number, not a JSON object"),
    "item.json": (f'[{GOOD}, {{"id": "b", "text": ""}}]', None, "item 2: the abstract is empty"),
    "column.csv": ("id,title\nb,T\n", 1, "no column holds the abstract (columns: id, title)"),
    "short.csv": (f"id,title,year,abstract\nb,T\ngood,T,2022,{QUOTED}\n", 2, "no abstract"),
    "cells.csv": (f"id,abstract\nb,One, two\ngood,{QUOTED}\n", 2, "3 cells for 2 columns"),
    "quote.csv": (f'id,abstract\ngood,{QUOTED}\nb,"We', 3, "not a row of CSV"),
    "cell.csv": (f"id,abstract\nb,{'word ' * 50_000}\ngood,{QUOTED}\n", 2, "not a row of CSV: field larger"),
    "brace.bib": (
        f"@article{{b, abstract = {{We\n\n@article{{good, abstract = {{{ENGLISH}}}}}\n",
        1,
        "not a BibTeX entry: Unexpected block start",
    ),
    "none.bib": (f"@misc{{good, abstract = {{{ENGLISH}}}}}\n@misc{{b, title = {{T}}}}", 2, "no abstract"),
    "none.ris": ("Nothing\n", 1, "no RIS record"),
    "binary.txt": (bytes(range(256)) * 20 + bytes(5000), 1, "not text: binary, or UTF-16"),
    "utf16.txt": (ENGLISH.encode("utf-16-le"), 1, "not text: binary, or UTF-16 without a byte order mark"),
    "latin1.txt": (f"{ENGLISH}\n\n".encode() + "café".encode("latin-1"), 3, "bytes that are not UTF-8"),
    "gb18030.txt": (CHINESE.encode("gb18030"), 1, "bytes that are not UTF-8"),
    "empty.txt": ("\n \n", None, "holds no document"),
    "empty.jsonl.gz": (b"", None, "holds no document"),
    "papers.docx": (b"PK", None, "skipped: not a kind of file that is read (.txt,"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_piece_of_bad_input_is_one_reject_with_its_place_and_reason(reading: Reader, name: str) -> None:
    content, line, reason = BAD[name]
    result = reading({name: content, "zz.jsonl": json.dumps({"id": "after", "text": OTHER_ENGLISH})})
    (reject,) = result.rejects
    assert reason in reject.reason
    assert "\n" not in reject.reason
    assert len(reject.reason) < 400
    assert Path(reject.source.path).name == name
    if line is not None:
        assert reject.source.line == line
    ids = [document.id for document in result.documents]
    assert ids[-1] == "after", "a bad file does not keep the next from being read"
    if isinstance(content, str) and ENGLISH in content and not name.startswith("broken.json"):
        assert "good" in ids, "a bad record does not keep its neighbours from being read"


def test_documents_before_the_end_of_a_cut_gzip_file_are_read(reading: Reader) -> None:
    result = reading({"a.jsonl.gz": TRUNCATED[: len(TRUNCATED) // 2]})
    assert 500 < len(result.documents) < 2000
    assert [document.id for document in result.documents] == [str(n) for n in range(len(result.documents))]
    assert result.rejects[0].source.line == len(result.documents) + 1


def test_a_line_beyond_memory_is_passed_over(reading: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LONGEST_LINE", 1000)
    result = reading({"a.jsonl": "\n".join(['{"text": "' + "x" * 5000, GOOD, "y" * 1001])})
    assert [document.id for document in result.documents] == ["good"]
    assert [reject.source.line for reject in result.rejects] == [1, 3]


# -- characters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_byte_order_mark_tells_the_encoding(reading: Reader, encoding: str, name: str) -> None:
    record = json.dumps({"id": "a", "abstract": CHINESE}, ensure_ascii=False)
    content = {"a.txt": CHINESE, "a.jsonl": record, "a.csv": f'abstract,id\n"{CHINESE}",a\n'}[name]
    assert reading({name: content.encode(encoding)}).only.text == CHINESE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\0b", "a b"),
        ("a\x1b[31mb", "a [31mb"),
        ("a\r\nb", "a \nb"),
        ("a\x85b", "a b"),
        ("\ud83d!", "\ufffd!"),
        ("a\tb", "a\tb"),
    ],
)
def test_characters_that_break_files_are_replaced_one_for_one(reading: Reader, given: str, kept: str) -> None:
    text = f"{ENGLISH} {given} {ENGLISH}"
    document = reading({"a.jsonl": json.dumps({"id": f"x{given}", "title": given, "text": text})}).only
    assert document.text == f"{ENGLISH} {kept} {ENGLISH}"
    assert len(document.text) == len(text)
    assert document.title == " ".join(kept.split())
    assert document.id == " ".join(f"x{kept}".split())


HOSTILE = '</script><script>alert(1)</script> " \' href="javascript:alert(1)" \n <img src=x onerror=alert(1)>'


def test_hostile_metadata_is_one_line_of_text_and_its_links_are_web_addresses(reading: Reader) -> None:
    links = [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "http://",
            "http://[::1",
            "https://a.org/%zz",
            "https://a.org/<b>",
        )
    ]
    record = {
        "id": HOSTILE,
        "title": HOSTILE,
        "authors": [HOSTILE],
        "url": [*links, "https://a.org/b?c=d#e"],
        "text": ENGLISH,
    }
    document = reading({"a.jsonl": json.dumps(record)}).only
    assert document.title == document.id == " ".join(HOSTILE.split())
    assert document.links == ("https://a.org/b?c=d#e",)


def test_a_value_that_is_far_too_long_is_left_out(reading: Reader) -> None:
    record = {"title": "t" * 10_000, "venue": "v" * 10_000, "authors": ["a" * 10_000, "Ada"], "text": ENGLISH}
    document = reading({"a.jsonl": json.dumps(record)}).only
    assert (document.title, document.venue, document.authors) == (None, None, ("Ada",))


# -- the same paper twice ----------------------------------------------------------------------------------


def test_a_paper_is_read_once_whatever_files_it_is_in(reading: Reader) -> None:
    paper = {"id": "arXiv:2211.05100", "text": ENGLISH}
    result = reading(
        {
            "a.jsonl": json.dumps(paper),
            "b.jsonl": json.dumps(paper),
            "c.jsonl": json.dumps({"id": "2211.05100", "text": CHINESE}),
            "d.jsonl": json.dumps({"id": "other", "text": ENGLISH}),
            "e.jsonl": json.dumps({"id": "https://arxiv.org/abs/2211.05100v2", "text": ENGLISH}),
        }
    )
    assert [document.id for document in result.documents] == ["arXiv:2211.05100", "other"]
    same, another, address = result.rejects
    assert address.reason == same.reason
    assert same.reason.startswith("duplicate")
    assert same.reason.endswith("a.jsonl:1; read once")
    assert "an id of the same paper, 'arXiv:2211.05100', was used at" in another.reason
    assert another.id == "2211.05100"


# -- languages ---------------------------------------------------------------------------------------------


def test_another_language_is_read_as_english_on_request(reading: Reader) -> None:
    document = reading({"a.txt": GERMAN}, other_languages="english").only
    assert (document.lang, document.text) == ("en", GERMAN)


# -- paths and settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["no/such.jsonl", "x" * 5000, "a\0b", ""])
def test_a_path_that_does_not_exist_is_wrong_usage_at_once(path: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        read_paths(tmp_path, path)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"split": "sentence"}, "read.split: 'sentence' is none of paragraph, line, file"),
        ({"other_languages": "french"}, "read.other_languages: 'french' is none of skip, english"),
        ({"fields": {"abstract": "a"}}, "read.fields: 'abstract' is none of id, text, title"),
        ({"fields": {"text": 3}}, "read.fields.text: 3 is not the name of a field"),
        ({"boilerplate": ("(",)}, "read.boilerplate: '\\(' is not a regular expression"),
        ({"max_characters": 0}, "read.max_characters: 0 is less than 1"),
    ],
)
def test_settings_without_sense_are_wrong_usage(
    settings: dict[str, object], message: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=message):
        read_paths(tmp_path, settings=ReadSettings(**settings))  # type: ignore[arg-type]


def test_a_folder_without_documents_is_reported(reading: Reader) -> None:
    result = reading({"notes/README.md": "# Notes", ".hidden/a.txt": ENGLISH, ".DS_Store": b"\0"})
    assert not result.documents
    assert [reason.partition(" (")[0] for reason in result.reasons] == [
        "skipped: not a kind of file that is read",
        "the folder holds no file of a known kind",
    ]


def test_a_folder_is_read_in_the_order_of_its_names(reading: Reader) -> None:
    names = ["b.jsonl", "a/z.jsonl", "a/b.jsonl", "B.jsonl", "c.jsonl"]
    result = reading({name: json.dumps({"id": name, "text": ENGLISH}) for name in names})
    assert [document.id for document in result.documents] == [
        "B.jsonl",
        "b.jsonl",
        "c.jsonl",
        "a/b.jsonl",
        "a/z.jsonl",
    ]


def test_a_broken_link_in_a_folder_is_reported(reading: Reader, tmp_path: Path) -> None:
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    assert reading({"a.txt": ENGLISH}).reasons == ["skipped: a broken link, or no regular file"]


# -- standard input, and files whose name tells nothing ----------------------------------------------------

SNIFFED = {
    "jsonl": f"{GOOD}\n",
    "json": json.dumps([json.loads(GOOD)], indent=1),
    "csv": f'id,abstract\ngood,"{ENGLISH}"\n',
    "tsv": f"id\tabstract\ngood\t{ENGLISH}\n",
    "bibtex": f"% comment\n\n@misc{{good,\n  abstract = {{{ENGLISH}}}}}\n",
    "ris": f"\ufeffTY  - JOUR\nID  - good\nAB  - {ENGLISH}\nER  - \n",
    "text": f"{ENGLISH}\n",
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_through_a_pipe_is_recognised(
    kind: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = SNIFFED[kind].encode()
    piped = io.BytesIO(gzip.compress(data) if packed else data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(piped)))
    document = read_paths("-").only
    assert document.text == ENGLISH
    assert document.id == ("good" if kind != "text" else "sha256-a95e9d916d0b")
    assert document.source is not None
    assert document.source.path == "-"


def test_a_file_whose_name_tells_nothing_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text(SNIFFED["csv"], encoding="utf-8")
    assert read_paths(tmp_path / "papers").only.id == "good"


# -- anything at all ---------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            ENGLISH,
            CHINESE,
            '{"id": ',
            '"text": "',
            "abstract,id\n",
            "@article{",
            "TY  - JOUR\n",
            "AB  - ",
            "\n",
            "\r",
            "\t",
        ),
        *('"', "{", "}", "[", "]", ",", "\0", "\ufeff", "ER  - ", "= {", "\\", "(", ")", "@string", "#", "'"),
    ]
)
CONTENT = st.one_of(
    st.binary(max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
)


@given(content=CONTENT, suffix=st.sampled_from(sorted(KIND_OF_SUFFIX)), packed=st.booleans())
@hypothesis_settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_content_stops_the_run_and_none_passes_in_silence(
    content: bytes, suffix: str, packed: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(gzip.compress(content) if packed else content)
    result = read_paths(path)
    assert result.documents or result.rejects
    for document in result.documents:
        assert document.text.strip()
        assert document.text.encode("utf-8").decode("utf-8") == document.text
    for reject in result.rejects:
        assert "\n" not in reject.reason
        reject.reason.encode("utf-8")


@given(st.text(alphabet=st.characters(), min_size=1))
@hypothesis_settings(max_examples=200, deadline=None)
def test_cleaning_keeps_every_offset(text: str) -> None:
    from kg.read.characters import cleaned

    kept = cleaned(text)
    assert len(kept) == len(text)
    assert cleaned(kept) == kept
    kept.encode("utf-8")
