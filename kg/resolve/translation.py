"""How well a Chinese name translates an English one, by words and phrases that translators were seen to put for each other.

The table (``phrases.zh.tsv.gz``) was counted in parallel abstracts (``tools/terms/translations.py``): for each stretch of Chinese the English
words it was aligned with, and how strongly: count / sqrt(count of one * count of the other), as in Ochiai's coefficient. A name is taken for
the translation of another where its parts and the other's words cover each other without rest; order does not matter, since Chinese has its own.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from kg.text import singular

# What a name may have or lack without being another.
_GLUE = frozenset("the a an of for and or to in on with by from as at based".split())
_UNIT = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9]+")
_FREE_CHARACTERS = frozenset("的之")
# Longest stretch of the table, in units; most words that an English name may have.
_STRETCH = 12
_MOST_WORDS = 8
# Below this two names are no translation of each other: .95 of those above are right among 11,000 names, .999 within one abstract.
LEAST = 0.1


class Phrases:
    """Chinese -> English words -> strength (0 to 1). A row is parsed when it is asked for: few ever are."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows
        self._parsed: dict[str, dict[tuple[str, ...], float]] = {}

    def of(self, chinese: str) -> dict[tuple[str, ...], float]:
        """What this stretch of Chinese was seen to translate."""
        if chinese not in self._rows:
            return {}
        if chinese not in self._parsed:
            entries = (entry.rpartition(":") for entry in self._rows[chinese].split("|"))
            self._parsed[chinese] = {
                tuple(english.split()): int(percent) / 100 for english, _, percent in entries
            }
        return self._parsed[chinese]


@lru_cache(maxsize=1)
def load_phrases() -> Phrases:
    """The table of the package."""
    with gzip.open(Path(__file__).parent / "phrases.zh.tsv.gz", "rt", encoding="utf-8") as lines:
        return Phrases(dict(line.rstrip("\n").split("\t") for line in lines))


def units(chinese: str) -> list[str]:
    """What a Chinese name is made of: characters, and Latin words whole; 的 and signs left out."""
    return [unit for unit in _UNIT.findall(chinese) if unit not in _FREE_CHARACTERS]


def words(english: str) -> list[str]:
    """The words of an English name, lower case and singular."""
    return [singular(word) for word in _WORD.findall(english.lower())]


class Translator:
    """Judges whether names translate each other, by a table of phrases."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def strength(self, chinese: str, english: str) -> float:
        """0 if parts of one have no counterpart in the other, else the geometric mean of the strengths of the parts.

        Of all ways to cut the Chinese name the one of the highest mean counts; each cut's parts must use each English word once.
        """
        parts, goal = units(chinese), words(english)
        if not parts or not goal or len(goal) > _MOST_WORDS:
            return 0.0
        full = (1 << len(goal)) - 1
        glue = sum(1 << k for k, word in enumerate(goal) if word in _GLUE) % full
        # For each place in the Chinese name: English words used so far -> sum of logarithms, number of parts.
        reached: list[dict[int, tuple[float, int]]] = [{} for _ in range(len(parts) + 1)]
        reached[0][glue] = (0.0, 0)
        for start in range(len(parts)):
            if not reached[start]:
                continue
            for end, bits, strength in self._steps(parts, start, goal):
                gain = math.log(strength)
                for used, (total, count) in reached[start].items():
                    if used & bits & ~glue:
                        continue
                    total, count, old = total + gain, count + 1, reached[end].get(used | bits)
                    if old is None or total / count > old[0] / old[1]:
                        reached[end][used | bits] = (total, count)
        best = reached[-1].get(full)
        return math.exp(best[0] / best[1]) if best else 0.0

    def _steps(self, parts: list[str], start: int, goal: list[str]) -> list[tuple[int, int, float]]:
        """What can be read from this place on: where it ends, the English words (bits) it stands for, and how strongly."""
        found = []
        if parts[start].isascii():
            same = singular(parts[start].lower())
            found += [(start + 1, 1 << k, 1.0) for k, word in enumerate(goal) if word == same]
        for end in range(start + 1, min(len(parts), start + _STRETCH) + 1):
            for phrase, strength in self._phrases.of("".join(parts[start:end])).items():
                size = len(phrase)
                found += [
                    (end, ((1 << size) - 1) << k, strength)
                    for k in range(len(goal) - size + 1)
                    if tuple(goal[k : k + size]) == phrase
                ]
        return found

    def in_order(self, chinese: str, english: str) -> int:
        """How many pairs of parts stand in the same order in both names, less those that do not: 领域专家 is *domain expert*."""
        parts, goal = units(chinese), words(english)
        places = [
            (start, bits) for start in range(len(parts)) for _, bits, _ in self._steps(parts, start, goal)
        ]
        return sum(1 if a < b else -1 for (i, a), (j, b) in combinations(places, 2) if i < j and not a & b)

    def vocabulary(self, chinese: str) -> frozenset[str]:
        """Every English word that some part of the name can stand for."""
        return frozenset(word for _, _, phrase in self._readings(chinese) for word in phrase)

    def overlap(self, chinese: str, english: str) -> float:
        """How much of two names translates each other: the harmonic mean of the shares of units and of words that do."""
        parts, goal = units(chinese), [word for word in words(english) if word not in _GLUE]
        if not parts or not goal:
            return 0.0
        covered: set[int] = set()
        hit: set[str] = set()
        for start, end, phrase in self._readings(chinese):
            if set(phrase) <= set(goal) | _GLUE:
                covered.update(range(start, end))
                hit.update(phrase)
        a, b = len(covered) / len(parts), sum(word in hit for word in goal) / len(goal)
        return 2 * a * b / (a + b) if a and b else 0.0

    def _readings(self, chinese: str) -> list[tuple[int, int, tuple[str, ...]]]:
        parts = units(chinese)
        found: list[tuple[int, int, tuple[str, ...]]] = [
            (k, k + 1, (singular(part.lower()),)) for k, part in enumerate(parts) if part.isascii()
        ]
        for start in range(len(parts)):
            for end in range(start + 1, min(len(parts), start + _STRETCH) + 1):
                stretch = self._phrases.of("".join(parts[start:end]))
                found += [(start, end, phrase) for phrase in stretch]
        return found


class EnglishNames:
    """English names, searched by what a Chinese name may mean."""

    def __init__(self, names: Iterable[str], translator: Translator) -> None:
        self._translator = translator
        content = {name: frozenset(words(name)) - _GLUE for name in names}
        spread = Counter(word for found in content.values() for word in found)
        # Each name stands under its rarest word alone: a translation has all words, so it has that one too.
        self._under: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for name, found in content.items():
            if found:
                self._under[min(found, key=lambda word: (spread[word], word))].append((name, found))

    def best(self, chinese: str) -> str | None:
        """The name that this one translates best; None if it translates none well enough.

        Of equals it is the shortest, of such the one whose words stand in the same order.
        """
        vocabulary = self._translator.vocabulary(chinese)
        rated = [
            (self._translator.strength(chinese, name), -len(name), name)
            for word in vocabulary
            for name, content in self._under.get(word, ())
            if content <= vocabulary
        ]
        strength, size, _ = max(rated, default=(0.0, 0, ""))
        if strength < LEAST:
            return None
        equal = [name for *rating, name in rated if rating == [strength, size]]
        return max(equal, key=lambda name: (self._translator.in_order(chinese, name), name))
