"""Deadlines that count from an event, a notice, a result or a payment: of what is not money, and of money that is passed on."""

from __future__ import annotations

from vbclang.core.elaborate import named, timing
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.core.provisions import Unit, When
from vbclang.source import Span
from vbclang.syntax import tree
from vbclang.types.kinds import Grain

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


def after_payment(w: Workbench, c: tree.Clause, e: tree.Deadline) -> When:
    """When a clause's money is due that counts from the payment of another clause, for the same period and the same members."""
    counted = when(w, e)
    name = None if e.anchor is None else e.anchor.name
    assert name is not None
    other, span = named.clause(w, name), name.span
    if not any(isinstance(line, tree.FlowHead) for line in other.lines):
        raise refuse("N007", f"Clause `{other.name.text}` moves no money, so it is never paid.", span)
    (grain, axes), (own, own_axes) = (w.passes.flow_shape(w, each) for each in (other, c))
    if grain != own:
        why = f"Clause `{name.text}` is paid {_often(grain)}, and `{c.name.text}` {_often(own)}: after which of its payments is this due?"
        raise refuse("C033", f"{why} Pay both for the same periods.", span)
    for axis in sorted(axes - own_axes):
        why = f"Clause `{name.text}` pays an amount for each {axis}, and `{c.name.text}` does not: after which of them is this due?"
        raise refuse("C033", why, span)
    _no_circle(w, c, other, span)
    return counted


def _often(grain: Grain) -> str:
    return "once" if grain >= Grain.TERM else f"each {grain.words}"


def _no_circle(w: Workbench, c: tree.Clause, other: tree.Clause, span: Span) -> None:
    """Clauses of which each waits for the payment of the next would wait for ever."""
    seen: list[str] = []
    while other.name.text not in seen and other is not c:
        seen.append(other.name.text)
        anchors = [line.deadline.anchor for line in other.lines if isinstance(line, tree.DueLine) and line.deadline.anchor is not None]
        name = next((anchor.name for anchor in anchors if anchor.what == "clause paid" and anchor.name is not None), None)
        if name is None:
            return
        other = named.clause(w, name)
    if other is c:
        why = f"Clause `{c.name.text}` would be due only after it has itself been paid. Which of these clauses is paid first, and by when?"
        raise refuse("C033", why, span)
