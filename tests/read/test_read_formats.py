"""What each kind of file becomes: given this content, the document says this."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from reading_files import CHINESE, ENGLISH, OTHER_ENGLISH, Reader

from kg.read import KINDS
from kg.read.files import kind_of
from kg.types import Document

TITLE = "BLOOM: A 176B-Parameter Open-Access Multilingual Language Model"
# The same paper in every format that can hold all this.
BLOOM = Document(
    id="bloom",
    text=ENGLISH,
    lang="en",
    title=TITLE,
    authors=("Teven Le Scao", "Suzana Ilić"),
    date="2022-11-09",
    venue="arXiv",
    links=("https://arxiv.org/abs/2211.05100",),
    identifiers=("arXiv:2211.05100", "doi:10.48550/arxiv.2211.05100"),
)
AS_JSON = {
    "id": "bloom",
    "abstract": ENGLISH,
    "title": TITLE,
    "authors": ["Teven Le Scao", "Suzana Ilić"],
    "date": "2022-11-09",
    "venue": "arXiv",
    "url": "https://arxiv.org/abs/2211.05100",
    "doi": "10.48550/arXiv.2211.05100",
}
AS_ROW = [
    *("bloom", ENGLISH, TITLE, "Teven Le Scao; Suzana Ilić", "2022-11-09", "arXiv"),
    *list(AS_JSON.values())[-2:],
]
AS_BIBTEX = rf"""
% exported by hand
@string{{arx = "arXiv"}}
@article{{bloom,
  title    = {{{{BLOOM}}: A 176B-Parameter Open-Access Multilingual Language Model}},
  author   = {{Le Scao, Teven and Ili{{\'c}}, Suzana and others}},
  journal  = arx,
  date     = {{2022-11-09}},
  url      = {{https://arxiv.org/abs/2211.05100}},
  doi      = {{10.48550/arXiv.2211.05100}},
  abstract = "{ENGLISH}",
}}
"""
AS_RIS = f"""TY  - JOUR
ID  - bloom
TI  - {TITLE}
AU  - Le Scao, Teven
AU  - Ilić, Suzana
DA  - 2022/11/09/
JO  - arXiv
UR  - https://arxiv.org/abs/2211.05100
DO  - 10.48550/arXiv.2211.05100
AB  - {ENGLISH[:17]}
      {ENGLISH[18:]}
ER  -
"""


def row(cells: list[str], delimiter: str) -> str:
    return delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


FILES = {
    "bloom.jsonl": json.dumps(AS_JSON) + "\n",
    "bloom.json": json.dumps(AS_JSON, indent=2, ensure_ascii=False),
    "bloom.csv": ",".join(AS_JSON) + "\n" + row(AS_ROW, ","),
    "bloom.tsv": "\t".join(AS_JSON) + "\n" + row(AS_ROW, "\t"),
    "bloom.bib": AS_BIBTEX,
    "bloom.ris": AS_RIS,
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_document(reading: Reader, name: str) -> None:
    assert replace(reading({name: FILES[name]}).only, source=None) == BLOOM


@pytest.mark.parametrize("name", FILES)
def test_every_format_may_be_gzipped(reading: Reader, name: str) -> None:
    assert replace(reading({name + ".gz": gzip.compress(FILES[name].encode())}).only, source=None) == BLOOM


def test_every_kind_is_tested_here() -> None:
    assert {kind_of(name) for name in FILES} | {"text"} == set(KINDS)


# -- plain text --------------------------------------------------------------------------------------------

TWO = [ENGLISH, CHINESE]


@pytest.mark.parametrize(
    ("content", "settings", "texts"),
    [
        pytest.param(f"{ENGLISH}\n\n\n{CHINESE}\n", {}, TWO, id="paragraphs"),
        pytest.param(f"{ENGLISH}\r\n\r\n{CHINESE}", {}, TWO, id="paragraphs, Windows line ends"),
        pytest.param(
            f"{ENGLISH[:30]}\n{ENGLISH[30:]}",
            {},
            [f"{ENGLISH[:30]}\n{ENGLISH[30:]}"],
            id="hard line breaks stay",
        ),
        pytest.param(f"{ENGLISH}\n{CHINESE}\n", {"split": "line"}, TWO, id="a line each"),
        pytest.param(
            f"{ENGLISH}\n\n{OTHER_ENGLISH}\n",
            {"split": "file"},
            [f"{ENGLISH}\n\n{OTHER_ENGLISH}"],
            id="a file each",
        ),
        pytest.param(
            f"{ENGLISH}\ntranslated by 谷歌翻译\n{CHINESE}\ntranslated by 谷歌翻译",
            {},
            TWO,
            id="closed by a line",
        ),
        pytest.param(
            f"{ENGLISH}\nTranslated by Google\n{CHINESE}\n由百度翻译\n", {}, TWO, id="closed by another line"
        ),
        pytest.param(
            f"{ENGLISH}\n\n{OTHER_ENGLISH}\n由谷歌翻译",
            {},
            [f"{ENGLISH}\n\n{OTHER_ENGLISH}"],
            id="closed with a blank line inside",
        ),
        pytest.param(
            f"由谷歌翻译\n\n由谷歌翻译\n{ENGLISH}\n由谷歌翻译\n{CHINESE}",
            {},
            TWO,
            id="closed but for the last",
        ),
        pytest.param(
            f"{ENGLISH}\n-- 8< --\n{CHINESE}", {"boilerplate": (r"-- 8< --",)}, TWO, id="a line of one's own"
        ),
        pytest.param(
            f"{ENGLISH}\n由谷歌翻译", {"boilerplate": ()}, [f"{ENGLISH}\n由谷歌翻译"], id="no line at all"
        ),
        pytest.param(
            f"A note translated by hand, or by Google, for us. {ENGLISH}",
            {},
            [f"A note translated by hand, or by Google, for us. {ENGLISH}"],
            id="the words inside an abstract",
        ),
    ],
)
def test_plain_text_is_split(
    reading: Reader, content: str, settings: dict[str, object], texts: list[str]
) -> None:
    result = reading({"a.txt": content}, **settings)
    assert result.texts == texts
    assert not result.rejects


def test_plain_text_is_located_by_line_and_named_by_its_content(reading: Reader) -> None:
    first, second = reading({"a.txt": f"\n{ENGLISH}\n\n\n{CHINESE}"}).documents
    assert (str(first.source).rpartition("/")[2], str(second.source).rpartition("/")[2]) == (
        "a.txt:2",
        "a.txt:5",
    )
    assert first.id == "sha256-a95e9d916d0b"
    assert not first.given_id


# -- JSON --------------------------------------------------------------------------------------------------

ARXIV = {
    "id": "0704.0001",
    "submitter": "Pavel Nadolsky",
    "authors": "C. Bal\\'azs, E. L. Berger",
    "title": "Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies",
    "journal-ref": "Phys.Rev.D76:013009,2007",
    "doi": "10.1103/PhysRevD.76.013009",
    "categories": "hep-ph",
    "abstract": "  A calculation in perturbative $\\alpha_s$ is\npresented for the production of pairs.\n  It agrees with the data.\n",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
    "update_date": "2008-11-26",
    "authors_parsed": [["Balázs", "C.", ""], ["Berger", "E. L.", "Jr."]],
}
OPENALEX = {
    "id": "https://openalex.org/W2741809807",
    "doi": "https://doi.org/10.7717/peerj.4375",
    "display_name": "The state of OA",
    "publication_year": 2018,
    "publication_date": "2018-02-13",
    "authorships": [
        {"author": {"display_name": "Heather Piwowar"}},
        {"author": {"display_name": "Jason Priem"}},
    ],
    "primary_location": {
        "landing_page_url": "https://doi.org/10.7717/peerj.4375",
        "source": {"display_name": "PeerJ"},
    },
    "abstract_inverted_index": {
        "Access": [2],
        "the": [1, 4, 7],
        "of": [3, 6],
        "We": [0],
        "use": [5],
        "Web": [8],
    },
}
SEMANTIC_SCHOLAR = {
    "paperId": "649def34",
    "externalIds": {"ArXiv": "2211.05100", "DOI": None},
    "title": TITLE,
    "abstract": ENGLISH,
    "venue": "",
    "publicationVenue": {"name": "arXiv.org"},
    "year": 2022,
    "authors": [{"authorId": "1", "name": "Teven Le Scao"}],
}
CROSSREF = {
    "DOI": "10.1016/J.media.2022.102696",
    "title": ["Optimal transport features"],
    "container-title": ["Medical Image Analysis"],
    "author": [{"given": "Samuel", "family": "Gerber"}],
    "issued": {"date-parts": [[2023, 2]]},
    "abstract": f"<jats:p>{ENGLISH}</jats:p>",
}


def test_arxiv_snapshot(reading: Reader) -> None:
    document = reading({"arxiv-metadata-oai-snapshot.json": json.dumps(ARXIV)}).only
    assert document.id == "0704.0001"
    assert document.text == (
        "A calculation in perturbative $\\alpha_s$ is presented for the production of pairs.\n  It agrees with the data."
    )
    assert (
        document.title
        == "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies"
    )
    assert document.authors == ("C. Balázs", "E. L. Berger Jr.")
    assert document.date == "2007-04-02"
    assert document.venue == "Phys.Rev.D76:013009,2007"
    assert document.identifiers == ("arXiv:0704.0001", "doi:10.1103/physrevd.76.013009")


def test_arxiv_snapshot_without_versions_has_the_date_of_its_update(reading: Reader) -> None:
    record = {name: value for name, value in ARXIV.items() if name != "versions"}
    assert reading({"a.jsonl": json.dumps(record)}).only.date == "2008-11-26"


@pytest.mark.parametrize(
    "wrap", [lambda work: work, lambda work: {"meta": {"count": 1}, "results": [work]}, lambda work: [work]]
)
def test_openalex_abstract_is_put_together_from_its_index(reading: Reader, wrap) -> None:  # type: ignore[no-untyped-def]
    document = reading({"works.json": json.dumps(wrap(OPENALEX))}).only
    assert document.text == "We the Access of the use of the Web"
    assert (document.id, document.title) == ("https://openalex.org/W2741809807", "The state of OA")
    assert document.authors == ("Heather Piwowar", "Jason Priem")
    assert (document.date, document.venue) == ("2018-02-13", "PeerJ")
    assert document.links == ("https://doi.org/10.7717/peerj.4375",)
    assert document.identifiers == ("doi:10.7717/peerj.4375",)


def test_semantic_scholar(reading: Reader) -> None:
    document = reading({"a.json": json.dumps({"data": [SEMANTIC_SCHOLAR]})}).only
    assert (document.id, document.venue, document.date) == ("649def34", "arXiv.org", "2022")
    assert (document.authors, document.identifiers) == (("Teven Le Scao",), ("arXiv:2211.05100",))


def test_crossref(reading: Reader) -> None:
    document = reading({"a.json": json.dumps({"message": {"items": [CROSSREF]}})}).only
    assert document.id == "doi:10.1016/j.media.2022.102696"
    assert (document.title, document.venue) == ("Optimal transport features", "Medical Image Analysis")
    assert (document.authors, document.date) == (("Samuel Gerber",), "2023-02")
    assert document.text == CROSSREF["abstract"]


def test_json_lines_under_the_name_json_are_read_line_by_line(reading: Reader) -> None:
    lines = [json.dumps({"id": "a", "text": ENGLISH}), "", json.dumps({"id": "b", "text": CHINESE})]
    result = reading({"snapshot.json": "\n".join(lines)})
    assert [(document.id, document.source and document.source.line) for document in result.documents] == [
        ("a", 1),
        ("b", 3),
    ]


def test_a_record_may_have_lists_of_its_own(reading: Reader) -> None:
    record = {"id": "a", "text": ENGLISH, "data": ["ROOTS"], "items": [{"id": "b"}]}
    assert reading({"a.json": json.dumps(record)}).only.id == "a"


# -- fields ------------------------------------------------------------------------------------------------

NESTED = {
    "meta": {"key": 7, "dc.title": "Nested"},
    "body": [{"t": "no"}, {"t": ENGLISH}],
    "people": [{"n": "Ada"}, {"n": "Alan"}],
}


def test_the_user_names_the_fields_and_dots_reach_into_objects_and_lists(reading: Reader) -> None:
    fields = {"id": "meta.key", "text": "body.1.t", "title": "meta.dc.title", "authors": "people.n"}
    document = reading({"a.jsonl": json.dumps(NESTED)}, fields=fields).only
    assert document.text == ENGLISH
    assert (document.id, document.title, document.authors) == ("7", "Nested", ("Ada", "Alan"))


def test_the_users_fields_go_before_those_that_are_known(reading: Reader) -> None:
    record = json.dumps({"id": "a", "abstract": ENGLISH, "abstract_zh": CHINESE})
    assert reading({"a.jsonl": record}, fields={"text": "abstract_zh"}).only.text == CHINESE


def test_the_user_names_the_columns_of_a_table(reading: Reader) -> None:
    content = f"Nr;dc.description.abstract;Name\n1;{ENGLISH};T\n"
    document = reading({"a.csv": content}, fields={"text": "dc.description.abstract", "title": "Name"}).only
    assert (document.text, document.title) == (ENGLISH, "T")


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [("Abstract", ","), ("Abstract Note", ";"), ("abstract_text", "\t"), ("ABSTRACT", "|"), ("摘要", ",")],
)
def test_tables_of_many_makers(reading: Reader, header: str, delimiter: str) -> None:
    content = row(["Title", header, "Publication Year"], delimiter) + row(["T", ENGLISH, "2022.0"], delimiter)
    document = reading({"a.csv": content}).only
    assert (document.text, document.title, document.date) == (ENGLISH, "T", "2022")


def test_a_cell_may_hold_delimiters_quotes_and_line_breaks(reading: Reader) -> None:
    text = f'{ENGLISH}\nIt is "open", free, and large.'
    result = reading({"a.csv": "id,abstract\n" + row(["a", text], ",") + row(["b", CHINESE], ",")})
    assert result.texts == [text, CHINESE]
    assert [document.source and document.source.line for document in result.documents] == [2, 4]


def test_a_structured_abstract_is_joined(reading: Reader) -> None:
    record = {"id": "a", "abstract": [ENGLISH, OTHER_ENGLISH]}
    assert reading({"a.jsonl": json.dumps(record)}).only.text == f"{ENGLISH}\n\n{OTHER_ENGLISH}"


def test_bibtex_eprints_are_identifiers(reading: Reader) -> None:
    entry = f"@misc{{k, eprint={{2211.05100}}, archivePrefix={{arXiv}}, month=nov, year=2022, abstract={{{ENGLISH}}}}}"
    document = reading({"a.bib": entry}).only
    assert (document.identifiers, document.date) == (("arXiv:2211.05100",), "2022-11")


def test_a_bibtex_name_in_braces_is_one_name(reading: Reader) -> None:
    authors = r"{Barnes and Noble} and Lovelace, Ada and {\'E}mile Zola"
    entry = f"@misc{{k, author={{{authors}}}, abstract={{{ENGLISH}}}}}"
    assert reading({"a.bib": entry}).only.authors == ("Barnes and Noble", "Ada Lovelace", "Émile Zola")


# -- ids ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "id_", "identifiers"),
    [
        ({"id": "2211.05100"}, "2211.05100", ("arXiv:2211.05100",)),
        ({"id": "arXiv:2211.05100v4"}, "arXiv:2211.05100v4", ("arXiv:2211.05100",)),
        ({"id": "nips2010:2a5c"}, "nips2010:2a5c", ()),
        ({"id": 17}, "17", ()),
        ({"id": " "}, "sha256-a95e9d916d0b", ()),
        ({}, "sha256-a95e9d916d0b", ()),
        ({"doi": "https://doi.org/10.1000/X1"}, "doi:10.1000/x1", ("doi:10.1000/x1",)),
        ({"url": "http://arxiv.org/pdf/2211.05100v2.pdf"}, "arXiv:2211.05100", ("arXiv:2211.05100",)),
    ],
)
def test_ids_are_kept_as_given_and_identifiers_are_of_one_form(
    reading: Reader, record: dict[str, object], id_: str, identifiers: tuple[str, ...]
) -> None:
    document = reading({"a.jsonl": json.dumps(record | {"text": ENGLISH})}).only
    assert (document.id, document.identifiers) == (id_, identifiers)
    assert document.given_id == (not id_.startswith("sha256-"))


# -- the text is as given ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"  {ENGLISH}\n", id="blank space around"),
        pytest.param(f"<jats:title>Abstract</jats:title><jats:p>{ENGLISH}</jats:p>", id="JATS"),
        pytest.param(f"<script>alert(1)</script><img src=x onerror=alert(1)> {ENGLISH}", id="HTML"),
        pytest.param(
            ENGLISH + r" \textbf{It} costs $\mathcal{O}(n^2)$, \href{javascript:alert(1)}{here}.", id="LaTeX"
        ),
        pytest.param(f"{ENGLISH}\n\n  {OTHER_ENGLISH}\n\ttab", id="line breaks"),
        pytest.param(f"{ENGLISH} 🌸\u2028\u200b\ufeff", id="beyond the basic plane, and invisible"),
    ],
)
def test_offsets_into_the_text_are_offsets_into_what_was_given(reading: Reader, text: str) -> None:
    assert reading({"a.jsonl": json.dumps({"id": "a", "text": text})}).only.text == text


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<b>Bold</b> &amp; <i class='x'>italic</i>", "Bold & italic"),
        (r"\textbf{LaTeX} of $O(n^2)$", "LaTeX of $O(n^2)$"),
        ("Learning when n < m and m > 3", "Learning when n < m and m > 3"),
        ("Vec<T> in <model>", "Vec<T> in <model>"),
        ("<i></i>", None),
    ],
)
def test_a_title_is_read_without_its_typefaces(reading, written, title):
    record = {"id": "a", "title": written, "abstract": ENGLISH}
    assert reading({"a.jsonl": json.dumps(record)}).only.title == title
