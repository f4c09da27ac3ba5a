"""All that a training needs, in miniature: an encoder of random weights, gold of a few sentences, a config."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

NAMES = ["BLOOM", "ROOTS", "BERT", "SQuAD", "GLUE", "GPT"]
SENTENCES = [
    "We present {0}, a language model trained on {1}.",
    "{0} was trained on {1}. It outperforms {2}.",
    "This paper studies {0}. We evaluate {1} on {2}.",
]
WORDS = [
    "we", "present", "a", "language", "model", "train", "##ed", "on", "was", "it", "out", "##performs",
    "this", "paper", "studies", "evaluate", "bloom", "roots", "bert", "squad", "glue", "gpt",
]  # fmt: skip
ROLES = ["introduces", "uses", "mentions"]
TYPES = ["Model", "Dataset", "Model"]


def encoder(folder: Path, *, kind: str = "bert", words: Sequence[str] = WORDS, seed: int = 1) -> Path:
    """An encoder folder: tokenizer, sizes, random weights under their published names."""
    import torch
    from safetensors.torch import save_file
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing

    from kg.train.encoder import Encoder, EncoderConfig, published_name

    letters = [mark + c for c in "abcdefghijklmnopqrstuvwxyz0123456789.,()" for mark in ("", "##")]
    vocabulary = {
        piece: n for n, piece in enumerate(dict.fromkeys(["[UNK]", "<s>", "</s>", *words, *letters]))
    }
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(lowercase=True), BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>", special_tokens=[(s, vocabulary[s]) for s in ("<s>", "</s>")]
    )
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    sizes = {
        "model_type": kind,
        "vocab_size": len(vocabulary),
        "hidden_size": 24,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 48,
        "max_position_embeddings": 514,
        "layer_norm_eps": 1e-12,
    }
    (folder / "config.json").write_text(json.dumps(sizes), encoding="utf-8")
    torch.manual_seed(seed)
    state = Encoder(EncoderConfig.read(folder)).state_dict()
    weights = {published_name(k, kind): v.contiguous() for k, v in state.items() if k != "shapes.weight"}
    if kind == "bert":
        weights["embeddings.token_type_embeddings.weight"] = torch.zeros(2, 24)
    save_file(weights, str(folder / "model.safetensors"))
    return folder


def record(identifier: str, text: str, split: str = "train") -> dict[str, object]:
    """The gold of a text: every known name is a thing, the first is related to the second."""
    found = [(m.start(), m.end(), m[0]) for m in re.finditer("|".join(NAMES), text)]
    entities = [
        {"key": name, "type": TYPES[n % 3], "role": ROLES[n % 3], "forms": [name]}
        for n, name in enumerate(dict.fromkeys(name for *_, name in found))
    ]
    first, second = entities[0]["key"], entities[1]["key"]
    return {
        "id": identifier,
        "split": split,
        "entities": entities,
        "mentions": [
            {"start": a, "end": b, "text": name, "type": "Model", "entity": name} for a, b, name in found
        ],
        "relations": [{"subject": first, "predicate": "trainedOn", "object": second, "polarity": "asserted"}],
        "measurements": [],
    }


def abstracts(number: int, seed: int = 0) -> dict[str, str]:
    """Texts by identifier."""
    drawn = random.Random(seed)
    return {
        f"{seed}-{n}": " ".join(s.format(*drawn.sample(NAMES, 3)) for s in drawn.sample(SENTENCES, 2))
        for n in range(number)
    }


def gold(folder: Path, texts: dict[str, str], name: str = "gold") -> None:
    """``NAME.jsonl`` and ``NAME.texts.json``."""
    lines = [json.dumps(record(key, text)) for key, text in texts.items()]
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / f"{name}.texts.json").write_text(json.dumps(texts), encoding="utf-8")


def config(folder: Path, **values: object) -> Path:
    """A config of one English corpus of gold; ``values`` go over it, and None takes a key away."""
    settings: dict[str, object] = {
        "encoder": str(folder / "encoder"),
        "out": str(folder / "run"),
        "gold": [str(folder / "gold.jsonl")],
        "texts": str(folder / "gold.texts.json"),
        "schemes": ["own"],
        "epochs": 2,
        "rate": 3e-3,
        "head_rate": 3e-3,
        "budget": 256,
        "inner": 16,
        "bfloat16": False,
        **values,
    }
    path = folder / "config.toml"
    lines = [
        f"{key} = {json.dumps(value)}" for key, value in settings.items() if value is not None
    ]  # JSON's texts, numbers, lists and switches are TOML's
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def home(folder: Path, documents: int = 20) -> Path:
    """A folder with an encoder and gold."""
    encoder(folder / "encoder")
    gold(folder, abstracts(documents))
    return folder
