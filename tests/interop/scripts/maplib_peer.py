"""Run by maplib's own Python: reads {name: {text, columns}} from standard input; prints the number of triples and {name: rows or error}."""

import json
import sys

from maplib import Model

model = Model()
model.read(sys.argv[1], format="turtle")
count = model.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["n"][0]


def plain(cell: object) -> str:
    """A term as maplib prints it, without brackets, quotes or tag."""
    if cell is None:
        return ""
    if isinstance(cell, dict):  # a literal with a language, or a column of several types
        filled = [value for name, value in cell.items() if value is not None and "lang" not in name.lower()]
        return plain(filled[0]) if filled else ""
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(cell)
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    if text.startswith('"'):
        return text[1 : text.rindex('"')]
    return text


answers: dict[str, object] = {}
for name, query in json.load(sys.stdin).items():
    try:
        frame = model.query(query["text"])
        answers[name] = (
            [[plain(frame)]]
            if isinstance(frame, bool)
            else [[plain(cell) for cell in row] for row in frame.select(query["columns"]).rows()]
        )
    except BaseException as error:
        answers[name] = f"{type(error).__name__}: {error}"
json.dump({"count": count, "answers": answers}, sys.stdout)
