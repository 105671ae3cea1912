"""Limits that nothing can reach: what the clause can come to at most lies below them, so they limit nothing (C23)."""

from __future__ import annotations

from fractions import Fraction

from vbclang.core.program import Flow, Limit, Program
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.lint.said import money
from vbclang.source import Diagnostic, Diagnostics
from vbclang.types.kinds import Grain


def out_of_reach(program: Program, key: str) -> Diagnostics:
    """Warnings, one for each such limit of a clause. Shared limits, and those that carry forward, are not asked."""
    flow, bounds = program.flows[key], Bounds(program)
    asked = () if any(each.carried for each in flow.limits) else (limit for limit in flow.limits if not limit.together)
    found = ((limit, _most(bounds, flow, limit)) for limit in asked)
    return tuple(_said(program, limit, *most) for limit, most in found if most is not None)


def _most(bounds: Bounds, flow: Flow, limit: Limit) -> tuple[Fraction, Fraction] | None:
    """The most that stands under the limit in any window, and the least that the limit is; None where it can be reached."""
    window = max(limit.window or flow.grain, flow.grain)
    most, least = Fraction(0), None
    for period in range(1 if window >= Grain.TERM else bounds.count(window)):
        before, cap = bounds.flows.before(flow, limit, window, period)
        size = _size(before)
        if size is None or cap.least is None or size >= cap.least:
            return None
        most, least = max(most, size), cap.least if least is None else min(least, cap.least)
    return None if least is None else (most, least)


def _size(total: Range) -> Fraction | None:
    """How far from nothing it can be."""
    if not total.there:
        return Fraction(0)
    return None if total.least is None or total.most is None else max(abs(total.least), abs(total.most))


def _said(program: Program, limit: Limit, most: Fraction, least: Fraction) -> Diagnostic:
    currency = program.currency
    why = (
        f"This limit of {money(least, currency)} cannot be reached: the most that stands under it is {money(most, currency)}. "
        "Is another limit meant, or another period?"
    )
    return Diagnostic("C023", why, limit.span)
