"""``kg train STEP``: each step is a thin shell over the public function that it names.

Nothing here imports a training library before a step runs: the command line loads this module at every start.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import PaperkgError, UsageError

app = typer.Typer(
    help="Retrain the models that ship, step by step; needs pip install 'paperkg[train]'. docs/training.md tells the way.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

#: What the extra brings.
EXTRA = ("torch", "onnx", "safetensors", "sklearn")

ConfigArgument = Annotated[
    Path, typer.Argument(metavar="CONFIG.toml", help="The run's config; kg/train/configs has examples.")
]


@app.command()
def texts(
    data: Annotated[
        Path,
        typer.Argument(help="Folder of abstracts_en_100k.jsonl.gz (English) and parallel_en_zh.jsonl.gz."),
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT.json", help="The file to write.")],
    lang: Annotated[str, typer.Argument(metavar="en|zh", help="The language of the abstracts.")],
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="The annotation.")],
) -> None:
    """Gather the abstracts that gold annotates: gold is kept without its texts."""
    from kg.train.texts import gather

    _one_of("texts", "language", lang, ("en", "zh"))
    _log()
    gather(data, output, lang, gold)


@app.command()
def network(config: ConfigArgument) -> None:
    """Train the learned extractor; run again after a stop, it goes on from its last epoch."""
    _needs_extra()
    from kg.train.config import Config
    from kg.train.data import corpora, tokenizer_of
    from kg.train.loop import train
    from kg.train.together import place

    run = Config.read(config)
    _log(run.out / "train.log" if place()[0] == 0 else None, loud=place()[0] == 0)
    train(run, corpora(run, tokenizer_of(run)))


@app.command()
def label(
    config: ConfigArgument,
    source: Annotated[
        Path,
        typer.Argument(metavar="TEXTS.jsonl[.gz]", help="Abstracts, JSON Lines with id and abstract."),
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write.")],
    number: Annotated[int, typer.Option("--number", min=1, help="The most abstracts.")] = 20_000,
    field: Annotated[str, typer.Option("--field", help="The name of the abstract in a record.")] = "abstract",
    without: Annotated[
        list[Path] | None,
        typer.Option(
            "--without", help="Gold beside the config's whose abstracts are left out; may be repeated."
        ),
    ] = None,
) -> None:
    """Let a trained network, a teacher, label abstracts that nobody annotated; run again after a stop, it goes on."""
    _needs_extra()
    from kg.train.config import Config
    from kg.train.distil import label as run

    _log()
    run(Config.read(config), source, output, number=number, field=field, without=without or ())


@app.command()
def ship(
    config: ConfigArgument,
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write.")],
    test: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[GOLD.en.jsonl [GOLD.zh.jsonl]]", help="Annotation whose test parts are scored."
        ),
    ] = None,
) -> None:
    """Export a run's last checkpoint as weights that need no torch, calibrate them on held-out documents, tell their scores."""
    _needs_extra()
    from kg.train.config import Config
    from kg.train.ship import ship as run

    _log()
    run(Config.read(config), output, test or ())


@app.command()
def thin(
    config: ConfigArgument,
    lang: Annotated[str, typer.Argument(metavar="en|zh", help="The language of the documents.")],
    output: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="The file of gold to write.")],
    entities: Annotated[
        float, typer.Option(min=0.0, help="How many in 100 words (Chinese: characters), over all documents.")
    ],
    relations: Annotated[float, typer.Option(min=0.0, help="How many relations, counted alike.")],
) -> None:
    """Make densely annotated gold as sparse as the rest: what the network that ships hardly believes in is left out."""
    _needs_extra()
    from kg.train.config import Config
    from kg.train.thin import thin as run

    _one_of("thin", "language", lang, ("en", "zh"))
    _log()
    run(Config.read(config), "zh" if lang == "zh" else "en", output, entities, relations)


@app.command()
def average(
    output: Annotated[Path, typer.Argument(metavar="OUT.pt", help="The checkpoint to write.")],
    checkpoints: Annotated[
        list[Path], typer.Argument(metavar="CHECKPOINT.pt...", help="Those of one network.")
    ],
) -> None:
    """Take the mean of checkpoints' weights."""
    _needs_extra()
    from kg.train.checkpoint import average as run

    _log()
    for path in checkpoints:
        if not path.is_file():
            raise UsageError(f"train average: no file {path}")
    run(checkpoints, output)


@app.command()
def prune(
    config: ConfigArgument,
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of weights to write.")],
    heads: Annotated[int, typer.Option("--heads", min=0, help="How many attention heads go.")] = 0,
    units: Annotated[int, typer.Option("--units", min=0, help="How many feed-forward units go.")] = 0,
    like: Annotated[
        Path | None,
        typer.Option("--like", help="The folder of weights whose layers are followed, if not the start."),
    ] = None,
) -> None:
    """Make the weights that a config starts from faster: fewer heads and units, ReLU for GELU, and layers that learn to do with them."""
    _needs_extra()
    from kg.train.config import Config
    from kg.train.prune import prune as run
    from kg.train.together import place

    _log(loud=place()[0] == 0)
    run(Config.read(config), heads, units, output, like)


@app.command()
def linear(
    what: Annotated[str, typer.Argument(metavar="roles|relations", help="What the model decides.")],
    lang: Annotated[str, typer.Argument(metavar="en|zh", help="The language that it reads.")],
    config: ConfigArgument,
    output: Annotated[Path, typer.Argument(metavar="OUT.npz", help="The file to write.")],
) -> None:
    """Train a linear model of roles or relations on the gold of a config, without the documents that it holds out."""
    _needs_extra()
    from kg.train.config import Config
    from kg.train.linear import train

    _one_of("linear", "model", what, ("roles", "relations"))
    _one_of("linear", "language", lang, ("en", "zh"))
    _log()
    train(what, "zh" if lang == "zh" else "en", Config.read(config), output)


@app.command()
def mentions(
    config: ConfigArgument,
    output: Annotated[
        Path | None, typer.Argument(metavar="[OUT.json]", help="The file to write; else the package's own.")
    ] = None,
) -> None:
    """Fit how much each witness's word counts for a mention, on held-out documents."""
    _needs_extra()
    from kg.extract.judged_mentions import MENTIONS
    from kg.train.config import Config
    from kg.train.mentions import mentions as run

    _log()
    run(Config.read(config), output or MENTIONS)


@app.command()
def witnesses(
    config: ConfigArgument,
    output: Annotated[
        Path | None, typer.Argument(metavar="[OUT.json]", help="The file to write; else the package's own.")
    ] = None,
) -> None:
    """Fit how much each model's word counts for a relation, on held-out documents."""
    _needs_extra()
    from kg.extract.judged_relations import WITNESSES
    from kg.train.config import Config
    from kg.train.witnesses import witnesses as run

    _log()
    run(Config.read(config), output or WITNESSES)


@app.command()
def bilingual(
    start: Annotated[Path, typer.Argument(metavar="START.pt", help="A checkpoint of an English network.")],
    encoder: Annotated[Path, typer.Argument(help="The folder of its encoder.")],
    words: Annotated[Path, typer.Argument(metavar="WORDS.tsv", help="Chinese words and their counts.")],
    aligned: Annotated[
        Path, typer.Argument(metavar="ALIGNED.jsonl", help="Aligned sentences; see tools/terms/README.md.")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The encoder folder to write.")],
) -> None:
    """Give an English network Chinese words, which start where their translations stand."""
    _needs_extra()
    from kg.train.bilingual import extend

    _log()
    extend(start, encoder, words, aligned, output)


@app.command()
def align(
    encoder: Annotated[Path, typer.Argument(help="A folder that kg train bilingual made.")],
    aligned: Annotated[
        Path, typer.Argument(metavar="ALIGNED.jsonl", help="Aligned sentences; see tools/terms/README.md.")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT.pt", help="The checkpoint to write.")],
    part: Annotated[
        float, typer.Option("--part", min=0.0, max=1.0, help="How much of the sentences is used.")
    ] = 1.0,
) -> None:
    """Teach an encoder to read Chinese words as it reads their translations."""
    _needs_extra()
    from kg.train.aligned import align as run
    from kg.train.together import place

    _log(loud=place()[0] == 0)
    run(encoder, aligned, output, part)


def _needs_extra() -> None:
    if missing := [name for name in EXTRA if find_spec(name) is None]:
        raise PaperkgError(f"train: {', '.join(missing)} not installed; run: pip install 'paperkg[train]'")


def _one_of(step: str, what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise UsageError(f"train {step}: no {what} {given}; one of {', '.join(known)}")


def _log(file: Path | None = None, *, loud: bool = True) -> None:
    """Tell how a step goes on standard error, and in a file; of several processes only the first is loud."""
    told = logging.getLogger("kg.train")
    told.setLevel(logging.INFO if loud else logging.WARNING)
    told.propagate = False
    told.handlers = [logging.StreamHandler()]
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        told.addHandler(logging.FileHandler(file, encoding="utf-8"))
    for handler in told.handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
