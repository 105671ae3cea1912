"""When something comes of a provision, and by when something is due."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from vbclang.calendar.grid import Period
from vbclang.types.kinds import Grain


@frozen
class Occasion:
    """A condition has come to hold in a period, and since ``day`` it is known."""

    day: date
    label: str
    period: Period | None = None


@frozen
class DueDay:
    """Something is due by ``day``, counted from ``start``, on an occasion, ``of``, and for the period ``about`` (None: for none)."""

    start: date
    day: date
    of: Occasion | None = None
    about: tuple[Grain, int] | None = None


def of_period(period: Period | None) -> tuple[Grain, int] | None:
    return None if period is None else (period.grain, period.index)
