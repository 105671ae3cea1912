"""Deadlines: when something is due (SEMANTICS 1.6, 1.7)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen


@frozen
class Deadline:
    """``count`` ``unit``s after the anchor, or the fixed day ``by``. ``anchor`` ``period`` is the last day of the period meant."""

    count: int = 0
    unit: Literal["day", "working day", "week", "month", "year"] = "day"
    anchor: Literal["period", "day"] = "period"
    day: date | None = None
