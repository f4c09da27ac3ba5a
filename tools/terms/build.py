"""Step three of mining: the candidates a reader kept become ``ontology/terms/mined.ttl``.

    python tools/terms/build.py DATA WORK

prints what is left to read: candidates that pass the filter and that ``review/`` says nothing about go to ``WORK/unread.tsv``.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from candidates import Candidate, read_candidates
from lexicon import Lexicon, load_lexicon
from review import Review, load_review
from skosfile import Term, render
from types_by_head import term_type

from kg.iri import slug
from kg.resources import ontology_dir
from kg.text import fold

_COMMENT = [
    "# Terms with the names that translators of paper abstracts give them in Chinese: word-aligned, counted, then read one by one",
    "# (tools/terms). Broader terms in part after the Computer Science Ontology 3.4 (https://cso.kmi.open.ac.uk, CC BY 4.0), classes in",
    "# part after the Machine Learning Sailor Ontology (MLSO, Apache-2.0).",
]

# What the Computer Science Ontology puts under a field is of that field; under other topics it is often only near it.
_FIELDS = {
    "artificial intelligence", "bioinformatics", "cloud computing", "computer graphic", "computer vision", "control theory",
    "data mining", "game theory", "graph theory", "image processing", "information retrieval", "information theory",
    "internet of thing", "linguistics", "machine learning", "medical imaging", "natural language processing", "neural network",
    "operating system", "programming language", "recommender system", "reinforcement learning", "robotics", "semantic web",
    "signal processing", "social network", "software engineering", "speech recognition", "speech synthesis", "wireless communication",
}  # fmt: skip

# Words with a capital wherever they stand.
_NAMES = set(
    "Abelian Arabic Arctic Banach Bayesian Bayes Bellman Bergomi Boltzmann Boolean Brownian Chinese Dirichlet English Euclidean "
    "Euler Fisher Fokker Fourier Frobenius Galerkin Gaussian German Gram Hamiltonian Hamming Hawkes Hermitian Hessian Heston "
    "Hilbert Hopfield Huber Indian Internet Ising Jacobian Kalman Koopman Kripke Kronecker Lagrangian Langevin Laplace Laplacian "
    "Lasso Lie Lipschitz Littlestone Lyapunov Markov Markovian Monte Carlo Morse Nash Newton Nyquist Ornstein Uhlenbeck Pareto "
    "Planck Poisson Python Riccati Riemannian Scholes Schmidt Sharpe Sobolev Stackelberg Stein Steiner Taylor Transformer Turing "
    "Volterra Wasserstein Wiener African American Vietnamese Gini Rademacher Bernoulli Cauchy Schrödinger Hausdorff".split()
)


def main() -> None:
    """Build, write, say what is unread."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    lexicon, review = load_lexicon(arguments.data), load_review()
    candidates: dict[str, Candidate] = {}
    for file in sorted(arguments.work.glob("candidates*.jsonl")):
        for candidate in read_candidates(file):
            # What the tagger's run says goes before the run over known names, unless only the latter is convincing.
            if candidate.key not in candidates or candidate.passes:
                candidates[candidate.key] = candidate
    read = review.kept | review.struck
    unread = [
        candidate
        for candidate in candidates.values()
        if candidate.passes and candidate.key not in read and candidate.key not in lexicon.core
    ]
    with (arguments.work / "unread.tsv").open("w", encoding="utf-8") as out:
        for candidate in unread:
            out.write(f"{candidate.key}\t{' '.join(candidate.chinese)}\t{candidate.count}\n")
    kept = [candidates[key] for key in sorted(review.kept & candidates.keys()) if candidates[key].renderings]
    terms = mined_terms(kept, lexicon, review)
    add_broader(terms, lexicon)
    path = ontology_dir() / "terms" / "mined.ttl"
    path.write_text(render(_COMMENT, {term.slug: term for term in terms.values()}), encoding="utf-8")
    print(f"{len(terms)} terms written, {len(unread)} candidates unread")  # noqa: T201


def mined_terms(kept: list[Candidate], lexicon: Lexicon, review: Review) -> dict[str, Term]:
    """Terms by key; the more frequent one gets a name that two could claim, and a term left without one is dropped."""
    claimed = set(lexicon.core)
    slugs = {concept.iri.rsplit("/", 1)[1] for concept in lexicon.core.values()}
    terms: dict[str, Term] = {}
    for candidate in sorted(kept, key=lambda c: (c.key in review.same, -c.count, c.key)):
        key = candidate.key
        name = review.english.get(key) or english_name(candidate)
        names = [text for text in candidate.chinese if text not in review.no_name]
        if key in review.chinese:
            names = [review.chinese[key], *(text for text in names if text != review.chinese[key])]
        names = [text for text in names if fold(text) not in claimed]
        if key in review.same:
            other = terms.get(review.same[key])
            if other and fold(name) not in claimed:
                _claim(claimed, [name, *names])
                other.labels.setdefault("skos:altLabel", set()).update([name, *names])
            continue
        if not names or fold(name) in claimed or slug(name) in slugs:
            continue
        slugs.add(slug(name))
        _claim(claimed, [name, *names])
        term = Term(slug(name), review.types.get(key) or term_type(key, lexicon.types.get(key)))
        term.labels["skos:prefLabel"] = {name, names[0]}
        if names[1:]:
            term.labels["skos:altLabel"] = set(names[1:])
        terms[key] = term
    return terms


def _claim(claimed: set[str], names: list[str]) -> None:
    claimed.update(fold(name) for name in names)


def english_name(candidate: Candidate) -> str:
    """The usual spelling, in the singular, in lower case save what is a name or an abbreviation."""
    forms: dict[str, int] = {}
    for text, count in candidate.spellings:
        words = [_lowered(word) for word in re.split(r"(?<=[ -])", text)]
        words[-1] = _singular(words[-1], candidate.key.split()[-1])
        forms["".join(words)] = forms.get("".join(words), 0) + count
    return min(forms, key=lambda form: (-forms[form], form))


def _lowered(word: str) -> str:
    bare = word.rstrip(" -")
    if {bare.capitalize(), bare.capitalize().removesuffix("s")} & _NAMES:
        return bare.capitalize() + word[len(bare) :]
    return word.lower() if bare[1:].islower() or (len(bare) == 1 and bare == "A") else word


def _singular(word: str, folded: str) -> str:
    return word[: len(folded)] if word.lower().startswith(folded) else folded


def add_broader(terms: dict[str, Term], lexicon: Lexicon) -> None:
    """Above a term stands the longest term it ends in, if of the same class; else what the Computer Science Ontology says."""
    everything = {key: term.slug for key, term in terms.items()}
    classes = {key: term.type for key, term in terms.items()}
    for key, concept in lexicon.core.items():
        if key in {fold(label) for label in concept.ambiguous}:
            continue
        everything.setdefault(key, concept.iri.rsplit("/", 1)[1])
        classes.setdefault(key, concept.type)
    above: dict[str, set[str]] = {}
    for concept in set(lexicon.core.values()):
        above[concept.iri.rsplit("/", 1)[1]] = {iri.rsplit("/", 1)[1] for iri in concept.broader}
    for key in sorted(terms):
        words = key.split()
        ends = (" ".join(words[k:]) for k in range(1, len(words)))
        found = [end for end in ends if end in everything and classes[end] == terms[key].type][:1]
        found = found or sorted(lexicon.broader.get(key, set()) & _FIELDS & everything.keys())[:2]
        for parent in found:
            if not _reaches(above, everything[parent], terms[key].slug):
                terms[key].broader.add(everything[parent])
        above[terms[key].slug] = terms[key].broader


def _reaches(above: dict[str, set[str]], start: str, goal: str) -> bool:
    """Whether ``goal`` is ``start`` or broader than it."""
    seen: set[str] = set()
    front = {start}
    while front:
        if goal in front:
            return True
        seen |= front
        front = set().union(*(above.get(name, set()) for name in front)) - seen
    return False


if __name__ == "__main__":
    main()
