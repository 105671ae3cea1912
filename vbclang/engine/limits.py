"""Limits: a running total that is held within bounds, window by window (the semantics, 4.2).

Of the amounts x1, x2, ... of one window, in period order and then in the order of the members that stand under one limit together,
the totals so far are held within the limit, and each amount becomes what its total adds to the one before. A missing amount counts 0
and stays missing; after one of which no rule speaks (in no band) nothing of its window is determined. Narrow windows
come first, limits for each member before limits over members. Limits are rounded down to the penny.

Where the excess is carried forward there is one row of totals for the whole term, and each window holds it within its limit from where
the window before it ended: what was held back is paid as soon as there is room.

Under a limit that several flows share they take their turn in each period as they are named, or are cut in proportion (`proportion`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from vbclang.core.program import Flow, Limit
from vbclang.engine.clock import Clock, Frame
from vbclang.engine.column import Column, along_periods, at_member, at_periods
from vbclang.engine.domain import C, N
from vbclang.engine.proportion import in_proportion
from vbclang.engine.reading import Reader, meet, minus, plus
from vbclang.engine.totals import clamped, counted, left, most, so_far

Beside: TypeAlias = Callable[[str, Frame], Column[N]]
"""The amounts of another flow before the limits that it shares."""


def limited(
    reader: Reader[N, C], flow: Flow, limits: Sequence[Limit], frame: Frame, amounts: Callable[[Frame], Column[N]], beside: Beside[N]
) -> Column[N]:
    """The amounts after ``limits`` (in order of working), in the periods of a frame."""
    if not limits:
        return amounts(frame)
    window = _from_start_of_window(reader.clock, limits[-1], frame)
    before = limited(reader, flow, limits[:-1], window, amounts, beside)
    after = _held_within(reader, flow, limits[-1], window, before, beside)
    return at_periods(after, range(frame.first - window.first, frame.first - window.first + frame.count))


def _from_start_of_window(clock: Clock, limit: Limit, frame: Frame) -> Frame:
    if limit.carried:
        return Frame(frame.grain, 0, frame.first + frame.count)
    if limit.window is None or limit.window <= frame.grain:
        return frame
    first = clock.within(limit.window, int(clock.containing(frame, limit.window)[0]), frame.grain).start
    return Frame(frame.grain, first, frame.first + frame.count - first)


def _held_within(reader: Reader[N, C], flow: Flow, limit: Limit, frame: Frame, before: Column[N], beside: Beside[N]) -> Column[N]:
    if limit.in_proportion:
        return in_proportion(reader, flow, limit, frame, [before if key == flow.key else beside(key, frame) for key in limit.together])
    domain, axes = reader.domain, reader.axes
    bound, own = most(reader, flow, limit, frame), counted(reader, before)
    total = so_far(reader, limit, frame, own, domain.running)
    unclear = so_far(reader, limit, frame, before, domain.unruled_so_far)
    total = plus(reader, total, unclear)
    for other in _others(reader, flow, limit, frame, beside):
        total = plus(reader, total, other)
    if limit.carried:
        paid = minus(reader, *_held_window_by_window(reader, limit, frame, (total, minus(reader, total, own)), bound))
    else:
        paid = _nothing_of_nothing(reader, before, total, bound, left(reader, limit, total, own, bound))
    return meet(axes, lambda x, y: domain.choose(domain.has_value(x), y, x), before, paid)


def _nothing_of_nothing(reader: Reader[N, C], before: Column[N], total: Column[N], bound: Column[N], paid: Column[N]) -> Column[N]:
    """An amount of nothing stays nothing though the limit is missing: whatever it is, the total does not move."""
    domain, axes = reader.domain, reader.axes
    nothing = Column((), domain.constant(Fraction(0)))
    is_nothing = meet(axes, lambda x, y: domain.compare("==", x, y), before, nothing)
    no_bound = Column(bound.axes, domain.negated(domain.has_value(bound.lanes)))
    return meet(axes, domain.choose, meet(axes, domain.both, is_nothing, no_bound), minus(reader, total, total), paid)


def _others(reader: Reader[N, C], flow: Flow, limit: Limit, frame: Frame, beside: Beside[N]) -> Iterator[Column[N]]:
    """What the other flows under a shared limit have used of it before each amount: those named before this one up to and with the same
    period, those named after it up to the period before.
    """
    domain = reader.domain
    for key in limit.together:
        if key == flow.key:
            continue
        amounts = beside(key, frame)
        own = counted(reader, amounts)
        total = so_far(reader, limit, frame, own, domain.running)
        if limit.together.index(key) > limit.together.index(flow.key):
            total = minus(reader, total, own)
        unclear = so_far(reader, limit, frame, amounts, domain.unruled_so_far)
        yield plus(reader, total, unclear)


def _held_window_by_window(
    reader: Reader[N, C], limit: Limit, frame: Frame, totals: tuple[Column[N], Column[N]], bound: Column[N]
) -> tuple[Column[N], Column[N]]:
    """The totals up to and with each amount, and those before it, each window's held within its limit from where the last one ended."""
    axes, domain = reader.axes, reader.domain
    windows = reader.clock.containing(frame, limit.window) if limit.window is not None else np.arange(frame.count)
    cuts = [0, *(int(cut) + 1 for cut in np.flatnonzero(np.diff(windows))), frame.count]
    paid = Column((), domain.constant(Fraction(0)))
    with_each: list[tuple[Column[N], int]] = []
    before_each: list[tuple[Column[N], int]] = []

    def from_there(total: Column[N], inside: range, paid: Column[N]) -> Column[N]:
        since = minus(reader, at_periods(total, inside), paid)
        within = meet(axes, lambda x, y: clamped(reader, limit, x, y), since, at_periods(bound, inside))
        return plus(reader, within, paid)

    for start, stop in pairwise(cuts):
        now, before = (from_there(total, range(start, stop), paid) for total in totals)
        with_each.append((now, stop - start))
        before_each.append((meet(axes, domain.choose, _first_place(reader, limit, stop - start), paid, before), stop - start))
        paid = _last_place(reader, limit, now, stop - start)
    return along_periods(with_each, axes), along_periods(before_each, axes)


def _first_place(reader: Reader[N, C], limit: Limit, count: int) -> Column[C]:
    """Which of the places of a window is its first: what was carried is added to the amount there."""
    over = reader.axes.in_order(limit.over)
    first = np.zeros((count, *reader.axes.shape(over)), dtype=np.bool_)
    first[(0,) * first.ndim] = True
    return Column(over, reader.domain.truth(first))


def _last_place(reader: Reader[N, C], limit: Limit, totals: Column[N], count: int) -> Column[N]:
    last = at_periods(totals, [count - 1])
    for axis in limit.over:
        last = at_member(last, axis, reader.axes.sizes[axis] - 1)
    return last
