"""Figures in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from vbclang.settle.words import figure, percent
from vbclang.types.kinds import POINTS


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0.871", "87.1%"),
        ("-0.022", "-2.2%"),
        ("-0.9", "-90%"),
        ("0", "0%"),
        ("1/3", "about 33.33%"),
        ("-2/3", "about -66.67%"),
    ],
)
def test_percentages(share: str, said: str) -> None:
    assert percent(Fraction(share)) == said


def test_points_are_no_percentage() -> None:
    assert figure(Fraction("-0.022"), POINTS) == "-2.2 percentage points"
    assert figure(Fraction("0.01"), POINTS) == "1 percentage point"
