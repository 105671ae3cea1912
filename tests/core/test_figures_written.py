"""How messages write figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from vbclang.core.elaborate.conditions import decimal


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Fraction(-1, 2), 1, "-0.5"),
        (Fraction(-3, 2), 1, "-1.5"),
        (Fraction(-7), 0, "-7"),
        (Fraction(1, 20), 2, "0.05"),
        (Fraction(-1, 1000), 1, "0.0"),
    ],
)
def test_with_decimal_places(value: Fraction, decimals: int, written: str) -> None:
    assert decimal(value, decimals) == written
