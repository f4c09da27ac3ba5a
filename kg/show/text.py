"""A portrait as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from kg.show.portrait import Fact, Portrait, Proof
from kg.text import printable

_POLARITY = {"negated": "the text denies it", "hedged": "the text is not sure"}


def lines(portrait: Portrait, most: int = 8) -> Iterator[str]:
    """The names, facts with their quotes, and numbers; at most ``most`` facts a relation."""
    yield f"{_plain(portrait.name)}  ({portrait.kind or 'no class'})  {portrait.iri}"
    others = [_plain(text) for _, text in portrait.names if text != portrait.name]
    if others:
        yield f"also: {' · '.join(dict.fromkeys(others))}"
    for group in portrait.groups:
        yield ""
        yield f"{group.title} ({len(group.facts)})"
        for fact in group.facts[:most]:
            yield from _fact(fact)
        if len(group.facts) > most:
            yield f"  … and {len(group.facts) - most} more"
    if portrait.numbers:
        yield ""
        yield f"numbers ({len(portrait.numbers)})"
        for number in portrait.numbers[:most]:
            what = " of ".join(_plain(r.name) for r in (number.metric, number.of) if r)
            words = f"  “{_plain(number.stated)}”" if number.stated else ""
            yield f"  {_plain(number.value)} {_plain(number.unit)}  {what}{words}".rstrip()
    if portrait.years:
        yield ""
        yield "papers: " + ", ".join(f"{year} {count}" for year, count in portrait.years)
    if portrait.near:
        yield "near: " + " · ".join(_plain(thing.name) for thing, _ in portrait.near[:most])
    if portrait.cut:
        yield "This is not all: only the first claims were read; ask kg query for the rest."


def _fact(fact: Fact) -> Iterator[str]:
    yield f"  {_plain(fact.other.name)}" + (f"  ({fact.other.kind})" if fact.other.kind else "")
    for proof in fact.proofs[:2]:
        yield from _proof(proof, fact)


def _proof(proof: Proof, fact: Fact) -> Iterator[str]:
    said = [f"{proof.confidence:.2f}"] if proof.confidence is not None else []
    if proof.polarity != "asserted":
        said.append(_POLARITY.get(proof.polarity, _plain(proof.polarity)))
    if proof.paper and proof.paper.iri != fact.other.iri:
        said.append(_plain(proof.paper.name))
    for quote in proof.quotes[:1]:
        yield f"      “{_plain(quote.exact)}”  {', '.join(said)}".rstrip()


def _plain(text: str) -> str:
    return printable(text)
