"""Figures in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from vbclang.settle.words import apart, figure, percent, rounded
from vbclang.types.kinds import DATE, NUMBER, POINTS, SHARE, Kind, Quantity, money


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


@pytest.mark.parametrize(
    ("value", "to", "kind", "unit", "said"),
    [
        ("5/6", "0.833", SHARE, "0.001", "about 83.33%, rounded to 83.3%"),
        ("0.871", "0.871", SHARE, "0.001", "87.1%"),
        ("0.8495", "0.85", SHARE, "0.001", "84.95%, rounded to 85%"),
        ("0.84949999", "0.849", SHARE, "0.001", "84.949999%, rounded to 84.9%"),
        ("0.600000001", "0.601", SHARE, "0.001", "60.0000001%, rounded to 60.1%"),
        ("541/9", "60.1", Quantity(per=1000), "0.1", "about 60.11, rounded to 60.1"),
        ("-2/3", "-0.7", NUMBER, "0.1", "about -0.67, rounded to -0.7"),
        ("100/3", "33.33", money("GBP"), "0.01", "about £33.333, rounded to £33.33"),
    ],
)
def test_a_figure_before_and_after_it_is_rounded(value: str, to: str, kind: Kind, unit: str, said: str) -> None:
    """So many places that it can be seen which way it goes."""
    assert rounded(Fraction(value), Fraction(to), kind, Fraction(unit)) == said


def test_days_are_written_as_days() -> None:
    first, later = (Fraction(date(2026, 4, day).toordinal()) for day in (1, 4))
    assert figure(first, DATE) == "1 April 2026"
    assert apart(first - later, DATE) == "3 days"


def test_percentages_are_apart_by_percentage_points() -> None:
    assert apart(Fraction("-0.01"), SHARE) == "1 percentage point"
    assert apart(Fraction("0.008"), SHARE) == "0.8 percentage points"
