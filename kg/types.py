"""The frozen values that flow between stages.

    read      path       -> Document | Reject
    extract   Document   -> Extraction
    resolve   Extraction -> Resolved
    fill      Resolved   -> quads

Every value is immutable and picklable. Offsets count Unicode code points into ``Document.text``, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Lang = Literal["en", "zh"]
Polarity = Literal["asserted", "negated", "hedged"]
LabelKind = Literal["pref", "alt", "hidden"]
LabelLang = Literal["en", "zh-Hans"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read: a file (or ``-`` for standard input) and, where it makes sense, a line from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Reject:
    """Input that became no document, and why."""

    source: Source
    reason: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One paper: its abstract and whatever metadata its source held.

    ``id`` is the identifier as given, or ``sha256-…`` of the text where none was given (``given_id`` is then false).
    ``date`` is an ISO 8601 year, year and month, or day. ``identifiers`` are prefixed: ``arXiv:2211.05100``, ``doi:10.…``.
    """

    id: str
    text: str
    lang: Lang
    given_id: bool = True
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    venue: str | None = None
    links: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something. ``type`` is a class of the ontology by local name; ``by`` the component that found it."""

    start: int
    end: int
    text: str
    type: str
    score: float
    by: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement between two mentions (indices), proved by the characters ``start`` to ``end``."""

    subject: int
    predicate: str
    object: int
    score: float
    start: int
    end: int
    polarity: Polarity = "asserted"


@dataclass(frozen=True, slots=True)
class Role:
    """What the paper itself does with a mention: ``introduces``, ``uses``, ``studies`` or ``mentions``."""

    predicate: str
    mention: int
    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number the text reports. ``text`` is the words as stated; ``of`` and ``metric`` index mentions."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    score: float
    of: int | None = None
    metric: int | None = None
    uncertainty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says. ``mentions`` are sorted by position and do not overlap."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    roles: tuple[Role, ...] = ()
    measurements: tuple[Measurement, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A name of an entity in one language. A hidden label is searched for but not shown (misspelling, machine translation)."""

    text: str
    lang: LabelLang
    kind: LabelKind = "alt"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph. ``key`` is its IRI below the base: ``model/bloom``. ``concept`` is the terminology's IRI, if it has one."""

    key: str
    type: str
    labels: tuple[Label, ...]
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One mention (index) is one entity, for a stated reason: ``terminology``, ``label``, ``abbreviation``, ``definition``, …"""

    mention: int
    entity: Entity
    reason: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says that the characters ``start`` to ``end`` of a paper state; without a ``subject``, of the paper itself.

    ``author`` is the person's name, where one was given.
    """

    subject: Entity | None
    predicate: str
    object: Entity
    start: int
    end: int
    polarity: Polarity = "asserted"
    author: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """An extraction whose mentions are tied to entities: ``links[i]`` belongs to ``extraction.mentions[i]``.

    ``stated`` is what people read in it beside what the extractor did, or confirmed.
    """

    extraction: Extraction
    links: tuple[Link, ...] = field(default=())
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a decision by hand: where it is written, what it says, and why it changed nothing (empty where it did)."""

    source: Source
    what: str
    why: str = ""
