"""A paper's page: its abstract cut into pieces, each with what is claimed by it. Runs in a worker process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.evidence import Lookup, local_name
from kg.look import relation_names
from kg.show.portrait import Proof, Ref, proof, ref
from kg.vocab import DCTERMS, FOAF, KG, PROV, RDF, SCHEMA

# Claims of one paper that are read.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Saying:
    """One claim of the paper: subject, relation and how it reads, object, and its proof."""

    subject: Ref
    predicate: str
    relation: str
    object: Ref
    proof: Proof


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the abstract; with ``thing``, a mention of it, and the claims that the reader sees there."""

    text: str
    thing: Ref | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a paper's page shows."""

    iri: str
    title: str
    lang: str
    date: str
    identifiers: tuple[str, ...]
    pages: tuple[str, ...]
    pieces: tuple[Piece, ...]
    sayings: tuple[Saying, ...]


def paper(store: ox.Store, node: ox.NamedNode) -> Paper:
    """What the page of a paper shows."""
    lookup = Lookup(store)
    said = lookup.about(node)
    claims = lookup.subjects(PROV.wasDerivedFrom.value, node)[:_MOST]
    sayings = [s for claim in claims if (s := _saying(lookup, claim)) is not None]
    abstract = lookup.text(node, DCTERMS.abstract.value)

    return Paper(
        iri=node.value,
        title=lookup.name(node),
        lang=lookup.text(node, DCTERMS.language.value),
        date=lookup.text(node, DCTERMS.date.value),
        identifiers=tuple(lookup.name(v) for v in said.get(DCTERMS.identifier.value, ())),
        pages=tuple(v.value for v in said.get(FOAF.page.value, ()) if isinstance(v, ox.NamedNode)),
        pieces=tuple(_pieces(abstract, node.value, sayings)),
        # What it says of other things first; what it does with them itself is seen in the abstract.
        sayings=tuple(sorted((s for s in sayings if s.subject.iri != node.value), key=_by_place)),
    )


def _saying(lookup: Lookup, claim: Any) -> Saying | None:
    said = lookup.about(claim)
    ends = [
        node for term in (RDF.subject, RDF.predicate, RDF.object) for node in said.get(term.value, [])[:1]
    ]
    if len(ends) != 3:
        return None
    subject, predicate, object_ = ends
    end = ref(lookup, object_)
    if end.kind == "Measurement":
        stated = lookup.text(object_, KG.asStated.value) or lookup.text(object_, SCHEMA.value.value)
        end = Ref(end.iri, stated, end.kind)
    name = local_name(predicate.value)
    return Saying(ref(lookup, subject), name, relation_names(name)[0], end, proof(lookup, claim))


def _pieces(abstract: str, paper: str, sayings: Iterable[Saying]) -> Iterable[Piece]:
    """The abstract with a mark on every mention: the shortest spans that tell of a thing, none over another."""
    kept: list[tuple[int, int, Ref]] = []
    spans = {
        (quote.start, quote.end, s.object)
        for s in sayings
        if s.subject.iri == paper
        for quote in s.proof.quotes
        if quote.start is not None
        and quote.end is not None
        and abstract[quote.start : quote.end] == quote.exact
    }
    # A role is proved by its sentence, a mention by its name: a name is marked, a sentence is not.
    for start, end, thing in sorted(spans, key=lambda span: (span[1] - span[0], span[0], span[2].iri)):
        if end - start <= 120 and all(end <= a or start >= b for a, b, _ in kept):
            kept.append((start, end, thing))
    at = 0
    for start, end, thing in sorted(kept, key=lambda span: span[0]):
        if at < start:
            yield Piece(abstract[at:start])
        yield Piece(abstract[start:end], thing, tuple(_notes(start, end, thing, paper, sayings)))
        at = end
    if at < len(abstract):
        yield Piece(abstract[at:])


def _notes(start: int, end: int, thing: Ref, paper: str, sayings: Iterable[Saying]) -> Iterable[str]:
    """The claims about the thing that these characters help to prove, as sentences."""
    notes = []
    for s in sayings:
        covers = any(
            q.start is not None and q.end is not None and q.start <= start and end <= q.end
            for q in s.proof.quotes
        )
        if covers and thing.iri in {s.subject.iri, s.object.iri}:
            sure = "" if s.proof.confidence is None else f", confidence {s.proof.confidence:.2f}"
            polarity = "" if s.proof.polarity == "asserted" else f" ({s.proof.polarity})"
            subject = "this paper" if s.subject.iri == paper else s.subject.name
            notes.append(f"{subject} {s.relation} {s.object.name}{polarity}{sure}")
    own = [note for note in notes if not note.startswith("this paper mentions")]
    yield from sorted(set(own or notes))


def _by_place(saying: Saying) -> tuple[int, str]:
    starts = [quote.start for quote in saying.proof.quotes if quote.start is not None]
    return min(starts, default=0), saying.proof.claim
