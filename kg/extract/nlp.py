"""The spaCy pipelines of both languages: one list of components, so that a component is added in one line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import spacy

# Importing a module registers its component with spaCy.
from kg.extract import (  # noqa: F401
    abbreviations,
    chinese,
    combine,
    denied,
    judged_relations,
    judged_roles,
    judged_types,
    learned,
    names,
    relations,
    roles,
    sentences,
    terms,
)
from kg.extract.measurements import component as measurements  # noqa: F401
from kg.extract.relations import afar  # noqa: F401
from kg.extract.tokenizer import create_script_tokenizer  # noqa: F401
from kg.settings import ExtractSettings
from kg.types import Lang

if TYPE_CHECKING:
    from spacy.language import Language

# In the order in which they run, in both languages but for those of ONLY.
COMPONENTS = (
    "paperkg_sentences",
    "paperkg_terms",
    "paperkg_chinese_phrases",
    "paperkg_abbreviations",
    "paperkg_names",
    "paperkg_learned",
    "paperkg_combine",
    "paperkg_learned_types",
    "paperkg_judged_types",
    "paperkg_roles",
    "paperkg_relations",
    "paperkg_learned_links",
    "paperkg_judged_roles",
    "paperkg_pairs",
    "paperkg_learned_pairs",
    "paperkg_afar",
    "paperkg_denied",
    "paperkg_measurements",
)
ONLY: dict[str, Lang] = {"paperkg_chinese_phrases": "zh"}
# Components that the learned model makes needless, or that stand in for ones that ask it.
STAND_INS = frozenset({"paperkg_chinese_phrases", "paperkg_pairs"})
# Chinese mentions and relations are kept at scores so much lower than the settings say: there F1 is best on held-out documents.
EASIER: dict[Lang, float] = {"en": 0.0, "zh": 0.05}
EASIER_RELATIONS: dict[Lang, float] = {"en": 0.0, "zh": 0.03}


@lru_cache(maxsize=8)
def pipeline(lang: Lang, settings: ExtractSettings) -> Language:
    """The pipeline for a language, made once a process."""
    learns = settings.learned and learned.available()
    if learns:
        learned.begin_to_load()
    nlp = spacy.blank(lang, config={"nlp": {"tokenizer": {"@tokenizers": "paperkg.ScriptTokenizer.v1"}}})
    configs: dict[str, dict[str, object]] = {
        "paperkg_terms": {"extra": list(settings.terms)},
        "paperkg_combine": {"min_score": settings.min_mention_score - EASIER[lang]},
        "paperkg_learned_pairs": {"min_score": settings.min_relation_score - EASIER_RELATIONS[lang]},
    }
    for component in COMPONENTS:
        if ONLY.get(component, lang) != lang:
            continue
        if component in STAND_INS if learns else component.startswith("paperkg_learned"):
            continue
        nlp.add_pipe(component, config=configs.get(component, {}))
    return nlp
