"""Conditions on dates: before and after a day, and how far from it."""

from __future__ import annotations

from typing import Literal

from vbclang.core import nodes as n
from vbclang.core.elaborate.comparing import compared
from vbclang.core.elaborate.operands import both
from vbclang.core.elaborate.workbench import Place, Workbench, joined, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import DATE, YES_NO


def on_day(w: Workbench, c: tree.OnDay, place: Place) -> Cond:
    """``D is on or before D`` and the other relations of two days."""
    figure, day = both(w, c.figure, c.day, place)
    if figure.type.kind != DATE:
        raise refuse("T002", f"A date is wanted here, but this is {algebra.words(figure.type.kind)}.", c.figure.span)
    type_ = joined(YES_NO, figure, day)
    match c.relation:
        case "on":
            return n.Compare(type_, c.span, "==", figure, day)
        case "on or before":
            return n.Compare(type_, c.span, "<=", figure, day)
        case "on or after":
            return n.Compare(type_, c.span, "<=", day, figure)
        case "before":
            return n.Compare(type_, c.span, "<", figure, day)
        case "after":
            return n.Compare(type_, c.span, "<", day, figure)


_SPANS: dict[str, tuple[int, Literal["day", "month"]]] = {
    "day": (1, "day"),
    "week": (7, "day"),
    "month": (1, "month"),
    "year": (12, "month"),
}
"""How far two dates may be apart. Working days are counted for deadlines alone."""


def apart(c: tree.Apart, figure: Expr, base: Expr) -> Cond:
    """``D is at most 12 months after D``: on that day or later, and no later than 12 months on; ``at least 12 months after``: the
    corresponding date or later.
    """
    written = c.distance
    if not isinstance(written, tree.Quantity) or written.unit not in _SPANS or written.value.denominator != 1:
        why = "How far one date is from another is said in whole days, weeks, months or years."
        raise refuse("T002", why, c.distance.span, Reading("for example", "30 days", c.distance.span))
    step, unit = _SPANS[written.unit]
    later = c.way in ("after", "above")
    count = int(written.value) * (step if later else -step)
    edge = n.DateMoved(base.type, c.base.span, base, count, unit)
    beyond = compared(figure, c.side if later else _TURNED[c.side], edge, c.span)
    if c.side in ("at least", "more than"):
        return beyond
    first, last = (base, figure) if later else (figure, base)
    return n.AndCond(joined(YES_NO, beyond), c.span, (compared(first, "at most", last, c.span), beyond))


_TURNED: dict[tree.Side, tree.Side] = {"at most": "at least", "less than": "more than", "at least": "at most", "more than": "less than"}
