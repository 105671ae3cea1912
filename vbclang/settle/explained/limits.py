"""Limits: what of each was used before, what this amount takes of it, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from vbclang.calendar.labels import day_label
from vbclang.core.nodes import Const
from vbclang.core.program import Flow, Limit, in_order_of_working
from vbclang.engine.missing import Place
from vbclang.settle.explained.conditions import MOST_MEMBERS
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.words import money
from vbclang.types.kinds import Grain


def limits(sight: Sight) -> Iterator[Step]:
    """A step for each limit, whether it bites or not."""
    asked, flow = sight.asked, sight.asked.flow
    cuts = sight.settled.flow(flow.key).cut
    for limit, cut in zip(flow.limits, cuts, strict=True):
        taken = cut.at(asked.period, asked.members)
        most = sight.number(limit.to, Place(flow.grain, asked.period, asked.members))
        if isinstance(taken, Fraction) and most is not None:
            window = f" in each {limit.window.words}" if limit.window else ""
            others = " and ".join(f"clause {_clause(sight, key)}" for key in limit.together if key != flow.key)
            what = f"limited to {money(most, flow.currency)}{window}" + (f" together with {others}" if others else "")
            value = f"-{money(taken, flow.currency)}" if taken > 0 else f"+{money(-taken, flow.currency)}" if taken else "not reached"
            yield Step(what, value, _used(sight, limit, most), limit.span, _rests_on(sight, limit))


def _rests_on(sight: Sight, limit: Limit) -> tuple[Step, ...]:
    """What the limit is made of, and the amounts that have used it before, as far as they can be listed."""
    asked = sight.asked
    place = Place(asked.flow.grain, asked.period, asked.members)
    made_of = () if isinstance(limit.to, Const) else sight.below(limit.to, place, sight.depth)
    worked = (Step("its limit", sight.words(limit.to, place), sight.said(limit.to.span), limit.to.span, made_of),) if made_of else ()
    earlier = tuple((what, amount) for what, amount in _under(sight, limit) if amount)
    if len(earlier) > MOST_MEMBERS:
        return worked
    return (*worked, *(Step(f"used before by {what}", money(amount, asked.flow.currency), "", None) for what, amount in earlier))


def _clause(sight: Sight, key: str) -> str:
    return sight.called(key, sight.evaluation.program.flows[key].span)


def waived(sight: Sight) -> Iterator[Step]:
    """What is waived of the amount, which has used its limits all the same."""
    asked, flow = sight.asked, sight.asked.flow
    result = sight.settled.flow(flow.key)
    before, after = result.limited.at(asked.period, asked.members), result.paid.at(asked.period, asked.members)
    if isinstance(before, Fraction) and isinstance(after, Fraction) and before != after:
        about = (flow.grain, asked.period)
        days = [each.day for each in sight.evaluation.facts.record.of("waiver", flow.key) if each.is_about(about, asked.members)]
        on = f"on {', '.join(map(day_label, days))}; " if days else ""
        said = f"{on}it has used its limits"
        yield Step(f"waived by {flow.waived_by}", f"-{money(abs(before - after), flow.currency)}", said, flow.said.waived_by)


def _used(sight: Sight, limit: Limit, most: Fraction) -> str:
    """What earlier amounts have used of it, and what is left after this one."""
    asked, flow = sight.asked, sight.asked.flow
    if limit.window is None and not limit.over and not limit.together:
        return sight.said(limit.span)
    before, now = sum((amount for _, amount in _under(sight, limit)), Fraction(0)), _around(sight, flow, limit, asked.period, asked.members)
    used = f"{money(before, flow.currency)} of it used before"
    if limit.in_proportion:
        return f"{used}, {_in_proportion(sight, limit)}"
    left = max(Fraction(0), _bound(most, flow) - abs(before + (now[1] if now is not None else 0)))
    return f"{used}, {money(left, flow.currency)} left after"


def _in_proportion(sight: Sight, limit: Limit) -> str:
    """What all clauses under the limit come to in the period, and what it leaves of that."""
    asked, flows = sight.asked, sight.evaluation.program.flows
    found = [_around(sight, flows[key], limit, asked.period, asked.members) for key in limit.together]
    whole, left = (sum((each[k] for each in found if each is not None), Fraction(0)) for k in (0, 1))
    currency = asked.flow.currency
    return f"and of {money(whole, currency)} that all come to now, {money(left, currency)} are paid, in proportion"


def _bound(most: Fraction, flow: Flow) -> Fraction:
    """A limit is rounded down to the penny, and never below nothing (the semantics, 4.2)."""
    return max(Fraction(0), most // flow.unit * flow.unit)


def _under(sight: Sight, limit: Limit) -> Iterator[tuple[str, Fraction]]:
    """What stood under the same limit before this amount, each with what it was: of earlier periods of the window, of clauses and members
    named before.
    """
    asked, flow = sight.asked, sight.asked.flow
    program = sight.evaluation.program
    keys = limit.together or (flow.key,)
    axes = [axis for axis in program.axes if axis in limit.over]
    turn = 0 if limit.in_proportion else keys.index(flow.key)
    own = (asked.period, turn, tuple(asked.members[axis] for axis in axes))
    periods = range(_start_of_window(sight, limit), asked.period + 1)
    for period, clause in product(periods, range(len(keys))):
        for places in product(*(range(len(sight.evaluation.members(axis))) for axis in axes)):
            if (period, clause, places) >= own:
                return
            members = {**asked.members, **dict(zip(axes, places, strict=True))}
            amounts = _around(sight, program.flows[keys[clause]], limit, period, members)
            if amounts is not None:
                yield _called(sight, flow, keys[clause], period, dict(zip(axes, places, strict=True))), amounts[1]


def _called(sight: Sight, flow: Flow, clause: str, period: int, over: Mapping[str, int]) -> str:
    """An amount under the limit by its clause, where that is another, its period and its members."""
    of = "" if clause == flow.key else f"clause {_clause(sight, clause)} "
    whom = "".join(f", {sight.member(*at)}" for at in over.items())
    return f"{of}{'for' if of else 'the amount for'} {sight.label(flow.grain, period)}{whom}"


def _start_of_window(sight: Sight, limit: Limit) -> int:
    """The first period of the clause that stands under the limit together with the one that is asked about."""
    asked, grain, grid = sight.asked, sight.asked.flow.grain, sight.evaluation.program.grid
    if limit.window is None or limit.window <= grain:
        return asked.period
    return 0 if limit.window >= Grain.TERM else grid.within(limit.window, grid.containing(grain, asked.period, limit.window), grain)[0]


def _around(sight: Sight, flow: Flow, limit: Limit, period: int, members: Mapping[str, int]) -> tuple[Fraction, Fraction] | None:
    """An amount before this limit, after those that come before it; and after it."""
    result = sight.settled.flow(flow.key)
    amount = result.floored.at(period, members)
    for one in in_order_of_working(flow.limits):
        cut = result.cut[flow.limits.index(one)].at(period, members)
        if not isinstance(amount, Fraction) or not isinstance(cut, Fraction):
            return None
        if one is limit:
            return amount, amount - cut
        amount -= cut
    return None
