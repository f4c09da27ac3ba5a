"""Colours as people with other colour vision see them: no two types that share a shape look alike, in light or dark."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from kg.look import TYPES

# Full protanopia, deuteranopia and tritanopia in linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based
# Model for Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009, table of severity 1.0.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
# A difference that is plain between two marks a few pixels wide; 2.3 is just noticeable between large fields.
PLAIN = 15.0


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(colour: str, vision: str) -> np.ndarray:
    """CIE L*a*b* (white D65) of what an eye sees."""
    seen = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    xyz = TO_XYZ @ seen / (TO_XYZ @ np.ones(3))
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, vision: str) -> float:
    """CIE 1976 colour difference."""
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.1."""
    light, dark = sorted((float((TO_XYZ @ linear(c))[1]) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_simulation_is_of_what_it_says():
    # Red and green of equal lightness: plain to the usual eye, near to a deuteranope's.
    assert difference("#A0622D", "#5F7A20", "usual") > 2 * difference("#A0622D", "#5F7A20", "deuteranopia")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_types_of_one_shape_differ_in_colour_to_every_eye(vision, theme):
    near = {
        (a.name, b.name): round(difference(getattr(a, theme), getattr(b, theme), vision), 1)
        for a, b in combinations(TYPES, 2)
        if a.shape == b.shape
    }
    assert near, "there are shapes that several types share"
    assert {pair: d for pair, d in near.items() if d < PLAIN} == {}
