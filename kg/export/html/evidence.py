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


def read_quote(index: Callable[[str], dict[Any, list[Any]]], claim: Any) -> Quote:
    """The quote of a claim: its selectors hang on the target, on the target's specific resource, or refine each other.

    ``index(predicate)[subject]`` gives the objects of a predicate. The first target in IRI order is read.
    """
    fields: dict[str, str] = {}
    todo, seen = list(index(OA + "hasTarget").get(claim, ())), set()
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
