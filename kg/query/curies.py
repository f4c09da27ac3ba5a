"""IRIs as a query may write them: ``model:bloom``."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.text import CJK

# Names that need no escape after a prefix; the grammar allows more, and what is left out stays an IRI.
_LOCAL = re.compile(rf"[A-Za-z0-9_{CJK}](?:[A-Za-z0-9_.{CJK}-]*[A-Za-z0-9_{CJK}-])?")
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)


class Curies:
    """Short forms of IRIs.

    Args:
        prefixes: those that a query may use unasked.
        text: the query that was answered; a prefix that it declares means what it says there, and is not used here.
    """

    def __init__(self, prefixes: Mapping[str, str], text: str = "") -> None:
        declared = set(_DECLARED.findall(text))
        self._prefixes = {iri: prefix for prefix, iri in prefixes.items() if prefix not in declared}

    def cell(self, term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None) -> str:
        """A cell of an answer as plain text."""
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        return "" if term is None else str(getattr(term, "value", term))

    def iri(self, iri: str) -> str:
        """The IRI with its prefix, where it has one and its name needs no escape; else the IRI.

        >>> Curies({"model": "https://e.org/model/"}).iri("https://e.org/model/gpt-3.5")
        'model:gpt-3.5'
        """
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        return iri if prefix is None or not _LOCAL.fullmatch(iri, cut) else f"{prefix}:{iri[cut:]}"
