"""An extraction in the words a test states: names with their class, facts with the names of both ends, numbers with their unit."""

from __future__ import annotations

from kg.types import Extraction


def names(extraction: Extraction) -> dict[str, str]:
    """Each name and its class."""
    return {mention.text: mention.type for mention in extraction.mentions}


def facts(extraction: Extraction) -> dict[tuple[str, str, str], str]:
    """Each relation, and whether the text asserts, denies or supposes it."""
    text = [mention.text for mention in extraction.mentions]
    return {(text[r.subject], r.predicate, text[r.object]): r.polarity for r in extraction.relations}


def definitions(extraction: Extraction) -> set[tuple[str, str]]:
    """Short form and long form of each definition."""
    return {(a, b) for a, predicate, b in facts(extraction) if predicate == "synonymOf"}


def numbers(extraction: Extraction) -> list[tuple[str, str, str]]:
    """Value, unit and the words of the text, in order."""
    return [(str(m.value), m.unit, m.text) for m in extraction.measurements]


def roles(extraction: Extraction) -> dict[str, str]:
    """What the paper does with each thing it names."""
    return {extraction.mentions[role.mention].text: role.predicate for role in extraction.roles}
