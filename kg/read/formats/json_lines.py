"""JSON Lines, read line by line, and JSON, read whole: one record, a list, or an object that holds a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from kg.read.formats.shapes import text_columns, to_fields
from kg.read.record import Found, Problem, Record
from kg.settings import ReadSettings

# Where an object keeps its list of records: the OpenAlex and Semantic Scholar interfaces, Crossref's, and
# files by hand.
_LISTS = ("results", "data", "items", "papers", "documents", "records", "works")


def read_json_lines(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """A record a line. A line that is not a JSON object is a problem of that line alone."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value, reason = _parse(line)
        if isinstance(value, dict):
            yield Record(to_fields(value, settings.fields), line=number)
        else:
            yield Problem(reason or f"{_name(value)}, not a JSON object", line=number)


def read_json(lines: Iterable[str], settings: ReadSettings) -> Iterator[Found]:
    """The records of a JSON file. JSON Lines named ``.json``, as arXiv's snapshot is, are read line by line."""
    lines = iter(lines)
    head, filled = [], []
    for line in lines:
        head.append(line)
        if line.strip():
            filled.append(line.strip())
        if len(filled) == 2:
            break
    # JSON that is laid out over lines has a bracket open at the end of its first.
    if len(filled) == 2 and filled[0].startswith("{") and filled[0].endswith("}"):
        yield from read_json_lines(chain(head, lines), settings)
        return
    text = "".join(chain(head, lines))
    if not text.strip():
        return
    value, reason = _parse(text)
    if reason:
        yield Problem(*_located(reason))
        return
    for item, record in enumerate(_records(value), start=1):
        if isinstance(record, dict):
            yield Record(to_fields(record, settings.fields), item=item)
        else:
            yield Problem(f"item {item}: {_name(record)}, not a JSON object")


def _records(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        inner = value.get("message", value)  # Crossref wraps its answer in a message
        holder = inner if isinstance(inner, dict) else value
        if text_columns(list(holder)):
            return [holder]  # a record, whatever lists it has
        for name in _LISTS:
            if isinstance(holder.get(name), list):
                return list(holder[name])
        return [holder]
    return value if isinstance(value, list) else [value]


def _parse(text: str) -> tuple[object, str]:
    """The value, and an empty string; or ``None``, and why the text is not JSON."""
    try:
        return json.loads(text), ""
    except json.JSONDecodeError as error:
        place = (
            f"column {error.colno}"
            if "\n" not in text.rstrip("\n")
            else f"line {error.lineno}, column {error.colno}"
        )
        return None, f"not valid JSON: {error.msg} ({place})"
    except RecursionError:
        return None, "not read: JSON nested too deeply"
    except ValueError as error:  # an integer of thousands of digits
        return None, f"not read: {error}"


def _located(reason: str) -> tuple[str, int | None]:
    """A reason and the line it names, so that the report points there."""
    _, found, place = reason.rpartition("(line ")
    return reason, int(place.partition(",")[0]) if found else 1


def _name(value: object) -> str:
    names = {
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names.get(type(value), "a value")
