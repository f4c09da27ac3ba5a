"""How the witnesses of a mention are weighed: what is logged is of documents that fitted none of the weights."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="training needs the extra paperkg[train]")

import numpy as np

from kg.train.mentions import PARTS, cross_validated, standing


def test_a_document_is_scored_by_weights_fitted_on_others():
    """In one part the witness is always wrong: fitted on others, it is believed there all the same."""
    sure, unsure = np.array([[3.0], [-3.0]])
    table = [
        ([(0, 1), (2, 3)], np.array([unsure, sure] if n % PARTS == 0 else [sure, unsure]), [True, False])
        for n in range(4 * PARTS)
    ]
    scores = cross_validated(table)
    for n, chance in enumerate(scores):
        assert (chance[0] > chance[1]) == (n % PARTS != 0)


def test_of_spans_that_cross_the_probable_one_is_counted():
    spans = [(0, 4), (2, 8), (9, 12), (13, 14)]
    assert standing(spans, [True, False, False, True], np.array([0.9, 0.6, 0.5, 0.1]), 0.4) == [True, False]
