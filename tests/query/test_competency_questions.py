"""The competency questions of ``ontology/queries``, asked of the graph of the seed abstracts."""

from __future__ import annotations

import re

import pytest
from papers import QUERIES

from kg.query import Answer, query

FILES = sorted(QUERIES.glob("*.rq"))
ID = "https://w3id.org/paperkg/id/"


@pytest.fixture(scope="module")
def ask(seeds):
    return lambda name: query(seeds.store, (QUERIES / f"{name}.rq").read_text(encoding="utf-8"))


def column(answer: Answer, name: str) -> set[str]:
    index = answer.columns.index(name)
    return {row[index] for row in answer}


def test_there_are_at_least_ten():
    assert len(FILES) >= 10


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_each_begins_with_the_question_it_answers(file):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert re.match(r"# [A-Z].{10,}\?", first), first


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_each_has_an_answer_in_the_seeds(ask, file):
    answer = ask(file.stem)
    assert answer.truth is True if answer.truth is not None else answer.rows


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_each_gives_its_rows_in_a_fixed_order(seeds, file):
    text = file.read_text(encoding="utf-8")
    assert "ORDER BY" in text or text.split("\n", 1)[1].lstrip("# \n").startswith("ASK") or "ASK {" in text


def test_bloom_was_trained_on_roots(ask):
    assert (f"{ID}model/bloom", "BLOOM") in list(ask("models-trained-on-roots"))


def test_big_bench_has_204_tasks(ask):
    assert "204" in column(ask("how-many-tasks-has-big-bench"), "number")


def test_something_was_evaluated_on_oasis_1(ask):
    assert column(ask("evaluated-on-oasis-1"), "name")


def test_optimal_transport_features_were_evaluated_on_oasis_1(ask):
    answer = ask("evaluated-on-oasis-1")
    assert any("运输" in name or "optimal transport" in name.lower() for name in column(answer, "name"))


def test_the_paper_on_model_written_evaluations_speaks_of_inverse_scaling(ask):
    answer = ask("papers-on-inverse-scaling")
    assert "2212.09251" in column(answer, "identifier")
    assert "https://w3id.org/paperkg/ontology#mentions" in column(answer, "relation")


def test_bloom_has_176_billion_parameters(ask):
    assert (f"{ID}model/bloom", "BLOOM", "176000000000") in list(ask("sizes-of-models"))


def test_the_evidence_for_bloom_is_quoted_from_its_abstract(ask):
    answer = ask("evidence-for-bloom")
    assert any("trained on the ROOTS corpus" in quote for quote in column(answer, "quote"))
    assert column(answer, "paper") == {f"{ID}paper/arxiv-2211.05100"}


def test_the_dice_coefficient_is_reported_with_its_deviation(ask):
    rows = list(ask("scores"))
    assert any(row[2] == "0.89" and row[3] == "0.04" for row in rows)


def test_language_models_join_papers_of_both_languages(ask):
    rows = dict(ask("shared-by-papers"))
    assert int(rows[f"{ID}model/language-model"]) >= 3


def test_big_bench_is_introduced_by_its_paper(ask):
    assert f"{ID}paper/arxiv-2206.04615" in {
        row[0] for row in ask("what-each-paper-introduces") if row[2] == "BIG-bench"
    }


def test_openai_develops_gpt(ask):
    assert "OpenAI" in column(ask("who-develops-models"), "makerName")


def test_things_have_names_in_both_languages(ask):
    pairs = {(english, chinese) for _, english, chinese in ask("names-in-both-languages")}
    assert ("artificial intelligence", "人工智能") in pairs
