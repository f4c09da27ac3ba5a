"""The abstracts that gold annotates, by identifier: gold is stand-off, and its texts live in two public corpora.

usage: python -m kg.train.texts DATA OUT.json {en,zh} GOLD.jsonl...

DATA holds ``abstracts_en_100k.jsonl.gz`` and ``parallel_en_zh.jsonl.gz``. An identifier that neither knows is logged and left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

log = logging.getLogger(__name__)
ENGLISH, PAIRS = "abstracts_en_100k.jsonl.gz", "parallel_en_zh.jsonl.gz"


def texts_of(data: Path, lang: str, wanted: set[str]) -> dict[str, str]:
    """The abstracts with these identifiers in ``lang`` (``en`` or ``zh``), as gold's offsets count them: stripped."""
    found = dict(_abstracts(data / PAIRS, f"abstract_{lang}", wanted))
    if lang == "en":
        found |= dict(_abstracts(data / ENGLISH, "abstract", wanted))
    return {key: found[key] for key in sorted(found)}


def _abstracts(path: Path, field: str, wanted: set[str]) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["id"] in wanted:
                yield record["id"], record[field].strip()


def identifiers(gold: Iterable[Path]) -> set[str]:
    """Of all documents of these gold files."""
    return {json.loads(line)["id"] for path in gold for line in path.read_text(encoding="utf-8").splitlines()}


def main() -> None:
    """Read the command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("data", type=Path)
    given.add_argument("out", type=Path)
    given.add_argument("lang", choices=("en", "zh"))
    given.add_argument("gold", type=Path, nargs="+")
    options = given.parse_args()
    wanted = identifiers(options.gold)
    found = texts_of(options.data, options.lang, wanted)
    log.info("%d of %d texts found; missing: %s", len(found), len(wanted), sorted(wanted - set(found))[:5])
    options.out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
