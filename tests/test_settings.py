"""One settings file, every key documented at its default, and a clear word for every mistake in it."""

from __future__ import annotations

import dataclasses
import json
import tomllib

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import ROOT

from kg.errors import UsageError
from kg.settings import Settings, load_settings
from kg.show import show

DOCUMENTED = ROOT / "docs" / "settings.toml"


def test_the_documented_file_holds_the_defaults():
    assert load_settings(DOCUMENTED) == Settings()


def test_every_setting_is_documented():
    documented = tomllib.loads(DOCUMENTED.read_text(encoding="utf-8"))
    for section in dataclasses.fields(Settings):
        for key in dataclasses.fields(getattr(Settings(), section.name)):
            if (section.name, key.name) == ("read", "fields"):
                assert "# [read.fields]" in DOCUMENTED.read_text(encoding="utf-8")
            else:
                assert key.name in documented[section.name], (
                    f"{section.name}.{key.name} is not in docs/settings.toml"
                )


def test_no_file_gives_the_defaults_and_a_part_leaves_the_rest(tmp_path):
    assert load_settings(None) == Settings()
    (tmp_path / "s.toml").write_text(
        '[extract]\nmin_mention_score = 1\nterms = ["a.ttl"]\n', encoding="utf-8"
    )
    settings = load_settings(tmp_path / "s.toml")
    assert settings.extract == dataclasses.replace(
        Settings().extract, min_mention_score=1.0, terms=("a.ttl",)
    )
    assert settings.read == Settings().read


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[nonsense]\n", "unknown section [nonsense]"),
        ("workers = 3\n", "unknown section [workers]"),
        ("[extract]\nworker = 3\n", "unknown key extract.worker"),
        ('[extract]\nworkers = "3"\n', "extract.workers must be an integer"),
        ("[extract]\nworkers = true\n", "extract.workers must be an integer"),
        ("[extract]\nworkers = 1.5\n", "extract.workers must be an integer"),
        ("[extract]\nlearned = 1\n", "extract.learned must be true or false"),
        ("[extract]\nterms = [1]\n", "extract.terms must be an array of strings"),
        ('[extract]\nterms = "a.ttl"\n', "extract.terms must be an array of strings"),
        ("[read]\nsplit = 1\n", "read.split must be a string"),
        ("[read]\nfields = 1\n", "read.fields must be a table"),
        ('[extract]\nmin_mention_score = "0"\n', "extract.min_mention_score must be a number"),
        ("[extract]\nmin_mention_score = nan\n", "extract.min_mention_score must be from 0 to 1, not nan"),
        ("[extract]\nmin_mention_score = 7.5\n", "extract.min_mention_score must be from 0 to 1, not 7.5"),
        (f"[extract]\nmin_relation_score = {10**400}\n", "extract.min_relation_score must be from 0 to 1"),
        (
            "[extract]\nmin_relation_score = -inf\n",
            "extract.min_relation_score must be from 0 to 1, not -inf",
        ),
        ("[extract]\nworkers = -3\n", "extract.workers must be at least 1, not -3"),
        ("[view]\nmax_nodes = 0\n", "view.max_nodes must be at least 1, not 0"),
        ("[view]\nstart_nodes = -5\n", "view.start_nodes must be at least 1, not -5"),
        ("[extract\n", "not valid TOML"),
    ],
)
def test_a_mistake_is_wrong_usage_and_names_the_key(tmp_path, text, says):
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings(tmp_path / "s.toml")
    assert says in str(caught.value)
    assert str(tmp_path / "s.toml") in str(caught.value)


def test_a_missing_file_and_other_bytes_are_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(tmp_path / "none.toml")
    (tmp_path / "s.toml").write_bytes(b'[view]\ntitle = "\xe9"\n')
    with pytest.raises(UsageError, match="not valid TOML"):
        load_settings(tmp_path / "s.toml")


@pytest.mark.parametrize("base", ["https://example.org/kg/", "http://e.org:80/x/", "https://例子.中国/图/"])
def test_a_base_iri_ends_where_names_can_follow(base):
    assert Settings().override(base=base).fill.base == base


@pytest.mark.parametrize(
    "base",
    [
        *(
            "",
            "example.org/",
            "https://e.org/x",
            "https://e.org/<a>/",
            "https://e.org/a b/",
            "https://e.org/%/",
        ),
        *("javascript:alert(1)/", "file:///tmp/", "urn:kg:", "https:///x/", "https://me@e.org/"),
        *("https://e.org/x#", "https://e.org/#/", "https://e.org/?q=/"),
    ],
)
def test_another_base_is_wrong_usage_wherever_it_is_given(base, tmp_path):
    with pytest.raises(UsageError, match="not a base IRI"):
        Settings().override(base=base)
    (tmp_path / "s.toml").write_text(f'[fill]\nbase = "{base}"\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"s\.toml: fill\.base: .*: not a base IRI"):
        load_settings(tmp_path / "s.toml")
    with pytest.raises(UsageError, match="not a base IRI"):
        show(ox.Store(), "BLOOM", base)


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path):
    (tmp_path / "s.toml").write_text("\ufeff[extract]\nworkers = 3\n", encoding="utf-8")
    assert load_settings(tmp_path / "s.toml").extract.workers == 3


def test_settings_are_plain_values_for_the_report():
    assert json.loads(json.dumps(Settings().as_dict()))["extract"]["min_mention_score"] == 0.4


@given(st.text(max_size=40))
def test_no_text_is_more_than_a_usage_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("settings") / "s.toml"
    path.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    try:
        assert load_settings(path) == Settings()
    except UsageError as error:
        assert str(path) in str(error)
