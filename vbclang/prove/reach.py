"""Limits that limit nothing, as the clause can come to less at most, and those that always cut, as it comes to more at least (C023)."""

from __future__ import annotations

from collections.abc import Iterator
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
    return tuple(finding for limit in asked if (finding := _never(bounds, flow, limit) or _always(bounds, flow, limit)) is not None)


def _never(bounds: Bounds, flow: Flow, limit: Limit) -> Diagnostic | None:
    most = _most(bounds, flow, limit)
    if most is None:
        return None
    currency = bounds.program.currency
    why = (
        f"This limit of {money(most[1], currency)} cannot be reached: the most that stands under it is {money(most[0], currency)}. "
        "Is another limit meant, or another period?"
    )
    return Diagnostic("C023", why, limit.span)


def _always(bounds: Bounds, flow: Flow, limit: Limit) -> Diagnostic | None:
    """Of a limit that is below each single amount, whatever the result."""
    amounts, caps = list[Fraction](), list[Fraction]()
    for period in range(1 if flow.grain >= Grain.TERM else bounds.count(flow.grain)):
        amount, cap = bounds.flows.before_each(flow, limit, period)
        if not amount.there or amount.least is None or cap.most is None or amount.least <= cap.most:
            return None
        amounts.append(amount.least)
        caps.append(cap.most)
    currency = bounds.program.currency
    why = (
        f"This limit of {money(max(caps), currency)} always cuts: each amount under it is {money(min(amounts), currency)} at least. "
        "Is another limit meant, or another period?"
    )
    return Diagnostic("C023", why, limit.span)


def _windows(bounds: Bounds, flow: Flow, limit: Limit) -> Iterator[tuple[Grain, int]]:
    window = max(limit.window or flow.grain, flow.grain)
    yield from ((window, period) for period in range(1 if window >= Grain.TERM else bounds.count(window)))


def _most(bounds: Bounds, flow: Flow, limit: Limit) -> tuple[Fraction, Fraction] | None:
    """The most that stands under the limit in any window, and the least that the limit is; None where it can be reached."""
    most, least = Fraction(0), None
    for window, period in _windows(bounds, flow, limit):
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
