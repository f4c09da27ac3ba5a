"""What a label of a public scheme says about ours: a set of our labels, one of which holds.

The public guidelines differ from ours in what they mark, but where they mark a data set or a comparison they mean the
same thing. So their mentions and pairs also train our heads, by the probability of the whole set (learning from partial
labels: Cour, Sapp and Taskar 2011). What counts as a mention at all is never taken over.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kg.train.schemes import OWN, SCHEMES

#: Relations that a public scheme does not know: its "none" says nothing against them.
UNKNOWN = ("none", "basedOn", "exhibits", "developedBy")

TYPES: dict[str, dict[str, tuple[str, ...]]] = {
    "scier": {"Dataset": ("Dataset", "Benchmark"), "Method": ("Method", "Model"), "Task": ("Task",)},
    "scierc": {
        "Task": ("Task",),
        "Method": ("Method", "Model", "Software"),
        "Metric": ("Metric",),
        "Material": ("Dataset", "Benchmark", "Concept"),
    },
    "scicn": {
        "方法": ("Method", "Model", "Software"),
        "任务": ("Task",),
        "评估指标": ("Metric",),
        "材料": ("Dataset", "Benchmark", "Concept"),
    },
    "tdmsci": {"TASK": ("Task",), "DATASET": ("Dataset", "Benchmark"), "METRIC": ("Metric",)},
}
RELATIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "scier": {
        "none": UNKNOWN,
        "Used-For": ("usedFor",),
        "Part-Of": ("partOf",),
        "Compare-With": ("comparedWith",),
        "Evaluated-With": ("evaluatedOn",),
        "SubClass-Of": ("kindOf",),
        "Benchmark-For": ("benchmarkFor",),
        "Trained-With": ("trainedOn",),
        "SubTask-Of": ("subTaskOf",),
    },
    "scierc": {
        "none": UNKNOWN,
        "USED-FOR": ("usedFor", "partOf"),
        "HYPONYM-OF": ("kindOf", "subTaskOf"),
        "PART-OF": ("partOf",),
        "COMPARE": ("comparedWith",),
    },
    "scicn": {"用于": ("usedFor", "partOf"), "比较": ("comparedWith",)},
    "semeval": {
        "none": UNKNOWN,
        "USAGE": ("usedFor",),
        "PART_WHOLE": ("partOf",),
        "COMPARE": ("comparedWith",),
    },
}


def table(scheme: str, what: str) -> Tensor | None:
    """[their labels + 1, our labels + 1] of 0 and 1 (label 0 is none); a row of zeros says nothing. None: no bridge."""
    bridge = (TYPES if what == "types" else RELATIONS).get(scheme)
    if bridge is None:
        return None
    ours = ["none", *(OWN.types if what == "types" else OWN.relations)]
    source = SCHEMES[scheme]
    theirs = ["none", *(source.types if what == "types" else source.relations)]
    made = torch.zeros(len(theirs), len(ours))
    for label, names in bridge.items():
        for name in names:
            made[theirs.index(label), ours.index(name)] = 1
    return made


def partial(logits: Tensor, target: Tensor, bridge: Tensor) -> Tensor:
    """Mean of minus the log-probability of the label set; ``target`` [n, their labels + 1] is one-hot."""
    allowed = bridge[target.argmax(1)]
    known = allowed.sum(1) > 0
    if not known.any():
        return logits.sum() * 0
    chance = logits.float()[known].log_softmax(-1)
    return -(chance + (allowed[known] + 1e-6).log()).logsumexp(-1).mean()
