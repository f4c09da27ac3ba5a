"""Which two abstracts are one text in two languages: they name the same rare things in the same order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.resolve.clusters import Cluster

# They share so many things, which are so large a share of what is rare in the smaller one, at places that differ by no
# more than this part of the text on average (in unrelated texts by a third).
_SHARED = 4
_SHARE = 0.3
_DRIFT = 0.1
# What joins more pairs of papers than this tells no two of them from the rest.
_COMMON = 10_000


def parallel_texts(
    clusters: Sequence[Cluster], keys: Sequence[str], papers: Mapping[str, Sequence[int]]
) -> dict[str, str]:
    """For each Chinese document the English one that is the same text, if there is one.

    Args:
        clusters: what each paper names.
        keys: the key of each cluster; equal keys are one thing.
        papers: the clusters (indices) of each document.
    """
    places: dict[str, dict[str, dict[str, float]]] = {"en": defaultdict(dict), "zh": defaultdict(dict)}
    for document, indices in papers.items():
        for i in indices:
            places[clusters[i].lang][keys[i]].setdefault(document, clusters[i].at)
    # A thing that n papers of a language name counts one nth for each.
    weight = {(lang, key): 1 / len(where) for lang, named in places.items() for key, where in named.items()}
    whole = {
        document: sum(weight[clusters[i].lang, key] for key, i in {keys[i]: i for i in indices}.items())
        for document, indices in papers.items()
    }
    common: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for key in sorted(places["zh"].keys() & places["en"].keys()):
        chinese, english = places["zh"][key], places["en"][key]
        if len(chinese) * len(english) > _COMMON:
            continue
        value = (weight["zh", key] * weight["en", key]) ** 0.5
        for one, at in chinese.items():
            for other, there in english.items():
                common[one, other].append((value, abs(at - there)))
    shares = {
        pair: sum(value for value, _ in found) / min(whole[name] for name in pair)
        for pair, found in common.items()
        if len(found) >= _SHARED and sum(apart for _, apart in found) <= _DRIFT * len(found)
    }
    return _each_others_best({pair: share for pair, share in shares.items() if share >= _SHARE})


def _each_others_best(shares: Mapping[tuple[str, str], float]) -> dict[str, str]:
    seen: Counter[str] = Counter()
    result = {}
    for one, other in sorted(shares, key=lambda pair: (-shares[pair], pair)):
        if not seen[one] and not seen[other]:
            result[one] = other
        seen[one] += 1
        seen[other] += 1
    return result
