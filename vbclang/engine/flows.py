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

from vbclang.core.program import Flow, Limit
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column, along_periods
from vbclang.engine.domain import C, Domain, N
from vbclang.engine.graph import Name
from vbclang.engine.limits import in_order_of_working, limited
from vbclang.engine.reading import Reader, meet
from vbclang.engine.shelf import Entry, Shelf
from vbclang.types.kinds import Grain

Days: TypeAlias = tuple[tuple[date, date], ...]
"""Stretches of days, half-open."""

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


class Flows(Generic[N, C]):
    """The flows of a program. What was worked out is kept."""

    def __init__(
        self,
        reader: Reader[N, C],
        flows: Mapping[str, Flow],
        shelf: Shelf[N],
        recursive: AbstractSet[Name],
        closed: Mapping[str, Days],
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

    def active_days(self, flow: Flow, period: int) -> tuple[int, int]:
        """The days of a period on which the flow counts, and all its days."""
        grid = self._reader.clock.grid
        active, whole = grid.active_days(flow.grain, period)
        first, end = grid.active(flow.grain, period)
        closed = (max(0, (min(end, last) - max(first, start)).days) for start, last in self._closed.get(flow.key, ()))
        return max(0, active - sum(closed)), whole

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
        of, earned, applies = heart.of, heart.earned, heart.applies
        worked = of if earned is None else meet(axes, lambda x, y: domain.arith("*", x, y), of, earned)
        if applies is not None:
            worked = meet(axes, domain.choose, applies, worked, self._constant(0))
        worked = self._in_part_periods(flow, worked, frame)
        rounded = meet(axes, lambda x: domain.rounded(x, flow.unit, flow.direction), worked)
        floored = self._not_below(flow, rounded, frame)
        if applies is not None:  # the least that a clause pays is paid where the clause applies
            floored = meet(axes, domain.choose, applies, floored, rounded)
        if flow.floor is not None and flow.grain < Grain.TERM:
            floored = self._nothing_without_days(floored, [self.active_days(flow, period)[0] for period in frame.periods])
        return Working(of, earned, applies, worked, rounded, floored)

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
            None if flow.earned is None else along_periods([(h.earned, count) for h, count in hearts if h.earned is not None], axes),
            None if flow.applies is None else along_periods([(h.applies, count) for h, count in hearts if h.applies is not None], axes),
        )

    def _read(self, flow: Flow, frame: Frame) -> Heart[N, C]:
        of = self._instalments(flow, frame) if flow.instalments else self._reader.number(flow.of, frame)
        earned = self._reader.number(flow.earned, frame) if flow.earned is not None else None
        applies = self._reader.truth(flow.applies, frame) if flow.applies is not None else None
        return Heart(of, earned, applies)

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
        days = [self.active_days(flow, period) for period in frame.periods]
        worked = self._nothing_without_days(worked, [active for active, _ in days])
        if rule == "in full" or all(active == whole for active, whole in days):
            return worked
        scaled = rule == "pro rata by days"
        active = np.array([a if scaled or a == w else 0 for a, w in days], dtype=np.int64)
        part = domain.ratio(domain.whole_numbers(active), domain.whole_numbers(np.array([w for _, w in days], dtype=np.int64)), None)
        return meet(self._reader.axes, lambda x, y: domain.arith("*", x, y), worked, Column((), part))

    def _nothing_without_days(self, worked: Column[N], active: list[int]) -> Column[N]:
        """In a period of which no day counts nothing is due, whatever its figures are."""
        if all(active):
            return worked
        there = Column((), self._reader.domain.truth(np.array(active) > 0))
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
