"""How sure a mention must be, by language. Chinese has fewer witnesses that could agree, so less is asked; both were set on held-out
documents, where F1 is best."""

from __future__ import annotations

from kg.types import Lang

#: Below this a proposal of the learned model costs more than it brings.
PROPOSED: dict[Lang, float] = {"en": 0.55, "zh": 0.4}
#: So much less than the settings' ``min_mention_score`` keeps a mention.
EASIER: dict[Lang, float] = {"en": 0.0, "zh": 0.1}
