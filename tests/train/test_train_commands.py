"""``kg train`` as a user runs it: its steps, their help, and one line for whatever is wrong."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import typer
from papers import ROOT
from tiny import abstracts, config, encoder, gold, record

from kg.train.commands import EXTRA, app

STEPS = typer.main.get_command(app).commands


def train(*arguments: object, path: Path = ROOT, module: str = "kg") -> subprocess.CompletedProcess[str]:
    """Run ``kg train`` with these arguments; ``path`` is searched for modules before all else."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join([str(path), str(ROOT)]), "COLUMNS": "200", "OMP_NUM_THREADS": "1"}  # fmt: skip
    step = ["train"] if module == "kg" else []
    command = [sys.executable, "-m", module, *step, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=known, timeout=200)


def error_line(done: subprocess.CompletedProcess[str], status: int) -> str:
    assert done.returncode == status, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("kg: ")
    return line


@pytest.fixture
def trained_extra():
    for name in EXTRA:
        pytest.importorskip(name, reason="training needs the extra paperkg[train]")


@pytest.mark.parametrize("name", STEPS)
def test_every_step_has_help_for_every_parameter(name):
    assert STEPS[name].help
    for parameter in STEPS[name].params:
        assert parameter.name == "help" or getattr(parameter, "help", None), f"{name}: {parameter.name}"


def test_help_names_every_step():
    done = train("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in STEPS)


@pytest.fixture
def bare(tmp_path) -> Path:
    """A folder that hides what the extra brings, as where it is not installed."""
    hide = f"""
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder

class Hidden(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        return None if name in {EXTRA} else PathFinder.find_spec(name, path, target)

sys.meta_path = [f if f is not PathFinder else Hidden() for f in sys.meta_path]
"""
    (tmp_path / "sitecustomize.py").write_text(hide, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("step", ["network", "witnesses"])
def test_without_the_extra_it_says_what_to_install(bare, step):
    line = error_line(train(step, "any.toml", path=bare), 1)
    assert line == f"kg: train: {', '.join(EXTRA)} not installed; run: pip install 'paperkg[train]'"
    assert train(step, "--help", path=bare).returncode == 0


def test_texts_are_gathered_without_the_extra(bare, tmp_path):
    texts = abstracts(4)
    lines = [json.dumps({"id": k, "abstract": f" {t}\n", "abstract_en": "another"}) for k, t in texts.items()]
    for name, kept in (("abstracts_en_100k", lines[:3]), ("parallel_en_zh", [])):
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(kept).encode()))
    gold(tmp_path, texts)
    done = train("texts", tmp_path, tmp_path / "out.json", "en", tmp_path / "gold.jsonl", path=bare)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out.json").read_text()) == dict(list(texts.items())[:3])
    assert "3 of 4 abstracts found" in done.stderr
    assert "1 are missing, such as 0-3" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["frobnicate"], "No such command"),
        (["network"], "try: kg train network --help"),
        (["texts", ".", "out.json", "de", "gold.jsonl"], "no language de; one of en, zh"),
        (["texts", "/nowhere", "out.json", "en", "/nowhere.jsonl"], "/nowhere.jsonl: cannot be read"),
    ],
    ids=str,
)
def test_wrong_usage_is_one_line(arguments, says):
    assert says in error_line(train(*arguments), 2)


class TestNetwork:
    def test_a_run_writes_its_checkpoint_and_its_log_and_goes_on(self, trained_extra, tmp_path):
        gold(tmp_path, abstracts(12))
        encoder(tmp_path / "encoder")
        done = train(config(tmp_path, epochs=1, every=1), module="kg.train")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "run" / "last.pt").exists()
        assert (tmp_path / "run" / "train.log").read_text(encoding="utf-8") == done.stderr
        again = train("network", config(tmp_path, epochs=2))
        assert again.returncode == 0, again.stderr
        assert "1 epochs were done before" in again.stderr
        assert (tmp_path / "run" / "train.log").read_text(encoding="utf-8") == done.stderr + again.stderr

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"schemes": ["own", "scier"]}, "config.toml: the key data is missing, where the corpus of scier lies"),
            ({"schemes": ["own", "scier"], "data": "/no"}, "config.toml: data: no file or folder /no/scier/train.jsonl"),
            ({"encoder": "/no"}, "config.toml: encoder: no file or folder /no/tokenizer.json"),
            ({"start": "/no.pt"}, "config.toml: start: no file or folder /no.pt"),
            ({"negatives": "/no.txt"}, "config.toml: negatives: no file or folder /no.txt"),
            ({"held": "/no.tsv"}, "config.toml: held: no file or folder /no.tsv"),
            ({"dense": "/no.tsv", "schemes": ["own", "dense"]}, "config.toml: dense: no file or folder /no.tsv"),
            ({"texts": "/no.json"}, "/no.json: cannot be read"),
            ({"gold": None, "texts": None}, "config.toml: nothing to train on"),
        ],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
    )  # fmt: skip
    def test_what_is_missing_is_one_line(self, trained_extra, tmp_path, monkeypatch, values, says):
        """In this process, since a process a case takes seconds; that it becomes a line is the same for all errors."""
        from kg.errors import UsageError
        from kg.train.config import Config
        from kg.train.data import corpora, tokenizer_of
        from kg.train.loop import train as run

        gold(tmp_path, abstracts(10))
        encoder(tmp_path / "encoder")
        told = Config.read(config(tmp_path, **values))
        with pytest.raises(UsageError) as caught:
            run(told, corpora(told, tokenizer_of(told)))
        assert says in str(caught.value)
        assert "\n" not in str(caught.value)


def learnt(weights: Path) -> str:
    """The features of a linear model, a line each."""
    with np.load(weights) as held:
        return held["features"].tobytes().decode("utf-8")


class TestLinear:
    def texts(self) -> dict[str, str]:
        """Twenty abstracts; of each tenth the names stand beside a word of their own."""
        made = abstracts(20)
        return {k: t.replace("outperforms", "overshadows") if n % 10 == 9 else t for n, (k, t) in enumerate(made.items())}  # fmt: skip

    @pytest.mark.parametrize("what", ["roles", "relations"])
    def test_learns_from_all_but_what_the_config_holds_out(self, trained_extra, tmp_path, what):
        """Held-out abstracts leave no trace in the weights, and the same gold gives the same bytes."""
        from kg.train.config import Config
        from kg.train.linear import train as fit

        gold(tmp_path, self.texts())
        path = config(tmp_path)
        fit(what, "en", Config.read(path), tmp_path / "a.npz")
        fit(what, "en", Config.read(path), tmp_path / "b" / "a.npz")
        features = learnt(tmp_path / "a.npz")
        assert features
        assert "overshadows" not in features
        assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b" / "a.npz").read_bytes()
        (tmp_path / "held.tsv").write_text("en\t0-0\nzh\t0-9\n", encoding="utf-8")
        fit(what, "en", Config.read(config(tmp_path, held=str(tmp_path / "held.tsv"))), tmp_path / "c.npz")
        assert (tmp_path / "a.npz").read_bytes() != (tmp_path / "c.npz").read_bytes()
        assert learnt(tmp_path / "c.npz") != features

    @pytest.mark.parametrize("number", [0, 1])
    def test_too_little_gold_is_told(self, trained_extra, tmp_path, number):
        from kg.errors import PaperkgError
        from kg.train.config import Config
        from kg.train.linear import train as fit

        texts = dict.fromkeys(map(str, range(number)), "BLOOM ROOTS")
        gold(tmp_path, texts)
        with pytest.raises(PaperkgError, match=r"config\.toml: too little gold to tell roles apart"):
            fit("roles", "en", Config.read(config(tmp_path)), tmp_path / "x.npz")

    def test_a_language_without_gold_is_told(self, trained_extra, tmp_path):
        from kg.errors import UsageError
        from kg.train.config import Config
        from kg.train.linear import train as fit

        gold(tmp_path, abstracts(10))
        with pytest.raises(UsageError, match=r"config\.toml: the key gold_zh is missing"):
            fit("roles", "zh", Config.read(config(tmp_path)), tmp_path / "x.npz")
        assert not (tmp_path / "x.npz").exists()


def test_the_gold_of_these_tests_is_of_the_form_that_gold_has():
    """So that what is tested here is tested of the gold that ships."""
    with (ROOT / "gold" / "en.jsonl").open(encoding="utf-8") as lines:
        real = json.loads(next(lines))
    assert set(record("0-0", abstracts(1)["0-0"])) <= set(real)
