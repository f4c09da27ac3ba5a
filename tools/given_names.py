"""Count given names in author lists and print those that are common and no ordinary word.

usage: given_names.py RECORDS.jsonl.gz > kg/extract/lexicon/given_names.txt

Records are JSON Lines with ``authors`` (full names) and ``abstract``; a name that abstracts use in lower case is left out.
"""

from __future__ import annotations

import collections
import gzip
import json
import re
import sys
from pathlib import Path

MIN_AUTHORS = 12


def main(path: Path) -> None:
    """Print the list."""
    given: collections.Counter[str] = collections.Counter()
    words: collections.Counter[str] = collections.Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for author in record.get("authors") or ():
                first, _, rest = author.partition(" ")
                if rest and re.fullmatch(r"[A-Z][a-z]{2,}", first):
                    given[first] += 1
            words.update(re.findall(r"\b[a-z]{3,}\b", record.get("abstract") or ""))
    sys.stdout.write(
        f"# Given names borne by at least {MIN_AUTHORS} authors and used as a word less than half as often.\n"
    )
    for name in sorted(given):
        if given[name] >= MIN_AUTHORS and words[name.lower()] * 2 < given[name]:
            sys.stdout.write(name + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
