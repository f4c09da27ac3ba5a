"""Dates, names, identifiers, links and LaTeX, in the spellings that metadata has and in the one that documents have."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.latex import spelled, unlatexed
from kg.read.authors import author_names
from kg.read.dates import iso_date, with_month
from kg.read.identifiers import arxiv_identifier, doi_identifier, identifiers
from kg.read.links import web_links


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2022-11-09", "2022-11-09"),
        ("2022-11-09T17:00:00Z", "2022-11-09"),
        ("2022/11/9", "2022-11-09"),
        ("20221109", "2022-11-09"),
        ("2022-11", "2022-11"),
        ("2022/05//", "2022-05"),
        ("2022///", "2022"),
        ("2022年11月9日", "2022-11-09"),
        ("2022年", "2022"),
        (2022, "2022"),
        (2022.0, "2022"),
        ("2022.0", "2022"),
        ("9 Nov 2022", "2022-11-09"),
        ("November 9, 2022", "2022-11-09"),
        ("Sept. 2022", "2022-09"),
        ("2022 Nov 9", "2022-11-09"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ({"date-parts": [[2022, 11]]}, "2022-11"),
        ([2022, 11, 9], "2022-11-09"),
        ("Spring 2022", "2022"),
        ("03/04/2022", "2022"),
        ("2022-02-30", "2022-02"),
        ("2022-13", "2022"),
        ("2021-2022", None),
        ("in press", None),
        ("0000", None),
        ("", None),
        (None, None),
        (True, None),
        ({"date-parts": [[None]]}, None),
        ("9" * 5000, None),
    ],
)
def test_dates_become_iso(stated: object, iso: str | None) -> None:
    assert iso_date(stated) == iso


@given(st.dates(min_value=datetime.date(1600, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_a_day_is_the_same_day_in_every_form(day: datetime.date) -> None:
    forms = [
        f"{day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.day} {day:%B %Y}",
        f"{day:%b} {day.day}, {day.year}",
    ]
    assert {iso_date(form) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    ("month", "date"),
    [
        ("nov", "2022-11"),
        ("November", "2022-11"),
        ("11", "2022-11"),
        ("13", "2022"),
        ("", "2022"),
        (None, "2022"),
    ],
)
def test_bibtex_months(month: str | None, date: str) -> None:
    assert with_month("2022", month) == date


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        (["Ada Lovelace", "Alan Turing"], ("Ada Lovelace", "Alan Turing")),
        (["Lovelace, Ada", "King, Jr., Martin"], ("Ada Lovelace", "Martin King Jr.")),
        (
            [{"name": "Ada Lovelace"}, {"author": {"display_name": "Alan Turing"}}],
            ("Ada Lovelace", "Alan Turing"),
        ),
        (
            [{"given": "Ada", "family": "Lovelace"}, {"first": "Alan", "last": "Turing"}],
            ("Ada Lovelace", "Alan Turing"),
        ),
        ([["Le Scao", "Teven", ""], ["King", "Martin", "Jr."]], ("Teven Le Scao", "Martin King Jr.")),
        ({"name": "Ada Lovelace"}, ("Ada Lovelace",)),
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Ada Lovelace, Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Ada Lovelace, Alan Turing, Martin King, Jr.", ("Ada Lovelace", "Alan Turing", "Martin King Jr.")),
        ("A. Lovelace, A. Turing, and D. Knuth", ("A. Lovelace", "A. Turing", "D. Knuth")),
        ("Lovelace, Ada and Turing, Alan", ("Ada Lovelace", "Alan Turing")),
        ("Lovelace, A.; Turing, A.; et al.", ("A. Lovelace", "A. Turing")),
        ("Smith, J., Doe, A. B.", ("J. Smith", "A. B. Doe")),
        ("Le Scao, T., Sartre, J.-P., & Roe, B", ("T. Le Scao", "J.-P. Sartre", "B Roe")),
        ("Li, Bo, Wang, Ed", ("Li", "Bo", "Wang", "Ed")),
        ("Ada Lovelace & Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Anders Brandt", ("Anders Brandt",)),
        ("Ada Lovelace and others", ("Ada Lovelace",)),
        ("张三,李四,王五", ("张三", "李四", "王五")),
        ("张三；李四、王五 等", ("张三", "李四", "王五 等")),
        (["Ada", "Ada", "", "et al.", None, 3], ("Ada",)),
        (None, ()),
        (17, ()),
    ],
)
def test_names_of_authors(stated: object, names: tuple[str, ...]) -> None:
    assert author_names(stated) == names


@pytest.mark.parametrize(
    "stated",
    [
        *("2211.05100", "arXiv:2211.05100", "arxiv: 2211.05100v4", "https://arxiv.org/abs/2211.05100"),
        *("http://www.arxiv.org/pdf/2211.05100v1.pdf", "oai:arXiv.org:2211.05100", " 2211.05100 "),
        *("10.48550/arXiv.2211.05100", "https://doi.org/10.48550/arXiv.2211.05100v2"),
    ],
)
def test_arxiv_numbers_have_one_spelling(stated: str) -> None:
    assert arxiv_identifier(stated) == "arXiv:2211.05100"


@pytest.mark.parametrize("stated", ["hep-th/9901001", "math.GT/0309136", "0704.0001", "1412.9999"])
def test_arxiv_numbers_of_old(stated: str) -> None:
    assert arxiv_identifier(stated) == f"arXiv:{stated}"


@pytest.mark.parametrize(
    "other",
    [
        "1234.5678",
        "2213.00001",
        "0704.00001",
        "1501.0001",
        "foo-bar/1234567",
        "2211.05100 and more",
        "nips2010:2a5c",
        "",
    ],
)
def test_what_only_looks_like_an_arxiv_number(other: str) -> None:
    assert arxiv_identifier(other) is None


@pytest.mark.parametrize(
    "stated",
    [
        "10.1016/J.Media.2022.102696",
        "doi:10.1016/j.media.2022.102696",
        "DOI: 10.1016/j.media.2022.102696.",
        "https://dx.doi.org/10.1016/j.media.2022.102696",
    ],
)
def test_dois_have_one_spelling(stated: str) -> None:
    assert doi_identifier(stated) == "doi:10.1016/j.media.2022.102696"


def test_the_doi_that_arxiv_gives_names_the_arxiv_paper() -> None:
    assert identifiers(["https://doi.org/10.48550/arXiv.2211.05100", "none"]) == (
        "arXiv:2211.05100",
        "doi:10.48550/arxiv.2211.05100",
    )


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{BLOOM}: A {\emph{176B}} Model", "BLOOM: A 176B Model"),
        (r"Tak{\'a}{\v c} and M\"{u}ller", "Takáč and Müller"),
        (r"G\"odel, Erd\H{o}s, {\L}ukasiewicz", "Gödel, Erdős, Łukasiewicz"),
        (r"S{\o}ren \AA ngstr\"om \ss", "Søren Ångström ß"),
        (r"Na{\"\i}ve Bayes", "Naïve Bayes"),
        (r"Gar{\c{c}}on", "Garçon"),
        (r"R\&D at 100\% of $\alpha_{i} \sim x^{2}$", r"R&D at 100% of $\alpha_{i} \sim x^{2}$"),
        (r"A~B --- pages 1--2", "A B — pages 1–2"),
        (r"a set \{1, 2\}", "a set {1, 2}"),
        ("two\n   lines", "two lines"),
        (r"\unknown{x} stays", r"\unknownx stays"),
        ("costs $5 -- or {more}", "costs $5 – or more"),
    ],
)
def test_latex_of_titles_and_names(latex: str, text: str) -> None:
    assert unlatexed(latex) == text


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        ("$k$-means", "k-means"),
        (r"$\chi^2$-divergence", "χ²-divergence"),
        (r"$\ell_\infty$-norm", "ℓ_∞-norm"),
        (r"$\mathsf{NC}^1$-complete", "NC¹-complete"),
        (r"$(\epsilon, \delta)$-differential privacy", "(ε,δ)-differential privacy"),
        (r"G$^2$N$^{2}$", "G²N²"),
        (r"$\mathbf{\textit{WWH}}$", "WWH"),
        (r"$\rm BERT$", "BERT"),
        (r"$x_{t+1}$", "x_(t+1)"),
        (r"$\sqrt{T}$ regret", r"$\sqrt{T}$ regret"),
        ("$5 and $6", "$5 and $6"),
        ("$two or more$", "$two or more$"),
        ("It\\^o calculus", "Itô calculus"),
        ("$$", "$$"),
    ],
)
def test_formulas_in_names_are_spelled_where_letters_can_tell_them(latex: str, name: str) -> None:
    assert spelled(latex) == name
    assert spelled(name) == name


@given(st.text(alphabet="ab \\'`^\"~={}$vcHu.é-&%", max_size=40))
def test_any_latex_is_read(text: str) -> None:
    assert unlatexed(text) == " ".join(unlatexed(text).split())
    assert spelled(text) == " ".join(spelled(text).split())


@pytest.mark.parametrize(
    ("stated", "links"),
    [
        ("https://a.org/x", ("https://a.org/x",)),
        (["https://a.org/x", "HTTP://B.org", "https://a.org/x"], ("https://a.org/x", "HTTP://B.org")),
        ([{"url": "https://a.org/x"}, {"href": "ftp://a.org"}], ("https://a.org/x",)),
        ("https://例え.jp/論文", ("https://例え.jp/論文",)),
        ([["https://a.org"]], ()),
        ("//a.org/x", ()),
        (None, ()),
    ],
)
def test_links(stated: object, links: tuple[str, ...]) -> None:
    assert web_links(stated) == links
