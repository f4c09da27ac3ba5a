"""The shapes a record of JSON or of a table comes in, and how each becomes our fields.

Three are known: the arXiv snapshot, OpenAlex works, and the general shape, where a field goes by one of the
names that common exports use (``abstract``, ``Abstract Note``, ``summary``, 摘要). The user's own names go
before all of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_Row = Mapping[str, object]

# Our field -> names it goes by, the best first; compared without case, spaces, hyphens and underscores.
NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "id",
        "paperid",
        "documentid",
        "docid",
        "identifier",
        "key",
        "citationkey",
        "corpusid",
        "uid",
        "eid",
    ),
    "text": ("text", "abstract", "abstracttext", "abstractnote", "paperabstract", "summary", "摘要"),
    "title": ("title", "papertitle", "articletitle", "documenttitle", "displayname", "标题", "题名", "篇名"),
    "authors": ("authors", "author", "authornames", "authorfullnames", "creators", "creator", "作者"),
    "date": ("date", "publicationdate", "published", "datepublished", "publisheddate", "issued", "日期"),
    "year": ("year", "publicationyear", "pubyear", "年份", "年"),
    "month": ("month",),
    "venue": (
        *("venue", "journal", "journalref", "conference", "booktitle", "containertitle"),
        *("publicationtitle", "sourcetitle", "publicationvenue", "期刊", "刊名", "来源"),
    ),
    "url": ("url", "urls", "link", "links", "pdfurl", "链接"),
    "doi": ("doi", "externalids.doi", "ids.doi"),
    "arxiv": ("arxiv", "arxivid", "externalids.arxiv"),
}
# A line break in the snapshot's abstracts is layout, unless the next line is indented: a new paragraph.
_LAYOUT_BREAK = re.compile(r"\n(?!\s)")


def to_fields(row: _Row, chosen: Mapping[str, str]) -> dict[str, object]:
    """A record in our field names. ``chosen`` maps our names to the user's, where dots reach into objects."""
    if "abstract_inverted_index" in row:
        fields = _openalex(row)
    elif "authors_parsed" in row or ("update_date" in row and "categories" in row):
        fields = _arxiv(row)
    else:
        fields = _general(row)
    return fields | {name: reach(row, path) for name, path in chosen.items()}


def reach(row: object, path: str) -> object:
    """The value at a dotted path, or ``None``; a list on the way is gone through, or indexed by a number.

    >>> reach({"authors": [{"name": "Ada"}, {"name": "Alan"}]}, "authors.name")
    ['Ada', 'Alan']
    """
    if isinstance(row, Mapping):
        if path in row:
            return row[path]
        # A key may itself hold a dot (dc.title), so the longest key that is there is taken.
        for cut in reversed([match.start() for match in re.finditer(r"\.", path)]):
            if path[:cut] in row:
                return reach(row[path[:cut]], path[cut + 1 :])
        return None
    if isinstance(row, list):
        first, _, rest = path.partition(".")
        if first.isdecimal() and len(first) < 10:
            value = row[int(first)] if int(first) < len(row) else None
            return reach(value, rest) if rest else value
        return [value for item in row if (value := reach(item, path)) is not None]
    return None


def text_columns(header: list[str]) -> list[str]:
    """Those names of a header that hold an abstract, by the names we know."""
    return [name for name in header if folded(name) in NAMES["text"]]


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A field name as names are compared.

    >>> folded("Abstract Note"), folded("publication_year")
    ('abstractnote', 'publicationyear')
    """
    return re.sub(r"[\s_-]+", "", name).casefold()


def _general(row: _Row) -> dict[str, object]:
    by_name: dict[str, object] = {}
    for name, value in row.items():
        by_name.setdefault(folded(name), value)
        if isinstance(value, Mapping):  # externalIds.DOI
            for inner, deeper in value.items():
                by_name.setdefault(f"{folded(name)}.{folded(str(inner))}", deeper)
    fields: dict[str, object] = {}
    for ours, names in NAMES.items():
        values = [by_name[name] for name in names if name in by_name]
        if values:
            fields[ours] = next((value for value in values if value not in (None, "", [])), values[0])
    return fields


def _arxiv(row: _Row) -> dict[str, object]:
    """A line of arXiv's metadata snapshot. The date is the first version's: an update may come years later."""
    abstract = row.get("abstract")
    return {
        "id": row.get("id"),
        "arxiv": row.get("id"),
        "text": _LAYOUT_BREAK.sub(" ", abstract.strip()) if isinstance(abstract, str) else abstract,
        "title": row.get("title"),
        "authors": row.get("authors_parsed") or row.get("authors"),
        "date": reach(row, "versions.0.created") or row.get("update_date"),
        "venue": row.get("journal-ref"),
        "doi": row.get("doi"),
    }


def _openalex(row: _Row) -> dict[str, object]:
    return {
        "id": row.get("id"),
        "text": from_inverted_index(row.get("abstract_inverted_index")),
        "title": row.get("title") or row.get("display_name"),
        "authors": reach(row, "authorships.author.display_name"),
        "date": row.get("publication_date"),
        "year": row.get("publication_year"),
        "venue": reach(row, "primary_location.source.display_name") or reach(row, "host_venue.display_name"),
        "url": reach(row, "primary_location.landing_page_url"),
        "doi": row.get("doi") or reach(row, "ids.doi"),
    }


def from_inverted_index(index: object) -> object:
    """The text of an index from words to their positions; what is no such index comes back as it is.

    >>> from_inverted_index({"graph": [1, 3], "A": [0], "of": [2]})
    'A graph of graph'
    """
    if not isinstance(index, Mapping):
        return index
    placed: list[tuple[int, str]] = []
    for word, positions in index.items():
        if not isinstance(positions, list) or not all(type(position) is int for position in positions):
            return index
        placed += [(position, word) for position in positions]
    return " ".join(word for _, word in sorted(placed))
