"""Decisions applied to what resolution gives: things renamed, retyped and taken out, claims taken out, confirmed and added.

All decisions speak of the things as resolution named them, so none waits for another; of two that set the same, the later counts.
The IRI of a thing stays when its name or class changes: others may have linked to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.curate.change import Changes, changed
from kg.curate.decision import Decision
from kg.curate.things import Inapplicable, Place, Things, Triple, mentions_of
from kg.text import fold
from kg.types import Outcome, Resolved, Source, Stated
from kg.vocab import PAPER_PREDICATES, fits


def apply(
    resolved: Sequence[Resolved], decisions: Sequence[tuple[Decision, Source]]
) -> tuple[list[Resolved], list[Outcome]]:
    """The texts as the decisions leave them, and what came of each decision, in their order.

    A decision that these texts give no occasion for changes nothing and says why.
    """
    if not decisions:
        return list(resolved), []
    things, changes = Things(resolved), Changes()
    outcomes: dict[int, Outcome] = {}
    # Added facts last: whether they fit depends on the classes that others give.
    for index in sorted(range(len(decisions)), key=lambda i: (decisions[i][0].action == "add", i)):
        decision, source = decisions[index]
        why = ""
        try:
            _STEPS[decision.action](decision, things, changes)
        except Inapplicable as reason:
            why = str(reason)
        outcomes[index] = Outcome(source, decision.words, why)
    return [changed(item, changes) for item in resolved], [outcomes[i] for i in range(len(decisions))]


def _rename(decision: Decision, things: Things, changes: Changes) -> None:
    changes.names.setdefault(things.entity(decision.subject).key, []).append(decision.object)


def _retype(decision: Decision, things: Things, changes: Changes) -> None:
    changes.types[things.entity(decision.subject).key] = decision.class_


def _reject(decision: Decision, things: Things, changes: Changes) -> None:
    if not decision.predicate:
        changes.gone.add(things.entity(decision.subject).key)
        return
    triple, places = _claimed(decision, things)
    changes.wrong.update((place.paper, triple) for place in places)


def _confirm(decision: Decision, things: Things, changes: Changes) -> None:
    triple, places = _claimed(decision, things)
    subject, predicate, object_ = triple
    if predicate == "reports":
        changes.sure.update((place.paper, object_) for place in places)
        changes.wrong.difference_update((place.paper, triple) for place in places)
        return
    for place in places:
        changes.wrong.discard((place.paper, triple))
        whose = None if predicate in PAPER_PREDICATES else things.entity(subject)
        changes.stated.setdefault(place.paper, []).append(
            Stated(
                whose,
                predicate,
                things.entity(object_),
                place.start,
                place.end,
                place.polarity,
                decision.author,
            )
        )


def _add(decision: Decision, things: Things, changes: Changes) -> None:
    of_paper = decision.predicate in PAPER_PREDICATES
    paper = things.paper(decision.paper or decision.subject)
    object_ = things.entity_or_new(decision.object)
    subject = None if of_paper else things.entity_or_new(decision.subject)
    for entity in (subject, object_):
        if entity is not None and entity.key in changes.gone:
            raise Inapplicable(f"{entity.key} is rejected")
    kinds = [changes.types.get(e.key, e.type) if e else "Paper" for e in (subject, object_)]
    if subject == object_ or not fits(kinds[0], decision.predicate, kinds[1]):
        raise Inapplicable(f"the ontology has no {kinds[0]} {decision.predicate} {kinds[1]}")
    start, end = _found(decision.quote, things.texts[paper].extraction.document.text, paper)
    author = decision.author
    stated = [Stated(subject, decision.predicate, object_, start, end, author=author)]
    # So that one plain pattern finds every paper on a thing, here too.
    stated += [
        Stated(None, "mentions", entity, start, end, author=author)
        for entity in (subject, object_)
        if entity and not any(True for _ in mentions_of(things.texts[paper], entity.key))
    ]
    changes.stated.setdefault(paper, []).extend(stated)


_STEPS: dict[str, Callable[[Decision, Things, Changes], None]] = {
    "rename": _rename,
    "retype": _retype,
    "reject": _reject,
    "confirm": _confirm,
    "add": _add,
}


def _claimed(decision: Decision, things: Things) -> tuple[Triple, list[Place]]:
    """The triple of a claim, and where the papers in question claim it."""
    if decision.predicate in PAPER_PREDICATES or decision.predicate == "reports":
        subject = things.paper(decision.subject)
    else:
        subject = things.entity(decision.subject).key
    number = decision.predicate == "reports"
    object_ = fold(decision.object) if number else things.entity(decision.object).key
    triple = subject, decision.predicate, object_
    only = things.paper(decision.paper) if decision.paper else ""
    places = [place for place in things.claims.get(triple, ()) if not only or place.paper == only]
    if not places:
        raise Inapplicable(f"{only or 'no paper'} {'does not claim' if only else 'claims'} it")
    return triple, places


def _found(quote: str, text: str, paper: str) -> tuple[int, int]:
    """The characters of the quotation; white space may differ."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    if found is None:
        raise Inapplicable(f"the abstract of {paper} does not hold the quote")
    return found.span()
