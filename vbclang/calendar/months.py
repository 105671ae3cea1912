"""Adding and counting months by the corresponding-date rule (the semantics, 1.6). A month never becomes a number of days."""

from __future__ import annotations

from datetime import date, timedelta


def month_place(day: date) -> int:
    """The place of the day's month in an endless row of months: one more for each month."""
    return day.year * 12 + day.month - 1


def first_of(place: int) -> date:
    """The first day of the month at ``place`` (see `month_place`)."""
    return date(place // 12, place % 12 + 1, 1)


def last_of(place: int) -> date:
    """The last day of that month."""
    return date.max if place == month_place(date.max) else first_of(place + 1) - timedelta(days=1)


def add_months(day: date, count: int) -> date:
    """The same day number ``count`` months later (earlier where negative), or the last day of that month if it has no such day.

    Adding twice is not adding the sum (31 January + 1 + 1 month is 28 March, + 2 months is 31 March): dates of a series are always
    ``add_months(anchor, k)``.
    """
    place = month_place(day) + count
    return first_of(place).replace(day=min(day.day, last_of(place).day))


def complete_months(start: date, end: date) -> int:
    """How many whole months have run from ``start`` when ``end`` has come: the largest k with ``add_months(start, k) <= end``.

    Below 0 where ``end`` comes first: then the count of the months from ``end`` to ``start``, with a minus.
    """
    if end < start:
        return -complete_months(end, start)
    whole = month_place(end) - month_place(start)
    return whole if add_months(start, whole) <= end else whole - 1
