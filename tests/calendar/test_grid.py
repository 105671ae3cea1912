"""The grid of periods: each day once in each grain, nesting, stubs, labels."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.calendar.grid import Grid
from vbclang.types.kinds import Grain

FRAILTY = Grid(date(2026, 4, 1), date(2031, 4, 1), 4)
SPLIT = (Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.TERM)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    start = draw(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
    end = start + timedelta(days=draw(st.integers(1, 2000)))
    first_year_end = None
    if draw(st.booleans()):
        months = draw(st.integers(1, 24))
        place = start.year * 12 + start.month - 1 + months
        first_year_end = date(place // 12, place % 12 + 1, 1)
    return Grid(start, end, draw(st.integers(1, 12)), first_year_end)


@given(grids(), st.data())
def test_each_day_of_the_term_is_in_exactly_one_period_of_each_grain(grid: Grid, data: st.DataObject) -> None:
    day = data.draw(st.dates(grid.start, grid.end - timedelta(days=1)))
    for grain in Grain:
        holding = [p.index for p in grid.periods(grain) if p.start <= day < p.end]
        assert holding == [grid.index_of(grain, day)]


@given(grids())
def test_periods_follow_one_another_and_their_active_days_make_the_term(grid: Grid) -> None:
    for grain in Grain:
        periods = grid.periods(grain)
        assert all(a.end == b.start for a, b in itertools.pairwise(periods))
        assert sum(grid.active_days(grain, p.index)[0] for p in periods) == (grid.end - grid.start).days
        assert all(0 < grid.active_days(grain, p.index)[0] <= grid.active_days(grain, p.index)[1] for p in periods)


@given(grids())
def test_finer_periods_nest_in_coarser_ones(grid: Grid) -> None:
    for finer, coarser in itertools.pairwise(SPLIT):
        seen: list[int] = []
        for index in range(grid.count(coarser)):
            inside = grid.within(coarser, index, finer)
            assert all(grid.containing(finer, i, coarser) == index for i in inside)
            active = sum(grid.active_days(finer, i)[0] for i in inside)
            assert active == grid.active_days(coarser, index)[0]
            seen.extend(inside)
        assert seen == list(range(grid.count(finer)))


@settings(max_examples=40)
@given(grids(), st.data())
def test_cutting_a_term_in_two_gives_the_whole(grid: Grid, data: st.DataObject) -> None:
    if (grid.end - grid.start).days < 2:
        return
    cut = data.draw(st.dates(grid.start + timedelta(days=1), grid.end - timedelta(days=1)))
    before, after = Grid(grid.start, cut, grid.year_month), Grid(cut, grid.end, grid.year_month)
    whole = Grid(grid.start, grid.end, grid.year_month)
    for grain in (Grain.MONTH, Grain.QUARTER):
        days: dict[date, tuple[int, int]] = {}
        for part in (before, after):
            for p in part.periods(grain):
                active, full = part.active_days(grain, p.index)
                days[p.start] = (days.get(p.start, (0, full))[0] + active, full)
        assert days == {p.start: whole.active_days(grain, p.index) for p in whole.periods(grain)}


@given(grids())
def test_a_label_names_one_period_only(grid: Grid) -> None:
    for grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        labels = [p.label for p in grid.periods(grain)]
        assert len(set(labels)) == len(labels)


def test_a_plain_term_of_five_years() -> None:
    assert [FRAILTY.count(g) for g in Grain] == [60, 20, 5, 1, 1]
    first = FRAILTY.period(Grain.QUARTER, 0)
    assert (first.start, first.end, first.last_day, first.label) == (
        date(2026, 4, 1),
        date(2026, 7, 1),
        date(2026, 6, 30),
        "Q1 2026/27",
    )
    assert FRAILTY.period(Grain.MONTH, 9).label == "January 2027"
    assert FRAILTY.period(Grain.QUARTER, 3).label == "Q4 2026/27"
    assert FRAILTY.period(Grain.YEAR, 4).label == "Contract Year 5 (2030/31)"
    assert FRAILTY.containing(Grain.MONTH, 12, Grain.YEAR) == 1
    assert FRAILTY.within(Grain.YEAR, 1, Grain.QUARTER) == range(4, 8)
    assert FRAILTY.within(Grain.TERM, 0, Grain.MONTH) == range(60)
    assert FRAILTY.index_of(Grain.MONTH, date(2031, 4, 1)) is None
    assert FRAILTY.index_of(Grain.MONTH, date(2026, 3, 31)) is None


def test_years_that_start_in_january_carry_one_number() -> None:
    grid = Grid(date(2024, 1, 1), date(2026, 1, 1), 1)
    assert grid.period(Grain.QUARTER, 5).label == "Q2 2025"
    assert grid.period(Grain.YEAR, 0).label == "Contract Year 1 (2024)"


def test_the_turn_of_the_century_is_written_with_two_digits() -> None:
    assert Grid(date(2099, 4, 1), date(2100, 4, 1), 4).period(Grain.YEAR, 0).label == "Contract Year 1 (2099/00)"


def test_a_short_first_year_is_a_year_of_its_own_and_not_a_part_period() -> None:
    grid = Grid(date(2026, 9, 1), date(2029, 4, 1), 4, date(2027, 4, 1))
    year = grid.period(Grain.YEAR, 0)
    assert (year.start, year.end, year.label) == (date(2026, 9, 1), date(2027, 4, 1), "Contract Year 1 (2026/27)")
    assert grid.active_days(Grain.YEAR, 0) == (212, 212)
    assert grid.period(Grain.YEAR, 1).label == "Contract Year 2 (2027/28)"
    assert grid.period(Grain.QUARTER, 0).label == "Q2 2026/27"
    assert grid.active_days(Grain.QUARTER, 0) == (30, 92)


def test_a_long_first_year_is_written_with_its_days() -> None:
    grid = Grid(date(2026, 10, 1), date(2030, 4, 1), 4, date(2028, 4, 1))
    assert grid.period(Grain.YEAR, 0).label == "Contract Year 1 (1 October 2026 to 31 March 2028)"
    assert grid.within(Grain.YEAR, 0, Grain.QUARTER) == range(6)
    assert grid.count(Grain.YEAR) == 3
    assert grid.period(Grain.YEAR, 1).start == date(2028, 4, 1)


def test_a_first_year_to_the_first_anniversary_moves_the_later_years() -> None:
    grid = Grid(date(2026, 9, 1), date(2029, 9, 1), 4, date(2027, 9, 1))
    assert [p.start for p in grid.periods(Grain.YEAR)] == [date(2026, 9, 1), date(2027, 9, 1), date(2028, 9, 1)]
    assert grid.period(Grain.QUARTER, 0).label == "Q1 2026/27"


def test_a_stub_at_the_end_keeps_its_full_bounds() -> None:
    grid = Grid(date(2026, 4, 1), date(2027, 12, 11), 4)
    last = grid.period(Grain.QUARTER, grid.count(Grain.QUARTER) - 1)
    assert (last.label, last.end) == ("Q3 2027/28", date(2028, 1, 1))
    assert grid.active_days(Grain.QUARTER, last.index) == (71, 92)
    assert grid.active_days(Grain.YEAR, 1) == (254, 366)


@pytest.mark.parametrize(
    ("grain", "number", "year", "place"),
    [
        (Grain.QUARTER, 1, 2026, 0),
        (Grain.QUARTER, 4, 2030, 19),
        (Grain.QUARTER, 1, 2031, None),
        (Grain.QUARTER, 5, 2026, None),
        (Grain.MONTH, 1, 2027, 9),
        (Grain.MONTH, 3, 2026, None),
        (Grain.YEAR, 5, None, 4),
        (Grain.YEAR, 6, None, None),
        (Grain.YEAR, 0, None, None),
        (Grain.YEAR, None, 2027, 1),
        (Grain.TERM, 1, None, None),
    ],
)
def test_a_written_period_is_found(grain: Grain, number: int | None, year: int | None, place: int | None) -> None:
    assert FRAILTY.find(grain, number, year) == place


def test_a_first_year_is_found_by_the_year_in_its_label() -> None:
    short = Grid(date(2027, 1, 1), date(2029, 4, 1), 4, date(2027, 4, 1))
    assert short.find(Grain.YEAR, None, 2026) == 0
    assert short.find(Grain.YEAR, None, 2027) == 1
    long = Grid(date(2027, 1, 1), date(2030, 4, 1), 4, date(2028, 4, 1))
    assert long.find(Grain.YEAR, None, 2027) == 0
    assert long.find(Grain.YEAR, None, 2028) == 1


def test_a_period_outside_the_term_is_refused() -> None:
    with pytest.raises(IndexError):
        FRAILTY.period(Grain.QUARTER, 20)


def test_periods_before_the_term_have_places_below_nothing() -> None:
    assert FRAILTY.period(Grain.QUARTER, -1).label == "Q4 2025/26"
    assert FRAILTY.period(Grain.MONTH, -2).label == "February 2026"
    assert FRAILTY.period(Grain.YEAR, -1).label == "2025/26"
    assert FRAILTY.within(Grain.YEAR, -1, Grain.QUARTER) == range(-4, 0)
    assert FRAILTY.containing(Grain.MONTH, -4, Grain.QUARTER) == -2
    assert FRAILTY.find(Grain.QUARTER, 4, 2025) is None
    assert FRAILTY.find(Grain.QUARTER, 4, 2025, before=1) == -1


def test_history_begins_with_a_period_and_ends_where_the_term_begins() -> None:
    assert FRAILTY.periods_from(Grain.QUARTER, date(2025, 4, 1)) == 4
    assert FRAILTY.periods_from(Grain.YEAR, date(2024, 4, 1)) == 2
    assert FRAILTY.periods_from(Grain.QUARTER, date(2025, 5, 1)) is None
    assert FRAILTY.periods_from(Grain.YEAR, date(2025, 1, 1)) is None
    mid_quarter = Grid(date(2026, 5, 1), date(2028, 4, 1), 4)
    assert mid_quarter.periods_from(Grain.QUARTER, date(2026, 1, 1)) is None
    assert mid_quarter.periods_from(Grain.MONTH, date(2026, 1, 1)) == 4
    assert mid_quarter.periods_from(Grain.YEAR, date(2025, 4, 1)) is None


@pytest.mark.parametrize("first_year_end", [date(2027, 4, 2), date(2026, 1, 1)])
def test_a_first_year_that_cannot_be_is_refused(first_year_end: date) -> None:
    with pytest.raises(ValueError, match="Contract Year 1"):
        Grid(date(2026, 4, 1), date(2031, 4, 1), 4, first_year_end)


def test_an_empty_term_is_refused() -> None:
    with pytest.raises(ValueError, match="term"):
        Grid(date(2026, 4, 1), date(2026, 4, 1), 4)
