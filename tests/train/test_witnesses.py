"""How the witnesses of a relation are weighed: what is logged is of documents that fitted none of the weights."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="training needs the extra paperkg[train]")

from kg.train.witnesses import PARTS, cross_validated, fit


def document(name: str, says: tuple[float, ...]) -> list[tuple[frozenset[str], tuple[float, ...], bool]]:
    """Two pairs of things: of the first a witness is sure, of the second it is not; ``says`` are its log-odds."""
    return [(frozenset((name, str(n))), (odds, 0.0, 0.0, 0.0), n == 0) for n, odds in enumerate(says)]


def test_a_document_is_scored_by_weights_fitted_on_others():
    """In one part the witness is always wrong: fitted on others, it is believed there all the same."""
    table = [document(f"d{n}", (-3.0, 3.0) if n % PARTS == 0 else (3.0, -3.0)) for n in range(4 * PARTS)]
    scored = cross_validated(table)
    assert len(scored) == 2 * len(table)
    misled, others = scored[:8], scored[8:]  # the parts come one after another
    assert all((score > 0.9) != right for score, right in misled)
    assert all((score > 0.5) == right for score, right in others)


def test_of_two_things_the_surest_relation_is_counted():
    pair = frozenset("ab")
    table = [[(pair, (3.0, 0.0, 0.0, 0.0), True), (pair, (-3.0, 0.0, 0.0, 0.0), False)] for _ in range(10)]
    assert [right for _, right in cross_validated(table)] == [True] * 10


def test_a_witness_that_is_right_counts_for_a_relation():
    model = fit([document(f"d{n}", (3.0, -3.0)) for n in range(10)])
    assert model.coef_[0][0] > 0
