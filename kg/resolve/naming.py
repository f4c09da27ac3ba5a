"""How an entity is called: its labels in each language, and the readable end of its IRI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.iri import slug
from kg.terminology import Concept
from kg.text import fold, has_cjk, label_lang
from kg.types import Label, LabelLang

# A word that the end of a printed line broke: "sta- bility".
_BROKEN = re.compile(r"[a-z]- [a-z]")
_LANGS: tuple[LabelLang, ...] = ("en", "zh-Hans")


def labels(surfaces: Counter[str], short: Iterable[str], concept: Concept | None) -> tuple[Label, ...]:
    """All names, one preferred a language.

    A concept's own preferred names win; else the name used most, a long form before its short form.
    """
    short_names = frozenset(short)
    result: dict[tuple[str, LabelLang], Label] = {}
    if concept is not None:
        for label in concept.labels:
            # What is ambiguous names nothing by itself; the concept is called by its preferred names all the same.
            if label.kind == "pref" or label.text not in concept.ambiguous:
                result.setdefault((label.text, label.lang), label)
    hidden = {text for (text, _), label in result.items() if label.kind == "hidden"}
    used = [text for text in _spellings(surfaces) if text not in hidden]
    for lang in _LANGS:
        names = [text for text in used if label_lang(text) == lang]
        preferred = next(
            (label.text for label in result.values() if label.kind == "pref" and label.lang == lang), None
        )
        if preferred is None and names:
            preferred = min(
                names,
                key=lambda text: (
                    fold(text) in short_names,
                    bool(_BROKEN.search(text)),
                    -surfaces[text],
                    len(text),
                    text,
                ),
            )
            result[preferred, lang] = Label(preferred, lang, "pref")
        for text in names:
            result.setdefault((text, lang), Label(text, lang, "hidden" if _BROKEN.search(text) else "alt"))
    return tuple(
        sorted(
            result.values(),
            key=lambda label: (label.lang, ("pref", "alt", "hidden").index(label.kind), label.text),
        )
    )


def _spellings(surfaces: Counter[str]) -> list[str]:
    """The spellings worth keeping: a capital at a sentence's start is no spelling of its own."""
    kept = []
    for text in sorted(surfaces):
        lowered = text[:1].lower() + text[1:]
        starts_capital = (
            text[:1].isupper()
            and text[1:] == text[1:].lower()
            and (" " in text or "-" in text or len(text) > 4)
        )
        if starts_capital and not has_cjk(text) and lowered in surfaces:
            surfaces[lowered] += surfaces[text]
            continue
        kept.append(text)
    return kept


def key(kind: str, names: tuple[Label, ...], concept: Concept | None) -> str:
    """The IRI below the base: class and name.

    That of the terminology where it has one, which no further paper changes; else the preferred English name, or the Chinese one where
    there is no other.
    """
    if concept is not None:
        return f"{kind.lower()}/{slug(concept.name)}"
    preferred = {label.lang: label.text for label in names if label.kind == "pref"}
    return f"{kind.lower()}/{slug(preferred.get('en') or preferred.get('zh-Hans') or names[0].text)}"
