"""The terminology: every concept typed, named, placed; no name claimed twice; files in one form."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDFS, SKOS

from kg.iri import slug
from kg.resources import ontology_dir
from kg.terminology import load_terminology
from kg.text import fold, has_cjk

TOOLS = Path(__file__).parents[2] / "tools" / "terms"
sys.path.insert(0, str(TOOLS))

from skosfile import KG, Term, header, read_terms, render  # noqa: E402

FILES = sorted((ontology_dir() / "terms").glob("*.ttl"))
CORE = [path for path in FILES if path.name != "mined.ttl"]
# What each hand-written file holds.
TYPES = {
    "concepts.ttl": {"Concept"},
    "datasets.ttl": {"Dataset", "Benchmark"},
    "events.ttl": {"Event"},
    "methods.ttl": {"Method"},
    "metrics.ttl": {"Metric"},
    "mined.ttl": {"Concept", "Dataset", "Benchmark", "Method", "Metric", "Model", "Task", "Software"},
    "models.ttl": {"Model"},
    "organizations.ttl": {"Organization"},
    "software.ttl": {"Software"},
    "tasks.ttl": {"Task"},
}
ADDED = "kg:ambiguousLabel"


@cache
def terms() -> dict[str, Term]:
    """All concepts of all files; a file that only adds labels to another's concept is joined to it."""
    joined: dict[str, Term] = {}
    for path in FILES:
        for name, term in read_terms(path).items():
            into = joined.setdefault(name, Term(name))
            assert not (into.type and term.type), f"{name} is defined in two files"
            into.type = into.type or term.type
            into.broader |= term.broader
            for predicate, labels in term.labels.items():
                into.labels.setdefault(predicate, set()).update(labels)
    return joined


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_in_the_one_form(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert written == render(header(path), read_terms(path)), "run tools/terms/skosfile.py on it"


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_rdflib_and_pyoxigraph_read_the_same(path: Path) -> None:
    graph = rdflib.Graph().parse(path)
    assert len(graph) == sum(1 for _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_holds_its_types(path: Path) -> None:
    found = {term.type for term in read_terms(path).values() if term.type}
    assert found <= TYPES[path.name]


def test_types_are_classes_of_the_ontology() -> None:
    ontology = ontology_dir() / "kg.ttl"
    owl_class = ox.NamedNode("http://www.w3.org/2002/07/owl#Class")
    classes = {
        quad.subject.value.removeprefix(KG)
        for quad in ox.parse(path=str(ontology), format=ox.RdfFormat.TURTLE)
        if quad.object == owl_class and isinstance(quad.subject, ox.NamedNode)
    }
    assert {term.type for term in terms().values()} <= classes


def test_iri_is_the_slug_of_the_english_name() -> None:
    wrong = []
    for name, term in terms().items():
        english = [label for label in term.labels["skos:prefLabel"] if not has_cjk(label)]
        if [slug(label) for label in english] != [name]:
            wrong.append((name, english))
    assert not wrong


def test_concepts_have_a_chinese_name_unless_they_go_by_a_latin_one() -> None:
    nameless = []
    for term in terms().values():
        preferred = term.labels["skos:prefLabel"]
        chinese = [label for label in preferred if has_cjk(label)]
        assert len(chinese) <= 1, term.slug
        english = next(label for label in preferred if not has_cjk(label))
        is_name = re.search(r"[A-Z\d@]", english) or term.type in {
            "Model",
            "Software",
            "Dataset",
            "Benchmark",
        }
        if not chinese and not is_name:
            nameless.append(term.slug)
    assert not nameless


def test_no_label_names_two_concepts() -> None:
    """Unless it is said to be ambiguous by all but one of them."""
    claims: dict[str, set[str]] = defaultdict(set)
    for term in terms().values():
        for predicate in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"):
            for label in term.labels.get(predicate, set()) - term.labels.get(ADDED, set()):
                claims[fold(label)].add(term.slug)
    assert {label: sorted(names) for label, names in claims.items() if len(names) > 1} == {}


def test_a_label_is_of_one_kind() -> None:
    """SKOS: preferred, alternative and hidden labels are disjoint, also by what the ontology makes of its own kinds of label."""
    ontology = rdflib.Graph().parse(ontology_dir() / "kg.ttl")
    below = {
        kind: [
            ontology.namespace_manager.qname(one)
            for one in ontology.transitive_subjects(RDFS.subPropertyOf, SKOS[kind])
        ]
        for kind in ("prefLabel", "altLabel", "hiddenLabel")
    }
    for term in terms().values():
        kinds = [
            set().union(*(term.labels.get(one, set()) for one in predicates)) for predicates in below.values()
        ]
        assert sum(map(len, kinds)) == len(set().union(*kinds)), term.slug


def test_single_letters_and_pairs_demand_context() -> None:
    """Two letters mean too many things; the few that the field uses for one thing are listed."""
    settled = {"AI", "ML", "RL", "LM", "QA", "VR", "F1", "CT", "UX", "5G", "6G", "C4", "T5", "C++", "kg"}
    loose = {
        label
        for path in CORE
        for term in read_terms(path).values()
        for predicate in ("skos:prefLabel", "skos:altLabel")
        for label in term.labels.get(predicate, set()) - term.labels.get(ADDED, set())
        if len(label) <= 2 and not has_cjk(label)
    }
    assert loose <= settled


def test_broader_concepts_exist_and_nothing_is_broader_than_itself() -> None:
    above = {name: term.broader for name, term in terms().items()}
    for name, broader in above.items():
        assert broader <= above.keys(), name
    for name in above:
        seen, front = set(), set(above[name])
        while front:
            seen |= front
            front = set().union(*(above[other] for other in front)) - seen
        assert name not in seen, f"{name} is broader than itself"


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("LLMs", "large language model"),
        ("变压器", "Transformer"),
        ("骰子相似度系数", "Dice similarity coefficient"),
        ("最佳运输", "optimal transport"),
        ("增强学习", "reinforcement learning"),
        ("zero shot learning", "zero-shot learning"),
        ("零射击学习", "zero-shot learning"),
        ("Post-processing", "postprocessing"),
        ("mesa-optimisation", "mesa-optimization"),
        ("大语言模型", "large language model"),
    ],
)
def test_names_people_and_machines_use(name: str, concept: str) -> None:
    found = load_terminology().find(name)
    assert found is not None
    assert found.name == concept


@pytest.mark.parametrize("name", ["RAFT", "SAM", "DICE", "attention", "提示", "时空"])
def test_ambiguous_names_need_support(name: str) -> None:
    assert load_terminology().find(name) is None
    assert load_terminology().find(name, supported=True) is not None
