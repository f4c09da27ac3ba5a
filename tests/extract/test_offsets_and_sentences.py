"""Whatever the text, offsets count its characters: what is found stands where it is said to stand."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import SEEDS, document

from kg.extract import extract, extract_document
from kg.extract.sentences import mark_sentences
from kg.extract.tokenizer import ScriptTokenizer
from kg.read import read
from kg.settings import ExtractSettings, ReadSettings

TOKENIZER = ScriptTokenizer(spacy.blank("en").vocab)
RULES = ExtractSettings(learned=False)
PIECES = [
    "We present ", "BLOOM", " (", "RLHF", ")", "language models", " trained on ", "the ROOTS corpus", ". ", "。", "，", "(", "）", "马尔可夫编码游戏", "(MCG)",
    "我们提出", "在", "OASIS-1", "数据集上评估", "语义", "的", "分割", " ", "\n", "\n\n", "\t", "\x0b", "\x00", "\u200b", "\u00a0", "\u2028", "😀", "👩\u200d💻", "é", "e\u0301",
    "３２", "0.89 ± 0.04", "176B-parameter", "204个任务", "90-100%", "$", "\\alpha", "<b>", "'", "\"", "’s", "-", "–", "Ω", "\ud7ff", "\U0001f9ea", "ſ", "İ",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=30).map(
    "".join
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_every_span_is_in_the_text_and_says_what_stands_there(text):
    extraction = extract_document(document(text), RULES)
    for m in extraction.mentions:
        assert 0 <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
    for number in extraction.measurements:
        assert text[number.start : number.end] == number.text
    for proof in (*extraction.relations, *extraction.roles):
        assert 0 <= proof.start < proof.end <= len(text)
    count = len(extraction.mentions)
    for r in extraction.relations:
        assert r.subject != r.object
        assert {r.subject, r.object} <= set(range(count))


@settings(max_examples=80, deadline=None)
@given(st.text() | texts)
def test_tokens_joined_give_the_text_back(text):
    assert TOKENIZER(text).text == text


def test_the_seeds_are_extracted_the_same_every_time_and_in_any_company():
    documents = list(read([SEEDS], ReadSettings(), lambda reject: pytest.fail(str(reject))))
    together = list(extract(documents, RULES))
    alone = [extract_document(d, RULES) for d in reversed(documents)]
    assert together == alone[::-1]
    for extraction in together:
        for m in extraction.mentions:
            assert extraction.document.text[m.start : m.end] == m.text


def sentences(text: str) -> list[str]:
    doc = TOKENIZER(text)
    return [sentence.text.strip() for sentence in mark_sentences(doc).sents if sentence.text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One is here. Two is there.", ["One is here.", "Two is there."]),
        ("Is it? Yes! Good.", ["Is it?", "Yes!", "Good."]),
        ("It is 0.89 in all. Good.", ["It is 0.89 in all.", "Good."]),
        ("Others, e.g. Smith et al. (2019), did. We too.", ["Others, e.g. Smith et al. (2019), did.", "We too."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
        ("他说“好。”然后走了。", ["他说“好。”", "然后走了。"]),
        ("A title without a stop\n\nThe text begins.", ["A title without a stop", "The text begins."]),
        ("See example.org for it. Good.", ["See example.org for it.", "Good."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected
