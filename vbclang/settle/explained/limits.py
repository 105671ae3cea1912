"""Limits: what of each was used before, what this amount takes of it, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from vbclang.core.program import Flow, Limit
from vbclang.engine.limits import in_order_of_working
from vbclang.settle.explained.steps import Place, Sight, Step
from vbclang.settle.words import money
from vbclang.types.kinds import Grain


def limits(sight: Sight) -> Iterator[Step]:
    """A step for each limit, whether it bites or not."""
    asked, flow = sight.asked, sight.asked.flow
    cuts = sight.evaluation.flow(flow.key).cut
    for limit, cut in zip(flow.limits, cuts, strict=True):
        taken = cut.at(asked.period, asked.members)
        most = sight.number(limit.to, Place(flow.grain, asked.period, asked.members))
        if isinstance(taken, Fraction) and most is not None:
            window = f" in each {limit.window.words}" if limit.window else ""
            what = f"limited to {money(most, flow.currency)}{window}"
            value = f"-{money(taken, flow.currency)}" if taken > 0 else f"+{money(-taken, flow.currency)}" if taken else "not reached"
            yield Step(what, value, _used(sight, limit, most), limit.span)


def waived(sight: Sight) -> Iterator[Step]:
    """What is waived of the amount, which has used its limits all the same."""
    asked, flow = sight.asked, sight.asked.flow
    result = sight.evaluation.flow(flow.key)
    before, after = result.limited.at(asked.period, asked.members), result.paid.at(asked.period, asked.members)
    if isinstance(before, Fraction) and isinstance(after, Fraction) and before != after:
        yield Step(f"waived by {flow.waived_by}", f"-{money(abs(before - after), flow.currency)}", "it has used its limits", None)


def _used(sight: Sight, limit: Limit, most: Fraction) -> str:
    """What earlier amounts have used of it, and what is left after this one."""
    asked, flow = sight.asked, sight.asked.flow
    if limit.window is None and not limit.over:
        return sight.said(limit.span)
    before = sum(_under(sight, limit), Fraction(0))
    own = _after(sight, limit, asked.period, asked.members)
    after = before + (own if isinstance(own, Fraction) else 0)
    left = max(Fraction(0), _bound(most, flow) - abs(after))
    return f"{money(before, flow.currency)} of it used before, {money(left, flow.currency)} left after"


def _bound(most: Fraction, flow: Flow) -> Fraction:
    """A limit is rounded down to the penny, and never below nothing (the semantics, 4.2)."""
    return max(Fraction(0), most // flow.unit * flow.unit)


def _under(sight: Sight, limit: Limit) -> Iterator[Fraction]:
    """The amounts that stood under the same limit before this one: of earlier periods of the window, and of members named before."""
    asked, flow = sight.asked, sight.asked.flow
    grid = sight.evaluation.program.grid
    first = asked.period
    if limit.window is not None and limit.window > flow.grain:
        at = 0 if limit.window >= Grain.TERM else grid.containing(flow.grain, asked.period, limit.window)
        first = 0 if limit.window >= Grain.TERM else grid.within(limit.window, at, flow.grain)[0]
    axes = [axis for axis in sight.evaluation.program.axes if axis in limit.over]
    own = tuple(asked.members[axis] for axis in axes)
    for period in range(first, asked.period + 1):
        for places in product(*(range(len(sight.evaluation.members(axis))) for axis in axes)):
            if period == asked.period and places >= own:
                return
            amount = _after(sight, limit, period, {**asked.members, **dict(zip(axes, places, strict=True))})
            if amount is not None:
                yield amount


def _after(sight: Sight, limit: Limit, period: int, members: Mapping[str, int]) -> Fraction | None:
    """An amount after this limit, and before those that come after it."""
    flow = sight.asked.flow
    result = sight.evaluation.flow(flow.key)
    amount = result.floored.at(period, members)
    for one in in_order_of_working(flow.limits):
        cut = result.cut[flow.limits.index(one)].at(period, members)
        if not isinstance(amount, Fraction) or not isinstance(cut, Fraction):
            return None
        amount -= cut
        if one is limit:
            break
    return amount if isinstance(amount, Fraction) else None
