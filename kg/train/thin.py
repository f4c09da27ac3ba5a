"""Gold that was annotated densely, made as sparse as the other: what the network that ships hardly believes in is left out.

Annotators differ more in how much they mark than in what they mark it as. What the less generous would have left out of a dense
annotation cannot be known, but a network that learned from them tells how likely they are to mark each thing.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import PaperkgError
from kg.extract.neural.model import NeuralModel
from kg.train.config import Config
from kg.train.data import listed
from kg.train.gold import annotated, names_of
from kg.types import Lang

log = logging.getLogger("kg.train")
# A paper's own contribution is seldom left out.
_INTRODUCED = 0.15


@dataclass(frozen=True, slots=True)
class Believed:
    """A record of gold, how long its text is (words; Chinese: characters), and how likely a network finds each entity and relation."""

    record: dict[str, Any]
    length: int
    entities: dict[str, float]
    relations: tuple[float, ...]


def thin(config: Config, lang: Lang, out: Path, entities: float, relations: float) -> None:
    """Write a language's training documents, the dense ones with no more than so many entities and relations.

    Documents of the files that the config is ``tuned_on`` are left out: what is written stands beside those files, in the place
    of the others.

    Args:
        config: names gold, its abstracts, and the tables of dense and of held-out documents.
        lang: the language.
        out: the JSON Lines file of gold to write.
        entities: how many in 100 words (Chinese: 100 characters), over all dense documents; ``relations`` alike.

    Raises:
        UsageError: a file is missing.
        PaperkgError: a file is not of its form, no document is dense, or ``out`` cannot be written.
    """
    gold, texts = config.annotation(lang)
    dense, held = listed(config, "dense", lang), listed(config, "held", lang)
    model = NeuralModel.load()
    found: list[Believed] = []
    sparse: list[dict[str, Any]] = []
    for raw, text in annotated([f for f in gold if f not in config.tuned_on], texts) if texts else ():
        if raw["id"] in held:
            continue
        if raw["id"] in dense:
            found.append(believed(model, raw, text, lang))
        else:
            sparse.append(raw)
    if not found:
        raise PaperkgError(f"{config.source}: no training document of {lang} is in the table dense")
    kept = list(thinned(found, entities / 100, relations / 100))
    try:
        out.write_text(
            "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in (*sparse, *kept)), encoding="utf-8"
        )
    except OSError as error:
        raise PaperkgError(f"{out}: cannot be written: {error.strerror}") from error
    for what in ("entities", "relations"):
        before, after = sum(len(b.record[what]) for b in found), sum(len(r[what]) for r in kept)
        log.info("%s: of %d dense documents %d of %d %s kept", lang, len(found), after, before, what)


def believed(model: NeuralModel, record: dict[str, Any], text: str, lang: Lang) -> Believed:
    """What a network thinks of an annotation: an entity is as likely as its likeliest mention."""
    owner = {span: m["entity"] for m in record["mentions"] for span in names_of(text, m["start"], m["end"])}
    reading = model.read(text)
    mentions = model.mentions(reading, apart(owner))
    spans = [(m.start, m.end) for m in mentions]
    likely: defaultdict[str, float] = defaultdict(float)
    for mention, span in zip(mentions, spans, strict=True):
        if span in owner:
            likely[owner[span]] = max(likely[owner[span]], mention.score)
    stated: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    pairs = model.link(reading, spans).pairs
    for a, b, chances in zip(
        pairs.subjects.tolist(), pairs.objects.tolist(), pairs.chances.tolist(), strict=True
    ):
        if spans[a] in owner and spans[b] in owner:
            for predicate, chance in zip(pairs.relations, chances, strict=True):
                key = (owner[spans[a]], predicate, owner[spans[b]])
                stated[key] = max(stated[key], chance)
    return Believed(
        record,
        len(text.split()) if lang == "en" else len(text),
        {e["key"]: likely[e["key"]] + _INTRODUCED * (e["role"] == "introduces") for e in record["entities"]},
        tuple(stated[r["subject"], r["predicate"], r["object"]] for r in record["relations"]),
    )


def apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, without those that begin inside another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def thinned(found: list[Believed], entities: float, relations: float) -> Iterator[dict[str, Any]]:
    """The records with the likeliest entities, so many a word over all, and of the relations between these the likeliest.

    What is denied or supposed stays where its ends do; a document with less than two entities is left out.
    """
    length = sum(b.length for b in found)
    least = _nth((score for b in found for score in b.entities.values()), round(entities * length))
    kept = [{key for key, score in b.entities.items() if score >= least} for b in found]
    joined = [
        [
            (r, score)
            for r, score in zip(b.record["relations"], b.relations, strict=True)
            if {r["subject"], r["object"]} <= keys
        ]
        for b, keys in zip(found, kept, strict=True)
    ]
    stated = (score for pairs in joined for r, score in pairs if r["polarity"] == "asserted")
    enough = _nth(stated, round(relations * length))
    for b, keys, pairs in zip(found, kept, joined, strict=True):
        if len(keys) > 1:
            yield b.record | {
                "entities": [e for e in b.record["entities"] if e["key"] in keys],
                "mentions": [m for m in b.record["mentions"] if m["entity"] in keys],
                "relations": [r for r, score in pairs if score >= enough or r["polarity"] != "asserted"],
            }


def _nth(scores: Iterable[float], n: int) -> float:
    """The ``n``-th highest score, or nothing if there are fewer."""
    ranked = sorted(scores, reverse=True)
    return ranked[n - 1] if 0 < n <= len(ranked) else 0.0
