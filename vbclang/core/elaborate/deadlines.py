"""Deadlines of what is not money: they may count from an event, a notice, a result or a payment."""

from __future__ import annotations

from vbclang.core.elaborate import timing
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.core.provisions import Unit, When
from vbclang.syntax import tree

UNITS: dict[str, Unit] = {"day": "day", "working day": "working day", "week": "week", "month": "month", "year": "year"}
"""The units in which they count."""


def when(w: Workbench, e: tree.Deadline) -> When:
    """A deadline, whatever it counts from."""
    w.passes.deadline(w, e)
    if e.by is not None:
        return When(0, "day", "day", day=e.by.value)
    anchor = e.anchor
    if anchor is None or e.count is None or e.unit not in UNITS:
        raise refuse("C033", "This deadline is counted in days, working days, weeks, months or years after something.", e.span)
    unit = UNITS[e.unit]
    if anchor.what == "period" and anchor.period is not None:
        return When(e.count, unit, "period", timing.grain_of(w, anchor.period, anchor.span))
    day = anchor.day.value if anchor.day is not None else None
    return When(e.count, unit, anchor.what, name=anchor.name.text if anchor.name is not None else None, day=day)
