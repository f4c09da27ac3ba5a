"""An extraction as the JSON object that ``kg extract`` writes on a line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.types import Extraction


def extraction_record(extraction: Extraction) -> dict[str, Any]:
    """An extraction as ``kg extract`` writes it."""
    roles = {role.mention: role.predicate for role in extraction.roles}
    return {
        "id": extraction.document.id,
        "lang": extraction.document.lang,
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "type": m.type,
                "score": m.score,
                "role": roles.get(index, "mentions"),
            }
            for index, m in enumerate(extraction.mentions)
        ],
        "relations": [
            {
                "subject": r.subject,
                "predicate": r.predicate,
                "object": r.object,
                "score": r.score,
                "polarity": r.polarity,
            }
            for r in extraction.relations
        ],
        "measurements": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "value": json_number(m.value),
                "unit": m.unit,
                "of": m.of,
                "metric": m.metric,
                "uncertainty": None if m.uncertainty is None else json_number(m.uncertainty),
            }
            for m in extraction.measurements
        ],
    }


def json_number(value: Decimal) -> int | float | str:
    """A number that means the same to whoever reads it as a double, as most readers of JSON do; else its digits."""
    # Beyond this a double no longer tells one whole number from the next.
    if value == value.to_integral_value() and abs(value) <= 2**53:
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"
