"""Working days and deadlines, on the dates that the clause catalogue gives."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.calendar.deadlines import Deadline, due_day
from vbclang.calendar.working_days import PLACES, Holiday, UnknownPlace, WorkingDays, working_days_in

ENGLAND = WorkingDays("England")


@pytest.mark.parametrize(
    ("anchor", "count", "due"),
    [
        (date(2026, 7, 15), 10, date(2026, 7, 29)),  # A2: paid within 10 working days after receipt
        (date(2026, 7, 20), 5, date(2026, 7, 27)),  # A24: notice
        (date(2026, 7, 27), 10, date(2026, 8, 10)),  # A24: meeting, the notice given on its last day
        (date(2026, 7, 22), 10, date(2026, 8, 5)),  # A24: meeting, an early notice
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Good Friday and Easter Monday
        (date(2026, 6, 30), 20, date(2026, 7, 28)),
        (date(2026, 6, 30), 40, date(2026, 8, 25)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
    ],
)
def test_working_days_in_england(anchor: date, count: int, due: date) -> None:
    assert due_day(Deadline(count, "working day"), anchor, ENGLAND) == due


def test_holidays_are_those_of_the_place() -> None:
    second_of_january = date(2026, 1, 2)
    assert ENGLAND.is_working(second_of_january)
    assert not WorkingDays("Scotland").is_working(second_of_january)
    assert not WorkingDays("Northern Ireland").is_working(date(2026, 3, 17))
    assert not WorkingDays("United States").is_working(date(2026, 11, 26))
    assert not WorkingDays("Germany").is_working(date(2025, 10, 3))
    assert not WorkingDays("France").is_working(date(2026, 7, 14))


def test_one_off_holidays_of_england_are_known() -> None:
    assert not ENGLAND.is_working(date(2022, 9, 19))
    assert not ENGLAND.is_working(date(2023, 5, 8))


def test_the_holidays_used_are_listed_without_weekends() -> None:
    used = ENGLAND.dates_used(date(2026, 4, 1), date(2026, 5, 5))
    assert [h.day for h in used] == [date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)]
    assert used[0] == Holiday(date(2026, 4, 3), "Good Friday")


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_the_table_is_known_to_the_calendar(place: str) -> None:
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    working = sum(WorkingDays(place).is_working(day) for day in year)
    assert 245 <= working <= 256


@settings(max_examples=50)
@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 80))
def test_the_nth_working_day_is_the_nth(day: date, count: int) -> None:
    due = ENGLAND.add(day, count)
    assert ENGLAND.is_working(due)
    assert ENGLAND.between(day, due) == count


def test_other_units_run_to_the_corresponding_date() -> None:
    end = date(2026, 6, 30)
    assert due_day(Deadline(28, "day"), end, None) == date(2026, 7, 28)
    assert due_day(Deadline(4, "week"), end, None) == date(2026, 7, 28)
    assert due_day(Deadline(8, "month"), end, None) == date(2027, 2, 28)
    assert due_day(Deadline(1, "year", "day", date(2024, 2, 29)), None, None) == date(2025, 2, 28)
    assert due_day(Deadline(0, "day", "day", date(2027, 6, 30)), end, None) == date(2027, 6, 30)


def test_a_deadline_that_lacks_its_anchor_or_place_is_refused() -> None:
    with pytest.raises(ValueError, match="count from"):
        due_day(Deadline(3), None, ENGLAND)
    with pytest.raises(ValueError, match="no place"):
        due_day(Deadline(3, "working day"), date(2026, 6, 30), None)


def test_a_place_is_found_as_it_is_written() -> None:
    assert working_days_in("the  united states") == WorkingDays("United States")
    assert working_days_in("England") == ENGLAND


def test_an_unknown_place_is_answered_with_the_known_ones() -> None:
    answer = working_days_in("Englnd")
    assert isinstance(answer, UnknownPlace)
    assert answer.message.startswith(
        "The public holidays of Englnd are not known here. Did you mean `working days in England`? "
        "Places that may stand here: England, Wales, Scotland, Northern Ireland, Ireland, United States, "
    )
    unheard_of = working_days_in("Atlantis")
    assert isinstance(unheard_of, UnknownPlace)
    assert unheard_of.nearest is None


def test_the_calendar_of_holidays_is_not_imported_before_it_is_used() -> None:
    program = "import sys, vbclang.calendar.deadlines, vbclang.calendar.grid; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
