"""HTML made on the server: no script, no style but our own, and every text of the graph escaped by the template engine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.resources import ontology_dir
from kg.serve.links import Links
from kg.serve.negotiate import GRAPHS

_TEMPLATES = Path(__file__).parent / "templates"
STYLE = (_TEMPLATES / "style.css").read_bytes()

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
    """

    def __init__(self, links: Links) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(href=links.href, here=links.here, formats=_FORMAT_NAMES)
        self._questions = questions()

    def home(self, counts: list[tuple[str, int]], text: str, hits: list[dict[str, str]]) -> str:
        """The home page: a search and what it found, counts, the questions."""
        return self._render("home.html", counts=counts, text=text, hits=hits, questions=self._questions)

    def resource(self, page: dict[str, Any]) -> str:
        """The page of a resource, from the fields of a ``kg.serve.lookup.Page``."""
        return self._render("resource.html", page=page)

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

    def problem(self, status: int, reason: str) -> str:
        """The page of an error."""
        return self._render("problem.html", status=status, reason=reason)

    def _render(self, name: str, **fields: object) -> str:
        return self._environment.get_template(name).render(**fields)
