"""How an amount is paid: in which parts to whom, and by which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.core.due import counted_from, due_since, flow_due, working_days_of
from vbclang.core.nodes import Arith, Expr, State
from vbclang.core.program import Flow, Shares
from vbclang.engine.missing import Place
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.words import money
from vbclang.types.kinds import Grain


def amount_words(amount: Fraction | State, flow: Flow) -> str:
    """An amount that may be missing."""
    if isinstance(amount, State):
        return amount.words if amount is State.NOT_SHOWN else "not determined"
    return money(amount, flow.currency)


# -- the parts ---------------------------------------------------------------------------------------------------------


def parts(sight: Sight, place: Place) -> Iterator[Step]:
    """How the amount is divided: the line that says so, what becomes of the pennies, each part with its share and its limit."""
    flow, asked = sight.asked.flow, sight.asked
    divided, undivided = (getattr(sight.owed.flow(flow.key), what) for what in ("divided", "undivided"))
    if divided is None or flow.shares is None:
        return
    found = [divided.at(asked.period, {**asked.members, flow.shares.axis: at}) for at in range(len(flow.shares.members))]
    whole = sight.owed.flow(flow.key).paid.at(asked.period, asked.members)
    if not isinstance(whole, State) and not whole:
        return  # of nothing there are no parts
    pennies = _pennies(sight, flow, flow.shares, whole, place)
    below = tuple(_part(sight, flow.shares, at, part, place) for at, part in enumerate(found))
    rest = undivided.at(asked.period, asked.members)
    if isinstance(rest, Fraction) and rest:
        below = (*below, Step("not paid to or by any of them", amount_words(abs(rest), flow), "what is above their limits", None))
    yield Step(sight.said(flow.said.divided) or "divided", pennies, "", flow.said.divided, below)


def _part(sight: Sight, shares: Shares, at: int, part: Fraction | State, place: Place) -> Step:
    flow, share = sight.asked.flow, shares.members[at]
    member = sight.member(shares.axis, at)
    amount = abs(part) if isinstance(part, Fraction) and flow.signed else part
    limits = {to: way for to, way in ((shares.gains[at], "gain"), (shares.losses[at], "loss")) if to is not None}
    window = f" in each {shares.window.words}" if shares.window is not None and shares.window < Grain.TERM else ""
    below = tuple(_limit(sight, to, window, "" if len(limits) < 2 else f"{way} ", place) for to, way in limits.items())
    said, rests_on = sight.words(share, place), sight.below(share, place, sight.depth)
    if isinstance(share, Arith):  # in proportion to a figure: of the total over all members only what it comes to
        of_all = f"{sight.words(share.left, place)} of {sight.words(share.right, place)}"
        said, rests_on = of_all, sight.below(share.left, place, sight.depth)
    already = ", which has borne it already" if at == shares.own else ""
    return Step(f"the part of {member}{already}", amount_words(amount, flow), said, share.span, (*rests_on, *below))


def _limit(sight: Sight, to: Expr, window: str, way: str, place: Place) -> Step:
    what = f"{way}limited to {sight.words(to, place)}{window}"
    return Step(what, "", sight.said(to.span), to.span, sight.below(to, place, sight.depth))


def _pennies(sight: Sight, flow: Flow, shares: Shares, whole: Fraction | State, place: Place) -> str:
    """What becomes of the pennies that do not go into the shares; where members have limits it is not only shares that count."""
    limited = any(limit is not None for limit in (*shares.gains, *shares.losses))
    known = [share for share in (sight.number(node, place) for node in shares.members) if share is not None]
    if limited or not isinstance(whole, Fraction) or len(known) < len(shares.members):
        return ""
    steps = [share * abs(whole) / flow.unit for share in known]
    left = abs(whole) / flow.unit - sum(step // 1 for step in steps)
    if not left:
        return ""
    one = money(flow.unit, flow.currency)
    goes = f"the {one} left goes to the largest remainder" if left == 1 else f"{left} times {one} are left and go to the largest remainders"
    return f"each part is rounded down to {one}, and {goes}, of equal ones to the first named"


# -- the day -----------------------------------------------------------------------------------------------------------


def due(sight: Sight, amount: Fraction | State) -> Iterator[Step]:
    """The day by which it is to be paid, and the holidays that were not counted; nothing is due of an amount of nothing."""
    asked, flow, evaluation = sight.asked, sight.asked.flow, sight.evaluation
    if not isinstance(amount, State) and not amount:
        return
    program = evaluation.program
    period = program.grid.period(flow.grain, asked.period)
    day = flow_due(program, flow, period)
    if flow.due_after is not None:
        day = due_since(program, flow, asked.period, asked.members, evaluation.facts.record)
    if day is None:
        yield Step("due", "not yet: what it counts from has not happened", sight.said(flow.said.due), flow.said.due)
        return
    first = None if flow.due is None else flow.due.day
    if flow.due is not None and flow.due_grain is not None:
        first = counted_from(program.grid, period, flow.due_grain)
    below = () if first is None or flow.due is None or flow.due.unit != "working day" else (_holidays(sight, first, day),)
    yield Step("due", day_label(day), sight.said(flow.said.due), flow.said.due, below)


def _holidays(sight: Sight, first: date, last: date) -> Step:
    """The holidays between the day from which it counts and the day on which it is due."""
    said, working = sight.asked.flow.said.working_days, working_days_of(sight.evaluation.program)
    holidays = () if working is None else working.dates_used(first, last)
    names = ", ".join(f"{day_label(each.day)} ({each.name})" for each in holidays)
    none = f"counted from {day_label(first)}, no holiday between"
    return Step(sight.said(said), f"not counted, besides Saturdays and Sundays: {names}" if names else none, "", said)
