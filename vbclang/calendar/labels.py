"""How periods and days are written: `April 2026`, `Q1 2026/27`, `Contract Year 1 (2026/27)`, `1 April 2026`."""

from __future__ import annotations

from datetime import date

from vbclang.calendar.months import add_months, first_of, month_place

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The names of the months, January first."""


def day_label(day: date) -> str:
    """`1 April 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day_label(day: date) -> str:
    """`1 Apr 2026`, for tables."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month_label(start: date) -> str:
    """`April 2026`."""
    return f"{MONTHS[start.month - 1]} {start.year}"


def quarter_label(start: date, year_month: int) -> str:
    """`Q1 2026/27`: the quarter's number in the twelve months from the month ``year_month``; `Q1 2026` where that is January."""
    offset = (start.month - year_month) % 12
    return f"Q{offset // 3 + 1} {years_label(first_of(month_place(start) - offset))}"


def year_label(number: int, start: date, last_day: date, year_month: int) -> str:
    """`Contract Year 1 (2026/27)`; a first year of more than twelve months is written with its days."""
    regular = first_of(month_place(last_day) - (last_day.month - year_month) % 12)
    span = years_label(regular) if start >= regular else f"{day_label(start)} to {day_label(last_day)}"
    return f"Contract Year {number} ({span})"


def years_label(start: date) -> str:
    """`2026/27`: the year that begins in ``start``'s month; `2026` where it is a calendar year."""
    last = add_months(start, 11).year
    return str(start.year) if last == start.year else f"{start.year}/{last % 100:02}"
