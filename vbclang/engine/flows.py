"""Flows in the order of working (the semantics, 4.1): amount, earned, applies, part period, penny, floor, limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Generic, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.program import Flow, Limit, Overdue, in_order_of_working
from vbclang.data.facts import Closed
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column, along_periods
from vbclang.engine.domain import C, Domain, N
from vbclang.engine.graph import Name
from vbclang.engine.limits import limited
from vbclang.engine.reading import Reader, meet
from vbclang.engine.rounding import to_the_penny
from vbclang.engine.shelf import Entry, Shelf
from vbclang.types.kinds import Grain

_Days: TypeAlias = NDArray[np.int64]

_AMOUNT, _FLOORED = "amount of clause", "before limits, clause"


@frozen(eq=False)
class Heart(Generic[N, C]):
    """What a flow reads of the figures: its amount, its share of it and its condition (None: the clause has no such line)."""

    of: Column[N]
    earned: Column[N] | None
    applies: Column[C] | None


@frozen(eq=False)
class Working(Generic[N, C]):
    """A flow's steps before its limits, in the periods of a frame. ``earned``, ``applies``: None where the clause has no such line."""

    of: Column[N]
    earned: Column[N] | None
    applies: Column[C] | None
    worked: Column[N]
    rounded: Column[N]
    floored: Column[N]


@frozen(eq=False)
class _Counted:
    """Days by period and the members of ``axes``."""

    axes: tuple[str, ...]
    lanes: _Days


class Flows(Generic[N, C]):
    """The flows of a program. What was worked out is kept."""

    def __init__(
        self,
        reader: Reader[N, C],
        flows: Mapping[str, Flow],
        shelf: Shelf[N],
        recursive: AbstractSet[Name],
        closed: Mapping[str, tuple[Closed, ...]],
        standing: Mapping[str, Sequence[Flows[N, C] | None]],
    ) -> None:
        """``standing``: of flows whose figures stand as they were read earlier, the flows of that reading, for each period (None: they
        are read anew).
        """
        self._reader, self._flows, self._shelf, self._recursive, self._closed = reader, flows, shelf, recursive, closed
        self._standing = standing
        self._worked: dict[tuple[str, Frame], Working[N, C]] = {}

    def take_over(self, other: Flows[N, C], keys: AbstractSet[str]) -> None:
        """The steps of these flows, as others have worked them out."""
        self._worked.update((at, working) for at, working in other._worked.items() if at[0] in keys)

    def active_days(self, flow: Flow, period: int, members: Mapping[str, int]) -> tuple[int, int]:
        """The days of a period on which the flow counts for some members, and all its days."""
        grid = self._reader.clock.grid
        active, whole = grid.active_days(flow.grain, period)
        closed = [each for each in self._closed.get(flow.key, ()) if each.holds_for(members)]
        return max(0, active - _covered(closed, *grid.active(flow.grain, period))), whole

    def amount(self, key: str, frame: Frame) -> Column[N]:
        """The amounts after all limits, before division."""
        flow = self._flows[key]
        order = in_order_of_working(flow.limits)
        return self._shelf.read(self._entry(flow, _AMOUNT, lambda own: self._held(flow, order, own)), frame)

    def floored(self, key: str, frame: Frame) -> Column[N]:
        """The amounts before limits."""
        flow = self._flows[key]
        return self._shelf.read(self._entry(flow, _FLOORED, lambda own: self.working(flow, own).floored), frame)

    def before_shared_limits(self, key: str, frame: Frame) -> Column[N]:
        """The amounts after the flow's own limits, before those that it shares with others."""
        flow = self._flows[key]
        return self._held(flow, in_order_of_working([limit for limit in flow.limits if not limit.together]), frame)

    def after_each_limit(self, key: str, frame: Frame) -> list[Column[N]]:
        """The amounts before any limit, after the first in order of working, and so on."""
        flow = self._flows[key]
        order = in_order_of_working(flow.limits)
        return [self._held(flow, order[:count], frame) for count in range(len(order) + 1)]

    def _held(self, flow: Flow, limits: Sequence[Limit], frame: Frame) -> Column[N]:
        """The amounts after these limits, in order of working."""
        return limited(self._reader, flow, limits, frame, lambda part: self.floored(flow.key, part), self.before_shared_limits)

    @staticmethod
    def shelved(key: str) -> tuple[str, str]:
        """The keys under which the amounts of a flow stand on the shelf."""
        return f"{_AMOUNT} {key}", f"{_FLOORED} {key}"

    def _entry(self, flow: Flow, what: str, work: Callable[[Frame], Column[N]]) -> Entry[N]:
        return Entry(f"{what} {flow.key}", flow.grain, Name(flow.key, True) in self._recursive, work)

    # -- the steps -----------------------------------------------------------------------------------------------------

    def working(self, flow: Flow, frame: Frame) -> Working[N, C]:
        """The steps before the limits."""
        if (flow.key, frame) not in self._worked:
            self._worked[flow.key, frame] = self._work(flow, frame)
        return self._worked[flow.key, frame]

    def _work(self, flow: Flow, frame: Frame) -> Working[N, C]:
        domain, axes = self._reader.domain, self._reader.axes
        heart = self._heart(flow, frame)
        applies, worked = heart.applies, self._before_rounding(flow, heart, frame)
        rounded = to_the_penny(self._reader, flow, frame, worked, lambda part: self._before_rounding(flow, self._heart(flow, part), part))
        floored = self._not_below(flow, rounded, frame)
        if applies is not None:  # the least that a clause pays is paid where the clause applies
            floored = meet(axes, domain.choose, applies, floored, rounded)
        if flow.floor is not None and flow.grain < Grain.TERM:
            floored = self._nothing_without_days(floored, self._days(flow, frame)[0])
        return Working(heart.of, heart.earned, applies, worked, rounded, floored)

    def _before_rounding(self, flow: Flow, heart: Heart[N, C], frame: Frame) -> Column[N]:
        """The amounts before they are rounded."""
        domain, axes = self._reader.domain, self._reader.axes
        worked = heart.of if heart.earned is None else meet(axes, lambda x, y: domain.arith("*", x, y), heart.of, heart.earned)
        if heart.applies is not None:
            worked = meet(axes, domain.choose, heart.applies, worked, self._constant(0))
        return self._in_part_periods(flow, worked, frame)

    def _heart(self, flow: Flow, frame: Frame) -> Heart[N, C]:
        """What the flow reads; of periods whose figures stand as they were read earlier, what it read then."""
        standing = self._standing.get(flow.key)
        if standing is None:
            return self._read(flow, frame)
        hearts: list[tuple[Heart[N, C], int]] = []
        for flows, periods in groupby(frame.periods, lambda period: standing[period]):
            places = list(periods)
            part = frame.part(places[0] - frame.first, places[-1] + 1 - frame.first)
            hearts.append(((flows or self)._read(flow, part), part.count))
        axes = self._reader.axes
        return Heart(
            along_periods([(heart.of, count) for heart, count in hearts], axes),
            along_periods(earned, axes) if (earned := [(h.earned, count) for h, count in hearts if h.earned is not None]) else None,
            along_periods(applies, axes) if (applies := [(h.applies, count) for h, count in hearts if h.applies is not None]) else None,
        )

    def _read(self, flow: Flow, frame: Frame) -> Heart[N, C]:
        of = self._instalments(flow, frame) if flow.instalments else self._reader.number(flow.of, frame)
        earned = self._reader.number(flow.earned, frame) if flow.earned is not None else None
        applies = self._reader.truth(flow.applies, frame) if flow.applies is not None else None
        for each in flow.overdue:
            earned, applies = self._overdue(each, frame, earned, applies)
        return Heart(of, earned, applies)

    def _overdue(
        self, overdue: Overdue, frame: Frame, earned: Column[N] | None, applies: Column[C] | None
    ) -> tuple[Column[N] | None, Column[C] | None]:
        """What is earned and whether the clause applies, where the last day of what is held may have passed."""
        domain, axes, over = self._reader.domain, self._reader.axes, self._reader.truth(overdue.over, frame)
        if overdue.share is None:
            in_time = meet(axes, domain.negated, over)
            return earned, in_time if applies is None else meet(axes, domain.both, applies, in_time)
        all_of_it = self._constant(1) if earned is None else earned
        earned = meet(axes, domain.choose, over, self._reader.number(overdue.share, frame), all_of_it)
        return earned, meet(axes, domain.either, applies, over) if applies is not None and overdue.applies else applies

    def _constant(self, value: int) -> Column[N]:
        return Column((), self._reader.domain.constant(Fraction(value)))

    def _instalments(self, flow: Flow, frame: Frame) -> Column[N]:
        """The k-th of N: what is due of the whole after k of them, less what was due after k - 1. None after the last."""
        domain, clock = self._reader.domain, self._reader.clock
        whole_of = Grain.YEAR if flow.grain < Grain.YEAR else Grain.TERM
        starts = [clock.within(whole_of, int(place), flow.grain).start for place in clock.containing(frame, whole_of)]
        number = flow.instalments or 1
        before = np.minimum(np.array([p - s for p, s in zip(frame.periods, starts, strict=True)], dtype=np.int64), number)
        amount = self._reader.number(flow.of, frame)

        def due_after(done: NDArray[np.int64]) -> Column[N]:
            part = Column((), domain.ratio(domain.whole_numbers(done), domain.constant(Fraction(number)), None))
            due = meet(self._reader.axes, lambda x, y: domain.arith("*", x, y), amount, part)
            return meet(self._reader.axes, lambda x: domain.rounded(x, flow.unit, flow.direction), due)

        return meet(self._reader.axes, lambda x, y: domain.arith("-", x, y), due_after(np.minimum(before + 1, number)), due_after(before))

    def _in_part_periods(self, flow: Flow, worked: Column[N], frame: Frame) -> Column[N]:
        """The part of each period that counts, by the clause's rule; whole periods are left alone."""
        if flow.grain >= Grain.TERM or (flow.part_period is None and flow.key not in self._closed):
            return worked
        rule = flow.part_period.rule if flow.part_period is not None else "in full"
        domain = self._reader.domain
        active, whole = self._days(flow, frame)
        worked = self._nothing_without_days(worked, active)
        if rule == "in full" or bool((active.lanes == whole).all()):
            return worked
        counted = active.lanes if rule == "pro rata by days" else np.where(active.lanes == whole, whole, 0)
        part = domain.ratio(domain.whole_numbers(counted), domain.whole_numbers(whole), None)
        return meet(self._reader.axes, lambda x, y: domain.arith("*", x, y), worked, Column(active.axes, part))

    def _days(self, flow: Flow, frame: Frame) -> tuple[_Counted, _Days]:
        """For each period, and each member for whom it differs, the days that count; and all days of the period, in the same shape."""
        axes = self._reader.axes.in_order(axis for closed in self._closed.get(flow.key, ()) for axis, _ in closed.members)
        shape = (frame.count, *self._reader.axes.shape(axes))
        active, whole = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for place in np.ndindex(*shape):
            members = dict(zip(axes, place[1:], strict=True))
            active[place], whole[place] = self.active_days(flow, frame.first + place[0], members)
        return _Counted(axes, active), whole

    def _nothing_without_days(self, worked: Column[N], active: _Counted) -> Column[N]:
        """In a period of which no day counts nothing is due, whatever its figures are."""
        if active.lanes.all():
            return worked
        there = Column(active.axes, self._reader.domain.truth(active.lanes > 0))
        return meet(self._reader.axes, self._reader.domain.choose, there, worked, self._constant(0))

    def _not_below(self, flow: Flow, rounded: Column[N], frame: Frame) -> Column[N]:
        if flow.floor is None:
            return rounded
        domain = self._reader.domain
        floor = meet(self._reader.axes, lambda x: _no_lower(domain, x, flow.unit), self._reader.number(flow.floor, frame))
        return meet(self._reader.axes, lambda x, y: domain.extreme("greater", (x, y), False), rounded, floor)


def _no_lower(domain: Domain[N, C], floor: N, unit: Fraction) -> N:
    """The least whole step that is not below ``floor``: up where it is above 0, towards 0 where it is below."""
    zero = domain.constant(Fraction(0))
    above, below = (domain.extreme(way, (floor, zero), False) for way in ("greater", "lesser"))
    return domain.arith("+", domain.rounded(above, unit, "up"), domain.rounded(below, unit, "down"))


def _covered(closed: Sequence[Closed], first: date, end: date) -> int:
    """How many days of a period are closed; a day that is so twice counts once."""
    days, reached = 0, first
    for each in sorted(closed, key=lambda each: each.first):
        start, stop = max(each.first, reached), min(each.end, end)
        days += max(0, (stop - start).days)
        reached = max(reached, stop)
    return days
