"""Readers of the public corpora: each as running text with typed mentions, and relations between them.

Every reader returns :class:`GoldDoc`, whatever the source's form (token columns, span strings, XML, brat). Our own annotation
is read by :mod:`kg.train.gold`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.train.detokenize import join


@dataclass(frozen=True)
class GoldMention:
    """A span (code points, end exclusive). ``entity`` joins the mentions of one thing; ``role`` is the paper's to it."""

    start: int
    end: int
    type: str
    entity: str
    role: str | None = None


@dataclass(frozen=True)
class GoldDoc:
    """A text and its annotation. Relations hold between entities: (subject, predicate, object)."""

    id: str
    scheme: str
    text: str
    mentions: tuple[GoldMention, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    has_relations: bool = field(default=True)


def read_scier(path: Path) -> Iterator[GoldDoc]:
    """SciER: sentences of spaced tokens, spans as strings of tokens; every occurrence of the string is taken."""
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        raw = json.loads(line)
        tokens = raw["sentence"].split()
        text, places = join(tokens)
        mentions: dict[tuple[int, int], GoldMention] = {}
        for words, kind in sorted(raw["ner"], key=lambda m: -len(m[0].split())):
            want = words.split()
            for i in range(len(tokens) - len(want) + 1):
                if tokens[i : i + len(want)] != want:
                    continue
                start, end = places[i][0], places[i + len(want) - 1][1]
                if not any(start < m.end and m.start < end for m in mentions.values()):
                    mentions[start, end] = GoldMention(start, end, kind, words)
        yield GoldDoc(
            f"scier:{raw['doc_id']}:{n}",
            "scier",
            text,
            tuple(sorted(mentions.values(), key=lambda m: m.start)),
            tuple((s, p, o) for s, p, o in raw["rel"]),
        )


def read_scierc(ner: Path, relations: Path) -> Iterator[GoldDoc]:
    """SciERC: token columns for mentions; relations in another file, found again by their sentence and token numbers."""
    by_sentence: dict[str, list[tuple[tuple[int, int], str, tuple[int, int]]]] = {}
    for line in relations.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        plain = " ".join(w for w in raw["text"].split() if w not in {"[[", "]]", "<<", ">>"})
        s0, s1, o0, o1 = raw["metadata"]
        by_sentence.setdefault(plain, []).append(((s0, s1 + 1), raw["label"], (o0, o1 + 1)))
    for n, block in enumerate(ner.read_text(encoding="utf-8").split("\n\n")):
        rows = [r.split() for r in block.splitlines() if r.strip() and not r.startswith("-DOCSTART-")]
        if not rows:
            continue
        tokens = [r[0] for r in rows]
        text, places = join(tokens)
        spans = spans_of([r[-1] for r in rows])
        mentions = {
            (i, j): GoldMention(places[i][0], places[j - 1][1], kind, f"{i}:{j}") for i, j, kind in spans
        }
        rel = [
            (f"{s[0]}:{s[1]}", p, f"{o[0]}:{o[1]}")
            for s, p, o in by_sentence.get(" ".join(tokens), ())
            if s in mentions and o in mentions
        ]
        yield GoldDoc(f"scierc:{n}", "scierc", text, tuple(mentions.values()), tuple(rel))


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans (start, end exclusive, type) of IO or BIO tags."""
    out: list[tuple[int, int, str]] = []
    start = 0
    for i, tag in enumerate([*tags, "O"]):
        before = tags[i - 1] if i else "O"
        if before != "O" and (tag == "O" or tag.startswith("B-") or tag[2:] != before[2:]):
            out.append((start, i, before[2:]))
        if tag != "O" and (before == "O" or tag.startswith("B-") or tag[2:] != before[2:]):
            start = i
    return out


def read_semeval(folder: Path) -> Iterator[GoldDoc]:
    """SemEval-2018 task 7, part 1.1: abstracts with entities in XML and relations by entity id."""
    relations: dict[str, list[tuple[str, str, str]]] = {}
    for line in (folder / "relations.txt").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"([A-Z_-]+)\(([^,]+),([^,)]+)(,REVERSE)?\)", line.strip()):
            name, a, b, turned = found.groups()
            relations.setdefault(a.split(".")[0], []).append((b, name, a) if turned else (a, name, b))
    raw = (folder / "text.xml").read_text(encoding="utf-8")
    for found in re.finditer(r'<text id="([^"]+)">.*?<abstract>(.*?)</abstract>', raw, re.S):
        key, marked = found.groups()
        marked = re.sub(
            r"\s+([,.;:)]|$)|\s+", lambda m: m[1] or " ", marked.replace("&amp;", "&").replace("&quot;", '"')
        ).strip()
        text, mentions, opened = "", [], []
        for part in re.split(r"(<entity id=\"[^\"]+\">|</entity>)", marked):
            if part.startswith("<entity"):
                opened.append((len(text), part.split('"')[1]))
            elif part == "</entity>":
                start, name = opened.pop()
                if not opened and text[start:].strip():  # the outer one, where they nest
                    mentions.append(GoldMention(start, len(text), "Entity", name))
            else:
                text += part
        kept = {m.entity for m in mentions}
        yield GoldDoc(
            f"semeval:{key}",
            "semeval",
            text,
            tuple(mentions),
            tuple(r for r in relations.get(key, ()) if r[0] in kept and r[2] in kept),
        )


def read_scienceie(folder: Path) -> Iterator[GoldDoc]:
    """ScienceIE: brat. Of spans that overlap the longer is kept, since the model marks no term inside a term."""
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        spans: list[GoldMention] = []
        relations: list[tuple[str, str, str]] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            part = line.split("\t")
            if line.startswith("T") and (found := re.fullmatch(r"(\w+) (\d+) (\d+)", part[1])):
                spans.append(GoldMention(int(found[2]), int(found[3]), found[1], part[0]))
            elif line.startswith("R"):
                name, a, b = part[1].split()
                relations.append((a.split(":")[1], name, b.split(":")[1]))
            elif line.startswith("*"):
                name, a, b = part[1].split()[:3]
                relations.append((a, name, b))
        kept: list[GoldMention] = []
        for span in sorted(spans, key=lambda m: (m.start - m.end, m.start)):
            if not any(span.start < k.end and k.start < span.end for k in kept):
                kept.append(span)
        names = {m.entity for m in kept}
        yield GoldDoc(
            f"scienceie:{path.stem}",
            "scienceie",
            text,
            tuple(sorted(kept, key=lambda m: m.start)),
            tuple(r for r in relations if r[0] in names and r[2] in names),
        )


def read_tdmsci(path: Path) -> Iterator[GoldDoc]:
    """TDMSci: token columns with offsets into the sentence's document; sentences only, no relations."""
    for n, block in enumerate(path.read_text(encoding="utf-8").split("\n\n")):
        rows = [r.split("\t") for r in block.splitlines() if r.count("\t") == 2]
        if not rows:
            continue
        text, places = join([r[0] for r in rows])
        yield GoldDoc(
            f"tdmsci:{n}",
            "tdmsci",
            text,
            tuple(
                GoldMention(places[i][0], places[j - 1][1], kind, f"{i}:{j}")
                for i, j, kind in spans_of([r[2] for r in rows])
            ),
            has_relations=False,
        )


def read_scicn(path: Path) -> Iterator[GoldDoc]:
    """SciCN: whole Chinese abstracts; relations name their ends by where they start. Of spans that overlap the longer is kept."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        kept: dict[int, GoldMention] = {}
        for e in sorted(raw["entities"], key=lambda e: (e["start"] - e["end"], e["start"])):
            if not any(e["start"] < m.end and m.start < e["end"] for m in kept.values()):
                kept[e["start"]] = GoldMention(e["start"], e["end"], e["type"], str(e["start"]))
        yield GoldDoc(
            f"scicn:{raw['doc_key']}",
            "scicn",
            raw["text"],
            tuple(kept[start] for start in sorted(kept)),
            tuple(
                (str(r["head_start"]), r["type"], str(r["tail_start"]))
                for r in raw["relations"]
                if r["head_start"] in kept and r["tail_start"] in kept
            ),
        )
