"""A bad config is one line that names the file and the key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from papers import ROOT
from tiny import abstracts, config, gold, record

from kg.errors import PaperkgError, UsageError
from kg.train.config import Config
from kg.train.gold import annotated, read_own

CONFIGS = sorted((ROOT / "kg" / "train" / "configs").glob("*.toml"))


def written(folder: Path, text: str) -> Path:
    path = folder / "run.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('out = "x"', "the key encoder is missing"),
        ('encoder = "x"', "the key out is missing"),
        ('encoder = "x"\nout = "y"\nepoch = 3', "unknown key epoch; known: .*epochs"),
        ('encoder = 3\nout = "y"', "encoder must be a path, not 3"),
        ('encoder = "x"\nout = "y"\nepochs = "three"', "epochs must be a whole number, not 'three'"),
        ('encoder = "x"\nout = "y"\nepochs = true', "epochs must be a whole number, not True"),
        ('encoder = "x"\nout = "y"\nepochs = 0', "epochs must be at least 1"),
        ('encoder = "x"\nout = "y"\nrate = "fast"', "rate must be a number, not 'fast'"),
        ('encoder = "x"\nout = "y"\nbfloat16 = 1', "bfloat16 must be true or false, not 1"),
        ('encoder = "x"\nout = "y"\ngold = [1]', r"gold must be a list of paths or patterns, not \[1\]"),
        (
            'encoder = "x"\nout = "y"\ngold = ["no/*.jsonl"]',
            r"gold: no file matches no/\*.jsonl, seen from /",
        ),
        (
            'encoder = "x"\nout = "y"\nschemes = ["own", "sciar"]',
            "schemes: no scheme sciar; known: own, dense, scier",
        ),
        ('encoder = "x"\nout = "y"\nschemes = ["scier"]', "schemes: own is missing"),
        ('encoder = "x"\nout = "y"\ndense = "t.tsv"', "dense: its documents need the scheme dense"),
        ('encoder = "x"\nout = "y"\nweights = {gold = 1}', "weights: no corpus gold; known: own, "),
        ('encoder = "x"\nout = "y"\nweights = {own = -1}', "weights: own must not be negative"),
        ('encoder = "x"\nout = "y"\nweights = {own = "all"}', "weights must be a table of numbers"),
        (
            'encoder = "x"\nout = "y"\nlast_layers_of = ["scier"]\nschemes = ["own"]',
            "last_layers_of: scier is not among",
        ),
        ('encoder = "x"\nout = "y"\nteacher_labels = ["no"]', "teacher_labels: no file matches no"),
        ("encoder = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, monkeypatch, text, says):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=rf"run\.toml: {says}"):
        Config.read(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.toml: config cannot be read"):
        Config.read(tmp_path / "nowhere.toml")


def test_gold_needs_its_texts(tmp_path):
    gold(tmp_path, abstracts(3))
    with pytest.raises(UsageError, match=r"the key texts is missing.*kg train texts"):
        Config.read(config(tmp_path, texts=None))
    with pytest.raises(UsageError, match=r"tuned_on: .*config\.toml is not among gold"):
        Config.read(config(tmp_path, tuned_on=[str(tmp_path / "config.toml")]))


def test_patterns_name_files_in_one_order_whatever_the_folder(tmp_path):
    for name in ("b", "a"):
        gold(tmp_path, abstracts(2), name)
    told = Config.read(
        config(tmp_path, gold=[str(tmp_path / "*.jsonl")], texts=str(tmp_path / "a.texts.json"))
    )
    assert [path.name for path in told.gold] == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_configs_that_ship_are_valid(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert Config.read(path).out.parent == Path("runs")


def test_the_shipped_run_holds_out_no_test_document(monkeypatch):
    """What is held out is in the gold, once, and neither trained on nor among the test documents."""
    monkeypatch.chdir(ROOT)
    told = Config.read(ROOT / "kg/train/configs/student.toml")
    rows = [tuple(row.split("\t")) for row in told.held.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(set(rows))
    for lang in ("en", "zh"):
        files = [ROOT / f"gold/{name}.jsonl" for name in (lang, f"pairs.{lang}", f"reference.{lang}")]
        records = [
            json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()
        ]
        train = {r["id"] for r in records if r["split"] == "train"}
        assert {name for language, name in rows if language == lang} <= train


class TestGold:
    """Gold and its texts fit together, or it is told where they do not."""

    @pytest.fixture
    def folder(self, tmp_path):
        gold(tmp_path, abstracts(3))
        return tmp_path

    def read(self, folder):
        return list(read_own([folder / "gold.jsonl"], folder / "gold.texts.json"))

    def test_mentions_stand_in_the_text(self, folder):
        for doc in self.read(folder):
            assert {doc.text[m.start : m.end] for m in doc.mentions} == {m.entity for m in doc.mentions}

    def test_only_the_split_asked_for_is_read(self, folder):
        text = abstracts(1)["0-0"]
        (folder / "gold.jsonl").write_text(json.dumps(record("0-0", text, "test")))
        assert self.read(folder) == []
        assert len(list(annotated([folder / "gold.jsonl"], folder / "gold.texts.json", "test"))) == 1

    def test_a_missing_abstract(self, folder):
        (folder / "gold.texts.json").write_text("{}")
        with pytest.raises(PaperkgError, match=r"no abstract of 0-0, which .*gold\.jsonl:1 annotates"):
            self.read(folder)

    def test_another_abstract(self, folder):
        (folder / "gold.texts.json").write_text(json.dumps(dict.fromkeys(abstracts(3), "Something else.")))
        with pytest.raises(PaperkgError, match="the abstract of 0-0 is not the one"):
            self.read(folder)

    @pytest.mark.parametrize(
        ("line", "says"),
        [("{broken", "not valid JSON"), ('{"id": "a", "split": "train"}', "no entities, mentions, relations"), ("3", "not a record of gold")],
    )  # fmt: skip
    def test_a_broken_line(self, folder, line, says):
        with (folder / "gold.jsonl").open("a", encoding="utf-8") as out:
            out.write(line + "\n")
        with pytest.raises(PaperkgError, match=rf"gold\.jsonl:4: .*{says}"):
            self.read(folder)

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda r: r["entities"][0].update(type="Thing"), "no type Thing; known: Model, "),
            (lambda r: r["entities"][0].update(role="likes"), "no role likes; known: introduces, "),
            (lambda r: r["relations"][0].update(object="X"), "X is not among the entities"),
        ],
        ids=["type", "role", "relation"],
    )
    def test_words_that_the_scheme_lacks(self, folder, change, says):
        raw = record("0-0", abstracts(1)["0-0"])
        change(raw)
        (folder / "gold.jsonl").write_text(json.dumps(raw))
        with pytest.raises(PaperkgError, match=rf"gold\.jsonl:1: {says}"):
            self.read(folder)

    def test_a_missing_file(self, folder):
        (folder / "gold.texts.json").unlink()
        with pytest.raises(UsageError, match=r"gold\.texts\.json: cannot be read"):
            self.read(folder)
