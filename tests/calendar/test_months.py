"""Months by the corresponding date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbclang.calendar.months import add_months, complete_months

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2027, 10, 10), 6, date(2028, 4, 10)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_the_corresponding_date(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_adding_in_two_steps_is_not_adding_the_sum() -> None:
    assert add_months(add_months(date(2026, 1, 31), 1), 1) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 4, 10), date(2028, 4, 10), 24),
        (date(2026, 4, 10), date(2028, 4, 9), 23),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 2, 28), date(2026, 1, 31), -1),
        (date(2026, 5, 5), date(2026, 5, 5), 0),
    ],
)
def test_complete_months(start: date, end: date, months: int) -> None:
    assert complete_months(start, end) == months


@given(DAYS, DAYS, st.integers(-120, 120))
def test_adding_months_keeps_the_order_of_days(a: date, b: date, months: int) -> None:
    low, high = sorted((a, b))
    assert add_months(low, months) <= add_months(high, months)


@given(DAYS, st.integers(-60, 60))
def test_one_more_month_is_later(day: date, months: int) -> None:
    assert add_months(day, months) < add_months(day, months + 1)


@given(DAYS, st.integers(0, 400))
def test_complete_months_count_what_was_added(day: date, months: int) -> None:
    assert complete_months(day, add_months(day, months)) == months
