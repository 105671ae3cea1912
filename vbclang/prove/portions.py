"""How much of a sum of money a figure is: `share` of it and `rest` besides, between bounds, whatever the sum comes to.

Bounds alone do not say that 4% of an indexed value and 96% of it are no more than the value. So a figure is followed here as a part of the
sum as long as it is one: added up, cut, multiplied by what does not rest on it. Of anything else its bounds are the rest.

What it keeps true: for a sum of at least £0, whatever arrives, a figure is ``s * sum + r`` for some ``s`` in `share` and ``r`` in `rest`,
before it is rounded to the penny.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field, frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Expr
from vbclang.core.program import Flow, Limit, in_order_of_working
from vbclang.engine.range import interval as i
from vbclang.engine.range.bounds import Bounds, Key
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.types.kinds import Grain

_ANY_PART = i.SHARE


@frozen
class Portion:
    """``share`` of the sum and ``rest``: bounds of both."""

    share: Range
    rest: Range

    def times(self, factor: Range) -> Portion:
        """So many times it, whatever the sum is."""
        return Portion(i.multiply(self.share, factor), i.multiply(self.rest, factor))

    @property
    def from_nothing(self) -> bool:
        """Whether it is not below nothing, as the sum is not."""
        return min(self.share.low, self.rest.low) >= i.end(i.ZERO)

    def at_most(self, base: Range) -> i.End:
        """The most that it can come to of the least sum (or, where that is nothing or unknown, of £1)."""
        return i.add(i.multiply(self.share, i.point(base.least or 1)), self.rest).high


NONE = Portion(i.NOTHING, i.NOTHING)


def added(portions: Iterable[Portion]) -> Portion:
    """All of them together."""
    found = tuple(portions)
    return Portion(i.total(each.share for each in found), i.total(each.rest for each in found))


def either(portions: Iterable[Portion]) -> Portion:
    """One of them, nobody knows which."""
    found = tuple(portions)
    return Portion(i.hull(each.share for each in found), i.hull(each.rest for each in found))


@frozen(eq=False)
class Sum:
    """A sum of money: the named figure of a contract, in one period and for the members that have one of their own.

    ``contract``: that contract, by its name. ``others``: sums on which the figure at hand rests besides, which do not count here.
    """

    contract: str
    figure: str
    place: Place
    bounds: Range
    others: frozenset[tuple[str, str]] = frozenset()


@frozen(eq=False)
class Portions:
    """What the figures and amounts of a contract are of a sum. ``bounds``: of that contract."""

    bounds: Bounds
    of: Sum
    _links: dict[str, Portions] = field(factory=dict)
    _known: dict[Key, Portion] = field(factory=dict)

    # -- figures ------------------------------------------------------------------------------------------------------

    def number(self, node: Expr, place: Place) -> Portion:
        """A figure at a place."""
        here, key = self.bounds.asked(node, place)
        if key not in self._known:
            self._known[key] = self._rest(node, here)  # of what rests on itself
            self._known[key] = self._number(node, here)
        return self._known[key]

    def _number(self, node: Expr, at: Place) -> Portion:
        match node:
            case n.Ref(figure=name):
                return self._named(name, node, at)
            case n.Input(key=key) if key in self.bounds.program.linked:
                return self._linked(key, node, at)
            case n.AmountOf(flow=key):
                flow = self.bounds.program.flows[key]
                return self.amount(flow, at.in_period(flow.grain, self.bounds.containing(at, flow.grain)))
            case n.Arith(sign="+", left=left, right=right):
                return added([self.number(left, at), self.number(right, at)])
            case n.Arith(sign="-", left=left, right=right):
                return added([self.number(left, at), self.number(right, at).times(i.point(-1))])
            case n.Arith(sign="*", left=left, right=right):
                return self._product(left, right, node, at)
            case n.Arith(sign="/", left=left, right=right):
                by = self._bounds(right, at)
                divided = self.number(left, at).times(i.divide(i.point(1), by)) if by.low > i.end(i.ZERO) else None
                return self._better(divided, self._rest(node, at))
            case n.Extreme(way="lesser", reported=False, operands=operands):
                return self._lesser(operands, at)
            case n.Extreme(way="greater", operands=operands):
                return either(self.number(operand, at) for operand in operands)
            case n.Choose(then=then, otherwise=otherwise):
                return self._one_of([then, otherwise], at)
            case n.FirstOf(cases=cases, otherwise=otherwise):
                return self._one_of([*(case.value for case in cases), otherwise], at)
            case n.Recover(operand=operand, instead=instead):
                return self._one_of([operand, instead], at)
            case n.Round(operand=operand):
                return self._better(self.number(operand, at), self._rest(node, at))
            case n.At(operand=operand, axis=axis, member=member):
                return self.number(operand, at.of(axis, member))
            case n.ByMember(axis=axis, values=values) if axis in at.members:
                value = values[at.members[axis]]
                return NONE if value is None else self.number(value, at)
            case n.Over(aggregate="total", where=None, into=None, other=False, operand=operand, axis=axis):
                count = self.bounds.members_of(axis)
                return self._rest(node, at) if count is None else added(self.number(operand, at.of(axis, k)) for k in range(count))
            case _:
                return self._rest(node, at)

    def _named(self, name: str, node: n.Ref, at: Place) -> Portion:
        program = self.bounds.program
        if (program.name, name) == (self.of.contract, self.of.figure) and self._is_the_sum(node, at):
            return Portion(i.point(1), i.NOTHING)
        if (program.name, name) in self.of.others:
            return NONE
        body = program.figures[name].body
        assert isinstance(body, Expr)
        return self.number(body, at)

    def _is_the_sum(self, node: n.Ref, at: Place) -> bool:
        """Whether it is that of the same period and members."""
        same_period = node.type.grain >= Grain.TERM or at.period == self.of.place.period
        return same_period and all(at.members.get(axis) == self.of.place.members.get(axis) for axis in node.type.axes)

    def _linked(self, key: str, node: Expr, at: Place) -> Portion:
        read = self.bounds.program.linked[key]
        place = self.bounds.there(read, at)
        if place is None:
            return self._rest(node, at)
        return self._better(self.of_linked(read.contract).number(read.node, place), self._rest(node, at))

    def of_linked(self, contract: str) -> Portions:
        """The same of a contract that this one reads."""
        if contract not in self._links:
            self._links[contract] = Portions(self.bounds.of_linked(contract), self.of)
        return self._links[contract]

    def _product(self, left: Expr, right: Expr, node: Expr, at: Place) -> Portion:
        one, other = self.number(left, at), self.number(right, at)
        if other.share == i.NOTHING:
            return one.times(other.rest)
        return other.times(one.rest) if one.share == i.NOTHING else self._rest(node, at)

    def _lesser(self, operands: tuple[Expr, ...], at: Place) -> Portion:
        """Each bounds it. Where none is below nothing, it is some part of each."""
        found = [self.number(operand, at) for operand in operands]
        if all(each.from_nothing or self._bounds(operand, at).low >= i.end(i.ZERO) for operand, each in zip(operands, found, strict=True)):
            return self._best([each.times(_ANY_PART) for each in found])
        return either(found)

    def _one_of(self, values: Iterable[Expr], at: Place) -> Portion:
        return either(self.number(value, at) for value in values)

    def _bounds(self, node: Expr, at: Place) -> Range:
        return _value(self.bounds.number(node, at))

    def _rest(self, node: Expr, at: Place) -> Portion:
        return Portion(i.NOTHING, self._bounds(node, at))

    # -- amounts ------------------------------------------------------------------------------------------------------

    def amount(self, flow: Flow, at: Place) -> Portion:
        """One amount of a clause, after its limits."""
        one = self._before_limits(flow, at)
        if any(limit.carried for limit in flow.limits):
            one = Portion(i.NOTHING, i.ANY)  # what was held back earlier may come with it
        return self._best([one, *self._capped(flow, at), Portion(i.NOTHING, _value(self.bounds.flows.amount(flow.key, at)))])

    def total(self, flow: Flow, window: Place) -> Portion:
        """All its amounts in a period that is no finer than its own, for the members that are named there and all that are not."""
        axis = next((axis for axis in sorted(flow.axes) if axis not in window.members), None)
        by_bounds = Portion(i.NOTHING, self._total_by_bounds(flow, window))
        if axis is not None:
            count = self.bounds.members_of(axis)
            each = None if count is None else added(self.total(flow, window.of(axis, member)) for member in range(count))
            return self._best([*([] if each is None else [each]), *self._capped(flow, window), by_bounds])
        inside = [window.in_period(flow.grain, period) for period in self._within(window, flow.grain)]
        carried = any(limit.carried for limit in flow.limits)
        summed = [] if carried else [self._in_instalments(flow, inside) or added(self.amount(flow, at) for at in inside)]
        return self._best([*summed, *self._capped(flow, window), by_bounds])

    def _total_by_bounds(self, flow: Flow, window: Place) -> Range:
        if any(self.bounds.members_of(axis) is None for axis in flow.axes - window.members.keys()):
            return i.ANY  # nobody knows how many there are
        return _value(self.bounds.flows.total(flow.key, window.grain, window.period)) if not window.members else i.ANY

    def _before_limits(self, flow: Flow, at: Place) -> Portion:
        if flow.instalments:
            return Portion(i.NOTHING, i.ANY)
        found = self._earned(flow, at)
        return found if flow.floor is None else either([found, self.number(flow.floor, at)])

    def _earned(self, flow: Flow, at: Place) -> Portion:
        whole = self.number(flow.of, at)
        found = whole if flow.earned is None else whole.times(self._bounds(flow.earned, at))
        for each in flow.overdue:
            found = either([found, NONE if each.share is None else whole.times(self._bounds(each.share, at))])
        if flow.part_period is not None:
            found = found.times(_ANY_PART)
        return found if flow.applies is None else found.times(_ANY_PART)

    def _in_instalments(self, flow: Flow, inside: list[Place]) -> Portion | None:
        """The parts of one amount come to it, where all of them are in the window."""
        if not flow.instalments or flow.floor is not None:
            return None
        year = Grain.YEAR if flow.grain < Grain.YEAR else Grain.TERM
        firsts = {self.bounds.containing(at, year): at for at in reversed(inside)}
        if len(inside) < flow.instalments * len(firsts):
            return None
        return added(self._earned(flow, at) for at in firsts.values())

    def _caps(self, flow: Flow) -> tuple[Limit, ...]:
        """The limits of its own that hold what the payer pays: none where money may come back and make room again, and none that work
        before what was carried forward comes in.
        """
        order = [] if flow.signed else in_order_of_working(flow.limits)
        last = max((place for place, limit in enumerate(order) if limit.carried), default=0)
        return tuple(limit for limit in order[last:] if limit.way != "loss" and not limit.together)

    def _cap(self, limit: Limit, at: Place, from_nothing: bool) -> Portion:
        """As far as an amount goes under a limit; how far below nothing, the limit does not say."""
        most = self.number(limit.to, at).times(_ANY_PART)
        return most if from_nothing else evolve(most, rest=Range(i.NO_LEAST, most.rest.high))

    def _from_nothing(self, flow: Flow, limit: Limit, window: Place) -> bool:
        """Whether no amount under the limit is below nothing."""
        for axis in limit.over:
            window = window.of_any(axis)
        amounts = (self.bounds.flows.amount(flow.key, window.in_period(flow.grain, k)) for k in self._within(window, flow.grain))
        return all(_value(amount).low >= i.end(i.ZERO) for amount in amounts)

    def _capped(self, flow: Flow, window: Place) -> list[Portion]:
        """What its limits leave of a window: each so often as its own window is in this one."""
        return [found for limit in self._caps(flow) if (found := self.held(flow, limit, window)) is not None]

    def held(self, flow: Flow, limit: Limit, window: Place) -> Portion | None:
        """The most that a limit of a clause leaves of a window; None where it is for each of some members that are not named."""
        own = max(limit.window or flow.grain, flow.grain)
        changes = limit.to.type.grain < own or bool(limit.to.type.axes & limit.over)  # the checker refuses such a limit
        if changes or flow.axes - limit.over - window.members.keys():
            return None
        whole = window if own <= window.grain else window.in_period(own, self.bounds.containing(window, own))
        from_nothing = self._from_nothing(flow, limit, whole)
        if not from_nothing and (own > window.grain or limit.over & window.members.keys()):
            return None  # what comes back makes room again
        if own >= window.grain:
            return self._cap(limit, window, from_nothing)
        return added(self._cap(limit, window.in_period(own, period), from_nothing) for period in self._within(window, own))

    def _within(self, window: Place, finer: Grain) -> range:
        return self.bounds.flows.within(window.grain, window.period, finer)

    # -- which bound is better ----------------------------------------------------------------------------------------

    def _best(self, portions: Iterable[Portion]) -> Portion:
        return min(portions, key=lambda portion: portion.at_most(self.of.bounds))

    def _better(self, one: Portion | None, other: Portion) -> Portion:
        return other if one is None else self._best([one, other])


def _value(found: Range) -> Range:
    """What it is where it has a value; one that never has is nothing."""
    return Range(found.low, found.high) if found.there else i.NOTHING


def exceeds(portion: Portion, base: Range) -> bool:
    """Whether it may be more than the sum, of which ``base`` are the bounds. What is left changes evenly with the sum: its ends tell."""
    if portion.share.most is None or portion.rest.most is None:
        return True
    for end in (max(base.low, i.end(i.ZERO)), base.high):
        room = i.multiply(i.point(1 - portion.share.most), Range(end, end))
        if i.subtract(room, i.point(portion.rest.most)).low < i.end(i.ZERO):
            return True
    return False
