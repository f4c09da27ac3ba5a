"""How names are compared: one folding used wherever two spellings of a name must count as one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.script import joined, simplified
from kg.types import Lang

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_/]+")
#: Chinese characters, for a class of a regular expression.
CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK = re.compile(f"[{CJK}]")
# What a web address is made of: Chinese text and its marks may follow it without a space.
_ADDRESS = rf"[^\s<>\"“”{CJK}\u3000-\u303f\uff00-\uffef]"
#: A web address in running text, for a regular expression.
WEB_ADDRESS = rf"(?:https?://|www\.){_ADDRESS}+|(?a:\b[\w-]{{1,63}})\.(?:com|org|io|edu|net)/{_ADDRESS}*"

_IRREGULAR = {
    "matrices": "matrix", "vertices": "vertex", "indices": "index", "analyses": "analysis", "hypotheses": "hypothesis", "bases": "basis",
    "corpora": "corpus", "criteria": "criterion", "phenomena": "phenomenon", "automata": "automaton", "stimuli": "stimulus", "axes": "axis",
    "biases": "bias", "crises": "crisis", "diagnoses": "diagnosis", "prognoses": "prognosis", "prostheses": "prosthesis", "metastases": "metastasis",
    "theses": "thesis", "syntheses": "synthesis", "lenses": "lens", "viruses": "virus", "statuses": "status", "gases": "gas", "loci": "locus", "nuclei": "nucleus",
    "radii": "radius", "minima": "minimum", "maxima": "maximum", "optima": "optimum", "equilibria": "equilibrium", "spectra": "spectrum", "simplices": "simplex", "vortices": "vortex",
    # Of the words in -ics these are plurals; others (robotics, dynamics) are not.
    "metrics": "metric", "topics": "topic", "heuristics": "heuristic", "characteristics": "characteristic", "critics": "critic", "fabrics": "fabric",
}  # fmt: skip
# Bases of these are no basis.
_STORES = frozenset({"knowledge", "data", "code", "rule", "belief", "case", "fact", "user"})
# APIs, CPUs, KGs: without its capitals an acronym's plural may look like a word of its own.
_ACRONYMS = re.compile(r"\b([A-Z]{2,}\d?)s(?=\W*$)")


def has_cjk(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return _CJK.search(text) is not None


def script_lang(text: str) -> Lang:
    """The language whose pipeline and models read the text: ``zh`` if it holds a Chinese character, else ``en``."""
    return "zh" if has_cjk(text) else "en"


def label_lang(text: str) -> str:
    """The language tag of a name: ``zh-Hans`` if it holds a Chinese character, else ``en``."""
    return "zh-Hans" if has_cjk(text) else "en"


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """The key under which spellings of one name meet: NFKC, case, hyphens, spaces, possessives and plain plurals aside.

    >>> fold("Big-Bench") == fold("BIG bench"), fold("language models") == fold("Language Model")
    (True, True)
    >>> fold("rates of convergence"), fold("knowledge bases"), fold("wavelet bases"), fold("APIs"), fold("test statistics")
    ('rate of convergence', 'knowledge base', 'wavelet basis', 'api', 'test statistic')
    >>> fold("語義分割") == fold("语义分割")
    True
    """
    text = _ACRONYMS.sub(r"\1", unicodedata.normalize("NFKC", joined(name))).casefold().replace("’", "'")
    text = _SEPARATORS.sub(" ", text).strip(" .,;:'\"“”()")
    if has_cjk(text):
        return simplified(text.replace(" ", ""))
    words = text.split()
    if words:
        words[-1] = _singular_of(words)
    if "of" in words[1:-1]:
        head = words.index("of", 1)
        words[head - 1] = singular(words[head - 1])
    return " ".join(words)


def _singular_of(words: list[str]) -> str:
    """The singular of a name's last word, where what stands before it tells more than the word."""
    *before, last = words
    if before and last == "statistics":  # a field by itself, numbers else
        return "statistic"
    return "base" if last == "bases" and before and before[-1] in _STORES else singular(last)


def searchable(text: str) -> str:
    """How a name and the words sought in it meet: case, width, accents, hyphens and spaces aside, letter by letter.

    Unlike ``fold`` it leaves plurals alone, since what is typed so far may be half a word.

    >>> searchable("Pre-training of Ｎaïve  Models")
    'pre training of naive models'
    """
    plain = text
    if not text.isascii():
        text = simplified(text)
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", plain.casefold()).strip()


def singular(word: str) -> str:
    """The singular of an English plural; other words come back as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or word.endswith(("ss", "us", "is", "ics", "ias")):
        return word
    if word.endswith("ies") and len(word) > 4 and word not in {"series", "species"}:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and word not in {"series", "species", "bias", "canvas", "atlas", "lens"}:
        return word[:-1]
    return word


def printable(text: str) -> str:
    """One line that a terminal shows and does not obey: control characters, as in escape sequences, become a sign.

    >>> printable("a\\x1b[2Jb\\nc")
    'a�[2Jb c'
    """
    line = " ".join(text.split())
    return "".join(
        "�" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\u200d\u200c" else c for c in line
    )
