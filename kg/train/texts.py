"""The abstracts that gold annotates, by identifier: gold is stand-off, and its texts live in two public corpora."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import PaperkgError, UsageError
from kg.train.gold import identifiers

log = logging.getLogger("kg.train")
ENGLISH, PAIRS = "abstracts_en_100k.jsonl.gz", "parallel_en_zh.jsonl.gz"


def gather(data: Path, out: Path, lang: str, gold: Iterable[Path]) -> None:
    """Write the abstracts that files of gold annotate as a JSON object from identifier to text.

    Args:
        data: the folder of ``abstracts_en_100k.jsonl.gz`` (for English) and ``parallel_en_zh.jsonl.gz``.
        out: the file to write.
        lang: ``en`` or ``zh``.
        gold: files of stand-off annotation. An identifier that no corpus knows is logged and left out.

    Raises:
        UsageError: a file cannot be read.
        PaperkgError: a file is not of its form, or ``out`` cannot be written.
    """
    wanted = identifiers(gold)
    found = {key: text for key, text in abstracts(data / PAIRS, f"abstract_{lang}") if key in wanted}
    if lang == "en":
        found |= {key: text for key, text in abstracts(data / ENGLISH) if key in wanted}
    log.info("%d of %d abstracts found", len(found), len(wanted))
    if missing := sorted(wanted - set(found)):
        log.warning("%d are missing, such as %s", len(missing), ", ".join(missing[:5]))
    try:
        out.write_text(json.dumps(dict(sorted(found.items())), ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise PaperkgError(f"{out}: cannot be written: {error.strerror}") from error


def abstracts(path: Path, field: str = "abstract") -> Iterator[tuple[str, str]]:
    """Identifier and abstract (stripped, as gold's offsets count) of each record of a JSON Lines file, or a gzip of one.

    Records whose abstract is missing or empty are left out. Raises ``UsageError`` if the file cannot be read,
    ``PaperkgError`` on what is no record.
    """
    number = 0
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            for line in lines:
                number += 1
                record = json.loads(line)
                if text := str(record.get(field) or "").strip():
                    yield str(record["id"]), text
    except (ValueError, KeyError, AttributeError) as error:
        raise PaperkgError(f"{path}:{number}: not a JSON object with id and {field}: {error}") from error
    except (OSError, EOFError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
