"""What can be predicted: our own scheme, and the schemes of the public corpora that help to learn it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Scheme:
    """The labels of one annotation guideline. A relation is read from subject to object; ``roles`` is ours alone."""

    name: str
    types: tuple[str, ...]
    relations: tuple[str, ...]
    roles: tuple[str, ...] = ()


OWN = Scheme(
    "own",
    (
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
    ),
    (
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
    ),
    ("introduces", "uses", "studies", "mentions"),
)
#: Our labels by annotators who mark more: what they see as a mention or a relation is learned by heads of its own.
DENSE = replace(OWN, name="dense")
#: Zhang et al. 2024, SciER (arXiv:2410.21155).
SCIER = Scheme(
    "scier",
    ("Dataset", "Method", "Task"),
    (
        "Used-For",
        "Part-Of",
        "Synonym-Of",
        "Compare-With",
        "Evaluated-With",
        "SubClass-Of",
        "Benchmark-For",
        "Trained-With",
        "SubTask-Of",
    ),
)
#: Luan et al. 2018, SciERC (arXiv:1808.09602).
SCIERC = Scheme(
    "scierc",
    ("Task", "Method", "Metric", "Material", "OtherScientificTerm", "Generic"),
    ("USED-FOR", "CONJUNCTION", "EVALUATE-FOR", "HYPONYM-OF", "PART-OF", "FEATURE-OF", "COMPARE"),
)
#: Gábor et al. 2018, SemEval task 7: entities without types.
SEMEVAL = Scheme(
    "semeval",
    ("Entity",),
    ("USAGE", "RESULT", "MODEL-FEATURE", "PART_WHOLE", "TOPIC", "COMPARE"),
)
#: Augenstein et al. 2017, ScienceIE (arXiv:1704.02853).
SCIENCEIE = Scheme("scienceie", ("Task", "Process", "Material"), ("Hyponym-of", "Synonym-of"))
#: Hou et al. 2021, TDMSci (arXiv:2101.10273).
TDMSCI = Scheme("tdmsci", ("TASK", "DATASET", "METRIC"), ())
#: SciCN: Chinese abstracts; method, task, metric, material, other term, generic; used-for, conjunction, short-for, compare.
SCICN = Scheme(
    "scicn",
    ("方法", "任务", "评估指标", "材料", "其他科学术语", "通用"),
    ("用于", "连接", "简称", "比较"),
)

SCHEMES = {s.name: s for s in (OWN, DENSE, SCIER, SCIERC, SEMEVAL, SCIENCEIE, TDMSCI, SCICN)}
#: Relations whose other direction is no error of the network's. SciER and SciCN have such relations too, but write each one
#: way (what stands first is compared, a short name is the subject), so there the direction is learned.
SYMMETRIC = frozenset({"comparedWith", "COMPARE", "CONJUNCTION", "Synonym-of"})
