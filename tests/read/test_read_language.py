"""Which language a text is in: whole abstracts, titles, mixtures, and languages that are neither of ours."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from reading_files import CHINESE, ENGLISH, TRADITIONAL

from kg.read import detect_language


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Deep learning for brain MRI segmentation",
        "Attention is all you need",
        "Neural Fourier Filter Bank",
        "WE PROPOSE A NEW METHOD FOR TRAINING LARGE MODELS.",
        "We fine-tune BERT (微调) on 中文维基百科 and report the accuracy on three Chinese benchmarks.",
        "Martin Takáč and Samuel Horváth prove a bound of $\\mathcal{O}(\\sqrt{n})$ for Schrödinger bridges.",
        "Results: α = 0.05, β = 0.1, γ ≤ δ; the effect of λ on ρ was small and the rest is noise.",
        "<jats:p>The role of <i>Escherichia coli</i> in <b>sepsis</b>.</jats:p>",
        "The code is at https://github.com/bigscience-workshop/biomedical",
    ],
)
def test_english(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        TRADITIONAL,
        "模型",
        "使用Transformer、LSTM、GRU和BERT模型",
        "我们在GLUE、SuperGLUE和MMLU上评估了LLaMA-2、GPT-4和PaLM,并用RLHF做了fine-tuning,F1为0.89 (SD 0.04)。",
        "本文提出 Federated Learning with Personalized Generative Models 方法",
        "基於Transformer的語言模型:從BERT到GPT",
        "https://example.org/data获取的街景图像",
        "日本の(NTCIR)数据集上的跨语言信息检索评测研究与分析方法,以及其在多语言环境中的应用。",
    ],
)
def test_chinese_in_either_script_and_full_of_english_terms(text: str) -> None:
    assert detect_language(text) == "zh"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir stellen ein neues Sprachmodell vor, das auf einem großen Korpus trainiert wurde."),
        ("fr", "Nous présentons un modèle de langue entraîné sur un grand corpus de textes."),
        ("es", "Presentamos un modelo de lenguaje entrenado con un gran corpus de textos."),
        ("pt", "Apresentamos um modelo de linguagem treinado com um grande corpus de textos."),
        ("it", "Presentiamo un modello linguistico addestrato su un grande corpus di testi."),
        ("nl", "Wij presenteren een taalmodel dat is getraind op een groot corpus van teksten."),
        ("ru", "Мы представляем языковую модель BLOOM, обученную на большом корпусе текстов."),
        ("ja", "本研究では、大規模なコーパスで学習した言語モデルBLOOMを提案する。"),
        ("ko", "우리는 대규모 말뭉치로 학습한 언어 모델 BLOOM을 제안한다."),
        ("ar", "نقدم نموذجا لغويا كبيرا تم تدريبه على مجموعة كبيرة من النصوص."),
        ("und", ""),
        ("und", "12.5 % ± 3 (p < 0.05)"),
    ],
)
def test_other_languages(language: str, text: str) -> None:
    assert detect_language(text) == language


OTHERS = (
    "ar bg ca cs da de el es fa fi fr he hi hr hu id it ja ko lt nl pl pt ro ru sk sl sv tr uk vi".split()
)


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_of_other_languages_are_neither_english_nor_chinese(language: str) -> None:
    sentences: list[str] = importlib.import_module(f"spacy.lang.{language}.examples").sentences
    wrong = [text for text in sentences if len(text.split()) > 4 and detect_language(text) in {"en", "zh"}]
    assert not wrong


@given(st.text(max_size=60))
@hypothesis_settings(max_examples=100, deadline=None)
def test_any_text_has_a_language_and_always_the_same(text: str) -> None:
    assert detect_language(text) == detect_language(text) != ""


@given(st.text(alphabet="0123456789 .,;:()%<>=\n", max_size=30))
@hypothesis_settings(max_examples=50, deadline=None)
def test_numbers_and_signs_do_not_change_the_language(noise: str) -> None:
    assert detect_language(noise + CHINESE + noise) == "zh"
    assert detect_language(f"{noise} {ENGLISH} {noise}") == "en"
