"""The command as a user runs it: a process, its exit status, one line for an error and never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pyoxigraph as ox
import pytest
from papers import QUERIES, ROOT, SEEDS

from kg.cli import app
from kg.export import FORMATS

COMMANDS = {command.name or command.callback.__name__: command for command in app.registered_commands}
# The learned model takes seconds to load and is not what these tests are about.
RULES = "[extract]\nlearned = false\n"
LONG = "a" * 3000


def kg(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``kg`` with these arguments."""
    known = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200", **environment}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=known,
        timeout=120,
    )


def error_line(done: subprocess.CompletedProcess[bytes], status: int) -> str:
    """The one line of a failed command, which begins with the command's name."""
    text = done.stderr.decode()
    assert done.returncode == status, text
    lines = text.splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("kg: ")
    assert "Traceback" not in text
    return lines[0]


@pytest.fixture
def rules(tmp_path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def graph(tmp_path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix model: <https://w3id.org/paperkg/id/model/> .\n"
        'model:bloom a kg:Model ; skos:prefLabel "BLOOM [bold]名[/]"@en .\n',
        encoding="utf-8",
    )
    return path


class TestHelp:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_a_docstring_and_help_for_every_parameter(self, name):
        import typer

        assert COMMANDS[name].callback.__doc__
        command = typer.main.get_command(app).commands[name]
        for parameter in command.params:
            assert parameter.name == "help" or getattr(parameter, "help", None), f"{name}: {parameter.name}"

    def test_help_names_every_command(self):
        done = kg("--help")
        assert done.returncode == 0
        assert all(name in done.stdout.decode() for name in COMMANDS)

    def test_help_of_a_command_tells_its_options(self):
        done = kg("build", "--help")
        assert done.returncode == 0
        assert all(
            option in done.stdout.decode() for option in ("--output", "--base", "--config", "--workers")
        )

    def test_no_arguments_show_the_help(self):
        done = kg()
        assert done.returncode == 2
        assert b"build" in done.stdout + done.stderr

    def test_version(self):
        import kg as package

        assert kg("--version").stdout.decode().strip() == f"paperkg {package.__version__}"

    def test_the_documented_commands_exist(self):
        assert set(COMMANDS) >= {"build", "extract", "query", "export", "validate", "evaluate", "settings"}


class TestWrongUsage:
    """Status 2, and a line that says what, where and what to do."""

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["frobnicate"], "No such command"),
            (["build"], "SOURCE"),
            (["build", "/nowhere/papers"], "/nowhere/papers: no such file or folder"),
            (["build", SEEDS, "--frob"], "--frob"),
            (["build", SEEDS, "--workers", "many"], "--workers"),
            (["build", SEEDS, "--workers", "-1"], "--workers"),
            (["build", SEEDS, "--base", "not an iri"], "not a base IRI"),
            (["build", SEEDS, "--config", "/nowhere.toml"], "/nowhere.toml"),
            (["build", SEEDS, "-o", ROOT / "pyproject.toml"], "is a file"),
            (["query", "/nowhere.ttl", "ASK {}"], "kg build"),
            (["query", ROOT / "LICENSE", "ASK {}"], "no RDF format"),
            (["query", "{graph}"], "-f FILE"),
            (["query", "{graph}", "SELECT", "-f", "x.rq"], "-f FILE"),
            (
                ["query", "{graph}", "-f", "/nowhere.rq"],
                "/nowhere.rq: cannot be read: No such file or directory",
            ),
            (["query", "{graph}", "SELECT nonsense"], "not valid SPARQL"),
            (["query", "{graph}", "ASK {}", "--format", "pdf"], "no format pdf"),
            (
                ["query", "{graph}", "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }"],
                "SERVICE is not allowed",
            ),
            (["export", "{graph}", "-f", "pdf", "-o", "/tmp/x"], "no such format"),
            (["export", "{graph}", "-f", "ttl", "-o", "/tmp/x", "--profile", "half"], "no such profile"),
            (["export", "{graph}", "-f", "ttl"], "--output"),
            (["validate", "/nowhere.ttl"], "/nowhere.ttl"),
            (["evaluate", "/nowhere", "/nowhere"], "/nowhere"),
            (["evaluate", "/nowhere", "/nowhere", "--format", "pdf"], "no format pdf"),
            (["extract", "/nowhere.jsonl"], "/nowhere.jsonl"),
            (["settings", "--config", "/nowhere.toml"], "/nowhere.toml"),
            (["show", "{graph}", "a\udcff"], "is not text in UTF-8"),
            (["query", "{graph}", "ASK {} #\udcff"], "is not text in UTF-8"),
            (["curate", ROOT / "docs", "same", "a", "b", "--author", "\udcff"], "is not text in UTF-8"),
            (["export", "{graph}", "-f", "store", "-o", "-"], "store: is a folder"),
            (["curate", ROOT / "docs", "same", "a", "b", "--paper", "foo"], "same: is of things"),
            (
                ["curate", ROOT / "docs", "retype", "a", "Model", "--predicate", "uses"],
                "retype: is of things",
            ),
            (["curate", ROOT / "docs", "rename", "a", "b", "--quote", "c"], "rename: is of things"),
            (["build", LONG], "a: File name too long"),
            (["build", SEEDS, "-o", LONG], "a: File name too long"),
            (["query", f"{LONG}.ttl", "ASK {}"], "a.ttl: File name too long"),
            (["curate", LONG, "same", "a", "b"], "a: File name too long"),
            (["push", "{graph}", "--endpoint", "http://127.0.0.1:1/", "--timeout", "nan"], "finite"),
            (["push", "{graph}", "--endpoint", "http://127.0.0.1:1/", "--timeout", "inf"], "finite"),
        ],
        ids=lambda given: ascii(given)[:80],
    )
    def test_is_one_line(self, graph, arguments, says):
        done = kg(*(str(a).replace("{graph}", str(graph)) for a in arguments))
        assert says in error_line(done, 2)
        assert done.stdout == b""

    def test_an_unforeseen_error_is_one_line_too_and_its_traceback_can_be_asked_for(self, graph, tmp_path):
        # A library that is broken from without: the last thing this program can foresee.
        (tmp_path / "pyoxigraph.py").write_text("raise RuntimeError('broken')", encoding="utf-8")
        path = os.pathsep.join([str(tmp_path), str(ROOT)])
        assert "RuntimeError: broken" in error_line(kg("query", graph, "ASK {}", PYTHONPATH=path), 1)
        assert b"Traceback" in kg("query", graph, "ASK {}", PYTHONPATH=path, KG_TRACEBACK="1").stderr


class TestQuery:
    def test_a_table_shows_names_as_they_are(self, graph):
        done = kg("query", graph, "SELECT ?m ?name { ?m skos:prefLabel ?name }")
        assert done.returncode == 0
        assert "BLOOM [bold]名[/]" in done.stdout.decode()

    @pytest.mark.parametrize(
        ("asked", "says"), [("ASK { model:bloom a kg:Model }", "yes"), ("ASK { model:x a kg:Model }", "no")]
    )
    def test_a_question_is_answered_in_a_word(self, graph, asked, says):
        assert kg("query", graph, asked).stdout.decode().strip() == says

    def test_names_are_short_under_another_base_too(self, graph):
        graph.write_text("<https://example.org/model/a> a <urn:x> .", encoding="utf-8")
        done = kg("query", graph, "ASK { <model/a> ?p ?o . model:a ?p ?o }", "--base", "https://example.org/")
        assert done.stdout.decode().strip() == "yes"

    def test_the_readme_shows_what_the_command_answers_at_any_width(self, seeds):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        name, block = re.search(r"<!-- answer: (\S+) -->\n\n((?: {4}.*\n)+)", readme).groups()
        done = kg("query", seeds.turtle, "-f", QUERIES / name, COLUMNS="40")
        assert done.stdout.decode() == textwrap.dedent(block)
        assert "model:bloom" in block

    @pytest.mark.parametrize(("limit", "says"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
    def test_rows_are_counted_in_words(self, graph, limit, says):
        asked = f"SELECT * {{ ?s ?p ?o }} LIMIT {limit}"
        assert kg("query", graph, asked).stdout.decode().splitlines()[-1] == says

    def test_a_byte_order_mark_is_no_part_of_a_query(self, graph, tmp_path):
        (tmp_path / "q.rq").write_text("\ufeffASK { model:bloom a kg:Model }", encoding="utf-8")
        assert kg("query", graph, "-f", tmp_path / "q.rq").stdout == b"yes\n"

    def test_words_are_utf_8_in_any_locale(self, graph):
        asked = 'ASK { ?m skos:prefLabel "BLOOM [bold]名[/]"@en }'
        assert kg("query", graph, asked, LC_ALL="C", PYTHONUTF8="0").stdout == b"yes\n"
        assert b"model/bloom" in kg("show", graph, "BLOOM [bold]名[/]", LC_ALL="C", PYTHONUTF8="0").stdout

    def test_json_is_json_and_a_file_holds_the_query(self, graph):
        done = kg("query", graph, "-f", QUERIES / "names-in-both-languages.rq", "--format", "json")
        assert json.loads(done.stdout)["results"]["bindings"] == []

    def test_a_terminal_without_chinese_is_no_error(self, graph):
        done = kg(
            "query", graph, "SELECT ?n { ?m skos:prefLabel ?n }", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
        )
        assert done.returncode == 0, done.stderr
        assert b"\\u540d" in done.stdout


class TestExport:
    @pytest.mark.parametrize("format_", [*FORMATS, "html"])
    def test_every_format_is_written(self, graph, tmp_path, format_):
        done = kg("export", graph, "-f", format_, "-o", tmp_path / "out")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "out").stat().st_size > 0

    @pytest.mark.parametrize(
        ("format_", "profile", "holds"),
        [
            ("ttl", "rdf12", "rdf:reifies <<( "),
            ("trig", "nanopub", "np:hasAssertion"),
            ("ttl", "description", "void:triples"),
        ],
    )
    def test_a_profile_is_written(self, seeds, tmp_path, format_, profile, holds):
        done = kg("export", seeds.turtle, "-f", format_, "--profile", profile, "-o", tmp_path / "out")
        assert done.returncode == 0, done.stderr
        assert holds in (tmp_path / "out").read_text(encoding="utf-8")

    @pytest.mark.parametrize("format_", ["nquads", "trig"])
    def test_named_graphs_stay(self, tmp_path, format_):
        (tmp_path / "in.trig").write_text("<urn:g> { <urn:a> <urn:b> <urn:c> }", encoding="utf-8")
        kg("export", tmp_path / "in.trig", "-f", format_, "-o", tmp_path / "out")
        assert "<urn:g>" in (tmp_path / "out").read_text(encoding="utf-8")

    def test_a_format_that_cannot_hold_the_profile_is_wrong_usage(self, graph, tmp_path):
        for format_ in ("jsonld", "html", "store"):
            done = kg("export", graph, "-f", format_, "--profile", "rdf12", "-o", tmp_path / "out")
            assert f"{format_}: cannot hold the profile rdf12" in error_line(done, 2)

    @pytest.mark.parametrize("format_", [*FORMATS, "html"])
    def test_a_dash_is_standard_output_and_no_file(self, graph, tmp_path, monkeypatch, format_):
        monkeypatch.chdir(tmp_path)
        assert kg("export", graph, "-f", format_, "-o", "out").returncode == 0
        done = kg("export", graph, "-f", format_, "-o", "-")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == (tmp_path / "out").read_bytes()
        assert not (tmp_path / "-").exists()

    def test_a_missing_folder_is_a_failed_job(self, graph, tmp_path):
        assert "cannot be written" in error_line(
            kg("export", graph, "-f", "nt", "-o", tmp_path / "no" / "x"), 1
        )

    def test_a_broken_graph_is_a_failed_job(self, tmp_path):
        (tmp_path / "bad.ttl").write_text("<a> <b>", encoding="utf-8")
        assert "not valid ttl" in error_line(
            kg("export", tmp_path / "bad.ttl", "-f", "nt", "-o", tmp_path / "x"), 1
        )
        assert not (tmp_path / "x").exists()


class TestValidate:
    def test_the_seeds_are_valid(self, seeds):
        done = kg("validate", seeds.turtle)
        assert done.returncode == 0, done.stdout.decode()[-2000:]
        assert done.stdout.decode().strip().endswith("valid")

    def test_a_violation_is_told_and_gives_status_1(self, graph):
        graph.write_text(
            graph.read_text(encoding="utf-8").replace("a kg:Model", "a kg:Modle"), encoding="utf-8"
        )
        done = kg("validate", graph)
        assert done.returncode == 1
        assert "Modle" in done.stdout.decode()
        assert b"Traceback" not in done.stderr
        told = json.loads(kg("validate", graph, "--format", "json").stdout)
        assert not told["ok"]
        assert any("Modle" in fault["message"] for fault in told["faults"])


class TestExtract:
    TEXT = "😀 BLOOM was not trained on the ROOTS corpus. It has 176B parameters and a BLEU of 28.4 ± 0.3."

    def test_the_form_of_a_line(self, tmp_path, rules):
        source = tmp_path / "in.jsonl"
        source.write_text(json.dumps({"id": 12, "text": self.TEXT}) + "\n", encoding="utf-8")
        done = kg("extract", source, "-o", tmp_path / "out.jsonl", "--config", rules)
        assert (done.returncode, done.stderr) == (0, b"")
        (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        record = json.loads(line)
        assert list(record) == ["id", "lang", "mentions", "relations", "measurements"]
        assert (record["id"], record["lang"]) == ("12", "en")
        for item in (*record["mentions"], *record["measurements"]):
            assert self.TEXT[item["start"] : item["end"]] == item["text"], (
                "offsets count code points into the text as given"
            )
        assert set(record["mentions"][0]) == {"start", "end", "text", "type", "score", "role"}
        (relation,) = [r for r in record["relations"] if r["predicate"] == "trainedOn"]
        assert record["mentions"][relation["subject"]]["text"] == "BLOOM"
        assert record["mentions"][relation["object"]]["text"] == "ROOTS corpus"
        assert relation["polarity"] == "negated"
        size, score = record["measurements"]
        assert (size["value"], size["unit"]) == (176_000_000_000, "parameters")
        assert (score["value"], score["uncertainty"]) == (28.4, 0.3)
        assert record["mentions"][score["metric"]]["text"] == "BLEU"

    def test_standard_input_to_standard_output_in_both_languages(self, rules):
        lines = [
            json.dumps({"id": "e", "text": self.TEXT}),
            json.dumps({"id": "c", "text": "我们研究语言模型的能力。"}, ensure_ascii=False),
        ]
        done = kg("extract", "-", "--config", rules, stdin="\n".join(lines).encode())
        records = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert [(r["id"], r["lang"]) for r in records] == [("e", "en"), ("c", "zh")]

    def test_white_space_and_control_characters_do_not_shift_offsets(self, tmp_path, rules):
        text = "  \n\t\x00 We  study\u00a0language models.\r\n\x07 End. "
        source = tmp_path / "in.jsonl"
        source.write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
        done = kg("extract", source, "--config", rules)
        (found,) = json.loads(done.stdout)["mentions"]
        assert text[found["start"] : found["end"]] == "language models"

    def test_broken_lines_are_told_and_the_others_extracted(self, tmp_path, rules):
        source = tmp_path / "in.jsonl"
        source.write_text(
            '{"id": "a", "text": "We study language models."}\n{broken\n{"id": "b"}\n', encoding="utf-8"
        )
        done = kg("extract", source, "--config", rules)
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == 1
        told = done.stderr.decode().splitlines()
        assert [line.split(": ")[0] for line in told] == [f"skipped {source}:2", f"skipped {source}:3"]

    def test_of_many_broken_lines_the_first_are_told_and_how_many_more_there_are(self, tmp_path, rules):
        source = tmp_path / "in.jsonl"
        source.write_text(
            '{"id": "a", "text": "We study language models."}\n' + "{broken\n" * 23, encoding="utf-8"
        )
        told = kg("extract", source, "--config", rules).stderr.decode().splitlines()
        assert len(told) == 21
        assert told[-1] == "… and 3 more"

    @pytest.mark.parametrize(
        ("scheme", "text", "names", "types"),
        [
            ("scier", "😀 We fine-tune BERT on SQuAD for question answering.", {"BERT", "SQuAD"}, {"Method", "Dataset", "Task"}),
            ("scicn", "😀 我们提出一种基于卷积神经网络的图像分类方法。", {"卷积神经网络"}, {"方法", "任务", "评估指标", "材料", "其他科学术语", "通用"}),
        ],
    )  # fmt: skip
    def test_a_text_read_by_the_scheme_of_a_public_corpus(self, scheme, text, names, types):
        asked = json.dumps({"id": "a", "text": text}).encode()
        done = kg("extract", "-", "--scheme", scheme, stdin=asked)
        assert (done.returncode, done.stderr) == (0, b"")
        record = json.loads(done.stdout)
        assert names <= {m["text"] for m in record["mentions"]}
        assert {m["type"] for m in record["mentions"]} <= types
        assert all(text[m["start"] : m["end"]] == m["text"] for m in record["mentions"])

    def test_an_unknown_scheme_is_told(self):
        asked = json.dumps({"id": "a", "text": self.TEXT}).encode()
        told = error_line(kg("extract", "-", "--scheme", "../own", stdin=asked), 2)
        assert told == "kg: extract: no scheme ../own; one of own, scicn, scier"

    def test_nothing_to_extract_leaves_the_old_output(self, tmp_path):
        (tmp_path / "in.jsonl").write_text("\n", encoding="utf-8")
        (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
        assert "no document" in error_line(
            kg("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl"), 1
        )
        assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"


def test_who_decided_and_why_cannot_command_a_terminal(tmp_path):
    done = kg("curate", tmp_path, "same", "a", "b", "--author", "x\x1b[2J", "--comment", "y\u202ez")
    assert done.returncode == 0, done.stderr
    (table,) = tmp_path.glob("*.tsv")
    text = table.read_text(encoding="utf-8")
    assert "x�[2J" in text
    assert "y�z" in text
    assert not {"\x1b", "\u202e"} & set(text)


class TestEvaluate:
    def test_a_table_and_json(self, tmp_path):
        gold = {
            "id": "a",
            "entities": [{"key": "x", "type": "Model", "forms": ["X"]}],
            "mentions": [],
            "relations": [],
            "measurements": [],
        }
        predicted = {
            "id": "a",
            "mentions": [{"start": 0, "end": 1, "text": "X", "type": "Model", "score": 1}],
            "relations": [],
            "measurements": [],
        }
        (tmp_path / "g").write_text(json.dumps(gold), encoding="utf-8")
        (tmp_path / "p").write_text(json.dumps(predicted), encoding="utf-8")
        table = kg("evaluate", tmp_path / "g", tmp_path / "p").stdout.decode()
        assert "entities" in table
        assert "1.000" in table
        report = json.loads(kg("evaluate", tmp_path / "g", tmp_path / "p", "--format", "json").stdout)
        assert report["documents"] == 1
        assert report["measures"]["entities"]["f1"] == 1


def test_settings_prints_what_is_in_force(tmp_path, rules):
    assert json.loads(kg("settings", "--config", rules).stdout)["extract"]["learned"] is False


@pytest.mark.parametrize(
    "reading", ['split = "foo"', 'boilerplate = ["("]', 'fields = {foo = "x"}', "fields = {text = 5}"]
)
def test_settings_that_no_build_would_take_are_refused(tmp_path, reading):
    (tmp_path / "s.toml").write_text(f"[read]\n{reading}\n", encoding="utf-8")
    assert f"read.{reading.split()[0]}" in error_line(kg("settings", "--config", tmp_path / "s.toml"), 2)


def test_the_graph_of_a_build_answers_a_query(tmp_path, rules):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "1", "text": "BLOOM was trained on the ROOTS corpus."}), encoding="utf-8"
    )
    done = kg(
        "build",
        tmp_path / "a.jsonl",
        "-o",
        tmp_path / "out",
        "--base",
        "https://example.org/x/",
        "--config",
        rules,
    )
    assert done.returncode == 0, done.stderr
    assert [p.name for p in sorted((tmp_path / "out").iterdir())] == [
        "graph.html",
        "graph.ttl",
        "report.json",
    ]
    store = ox.Store()
    store.bulk_load(path=str(tmp_path / "out" / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    assert any(quad.subject == ox.NamedNode("https://example.org/x/model/bloom") for quad in store)
    assert done.stdout.decode().startswith("1 paper, ")
