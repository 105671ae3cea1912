"""A period is asked for as data write it, and as statements do."""

from __future__ import annotations

from datetime import date

import pytest

from vbclang.calendar.grid import Grid
from vbclang.settle.select import find_period

GRID = Grid(date(2026, 4, 1), date(2028, 4, 1), 4)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2026-06", "June 2026"),
        ("june 2026", "June 2026"),
        ("Q1  2026/27", "Q1 2026/27"),
        ("Contract Year 1", "Contract Year 1 (2026/27)"),
        ("Contract Year 1 (2026/27)", "Contract Year 1 (2026/27)"),
        ("2026/27", "Contract Year 1 (2026/27)"),
    ],
)
def test_a_period_by_each_of_its_names(written: str, label: str) -> None:
    found = find_period(GRID, written)
    assert found is not None
    assert found.label == label


def test_a_month_before_the_term_is_none_of_it() -> None:
    assert find_period(GRID, "2026-03") is None
