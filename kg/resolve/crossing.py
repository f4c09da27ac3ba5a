"""Chinese names meet English ones: by translation, and more easily where two abstracts are one text in two languages.

A Chinese name that the terminology does not know takes the key of the English name that it translates best, among all
that the papers and the terminology have. Journals print abstracts in both languages; where one paper is read in both,
its two texts name the same things in the same order, so that half a translation is enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby

from kg.resolve.clusters import Cluster
from kg.resolve.parallel import parallel_texts
from kg.resolve.translation import EnglishNames, Translator, load_phrases
from kg.terminology import Concept, Terminology
from kg.text import fold, has_cjk

# The key of a cluster, and why it is that one.
Named = tuple[str, str]
# Whether a cluster may take a key, as far as people have said.
MayMeet = Callable[[Cluster, str], bool]

# In parallel texts two names are one thing if so much of them translates and they stand so near each other; more must
# translate where the English name is known from elsewhere, and would carry the Chinese one everywhere.
_OVERLAP = 0.5
_OVERLAP_KNOWN = 0.7
_NEAR = 0.12


def cross(
    clusters: Sequence[Cluster],
    named: Sequence[Named],
    concepts: dict[str, Concept],
    terminology: Terminology,
    may_meet: MayMeet,
) -> list[Named]:
    """The keys, with those of Chinese names replaced where they meet English ones; ``concepts`` gains those that are met."""
    result = list(named)
    if any(_is_strange(key, concepts) for key, _ in result):
        translator = Translator(load_phrases())
        _by_translation(clusters, result, concepts, terminology, translator, may_meet)
        _by_parallel_text(clusters, result, concepts, translator, may_meet)
    return result


def _is_strange(key: str, concepts: dict[str, Concept]) -> bool:
    return key not in concepts and has_cjk(key)


def _by_translation(
    clusters: Sequence[Cluster],
    named: list[Named],
    concepts: dict[str, Concept],
    terminology: Terminology,
    translator: Translator,
    may_meet: MayMeet,
) -> None:
    """Into the names of the papers first, then into those of the terminology."""
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    for entry, (key, _) in zip(clusters, named, strict=True):
        for name in entry.lasting:
            if not has_cjk(name) and not has_cjk(key):
                spoken[name][key] += 1
    listed = {fold(label.text): concept for label, concept in terminology.english() if label.kind != "hidden"}
    in_papers, in_terms = EnglishNames(spoken, translator), EnglishNames(listed, translator)
    met: dict[str, str | None] = {}
    for i, (name, _) in enumerate(named):
        if not _is_strange(name, concepts):
            continue
        if name not in met:
            met[name] = None
            if english := in_papers.best(name):
                met[name] = _most_used(spoken[english])
            elif english := in_terms.best(name):
                met[name] = listed[english].iri
                concepts.setdefault(listed[english].iri, listed[english])
        found = met[name]
        if found is not None and may_meet(clusters[i], found):
            named[i] = found, "translation"


def _most_used(keys: Counter[str]) -> str:
    return min(keys, key=lambda key: (-keys[key], key))


def _by_parallel_text(
    clusters: Sequence[Cluster],
    named: list[Named],
    concepts: dict[str, Concept],
    translator: Translator,
    may_meet: MayMeet,
) -> None:
    """What still is strange, where the English text of the same paper is there too."""
    papers = {
        document: list(indices)
        for document, indices in groupby(range(len(clusters)), key=lambda i: clusters[i].document)
    }
    keys = [key for key, _ in named]
    heard: dict[str, set[str]] = defaultdict(set)
    for entry, key in zip(clusters, keys, strict=True):
        heard[key].add(entry.document)
    for chinese, english in parallel_texts(clusters, keys, papers).items():
        here = [i for i in papers[chinese] if _is_strange(keys[i], concepts)]
        shared = {keys[i] for i in papers[chinese]}
        rated = []
        for j in papers[english]:
            if keys[j] in shared:
                continue
            known = keys[j] in concepts or len(heard[keys[j]]) > 1
            for i in here:
                apart = abs(clusters[i].at - clusters[j].at)
                if apart > _NEAR or not may_meet(clusters[i], keys[j]):
                    continue
                overlap = max(translator.overlap(a, b) for a in clusters[i].names for b in clusters[j].names)
                if overlap >= (_OVERLAP_KNOWN if known else _OVERLAP):
                    rated.append((apart - overlap, i, j))
        taken: set[int] = set()
        for _, i, j in sorted(rated):
            if not {i, j} & taken:
                taken |= {i, j}
                named[i] = keys[j], "parallel text"
