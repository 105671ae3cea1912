"""Deadlines: when something is due (the semantics, 1.6 and 1.7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, assert_never

from attrs import frozen

from vbclang.calendar.months import add_months
from vbclang.calendar.working_days import WorkingDays


@frozen
class Deadline:
    """``count`` ``unit``s after the anchor. ``anchor`` ``period`` is the last day of the period meant, ``day`` the stated ``day``.

    `by 30 June 2027` is 0 days after that day.
    """

    count: int = 0
    unit: Literal["day", "working day", "week", "month", "year"] = "day"
    anchor: Literal["period", "day"] = "period"
    day: date | None = None


def due_day(deadline: Deadline, last_day: date | None, working_days: WorkingDays | None) -> date:
    """The day at the end of which it is due.

    ``last_day``: the last day of the period from which it counts (`Period.last_day`, not the day after it); None where the deadline
    has a day of its own. The anchor's day is not counted. Months and years run to the corresponding date, without a roll to a
    working day. ``ValueError`` where the deadline wants a period, or working days, that are not given.
    """
    anchor = deadline.day if deadline.anchor == "day" else last_day
    if anchor is None:
        raise ValueError("this deadline has nothing to count from")
    match deadline.unit:
        case "day":
            return anchor + timedelta(days=deadline.count)
        case "week":
            return anchor + timedelta(weeks=deadline.count)
        case "month":
            return add_months(anchor, deadline.count)
        case "year":
            return add_months(anchor, 12 * deadline.count)
        case "working day":
            if working_days is None:
                raise ValueError("this deadline counts working days, and no place is given for them")
            return working_days.add(anchor, deadline.count)
        case _:
            assert_never(deadline.unit)
