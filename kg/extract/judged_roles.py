"""The role of each thing, judged by a linear model from what rules and text tell of it, and by the learned model where it has read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.linear import linear_model
from kg.extract.notes import sentence_spans, text_of
from kg.extract.relations import names as names_of
from kg.extract.role_features import role_features
from kg.extract.roles import reported_projects
from kg.text import script_lang
from kg.types import Mention, Role
from kg.vocab import PAPER_PREDICATES

# What counts of the linear model where the learned one has read too; set on held-out documents.
_LINEAR = 0.25
# That a document says it reports on a project counts at least so much.
_REPORTED = 0.6


@Language.component(
    "paperkg_judged_roles", requires=["doc._.mentions", "doc._.roles", "doc.sents"], assigns=["doc._.roles"]
)
def judge_roles(doc: Doc) -> Doc:
    """Give all mentions of a thing the role that is most probable."""
    text = text_of(doc)
    model = linear_model("roles", script_lang(text))
    if model is None:
        return doc
    mentions: list[Mention] = doc._.mentions
    sentences = sentence_spans(doc)
    members: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names_of(doc)):
        members[name].append(index)
    roles: list[Role] = list(doc._.roles)
    cued = [min((roles[i].predicate for i in own), key=PAPER_PREDICATES.index) for own in members.values()]
    features = [
        role_features(text, sentences, mentions, own, role)
        for own, role in zip(members.values(), cued, strict=True)
    ]
    learned: list[dict[str, float]] = doc._.role_chances
    reported = reported_projects(doc)
    for (name, own), row in zip(members.items(), model.probabilities(features).tolist(), strict=True):
        linear = dict(zip(model.classes, row, strict=True))
        chances = _joined(linear, [learned[i] for i in own if learned])
        if name in reported:
            chances["introduces"] = max(_REPORTED, *chances.values())
        best = max(PAPER_PREDICATES, key=lambda role: chances.get(role, 0.0))
        for i in own:
            roles[i] = replace(roles[i], predicate=best, score=round(chances[best], 4))
    doc._.roles = roles
    return doc


def _joined(linear: dict[str, float], learned: list[dict[str, float]]) -> dict[str, float]:
    """The two models' probabilities, weighed: they err in different places."""
    seen = [chances for chances in learned if chances]
    if not seen:
        return linear
    return {
        name: _LINEAR * linear.get(name, 0.0)
        + (1 - _LINEAR) * sum(c.get(name, 0.0) for c in seen) / len(seen)
        for name in PAPER_PREDICATES
    }
