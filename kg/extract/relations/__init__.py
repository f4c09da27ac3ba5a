"""Relations between mentions, as sentences state them: templates in both languages, and what follows from a paper's contribution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.linear import NONE, linear_model
from kg.extract.logistic import Floats
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations import chinese, english
from kg.extract.relations.pairs import Pair, candidate_pairs
from kg.extract.relations.templates import (
    Template,
    classes_in,
    could_match,
    find,
    mask,
    polarity,
)
from kg.text import fold, has_cjk, script_lang
from kg.types import Mention, Relation
from kg.vocab import DOMAIN, RANGE, WITHIN_CLASS

# Below this a pair is not worth keeping; the settings may ask for more.
LEAST = 0.1
# Classes that are near enough for "A is a B" and "A is compared with B".
_ALIKE = ({"Model", "Method", "Software"}, {"Dataset", "Benchmark"})


@Language.component(
    "paperkg_relations", requires=["doc._.mentions", "doc._.roles", "doc.sents"], assigns=["doc._.relations"]
)
def find_relations(doc: Doc) -> Doc:
    """Write the relations that templates find, and one ``synonymOf`` for each definition."""
    text = text_of(doc)
    templates = chinese.TEMPLATES if has_cjk(text) else english.TEMPLATES
    found: dict[tuple[int, str, int], Relation] = {}
    for relation in (*_defined(doc), *_stated(doc, templates)):
        key = (relation.subject, relation.predicate, relation.object)
        if key not in found or relation.score > found[key].score:
            found[key] = relation
    known = doc._.relations
    doc._.relations = [*known, *(found[key] for key in sorted(found))]
    return doc


@Language.component(
    "paperkg_pairs",
    requires=["doc._.mentions", "doc._.roles", "doc._.relations", "doc.sents"],
    assigns=["doc._.relations"],
)
def judge_pairs(doc: Doc) -> Doc:
    """Add what the linear model makes of each pair, where the learned model does not read; where templates agree, doubts multiply."""
    mentions: list[Mention] = doc._.mentions
    sentences = sentence_spans(doc)
    known = {(r.subject, r.predicate, r.object): r for r in doc._.relations}
    classes, pairs, table = linear_chances(doc)
    for pair, row in zip(pairs, table.tolist(), strict=True):
        chances = dict(zip(classes, row, strict=True))
        chances.pop(NONE)
        predicate = max(sorted(chances), key=lambda name: chances[name])
        key = (pair.subject, predicate, pair.object)
        left, right = sorted((mentions[pair.subject], mentions[pair.object]), key=lambda m: m.start)
        # By itself the linear model cannot tell whom a later sentence speaks of.
        crosses = not any(a <= left.start and right.end <= b for a, b in sentences)
        if crosses or chances[predicate] < LEAST or not fits(mentions, *key):
            continue
        found = read_off(doc, sentences, *key, chances[predicate])
        known[key] = agreed(known[key], found.score) if key in known else found
    doc._.relations = strongest([known[key] for key in sorted(known)], names(doc))
    return doc


def linear_chances(
    doc: Doc, wanted: Iterable[tuple[str, str]] | None = None
) -> tuple[tuple[str, ...], list[Pair], Floats]:
    """The relations that the linear model knows, the pairs of things that it looks at, and the probabilities [pairs, relations].

    ``wanted`` are pairs of names (:func:`names`); without it all pairs are looked at. No pairs for a language without a model.
    """
    text, mentions = text_of(doc), doc._.mentions
    model = linear_model("relations", script_lang(text))
    if model is None:
        return (), [], np.zeros((0, 0))
    roles = {role.mention: role.predicate for role in doc._.roles}
    each = [roles.get(i, "mentions") for i in range(len(mentions))]
    pairs = list(candidate_pairs(text, sentence_spans(doc), mentions, names(doc), each, wanted))
    return model.classes, pairs, model.probabilities([pair.features for pair in pairs])


def read_off(
    doc: Doc, sentences: Sequence[tuple[int, int]], subject: int, predicate: str, item: int, score: float
) -> Relation:
    """A relation that a model finds, with the sentences that prove it and what stands between the two names as its polarity."""
    left, right = sorted((doc._.mentions[subject], doc._.mentions[item]), key=lambda m: m.start)
    between = text_of(doc)[left.end : right.start]
    return Relation(
        subject, predicate, item, round(score, 4), *around(sentences, left, right), polarity(between)
    )


def agreed(relation: Relation, score: float) -> Relation:
    """A relation that a second witness found too: templates and models err in different places, so doubts multiply."""
    return replace(relation, score=round(min(0.95, 1 - (1 - relation.score) * (1 - score)), 4))


def strongest(relations: Sequence[Relation], things: Sequence[str]) -> list[Relation]:
    """Of several relations between the same two things, in either direction, the surest: texts seldom state two."""
    best: dict[frozenset[str], float] = {}
    for relation in relations:
        pair = frozenset((things[relation.subject], things[relation.object]))
        best[pair] = max(best.get(pair, 0.0), relation.score)
    return [
        relation
        for relation in relations
        if relation.predicate == "synonymOf"
        or relation.score >= best[frozenset((things[relation.subject], things[relation.object]))]
    ]


def around(sentences: Sequence[tuple[int, int]], left: Mention, right: Mention) -> tuple[int, int]:
    """The sentence, or the run of sentences, that holds both mentions, the left one first."""
    touched = [(s, e) for s, e in sentences if s < right.end and left.start < e]
    return (touched[0][0], touched[-1][1]) if touched else (left.start, right.end)


def names(doc: Doc) -> list[str]:
    """The name under which each mention counts: its folded text, or that of the long form it abbreviates."""
    text = text_of(doc)
    long = {fold(text[slice(*d.short)]): fold(text[slice(*d.long)]) for d in doc._.definitions}
    return [long.get(fold(m.text), fold(m.text)) for m in doc._.mentions]


def _defined(doc: Doc) -> Iterator[Relation]:
    at = {(m.start, m.end): i for i, m in enumerate(doc._.mentions)}
    for definition in doc._.definitions:
        long, short = at.get(definition.long), at.get(definition.short)
        if long is not None and short is not None:
            start = min(definition.long[0], definition.short[0])
            end = max(definition.long[1], definition.short[1])
            yield Relation(short, "synonymOf", long, 0.95, start, end)


def _stated(doc: Doc, templates: Sequence[Template]) -> Iterator[Relation]:
    text = text_of(doc)
    mentions: list[Mention] = doc._.mentions
    for start, end in sentence_spans(doc):
        inside = [(i, m) for i, m in enumerate(mentions) if start <= m.start and m.end <= end]
        if not inside:
            continue
        masked = mask(text, start, end, inside)
        classes = classes_in(masked)
        for template in templates:
            if not could_match(template.pattern, classes):
                continue
            for match in find(template, masked):
                subject = match.subject if match.subject is not None else contribution(doc, start)
                item = match.object if match.object is not None else contribution(doc, start)
                if subject is None or item is None or not fits(mentions, subject, template.predicate, item):
                    continue
                left, right = sorted((mentions[subject], mentions[item]), key=lambda m: m.start)
                said = (
                    text[max(left.end, start) : right.start]
                    if left.start >= start
                    else text[start : right.start]
                )
                yield Relation(subject, template.predicate, item, template.score, start, end, polarity(said))


def contribution(doc: Doc, before: int) -> int | None:
    """The mention of what the paper contributes that a "we" at this place refers to: the last one named so far, else the first."""
    indices = [role.mention for role in doc._.roles if role.predicate == "introduces"]
    things = [
        i
        for i in indices
        if doc._.mentions[i].type in {"Model", "Method", "Software", "Dataset", "Benchmark"}
    ]
    earlier = [i for i in things if doc._.mentions[i].start < before]
    return earlier[-1] if earlier else (things[0] if things else None)


def fits(mentions: Sequence[Mention], subject: int, predicate: str, item: int) -> bool:
    """Whether the classes allow the relation, and the two are not one thing."""
    return predicate in allowed_between(mentions, subject, item)


def allowed_between(mentions: Sequence[Mention], subject: int, item: int) -> frozenset[str]:
    """The relations that the classes of two mentions allow; none if the two are one thing."""
    a, b = mentions[subject], mentions[item]
    if subject == item or fold(a.text) == fold(b.text):
        return frozenset()
    return allowed(a.type, b.type)


@cache
def allowed(a: str, b: str) -> frozenset[str]:
    """The relations that hold between things of two classes."""
    alike = a == b or any({a, b} <= group for group in _ALIKE)
    return frozenset(
        predicate
        for predicate in DOMAIN
        if a in DOMAIN[predicate] and b in RANGE[predicate] and (alike or predicate not in WITHIN_CLASS)
    )
