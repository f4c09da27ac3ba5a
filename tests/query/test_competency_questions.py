"""The competency questions of ``ontology/queries``, asked of the graph of the seed abstracts."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from papers import QUERIES

from kg.query import Answer, query
from kg.vocab import SKOS

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


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_no_question_gets_two_rows_for_two_names_of_one_thing(seeds, file):
    """Nor twice the same row: with a Chinese name beside each English one, the answers are as many."""
    text = file.read_text(encoding="utf-8")
    before = query(seeds.store, text)
    named = ox.Store()
    named.bulk_extend(seeds.store)
    for quad in seeds.store.quads_for_pattern(None, SKOS.prefLabel, None):
        if not any(
            label.object.language != "en"
            for label in seeds.store.quads_for_pattern(quad.subject, SKOS.prefLabel, None)
        ):
            name = ox.Literal(f"名{quad.object.value}", language="zh-Hans")
            named.add(ox.Quad(quad.subject, SKOS.prefLabel, name))
    after = query(named, text)
    assert len(set(after.rows)) == len(after.rows)
    if file.stem != "names-in-both-languages":
        assert after.rows == before.rows


def test_answers_do_not_leave_out_what_has_a_chinese_name_only_or_is_said_in_chinese():
    store = ox.Store()
    store.load(
        """@prefix kg: <https://w3id.org/paperkg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix schema: <https://schema.org/> . @base <https://w3id.org/paperkg/id/> .
        <model/m> a kg:Model ; skos:prefLabel "模型甲"@zh-Hans ; kg:usedFor <task/t> .
        <task/t> a kg:Task ; skos:prefLabel "弗罗布"@zh-Hans .
        <measurement/n> kg:ofEntity <model/m> ; schema:value 7 ; schema:unitText "参数" .""",
        format=ox.RdfFormat.TURTLE,
    )

    def rows(name: str) -> list[tuple[str, ...]]:
        return list(query(store, (QUERIES / f"{name}.rq").read_text(encoding="utf-8")))

    assert rows("tasks-and-what-is-used-for-them") == [(f"{ID}task/t", "弗罗布", f"{ID}model/m")]
    assert rows("sizes-of-models") == [(f"{ID}model/m", "模型甲", "7")]


def test_what_is_said_of_bloom_is_also_said_with_bloom_as_the_object(ask):
    assert f"{ID}model/bloom" in column(ask("evidence-for-bloom"), "object")
