"""Which language a text is in, decided the same way on every machine and for texts of any length.

Scripts tell Chinese, Japanese and Korean; the small words of English tell English, at a few microseconds a
text. Only what they leave open (a short English text, a language in Latin or another script) is asked of
py3langid, a trained classifier.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kg.text import WEB_ADDRESS

# Characters of a text that are looked at.
_ENOUGH = 3_000
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTER = re.compile(r"[^\W\d_]")
# What a text holds beside its language: addresses, LaTeX commands, tags, entities.
_MARKUP = re.compile(rf"{WEB_ADDRESS}|\\[A-Za-z]+|</?[A-Za-z][^<>]*>|&[a-z]+;")
# Frequent in English and in no other language that papers are written in.
_SMALL_WORDS = """
    the and with that this these those which from are be been by for our their its we have has can such was
    were into between than while using based however it on to of
"""
_ENGLISH = frozenset(_SMALL_WORDS.split())
# The languages in Latin script that papers are written in; the classifier's others are no better guess.
_LATIN_LANGUAGES = """
    en de fr es it pt nl sv da no fi pl cs sk hu ro ca hr sl lt lv et tr id ms vi la af eu gl sq is ga cy tl sw
"""
# Measured on 3,000 titles of papers and on sentences in 60 languages: an English title is all but never
# below, and a sentence in another language of more than a few words all but never above.
_ENGLISH_ENOUGH = 0.04
_NAMES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language; ``zh`` for either Chinese script; ``und`` if it has no word.

    Chinese that is full of English terms is Chinese; English that quotes a few Chinese words is English.

    >>> detect_language("我们在GLUE上对BERT做fine-tuning"), detect_language("We tune BERT (微调) on GLUE.")
    ('zh', 'en')
    """
    text = _MARKUP.sub(" ", text[:_ENOUGH])
    words = _LATIN.findall(text)
    english = _has_english_words(words)
    if not text.isascii():
        han, kana, hangul = (len(script.findall(text)) for script in (_HAN, _KANA, _HANGUL))
        # A Chinese word has about two characters; in doubt a text is Chinese, unless its grammar is English.
        if kana * 10 > han + kana and 2 * (han + kana) >= len(words):
            return "ja"
        if hangul > han and 2 * hangul >= len(words):
            return "ko"
        if han and (han >= len(words) or (2 * han >= len(words) and not english)):
            return "zh"
        letters = len(_LETTER.findall(text)) - han - kana - hangul
        if letters > 2 * sum(map(len, words)):
            return _classified(text)
    if english:
        return "en"
    return _latin(text) if any(len(word) > 1 for word in words) else "und"


def _has_english_words(words: list[str]) -> bool:
    small = [word for word in map(str.lower, words) if word in _ENGLISH]
    kinds = len(set(small))
    return (kinds > 2 and len(small) * 8 >= len(words)) or (kinds > 1 and len(small) * 4 >= len(words))


def language_name(code: str) -> str:
    """A language's English name where it is a common one, else its code."""
    return _NAMES.get(code, code)


def _latin(text: str) -> str:
    ranked = _classifier(latin=True).rank(text)
    return "en" if dict(ranked)["en"] >= _ENGLISH_ENOUGH else str(ranked[0][0])


def _classified(text: str) -> str:
    return str(_classifier(latin=False).classify(text)[0])


@cache
def _classifier(latin: bool) -> LanguageIdentifier:
    # Loading takes about a second, so it waits until a text needs it.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if latin:
        identifier.set_languages(_LATIN_LANGUAGES.split())
    return identifier
