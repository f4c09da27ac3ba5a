"""What a paper says that it does not use is not among what it uses: *It was not evaluated on GLUE*.

Of the things in training gold of which every relation is denied, annotators call 28 used and 1,594 studied or only mentioned; of
data and methods that something is denied to be evaluated on, trained on or based on, 6 and 556.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.relations import names
from kg.types import Relation


@Language.component(
    "paperkg_denied", requires=["doc._.mentions", "doc._.roles", "doc._.relations"], assigns=["doc._.roles"]
)
def take_back(doc: Doc) -> Doc:
    """Let what is used, but for denials alone, be only mentioned."""
    if all(relation.polarity != "negated" for relation in doc._.relations):
        return doc
    things = names(doc)
    of: dict[str, list[Relation]] = defaultdict(list)
    for relation in doc._.relations:
        if relation.predicate != "synonymOf":
            of[things[relation.subject]].append(relation)
            of[things[relation.object]].append(relation)
    denied = {
        thing: max(r.score for r in said)
        for thing, said in of.items()
        if all(r.polarity == "negated" for r in said)
    }
    doc._.roles = [
        replace(role, predicate="mentions", score=denied[things[role.mention]])
        if role.predicate == "uses" and things[role.mention] in denied
        else role
        for role in doc._.roles
    ]
    return doc
