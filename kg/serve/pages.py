"""HTML made on the server: no script and no style but our own files, and every text of the graph escaped by the template engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.curate import Written
from kg.look import TYPES, relation_names, style_of
from kg.resources import ontology_dir
from kg.serve import charts
from kg.serve.facts import PROVED
from kg.serve.index.search import MOST as HITS
from kg.serve.links import Links
from kg.serve.negotiate import GRAPHS
from kg.serve.paths import AVOIDED
from kg.serve.relation import MOST, PAGE, Wish
from kg.serve.things import PAGE as THINGS
from kg.vocab import ENTITY_CLASSES, ENTITY_PREDICATES

_TEMPLATES = Path(__file__).parent / "templates"


def _type_colours() -> str:
    """The colours of the types, as the view of a graph has them."""
    light = "".join(f".k-{style.name} {{ --k: {style.light}; }}\n" for style in TYPES)
    dark = "".join(f".k-{style.name} {{ --k: {style.dark}; }}\n" for style in TYPES)
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


STYLE = (_TEMPLATES / "style.css").read_bytes() + _type_colours().encode()


# What the query page shows at most; the endpoint itself answers in full.
_MOST_ROWS = 1000
_FORMAT_NAMES = dict(zip(GRAPHS, ("Turtle", "N-Triples", "JSON-LD", "RDF/XML"), strict=True))


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: its words, and the query that answers it."""

    words: str
    query: str


def questions() -> list[Question]:
    """The competency questions that come with the ontology, in order of their names."""
    found = []
    for path in sorted((ontology_dir() / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        first = text.partition("\n")[0]
        found.append(Question(first.lstrip("# ").strip(), text))
    return found


class Pages:
    """The pages of one server.

    Args:
        links: where IRIs lead.
        edits: whether the graph may be edited, so that pages lead to where one signs in.
    """

    def __init__(self, links: Links, *, edits: bool = False) -> None:
        self._links = links
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            href=links.href,
            here=links.here,
            formats=_FORMAT_NAMES,
            columns=charts.columns,
            proved=PROVED,
            every_year=charts.every_year,
            grouped=charts.grouped,
            plural=lambda kind: style_of(kind).plural,
            bars=charts.bars,
            base=links.base,
            edits=edits,
            key=lambda iri: iri.removeprefix(links.base),
            classes=ENTITY_CLASSES,
            kinds=(*ENTITY_CLASSES, "Paper"),
            relations=[(n, relation_names(n)[0]) for n in ENTITY_PREDICATES if n != "synonymOf"],
        )
        self._questions = questions()

    def home(self, stats: dict[str, Any], text: str, hits: list[dict[str, str]]) -> str:
        """The home page: a search and what it found, what the graph holds, the questions."""
        return self._render(
            "home.html", stats=stats, text=text, hits=hits, most=HITS, questions=self._questions
        )

    def thing(self, found: dict[str, Any], editor: str | None = None) -> str:
        """The page of a resource, from what the worker's ``thing`` job gives: a paper's, an entity's, or a plain one.

        With an ``editor``, who may have no name, it has the forms to edit.
        """
        name = "paper.html" if found["paper"] else "entity.html" if found["portrait"] else "resource.html"
        return self._render(name, **found, may_edit=editor is not None)

    def relation(self, name: str, table: dict[str, Any], wish: Wish, sort: str, number: int) -> str:
        """A page of a relation's table."""
        asked = {
            "q": wish.text,
            "about": wish.about.removeprefix(self._links.base),
            "since": wish.since,
            "least": f"{wish.least:g}" if wish.least else "",
        }
        kept = {key: value for key, value in asked.items() if value}
        return self._render(
            "relation.html",
            name=name,
            title=relation_names(name)[0],
            table=table,
            wish=asked,
            sort=sort,
            number=number,
            pages=max(-(-table["found"] // PAGE), 1),
            most=MOST,
            link=lambda **more: "?" + urlencode({**kept, **more}),
        )

    def things(self, kind: str, listing: dict[str, Any], text: str, year: str, sort: str, number: int) -> str:
        """A page of the things of a class."""
        kept = {key: value for key, value in (("q", text), ("year", year)) if value}
        return self._render(
            "things.html",
            kind=kind,
            title=style_of(kind).plural,
            listing=listing,
            text=text,
            year=year,
            sort=sort,
            number=number,
            pages=max(-(-listing["found"] // THINGS), 1),
            link=lambda **more: "?" + urlencode({**kept, **more}),
        )

    def explore(
        self,
        found: dict[str, Any] | None,
        to: str = "",
        way: dict[str, Any] | None = None,
        avoid: Iterable[str] = (),
    ) -> str:
        """The explorer; neighbours and the way to another thing stand in the page as lists, which is all there is without scripts.

        Args:
            found: a thing and its neighbours.
            to: what was typed for the other end.
            way: the way there, as the worker's ``way`` job gives it.
            avoid: the things that it was told to keep clear of.
        """
        between = [thing["iri"] for thing in way["things"][1:-1]] if way else []
        names = {thing["iri"]: thing for thing in way["things"]} if way else {}
        ends = [("node", found["centre"]["iri"]), ("to", way["end"]["iri"])] if found and way else []
        passed = between or [iri for key, iri in ends if key == "to" and way and way["steps"]]
        other = [*ends, *(("avoid", iri) for iri in dict.fromkeys((*avoid, *passed)))]
        return self._render(
            "explore.html",
            found=found,
            to=to,
            way=way,
            names=names,
            avoid=list(avoid),
            direct="?" + urlencode(ends),
            other="?" + urlencode(other) if passed and len(other) <= AVOIDED + 2 else "",
        )

    def query(self, text: str, media_type: str = "", body: bytes = b"", problem: str = "") -> str:
        """The query page: the query, and its answer if it has one.

        Args:
            text: the query, empty to begin with.
            media_type: of the answer: SPARQL's JSON results, or Turtle.
            body: the answer.
            problem: why there is none.
        """
        answer = json.loads(body) if "json" in media_type else {}
        rows = answer.get("results", {}).get("bindings", [])
        return self._render(
            "query.html",
            text=text,
            problem=problem,
            truth=answer.get("boolean"),
            columns=answer.get("head", {}).get("vars", []),
            rows=rows[:_MOST_ROWS],
            count=len(rows),
            turtle="" if answer else body.decode("utf-8"),
            questions=self._questions,
        )

    def login(self, back: str, problem: str = "") -> str:
        """The form that asks for the token."""
        return self._render("login.html", back=back, problem=problem)

    def curation(self, rows: list[Written], noted: str, back: str, undone: bool, folder: str) -> str:
        """What was decided by hand so far, each table's last first.

        Args:
            rows: the tables' rows.
            noted: where the line just written stands.
            back: the page where it was decided.
            undone: whether one was just taken back.
            folder: that of the tables.
        """
        last = next((row for row in rows if row.mark and f"{row.table}:{row.line}" == noted), None)
        return self._render(
            "curation.html", rows=rows[::-1], last=last, noted=noted, back=back, undone=undone, folder=folder
        )

    def problem(self, status: int, reason: str) -> str:
        """The page of an error."""
        return self._render("problem.html", status=status, reason=reason)

    def _render(self, template: str, /, **fields: object) -> str:
        return self._environment.get_template(template).render(**fields)
