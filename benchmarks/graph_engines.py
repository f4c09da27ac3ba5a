"""Loading a graph and answering the competency questions: paperkg's engine (pyoxigraph) against rdflib, in one run.

usage: graph_engines.py GRAPH.ttl
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import rdflib

from kg.query import load_graph, query, query_prefixes
from kg.resources import ontology_dir


def main(path: Path) -> int:
    """Print seconds for both and their ratio."""
    started = time.perf_counter()
    store = load_graph(path)
    ours = time.perf_counter() - started
    started = time.perf_counter()
    graph = rdflib.Graph().parse(path)
    theirs = time.perf_counter() - started
    print(f"load {len(store)} triples: {ours:.2f} s, rdflib {theirs:.2f} s, ratio {theirs / ours:.1f}")
    questions = [
        file.read_text(encoding="utf-8") for file in sorted((ontology_dir() / "queries").glob("*.rq"))
    ]
    started = time.perf_counter()
    for question in questions:
        query(store, question)
    ours = time.perf_counter() - started
    started = time.perf_counter()
    for question in questions:
        list(graph.query(question, initNs=query_prefixes()))
    theirs = time.perf_counter() - started
    print(f"{len(questions)} questions: {ours:.3f} s, rdflib {theirs:.3f} s, ratio {theirs / ours:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
