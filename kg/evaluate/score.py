"""What one document's prediction gets right: counts by measure, from which precision, recall and F1 follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.text import fold
from kg.unions import Unions
from kg.vocab import PAPER_PREDICATES

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, predicted and expected items."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.predicted + other.predicted, self.expected + other.expected
        )

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 if nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the expected that is found; 0 if nothing is expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.predicted + self.expected
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of one document: its names (folded), class and role."""

    names: frozenset[str]
    type: str
    role: str


def gold_things(gold: Record) -> dict[str, Thing]:
    """The entities of a gold record by key."""
    return {
        e["key"]: Thing(frozenset(map(fold, e["forms"])), e["type"], e.get("role", "mentions"))
        for e in gold["entities"]
    }


def predicted_things(prediction: Record) -> tuple[list[Thing], list[int]]:
    """The entities of a prediction (mentions of one name, and names said to be synonyms), and the entity of each mention."""
    mentions = prediction["mentions"]
    names = [fold(m["text"]) for m in mentions]
    same = Unions()
    for relation in prediction["relations"]:
        if relation["predicate"] == "synonymOf":
            same.join(names[relation["object"]], names[relation["subject"]])
    members: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        members[same.root(name)].append(index)
    things, of = [], [0] * len(mentions)
    for number, indices in enumerate(members.values()):
        types = [mentions[i]["type"] for i in indices]
        roles = {mentions[i].get("role", "mentions") for i in indices}
        role = next((r for r in PAPER_PREDICATES if r in roles), "mentions")
        things.append(
            Thing(frozenset(names[i] for i in indices), max(sorted(set(types)), key=types.count), role)
        )
        for i in indices:
            of[i] = number
    return things, of


def score_document(gold: Record, prediction: Record) -> dict[str, Counts]:
    """Counts by measure: ``entities``, ``types``, ``introduces``, ``relations`` and so on, and by type and predicate below them."""
    expected = gold_things(gold)
    things, of = predicted_things(prediction)
    matched = _match(expected, things)
    result: dict[str, Counts] = defaultdict(Counts)
    result["entities"] = Counts(len(matched), len(things), len(expected))
    typed = [(key, n) for key, n in matched.items() if expected[key].type == things[n].type]
    result["entities with type"] = Counts(len(typed), len(things), len(expected))
    result["type of found"] = Counts(len(typed), len(matched), len(matched))
    for kind in {t.type for t in things} | {t.type for t in expected.values()}:
        right = sum(expected[key].type == kind for key, _ in typed)
        result[f"type {kind}"] = Counts(
            right, sum(t.type == kind for t in things), sum(t.type == kind for t in expected.values())
        )
    for role in ("introduces", "uses", "studies"):
        right = sum(expected[key].role == role == things[n].role for key, n in matched.items())
        result[role] = Counts(
            right, sum(t.role == role for t in things), sum(t.role == role for t in expected.values())
        )
    _score_mentions(gold, prediction, result)
    _score_relations(gold, prediction, matched, of, result)
    _score_measurements(gold["measurements"], prediction["measurements"], result)
    return dict(result)


def _match(expected: Mapping[str, Thing], things: Sequence[Thing]) -> dict[str, int]:
    """Gold key -> predicted entity that shares a name with it; each predicted one is used once."""
    matched: dict[str, int] = {}
    free = set(range(len(things)))
    for key, thing in expected.items():
        best = max(sorted(free), key=lambda n: len(things[n].names & thing.names), default=None)
        if best is not None and things[best].names & thing.names:
            matched[key] = best
            free.discard(best)
    return matched


def _score_mentions(gold: Record, prediction: Record, result: dict[str, Counts]) -> None:
    wanted = {(m["start"], m["end"]): m["type"] for m in gold["mentions"]}
    found = {(m["start"], m["end"]): m["type"] for m in prediction["mentions"]}
    strict = sum(wanted.get(span) == kind for span, kind in found.items())
    bounds = sum(span in wanted for span in found)
    result["mentions strict"] = Counts(strict, len(found), len(wanted))
    result["mentions boundaries"] = Counts(bounds, len(found), len(wanted))
    # Relaxed: a span counts when it overlaps one of the other side; counted once from each side.
    touched = sum(any(a < d and c < b for c, d in wanted) for a, b in found)
    reached = sum(any(a < d and c < b for c, d in found) for a, b in wanted)
    result["mentions relaxed"] = Counts(min(touched, reached), len(found), len(wanted))


def _score_relations(
    gold: Record, prediction: Record, matched: Mapping[str, int], of: Sequence[int], result: dict[str, Counts]
) -> None:
    wanted = {
        (matched.get(r["subject"], r["subject"]), r["predicate"], matched.get(r["object"], r["object"]))
        for r in gold["relations"]
        if r.get("polarity", "asserted") == "asserted"
    }
    found = {
        (of[r["subject"]], r["predicate"], of[r["object"]])
        for r in prediction["relations"]
        if r["predicate"] != "synonymOf"
        and r.get("polarity", "asserted") == "asserted"
        and of[r["subject"]] != of[r["object"]]
    }
    result["relations"] = Counts(len(wanted & found), len(found), len(wanted))
    for predicate in {p for _, p, _ in wanted | found}:
        one, other = ({t for t in side if t[1] == predicate} for side in (wanted, found))
        result[f"relation {predicate}"] = Counts(len(one & other), len(other), len(one))
    pairs_wanted, pairs_found = ({(s, o) for s, _, o in side} for side in (wanted, found))
    result["related pairs"] = Counts(len(pairs_wanted & pairs_found), len(pairs_found), len(pairs_wanted))


def _score_measurements(wanted: Iterable[Record], found: Iterable[Record], result: dict[str, Counts]) -> None:
    expected, predicted = _values(wanted), _values(found)
    left = list(expected)
    right = 0
    for value in predicted:
        if value in left:
            left.remove(value)
            right += 1
    result["measurements"] = Counts(right, len(predicted), len(expected))


def _values(records: Iterable[Record]) -> list[Decimal]:
    values = []
    for record in records:
        try:
            values.append(Decimal(str(record["value"])).normalize())
        except InvalidOperation:
            continue
    return values
