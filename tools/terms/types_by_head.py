"""The class of a mined term: what other vocabularies call it, else what its head noun says."""

from __future__ import annotations

import re

_HEADS = {
    "Model": "classifier autoencoder transformer llm gan vae rnn cnn gnn encoder decoder generator discriminator vocoder "
    "perceptron forest detector recognizer parser tagger chatbot transducer ensemble tokenizer predictor regressor backbone",
    "Task": "detection recognition classification segmentation translation generation prediction forecasting extraction "
    "retrieval answering summarization tracking reconstruction synthesis completion recommendation parsing tagging captioning "
    "localization identification verification planning navigation scheduling matching understanding diagnosis labeling "
    "resolution restoration categorization monitoring grasping manipulation routing disambiguation inpainting task "
    "linking transcription transliteration moderation diarization counting allocation nowcasting attribution grounding",
    "Metric": "accuracy error score similarity ratio precision recall metric index divergence complexity throughput latency "
    "coefficient variance distance dissimilarity likelihood loglikelihood rate",
    "Method": "algorithm method learning training optimization regularization sampling normalization augmentation estimation "
    "pruning quantization distillation loss regression clustering inference programming search decoding encoding filtering "
    "decomposition factorization transform approximation mechanism framework fusion pooling convolution tuning prompting "
    "adaptation aggregation descent test analysis interpolation estimator filter optimizer heuristic simulation iteration "
    "smoothing weighting scaling masking editing hashing control transfer scheme technique procedure strategy bootstrapping "
    "initialization propagation crossover mutation relaxation discretization kernel penalty attention steering alignment "
    "preprocessing crowdsourcing testing evaluation backpropagation embedding modeling modelling minimization maximization "
    "annealing projection validation calibration selection reduction elicitation embedding rounding solver",
    "Software": "library toolkit simulator software toolbox compiler",
    "Dataset": "treebank",
}
_BY_HEAD = {head: type_ for type_, heads in _HEADS.items() for head in heads.split()}
# Networks that compute; other networks (social, sensor, road) are things of the world.
_COMPUTES = re.compile(
    r"\b(?:neural|deep|convolutional?|adversarial|residual|recurrent|attention|bayesian|belief|propagation|hopfield|siamese|"
    r"teacher|student|policy|value|generator|critic|q|feedforward|pretrained|trained|prototypical|capsule|embedding|target)\b"
)
# Models of the world rather than of a system that learns.
_NO_MODEL = re.compile(
    r"\b(?:business|threat|conceptual|data|physical|standard|cad|3d|mental|process|domain|reference|cost)\b"
)
_ALGORITHMS = re.compile(r"\b(?:network|model|transformer|bert|gpt|net)\b")


def term_type(name: str, listed: str | None) -> str:
    """The local name of the class of ``name`` (folded); ``listed`` is what a vocabulary of names says, if one does."""
    words = name.split()
    head = words[-1]
    if listed in {"Task", "Metric", "Concept"} or (listed == "Method" and not _ALGORITHMS.search(name)):
        return str(listed)
    if head in {"network", "net"}:
        return "Model" if _COMPUTES.search(name) else "Concept"
    if head == "model":
        return "Concept" if _NO_MODEL.search(name) else "Model"
    if head == "machine":
        return "Model" if "vector" in words or "boltzmann" in words else "Concept"
    return _BY_HEAD.get(head, listed or "Concept")
