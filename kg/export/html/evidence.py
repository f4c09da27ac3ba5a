"""The words that prove a claim, as Web Annotation selectors point at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.export.html.terms import OA


@dataclass(frozen=True, slots=True)
class Quote:
    """``start`` and ``end`` count code points of the abstract; ``exact`` are the words, ``prefix`` and ``suffix`` what is around."""

    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


def read_quotes(index: Callable[[str], dict[Any, list[Any]]], claim: Any) -> tuple[Quote, ...]:
    """The quotes of a claim, one a target, in the order of the text.

    ``index(predicate)[subject]`` gives the objects of a predicate. Selectors may hang on the target itself, on its specific
    resource, or refine each other.
    """
    quotes = {_read_quote(index, target) for target in index(OA + "hasTarget").get(claim, ())} - {Quote()}
    return tuple(sorted(quotes, key=lambda q: (q.start or 0, q.end or 0, q.exact, q.prefix, q.suffix)))


def _read_quote(index: Callable[[str], dict[Any, list[Any]]], target: Any) -> Quote:
    fields: dict[str, str] = {}
    todo, seen = [target], set()
    while todo:
        thing = todo.pop(0)
        if thing in seen:
            continue
        seen.add(thing)
        for name in ("start", "end", "exact", "prefix", "suffix"):
            values = index(OA + name).get(thing)
            if values:
                fields.setdefault(name, str(values[0].value))
        for link in ("hasSelector", "refinedBy"):
            todo.extend(index(OA + link).get(thing, ()))
    start, end = fields.get("start", ""), fields.get("end", "")
    return Quote(
        start=int(start) if start.isdecimal() else None,
        end=int(end) if end.isdecimal() else None,
        exact=fields.get("exact", ""),
        prefix=fields.get("prefix", ""),
        suffix=fields.get("suffix", ""),
    )
