"""Amounts over intervals: each clause's steps in the order of working, its limits, and what the amounts of a longer period add up to.

A limit takes from an amount something between nothing and all of it, so one amount after a limit lies between nothing and what it was
before, and no further than the limit. The total of a window under a limit is known better than its single amounts: it is the total before,
held within the limit. Totals are those of amounts that are determined; a whole term, nothing waived, nothing suspended.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Limit, Overdue, in_order_of_working
from vbclang.engine.range import interval as i
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.reading import Reader
from vbclang.types.kinds import Grain

_Key: TypeAlias = tuple[str, int, Grain, int, tuple[tuple[str, int], ...]]


@frozen(eq=False)
class FlowBounds:
    """The bounds of a program's amounts."""

    reader: Reader
    _amounts: dict[_Key, Range] = field(factory=dict)
    _totals: dict[_Key, Range] = field(factory=dict)

    def amount(self, key: str, at: Place) -> Range:
        """One amount after all limits, in a period of the flow's grain and for the members that are named."""
        flow = self.reader.program.flows[key]
        return self._after(flow, len(flow.limits), at.in_period(flow.grain, at.period))

    def total(self, key: str, grain: Grain, period: int) -> Range:
        """What all amounts of a flow in a period of ``grain`` come to together; where the data name the members, those of one of them."""
        flow = self.reader.program.flows[key]
        return self._total(flow, len(flow.limits), Place(grain, period))

    def before(self, flow: Flow, limit: Limit, window: Grain, period: int) -> tuple[Range, Range]:
        """What stands under one of a flow's limits in a window, after the limits that come before it; and the limit."""
        place, own = Place(window, period), self.within(window, period, flow.grain)
        count = in_order_of_working(flow.limits).index(limit)
        return self._total(flow, count, place), self._cap(flow, limit, place.in_period(flow.grain, own.start))

    def before_each(self, flow: Flow, limit: Limit, period: int) -> tuple[Range, Range]:
        """One amount under one of a flow's limits, after the limits that come before it; and the limit."""
        at = Place(flow.grain, period)
        return self._after(flow, in_order_of_working(flow.limits).index(limit), at), self._cap(flow, limit, at)

    # -- one amount ---------------------------------------------------------------------------------------------------

    def _after(self, flow: Flow, count: int, at: Place) -> Range:
        """After the first ``count`` limits in order of working."""
        key = self._key(flow, count, at)
        if key not in self._amounts:
            self._amounts[key] = i.ANY.or_missing(i.MISSING)  # what rests on itself is not known
            self._amounts[key] = self._settled(flow, at) if count == 0 else self._limited(flow, count, at)
        return self._amounts[key]

    def _settled(self, flow: Flow, at: Place) -> Range:
        """Before limits, without what is below nothing in a clause that is paid one way only: that is an error, and settles nothing."""
        amount = self.unlimited(flow, at)
        return amount if flow.signed or not amount.there else amount.within(Range(i.end(i.ZERO), i.NO_MOST))

    def unlimited(self, flow: Flow, at: Place) -> Range:
        """Before limits: as its figures have it or, if they may be missing, as it is once the last day of what is held has passed."""
        over = [(each, self.reader.truth(each.over, at)) for each in flow.overdue]
        if any(not passed.no for _, passed in over):
            return i.hull(self._overdue(flow, each, at) for each, passed in over if passed.yes)
        worked = self._worked(flow, at, flow.earned, flow.applies)
        if worked.surely_there:
            return worked
        return i.hull([worked, *(self._overdue(flow, each, at) for each, passed in over if passed.yes)])

    def _overdue(self, flow: Flow, overdue: Overdue, at: Place) -> Range:
        return i.NOTHING if overdue.share is None else self._worked(flow, at, overdue.share, None if overdue.applies else flow.applies)

    def _worked(self, flow: Flow, at: Place, earned: Expr | None, applies: Cond | None) -> Range:
        """Amount, earned, applies, part period, penny, least amount."""
        number = self.reader.number
        amount = self._instalment(flow, at) if flow.instalments else number(flow.of, at)
        if earned is not None:
            amount = i.multiply(amount, number(earned, at))
        amount = i.multiply(amount, i.point(self._part(flow, at.period)))
        amount = self._to_the_penny(flow, amount)
        if flow.floor is not None:
            least = i.mapped(number(flow.floor, at), lambda x: -(-x // flow.unit) * flow.unit)
            amount = i.greater(amount, least)
        if applies is None:
            return amount
        holds = self.reader.truth(applies, at)
        could_be = [*([amount] if holds.yes else []), *([i.NOTHING] if holds.no else [])]
        found = i.hull(could_be).or_missing(holds.unknown) if could_be else i.never(holds.unknown)
        return found.or_missing(amount.states - i.THERE)

    def _to_the_penny(self, flow: Flow, amount: Range) -> Range:
        """Rounded; with what rounding left over before it is the penny below or the one above."""
        if not flow.carries_rounding:
            return i.mapped(amount, lambda x: i.in_steps(x, flow.unit, flow.direction))
        below = i.mapped(amount, lambda x: x // flow.unit * flow.unit)
        above = i.mapped(amount, lambda x: -(-x // flow.unit) * flow.unit)
        return Range(below.low, above.high, amount.states)

    def _instalment(self, flow: Flow, at: Place) -> Range:
        """The k-th part of the whole: what is due after k of them less what was due after k - 1."""
        whole, number = self.reader.number(flow.of, at), flow.instalments or 1
        year = Grain.YEAR if flow.grain < Grain.YEAR else Grain.TERM
        inside = self.reader.program.grid.within(year, self.reader.containing(at, year), flow.grain)
        done = min(at.period - inside.start, number)

        def due_after(parts: int) -> Range:
            part = Fraction(min(parts, number), number)
            return i.mapped(whole, lambda x: i.in_steps(x * part, flow.unit, flow.direction))

        if whole.exact is not None or done == 0:
            return i.subtract(due_after(done + 1), due_after(done)) if done else due_after(1)
        if done == number:
            return i.strict(i.NOTHING, whole)
        exact = i.multiply(whole, i.point(Fraction(1, number)))  # each end is rounded, by a unit at most
        return Range(i.add(exact, i.point(-flow.unit)).low, i.add(exact, i.point(flow.unit)).high, exact.states)

    def _part(self, flow: Flow, period: int) -> Fraction:
        if flow.grain >= Grain.TERM or flow.part_period is None:
            return Fraction(1)
        active, whole = self.reader.program.grid.active_days(flow.grain, period)
        match flow.part_period.rule:
            case "pro rata by days":
                return Fraction(active, whole)
            case "in full":
                return Fraction(1 if active else 0)
            case _:
                return Fraction(1 if active == whole else 0)

    # -- limits -------------------------------------------------------------------------------------------------------

    def _limited(self, flow: Flow, count: int, at: Place) -> Range:
        limit, before = in_order_of_working(flow.limits)[count - 1], self._after(flow, count - 1, at)
        cap = self._cap(flow, limit, at)
        earlier = [self._after(flow, count - 1, at.in_period(flow.grain, period)) for period in self._earlier(flow, limit, at)]
        shared = bool(limit.over or limit.together)
        unclear = frozenset().union(*(each.states for each in earlier)) - i.RULED - i.THERE
        unclear |= i.UNRULED if shared else frozenset()
        if any(each.carried for each in flow.limits):
            unclear |= i.RULED  # what was held back of another amount may come here, and may not be known
        from_nothing = self._is_from_nothing(flow, count - 1, limit, at, [before, *earlier])
        so_far = i.total(i.hull([each, i.NOTHING]) if each.states != i.THERE else each for each in earlier)
        if limit.carried:
            found = before if from_nothing and limit.way == "loss" else i.NOTHING if from_nothing else i.ANY
            found = Range(i.end(i.ZERO), cap.high) if from_nothing and limit.way != "loss" else found
        elif shared:
            found = i.hull([before, i.NOTHING]).within(self._furthest(limit, cap, from_nothing))
        else:
            found = self._held_after(limit, cap, before, so_far, from_nothing)
        held = i.strict(Range(found.low, found.high).or_missing(unclear), before, cap)
        may_stay = before.there and before.low <= i.end(i.ZERO) <= before.high and not limit.carried
        return i.hull([held, i.NOTHING]) if may_stay and cap.states & i.RULED else held  # of nothing nothing is cut, whatever the limit

    def _held_after(self, limit: Limit, cap: Range, before: Range, so_far: Range, from_nothing: bool) -> Range:
        """What an amount adds to the total of a window that stands at ``so_far``."""
        room = i.between(None if cap.least is None else -cap.least, cap.least)
        whole = i.hull([so_far, i.add(so_far, before)])
        if whole.low >= room.low and whole.high <= room.high:
            return before
        if so_far.exact is not None and cap.exact is not None:  # what the held total moves by
            return i.subtract(_held(limit, cap, i.add(so_far, before)), _held(limit, cap, so_far))
        if so_far == i.NOTHING:
            return _held(limit, cap, before)
        if from_nothing:
            if limit.way == "loss":
                return before
            left = i.greater(i.subtract(cap, so_far), i.NOTHING)
            return i.lesser(before, left)
        return i.hull([before, i.NOTHING]).within(self._furthest(limit, cap, from_nothing))

    def _furthest(self, limit: Limit, cap: Range, from_nothing: bool) -> Range:
        """As far as one amount can go under a limit: from nothing to it, or from its one end to the other."""
        if from_nothing:
            return Range(i.end(i.ZERO), i.NO_MOST if limit.way == "loss" else cap.high)
        twice = i.add(cap, cap)
        return Range(i.minus(twice).low, twice.high) if limit.way == "both" else i.ANY

    def _is_from_nothing(self, flow: Flow, count: int, limit: Limit, at: Place, own: list[Range]) -> bool:
        """Whether no amount under the limit is below nothing."""
        found = [each for each in own if each.there]
        if limit.over or limit.carried or limit.together:
            anyone = at
            for axis in limit.over:
                anyone = anyone.of_any(axis)
            keys = [flow, *(self.reader.program.flows[key] for key in limit.together if key != flow.key)]
            for each in keys:
                stage = count if each is flow else 0
                periods = range(self.reader.count(each.grain))
                if each.grain != flow.grain:
                    return False
                found += [self._after(each, stage, anyone.in_period(each.grain, period)) for period in periods]
        return all(each.low >= i.end(i.ZERO) for each in found if each.there)

    def _cap(self, flow: Flow, limit: Limit, at: Place) -> Range:
        """Rounded down, and never below nothing."""
        to = i.mapped(self.reader.number(limit.to, at), lambda x: i.in_steps(x, flow.unit, "down"))
        return i.greater(to, i.NOTHING)

    def _earlier(self, flow: Flow, limit: Limit, at: Place) -> range:
        """The earlier periods of the same window."""
        if limit.window is None or limit.window <= flow.grain:
            return range(0)
        return range(self.within(limit.window, self.reader.containing(at, limit.window), flow.grain).start, at.period)

    # -- totals -------------------------------------------------------------------------------------------------------

    def _total(self, flow: Flow, count: int, at: Place) -> Range:
        """After ``count`` limits, over all periods in ``at`` and all members that are not named there."""
        key = self._key(flow, count, at)
        if key not in self._totals:
            self._totals[key] = self._total_of(flow, count, at)
        return self._totals[key]

    def _total_of(self, flow: Flow, count: int, at: Place) -> Range:
        together = self._not_named(flow, at)
        if together and (count == 0 or not in_order_of_working(flow.limits)[count - 1].over.issuperset(together)):
            axis = together[0]
            return i.total(self._total(flow, count, at.of(axis, member)) for member in range(self.reader.members_of(axis) or 0))
        inside = self.within(at.grain, at.period, flow.grain)
        if count == 0:
            return i.total(self._after(flow, 0, at.in_period(flow.grain, period)) for period in inside)
        limit = in_order_of_working(flow.limits)[count - 1]
        window = max(limit.window or flow.grain, flow.grain)
        if at.grain > window:
            found = i.total(self._total(flow, count, at.in_period(window, period)) for period in self.within(at.grain, at.period, window))
        elif at.grain < window or limit.over - set(together):
            found = i.ANY
        else:
            found = self._held_in_window(flow, count, limit, at)
        each = i.total(self._each_member(flow, count, at, inside, together))
        return each.within(found)

    def _held_in_window(self, flow: Flow, count: int, limit: Limit, at: Place) -> Range:
        if limit.to.type.grain < at.grain or limit.to.type.axes & limit.over:
            return i.ANY  # what a limit that changes in its window holds is not its total; the checker refuses one
        before = self._total(flow, count - 1, at)
        cap = self._cap(flow, limit, at.in_period(flow.grain, self.within(at.grain, at.period, flow.grain).start))
        if limit.carried:
            return Range(i.minus(cap).low, cap.high) if limit.way == "both" else i.ANY
        return _held(limit, cap, i.hull([before, i.NOTHING]) if limit.together else before)

    def _each_member(self, flow: Flow, count: int, at: Place, inside: range, together: list[str]) -> Iterator[Range]:
        if not together:
            yield from (self._after(flow, count, at.in_period(flow.grain, period)) for period in inside)
            return
        for member in range(self.reader.members_of(together[0]) or 0):
            yield from self._each_member(flow, count, at.of(together[0], member), inside, together[1:])

    def _not_named(self, flow: Flow, at: Place) -> list[str]:
        """The flow's axes whose members the contract names, but not the place."""
        return [axis for axis in sorted(flow.axes) if axis not in at.members and self.reader.members_of(axis) is not None]

    def within(self, grain: Grain, period: int, finer: Grain) -> range:
        """The periods of a finer (or the same) grain in a period."""
        if grain >= Grain.TERM:
            return range(self.reader.count(finer))
        return range(period, period + 1) if grain == finer else self.reader.program.grid.within(grain, period, finer)

    def _key(self, flow: Flow, count: int, at: Place) -> _Key:
        return flow.key, count, at.grain, at.period, tuple(sorted((axis, at.members[axis]) for axis in flow.axes if axis in at.members))


def _held(limit: Limit, cap: Range, total: Range) -> Range:
    if limit.way != "loss":
        total = i.lesser(total, cap)
    if limit.way != "gain":
        total = i.greater(total, i.minus(cap))
    return total
