"""evaluate: extraction against gold annotation: entities, types, roles, relations and measurements, each with its interval.

Gold and predictions are JSON Lines, matched by ``id``. A prediction is a line of ``kg extract``. Gold has, besides ``id``:

    entities      [{"key", "type", "role", "forms": [...]}]   every surface form of one thing in this document
    mentions      [{"start", "end", "type", "entity"}]
    relations     [{"subject", "predicate", "object", "polarity"}]   between entity keys
    measurements  [{"value", "unit", ...}]

Scores are micro averages over documents; intervals are 95 % bootstrap intervals over documents, with a fixed seed.
"""

from kg.evaluate.report import Report, Row, evaluate
from kg.evaluate.score import Counts, score_document

__all__ = ["Counts", "Report", "Row", "evaluate", "score_document"]
