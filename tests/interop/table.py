"""Writes docs/interoperability.md: what each tool of ``peers`` that is installed makes of the graph of the seed abstracts.

python tests/interop/table.py
"""

from __future__ import annotations

import datetime
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from peers import PEERS, ROOT, FailedError, Peer
from questions import Rows, compared, ours, written_out

from kg.export import export
from kg.pipeline import build
from kg.query import load_graph
from kg.resources import ontology_dir

PAGE = ROOT / "docs" / "interoperability.md"
_HEAD = """# Interoperability

What other people's RDF tools make of the graph of the seed abstracts ({triples:,} triples), found on {date} by
`python tests/interop/table.py`. Triples: as many as we count, or not. Questions: of the {questions} in
[ontology/queries](../ontology/queries/), how many are answered with the same rows as by `kg query`; numbers are compared by value.
Shapes: [ontology/shapes.ttl](../ontology/shapes.ttl) by the tool's own SHACL. The tests in `tests/interop/` check the same on every run, for
the tools that are installed.

| tool | from | version | triples | questions | shapes |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Build the seeds, ask every tool, write the page."""
    with tempfile.TemporaryDirectory() as folder:
        build([str(ROOT / "seeds")], Path(folder))
        turtle, ntriples = Path(folder) / "graph.ttl", Path(folder) / "graph.nt"
        store = load_graph(turtle)
        export(store, ntriples, "ntriples")
        questions = written_out()
        expected = {name: ours(store, text) for name, text in questions.items()}
        rows, notes = [], []
        for peer in PEERS:
            sys.stderr.write(f"{peer.name}\n")
            version = peer.version()
            cells = [peer.name, peer.package, version or "not here"]
            if version is None:
                rows.append([*cells, "", "", ""])
                continue
            cells += [_count(peer, turtle, ntriples, len(store))]
            answered, missing = _answers(peer, turtle, questions, expected)
            shapes = ontology_dir().resolve() / "shapes.ttl"
            rows.append([*cells, answered, ("conforms" if peer.conforms(turtle, shapes) else "violated") if peer.conforms else "–"])  # fmt: skip
            if missing:
                why = f" {peer.unanswered[1]}." if peer.unanswered[1] else ""
                notes.append(f"- {peer.name}:{why} Not the same: {', '.join(missing)}.")
    head = _HEAD.format(triples=len(store), date=datetime.date.today().isoformat(), questions=len(questions))
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    PAGE.write_text(head + table + ("\n" + "\n".join(notes) + "\n" if notes else ""), encoding="utf-8")
    sys.stderr.write(f"wrote {PAGE}\n")


def _count(peer: Peer, turtle: Path, ntriples: Path, expected: int) -> str:
    if peer.count is None:
        return "–"
    try:
        count = peer.count(turtle, ntriples)
    except FailedError as error:
        return f"fails: {' '.join(str(error).split())[:60]}"
    return "the same" if count == expected else f"{count:,}"


def _answers(
    peer: Peer, turtle: Path, questions: Mapping[str, str], expected: Mapping[str, Rows | str]
) -> tuple[str, list[str]]:
    if peer.answers is None:
        return "–", []
    theirs = peer.answers(turtle, questions)
    missing = [name for name in questions if compared(theirs[name]) != expected[name]]
    return f"{len(questions) - len(missing)} of {len(questions)}", missing


if __name__ == "__main__":
    main()
