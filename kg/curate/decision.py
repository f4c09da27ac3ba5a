"""One decision by hand: its parts, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from kg.tables import DIFFERENT, SAME
from kg.text import fold
from kg.vocab import ENTITY_CLASSES, ENTITY_PREDICATES, PAPER_PREDICATES

# What can be said, and how it reads.
ACTIONS = {
    "same": "same as",
    "different": "different from",
    "rename": "is called",
    "retype": "is a",
    "reject": "is wrong",
    "confirm": "is right",
    "add": "is missing",
}
# The words of identity, and SSSOM's predicates for them.
PREDICATES = {"same": SAME, "different": DIFFERENT}
IDENTITY = tuple(PREDICATES)
_CLAIMED = (*PAPER_PREDICATES, "reports", *ENTITY_PREDICATES)
_ADDED = (*PAPER_PREDICATES, *(name for name in ENTITY_PREDICATES if name != "synonymOf"))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. ``subject`` and ``object`` are names, or ends of IRIs such as ``model/bloom``.

    Attributes:
        action: one of ``ACTIONS``.
        subject: the thing, or the paper of a claim about what a paper does.
        predicate: for claims: the relation, by its local name.
        object: the other thing; the new name (rename) or class (retype).
        paper: for claims: the paper, by its identifier or the end of its IRI; for an added fact it is needed.
        quote: for an added fact: the words of the abstract that state it.
        author: who decided. ``date``: when (ISO 8601). ``comment``: why.
        subject_id: of same and different: the end of the IRI that the name had. ``object_id`` likewise.
    """

    action: str
    subject: str
    predicate: str = ""
    object: str = ""
    paper: str = ""
    quote: str = ""
    author: str = ""
    date: str = ""
    comment: str = ""
    subject_id: str = ""
    object_id: str = ""

    @property
    def words(self) -> str:
        """The decision as a line that people read."""
        if self.action in ("reject", "confirm", "add"):
            said = " ".join(part for part in (self.subject, self.predicate, self.object) if part)
            return f"{said} {ACTIONS[self.action]}" + (f", in {self.paper}" if self.paper else "")
        return f"{self.subject} {ACTIONS.get(self.action, self.action)} {self.object}"

    @property
    def class_(self) -> str:
        """The class that a retyped thing is of, without a prefix."""
        return self.object.removeprefix("kg:")

    def fault(self) -> str:
        """Why no build could apply it, or nothing."""
        if self.action not in ACTIONS:
            return f"no action {self.action!r}; one of {', '.join(ACTIONS)}"
        if not self.subject:
            return "names no subject"
        return {"reject": self._claim, "confirm": self._claim, "add": self._addition}.get(
            self.action, self._naming
        )()

    def _naming(self) -> str:
        if not self.object:
            return "names no object"
        if self.action in IDENTITY and fold(self.subject) == fold(self.object):
            return "both are spellings of one name"
        if self.action == "retype" and self.class_ not in ENTITY_CLASSES:
            return f"no class {self.object!r}; one of {', '.join(ENTITY_CLASSES)}"
        return ""

    def _claim(self) -> str:
        if self.action == "reject" and not self.predicate and not self.object:
            return ""
        if not self.predicate or not self.object:
            return "a claim has a subject, a predicate and an object"
        return (
            ""
            if self.predicate in _CLAIMED
            else f"no predicate {self.predicate!r}; one of {', '.join(_CLAIMED)}"
        )

    def _addition(self) -> str:
        if self.predicate not in _ADDED:
            return f"no predicate {self.predicate!r}; one of {', '.join(_ADDED)}"
        if not self.object:
            return "names no object"
        if not self.paper and self.predicate not in PAPER_PREDICATES:
            return "names no paper; every fact has a paper that states it"
        return "" if self.quote else "has no quote: the words of the abstract that state it"
