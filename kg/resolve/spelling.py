"""English names that differ by a hyphen, a space, a British letter or a word for a method are one thing: "hyper-parameter", "localisation".

``fold`` keeps the parts of a compound apart, since it is also how names are found in a text, where "over fit" may be two words. Between
names that annotators or lists already took as names, the letters decide. Chinese is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.resolve.clusters import Cluster
from kg.resolve.crossing import MayMeet, Named
from kg.terminology import Concept, Terminology
from kg.text import fold, has_cjk

#: Fewer letters than this, without a digit among them, may be two words ("a t", "at").
_LEAST = 6
#: Last words that say the same: what one calls an approach another calls a method. Chinese has one word for the two.
_SAME_HEADS = {"approach": "method", "capability": "ability"}
#: British endings, and what they are in America. They need not make words, only the same letters of two spellings.
_AMERICAN = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=[a-z]{3})is(?=(?:e[drs]?|ing|ations?)\b)", "iz"),
        (r"(?<=[a-z]{3})our(?=s?\b|al\b|able\b|ed\b|ing\b)", "or"),
        (r"\b(label|model|travel|channel|signal|level|cancel)l(?=ed\b|ing\b|ers?\b)", r"\1"),
        (r"(?<=[a-z]{2})tre(?=s?\b)", "ter"),
    )
)


def letters(name: str) -> str:
    """What is left of a folded name without its spaces, British endings made American, an approach a method.

    Nothing of one too short or Chinese.

    >>> letters(fold("Hyper-parameters")) == letters(fold("hyperparameter")), letters(fold("colour labelling"))
    (True, 'colorlabeling')
    >>> letters(fold("Bayesian approaches")) == letters(fold("Bayesian method"))
    True
    """
    if has_cjk(name):
        return ""
    *before, last = name.split() or [""]
    if before and last in _SAME_HEADS:
        name = " ".join((*before, _SAME_HEADS[last]))
    for british, american in _AMERICAN:
        name = british.sub(american, name)
    squeezed = name.replace(" ", "")
    return squeezed if len(squeezed) >= _LEAST or any(c.isdigit() for c in squeezed) else ""


def respell(
    clusters: Sequence[Cluster],
    named: Sequence[Named],
    concepts: dict[str, Concept],
    terminology: Terminology,
    may_meet: MayMeet,
) -> list[Named]:
    """The keys, where names of the same letters share one: a concept's, else the one that most clusters have.

    ``concepts`` gains those of the terminology that are met. A name that the terminology has and that yet has no concept left it by hand,
    and stays. The order of the clusters does not matter.
    """
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for entry, (key, _) in zip(clusters, named, strict=True):
        for same in {letters(name) for name in entry.lasting}:
            spelled[same][key] += 1
    listed = {letters(fold(label.text)): concept for label, concept in terminology.english()}
    result = list(named)
    for index, (key, _) in enumerate(named):
        same = letters(key)
        if not same or key in concepts or terminology.find(key) is not None:
            continue
        known = [other for other in spelled[same] if other in concepts]
        met = concepts[known[0]] if len(known) == 1 else None if known else listed.get(same)
        best = met.iri if met else min(spelled[same], key=lambda other: (-spelled[same][other], other))
        names = {best, *(fold(label.text) for label in met.labels)} if met else {best}
        if best != key and all(may_meet(clusters[index], name) for name in names):
            if met:
                concepts.setdefault(best, met)
            result[index] = best, "spelling"
    return result
