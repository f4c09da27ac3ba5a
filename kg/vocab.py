"""The vocabulary: every term the code may use. Generated from ``ontology/kg.ttl``; do not edit.

    python -m kg.vocab_generate

``KG.trainedOn`` is a ``pyoxigraph.NamedNode``; so are the outside terms (``SKOS.prefLabel``). A misspelt term
is an ``AttributeError``, and an error to a type checker. Tables speak of the ontology's own terms by local
name, as the types of ``kg.types`` do.
"""
# ruff: noqa: N815

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

ONTOLOGY_VERSION: Final = "0.1.0"

PREFIXES: Final[dict[str, str]] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": "https://w3id.org/paperkg/ontology#",
    "mls": "http://www.w3.org/ns/mls#",
    "mlso": "http://w3id.org/mlso/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class KG:
    """Terms of <https://w3id.org/paperkg/ontology#>."""

    Paper: Final = NamedNode("https://w3id.org/paperkg/ontology#Paper")
    Entity: Final = NamedNode("https://w3id.org/paperkg/ontology#Entity")
    Model: Final = NamedNode("https://w3id.org/paperkg/ontology#Model")
    Method: Final = NamedNode("https://w3id.org/paperkg/ontology#Method")
    Dataset: Final = NamedNode("https://w3id.org/paperkg/ontology#Dataset")
    Benchmark: Final = NamedNode("https://w3id.org/paperkg/ontology#Benchmark")
    Task: Final = NamedNode("https://w3id.org/paperkg/ontology#Task")
    Metric: Final = NamedNode("https://w3id.org/paperkg/ontology#Metric")
    Concept: Final = NamedNode("https://w3id.org/paperkg/ontology#Concept")
    Software: Final = NamedNode("https://w3id.org/paperkg/ontology#Software")
    Person: Final = NamedNode("https://w3id.org/paperkg/ontology#Person")
    Organization: Final = NamedNode("https://w3id.org/paperkg/ontology#Organization")
    Event: Final = NamedNode("https://w3id.org/paperkg/ontology#Event")
    Measurement: Final = NamedNode("https://w3id.org/paperkg/ontology#Measurement")
    Claim: Final = NamedNode("https://w3id.org/paperkg/ontology#Claim")
    mentions: Final = NamedNode("https://w3id.org/paperkg/ontology#mentions")
    introduces: Final = NamedNode("https://w3id.org/paperkg/ontology#introduces")
    uses: Final = NamedNode("https://w3id.org/paperkg/ontology#uses")
    studies: Final = NamedNode("https://w3id.org/paperkg/ontology#studies")
    reports: Final = NamedNode("https://w3id.org/paperkg/ontology#reports")
    trainedOn: Final = NamedNode("https://w3id.org/paperkg/ontology#trainedOn")
    evaluatedOn: Final = NamedNode("https://w3id.org/paperkg/ontology#evaluatedOn")
    usedFor: Final = NamedNode("https://w3id.org/paperkg/ontology#usedFor")
    basedOn: Final = NamedNode("https://w3id.org/paperkg/ontology#basedOn")
    partOf: Final = NamedNode("https://w3id.org/paperkg/ontology#partOf")
    kindOf: Final = NamedNode("https://w3id.org/paperkg/ontology#kindOf")
    subTaskOf: Final = NamedNode("https://w3id.org/paperkg/ontology#subTaskOf")
    comparedWith: Final = NamedNode("https://w3id.org/paperkg/ontology#comparedWith")
    benchmarkFor: Final = NamedNode("https://w3id.org/paperkg/ontology#benchmarkFor")
    exhibits: Final = NamedNode("https://w3id.org/paperkg/ontology#exhibits")
    developedBy: Final = NamedNode("https://w3id.org/paperkg/ontology#developedBy")
    synonymOf: Final = NamedNode("https://w3id.org/paperkg/ontology#synonymOf")
    ofEntity: Final = NamedNode("https://w3id.org/paperkg/ontology#ofEntity")
    metric: Final = NamedNode("https://w3id.org/paperkg/ontology#metric")
    uncertainty: Final = NamedNode("https://w3id.org/paperkg/ontology#uncertainty")
    asStated: Final = NamedNode("https://w3id.org/paperkg/ontology#asStated")
    confidence: Final = NamedNode("https://w3id.org/paperkg/ontology#confidence")
    belief: Final = NamedNode("https://w3id.org/paperkg/ontology#belief")
    polarity: Final = NamedNode("https://w3id.org/paperkg/ontology#polarity")
    termType: Final = NamedNode("https://w3id.org/paperkg/ontology#termType")
    ambiguousLabel: Final = NamedNode("https://w3id.org/paperkg/ontology#ambiguousLabel")
    withinClass: Final = NamedNode("https://w3id.org/paperkg/ontology#withinClass")


class DCAT:
    """Terms of <http://www.w3.org/ns/dcat#>."""

    Dataset: Final = NamedNode("http://www.w3.org/ns/dcat#Dataset")


class DCTERMS:
    """Terms of <http://purl.org/dc/terms/>."""

    abstract: Final = NamedNode("http://purl.org/dc/terms/abstract")
    conformsTo: Final = NamedNode("http://purl.org/dc/terms/conformsTo")
    creator: Final = NamedNode("http://purl.org/dc/terms/creator")
    date: Final = NamedNode("http://purl.org/dc/terms/date")
    description: Final = NamedNode("http://purl.org/dc/terms/description")
    identifier: Final = NamedNode("http://purl.org/dc/terms/identifier")
    language: Final = NamedNode("http://purl.org/dc/terms/language")
    license: Final = NamedNode("http://purl.org/dc/terms/license")
    title: Final = NamedNode("http://purl.org/dc/terms/title")


class FOAF:
    """Terms of <http://xmlns.com/foaf/0.1/>."""

    Organization: Final = NamedNode("http://xmlns.com/foaf/0.1/Organization")
    Person: Final = NamedNode("http://xmlns.com/foaf/0.1/Person")
    page: Final = NamedNode("http://xmlns.com/foaf/0.1/page")
    name: Final = NamedNode("http://xmlns.com/foaf/0.1/name")


class OA:
    """Terms of <http://www.w3.org/ns/oa#>."""

    Annotation: Final = NamedNode("http://www.w3.org/ns/oa#Annotation")
    SpecificResource: Final = NamedNode("http://www.w3.org/ns/oa#SpecificResource")
    TextPositionSelector: Final = NamedNode("http://www.w3.org/ns/oa#TextPositionSelector")
    TextQuoteSelector: Final = NamedNode("http://www.w3.org/ns/oa#TextQuoteSelector")
    hasSelector: Final = NamedNode("http://www.w3.org/ns/oa#hasSelector")
    hasSource: Final = NamedNode("http://www.w3.org/ns/oa#hasSource")
    hasTarget: Final = NamedNode("http://www.w3.org/ns/oa#hasTarget")
    end: Final = NamedNode("http://www.w3.org/ns/oa#end")
    exact: Final = NamedNode("http://www.w3.org/ns/oa#exact")
    prefix: Final = NamedNode("http://www.w3.org/ns/oa#prefix")
    start: Final = NamedNode("http://www.w3.org/ns/oa#start")
    suffix: Final = NamedNode("http://www.w3.org/ns/oa#suffix")


class OWL:
    """Terms of <http://www.w3.org/2002/07/owl#>."""

    Ontology: Final = NamedNode("http://www.w3.org/2002/07/owl#Ontology")
    Class: Final = NamedNode("http://www.w3.org/2002/07/owl#Class")
    AllDisjointClasses: Final = NamedNode("http://www.w3.org/2002/07/owl#AllDisjointClasses")
    members: Final = NamedNode("http://www.w3.org/2002/07/owl#members")
    unionOf: Final = NamedNode("http://www.w3.org/2002/07/owl#unionOf")
    sameAs: Final = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    differentFrom: Final = NamedNode("http://www.w3.org/2002/07/owl#differentFrom")


class PRISM:
    """Terms of <http://prismstandard.org/namespaces/basic/2.0/>."""

    publicationName: Final = NamedNode("http://prismstandard.org/namespaces/basic/2.0/publicationName")


class PROV:
    """Terms of <http://www.w3.org/ns/prov#>."""

    Activity: Final = NamedNode("http://www.w3.org/ns/prov#Activity")
    Person: Final = NamedNode("http://www.w3.org/ns/prov#Person")
    SoftwareAgent: Final = NamedNode("http://www.w3.org/ns/prov#SoftwareAgent")
    wasAssociatedWith: Final = NamedNode("http://www.w3.org/ns/prov#wasAssociatedWith")
    wasAttributedTo: Final = NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
    wasDerivedFrom: Final = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    wasGeneratedBy: Final = NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy")


class RDF:
    """Terms of <http://www.w3.org/1999/02/22-rdf-syntax-ns#>."""

    type: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    subject: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject")
    predicate: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate")
    object: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#object")
    reifies: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
    langString: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


class RDFS:
    """Terms of <http://www.w3.org/2000/01/rdf-schema#>."""

    label: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    domain: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#domain")
    range: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#range")
    subClassOf: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    subPropertyOf: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
    isDefinedBy: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")


class SCHEMA:
    """Terms of <https://schema.org/>."""

    Dataset: Final = NamedNode("https://schema.org/Dataset")
    Event: Final = NamedNode("https://schema.org/Event")
    Organization: Final = NamedNode("https://schema.org/Organization")
    Person: Final = NamedNode("https://schema.org/Person")
    QuantitativeValue: Final = NamedNode("https://schema.org/QuantitativeValue")
    ScholarlyArticle: Final = NamedNode("https://schema.org/ScholarlyArticle")
    SoftwareApplication: Final = NamedNode("https://schema.org/SoftwareApplication")
    about: Final = NamedNode("https://schema.org/about")
    mentions: Final = NamedNode("https://schema.org/mentions")
    identifier: Final = NamedNode("https://schema.org/identifier")
    softwareVersion: Final = NamedNode("https://schema.org/softwareVersion")
    unitText: Final = NamedNode("https://schema.org/unitText")
    value: Final = NamedNode("https://schema.org/value")


class SKOS:
    """Terms of <http://www.w3.org/2004/02/skos/core#>."""

    Concept: Final = NamedNode("http://www.w3.org/2004/02/skos/core#Concept")
    altLabel: Final = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    broader: Final = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
    closeMatch: Final = NamedNode("http://www.w3.org/2004/02/skos/core#closeMatch")
    definition: Final = NamedNode("http://www.w3.org/2004/02/skos/core#definition")
    exactMatch: Final = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    example: Final = NamedNode("http://www.w3.org/2004/02/skos/core#example")
    hiddenLabel: Final = NamedNode("http://www.w3.org/2004/02/skos/core#hiddenLabel")
    prefLabel: Final = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


class XSD:
    """Terms of <http://www.w3.org/2001/XMLSchema#>."""

    boolean: Final = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    date: Final = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    decimal: Final = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    gYear: Final = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
    gYearMonth: Final = NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")
    integer: Final = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    string: Final = NamedNode("http://www.w3.org/2001/XMLSchema#string")


# Every term of the ontology by local name, for code that has the name as data.
TERMS: Final[dict[str, NamedNode]] = {
    name: term for name, term in vars(KG).items() if isinstance(term, NamedNode)
}

# Local names, in the ontology's order.
ENTITY_CLASSES: Final[tuple[str, ...]] = (
    "Model",
    "Method",
    "Dataset",
    "Benchmark",
    "Task",
    "Metric",
    "Concept",
    "Software",
    "Person",
    "Organization",
    "Event",
)

# From a paper to an entity, the most telling first.
PAPER_PREDICATES: Final[tuple[str, ...]] = ("introduces", "uses", "studies", "mentions")

# Between entities. synonymOf stands between names: in the graph it becomes one node.
ENTITY_PREDICATES: Final[tuple[str, ...]] = (
    "trainedOn",
    "evaluatedOn",
    "usedFor",
    "basedOn",
    "partOf",
    "kindOf",
    "subTaskOf",
    "comparedWith",
    "benchmarkFor",
    "exhibits",
    "developedBy",
    "synonymOf",
)

# The classes a relation may start from and lead to, subclasses included.
_ANY: Final = frozenset(ENTITY_CLASSES)

DOMAIN: Final[dict[str, frozenset[str]]] = {
    "mentions": frozenset({"Paper"}),
    "introduces": frozenset({"Paper"}),
    "uses": frozenset({"Paper"}),
    "studies": frozenset({"Paper"}),
    "reports": frozenset({"Paper"}),
    "trainedOn": frozenset({"Model", "Method"}),
    "evaluatedOn": frozenset({"Model", "Method"}),
    "usedFor": frozenset({"Model", "Method", "Dataset", "Benchmark", "Concept", "Software"}),
    "basedOn": frozenset({"Model", "Method", "Dataset", "Benchmark", "Software"}),
    "partOf": _ANY,
    "kindOf": _ANY,
    "subTaskOf": frozenset({"Task"}),
    "comparedWith": _ANY,
    "benchmarkFor": frozenset({"Dataset", "Benchmark"}),
    "exhibits": frozenset({"Model", "Method", "Dataset", "Benchmark", "Concept"}),
    "developedBy": _ANY,
    "synonymOf": _ANY,
    "ofEntity": frozenset({"Measurement"}),
    "metric": frozenset({"Measurement"}),
}

RANGE: Final[dict[str, frozenset[str]]] = {
    "mentions": _ANY,
    "introduces": _ANY,
    "uses": _ANY,
    "studies": _ANY,
    "reports": frozenset({"Measurement"}),
    "trainedOn": frozenset({"Dataset", "Benchmark", "Concept"}),
    "evaluatedOn": frozenset({"Dataset", "Benchmark", "Task"}),
    "usedFor": frozenset({"Model", "Method", "Task", "Concept", "Software"}),
    "basedOn": frozenset({"Model", "Method", "Dataset", "Benchmark", "Concept", "Software"}),
    "partOf": _ANY,
    "kindOf": _ANY,
    "subTaskOf": frozenset({"Task"}),
    "comparedWith": _ANY,
    "benchmarkFor": frozenset({"Model", "Task", "Concept"}),
    "exhibits": frozenset({"Concept"}),
    "developedBy": frozenset({"Person", "Organization"}),
    "synonymOf": _ANY,
    "ofEntity": _ANY,
    "metric": frozenset({"Metric"}),
}

# Relations between things of one class (or of a class and its subclass).
WITHIN_CLASS: Final[frozenset[str]] = frozenset({"kindOf", "comparedWith"})

# Relations that hold in both directions or in none.
SYMMETRIC: Final[frozenset[str]] = frozenset({"comparedWith", "synonymOf"})

# An entity class: itself and its superclasses.
ANCESTORS: Final[dict[str, frozenset[str]]] = {
    "Model": frozenset({"Model"}),
    "Method": frozenset({"Method"}),
    "Dataset": frozenset({"Dataset"}),
    "Benchmark": frozenset({"Benchmark", "Dataset"}),
    "Task": frozenset({"Task"}),
    "Metric": frozenset({"Metric"}),
    "Concept": frozenset({"Concept"}),
    "Software": frozenset({"Software"}),
    "Person": frozenset({"Person"}),
    "Organization": frozenset({"Organization"}),
    "Event": frozenset({"Event"}),
}

# What people call a term, in English and Chinese, by local name.
LABELS: Final[dict[str, tuple[str, str]]] = {
    "Paper": ("paper", "论文"),
    "Entity": ("entity", "实体"),
    "Model": ("model", "模型"),
    "Method": ("method", "方法"),
    "Dataset": ("dataset", "数据集"),
    "Benchmark": ("benchmark", "基准"),
    "Task": ("task", "任务"),
    "Metric": ("metric", "指标"),
    "Concept": ("concept", "概念"),
    "Software": ("software", "软件"),
    "Person": ("person", "人物"),
    "Organization": ("organization", "机构"),
    "Event": ("event", "活动"),
    "Measurement": ("measurement", "测量值"),
    "Claim": ("claim", "主张"),
    "mentions": ("mentions", "提及"),
    "introduces": ("introduces", "提出"),
    "uses": ("uses", "使用"),
    "studies": ("studies", "研究"),
    "reports": ("reports", "报告"),
    "trainedOn": ("trained on", "训练于"),
    "evaluatedOn": ("evaluated on", "评估于"),
    "usedFor": ("used for", "用于"),
    "basedOn": ("based on", "基于"),
    "partOf": ("part of", "属于"),
    "kindOf": ("kind of", "是一种"),
    "subTaskOf": ("sub-task of", "子任务"),
    "comparedWith": ("compared with", "比较"),
    "benchmarkFor": ("benchmark for", "评测"),
    "exhibits": ("exhibits", "表现出"),
    "developedBy": ("developed by", "由……开发"),
    "synonymOf": ("synonym of", "同义于"),
    "ofEntity": ("of entity", "所属实体"),
    "metric": ("metric", "所用指标"),
    "uncertainty": ("uncertainty", "不确定度"),
    "asStated": ("as stated", "原文表述"),
    "confidence": ("confidence", "置信度"),
    "belief": ("belief", "可信度"),
    "polarity": ("polarity", "极性"),
    "termType": ("term type", "术语类型"),
    "ambiguousLabel": ("ambiguous label", "歧义标签"),
    "withinClass": ("within one class", "限于同类"),
}


def fits(subject: str, predicate: str, object: str) -> bool:  # noqa: A002
    """Whether the ontology lets things of these classes (local names) stand in this relation.

    >>> fits("Model", "trainedOn", "Dataset"), fits("Dataset", "trainedOn", "Model")
    (True, False)
    >>> fits("Benchmark", "kindOf", "Dataset"), fits("Model", "kindOf", "Dataset")
    (True, False)
    """
    if predicate not in DOMAIN or subject not in DOMAIN[predicate] or object not in RANGE[predicate]:
        return False
    return predicate not in WITHIN_CLASS or subject in ANCESTORS[object] or object in ANCESTORS[subject]
