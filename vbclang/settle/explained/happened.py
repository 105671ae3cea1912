"""A clause that moves no money by itself: what came of it, on which day and why; and what was paid when it ended the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbclang.calendar.labels import day_label
from vbclang.core.nodes import Cond
from vbclang.core.provisions import Provision
from vbclang.engine.missing import Place
from vbclang.settle.explained.conditions import of_condition
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.statement import Booking, Happening, Line, What
from vbclang.settle.words import money
from vbclang.source import Span
from vbclang.types.kinds import Grain

_OF_A_RESULT = (What.RIGHT, What.DUE, What.WARNING, What.SUSPENDED, What.NOT_DONE, What.ENDS)
"""What comes of a condition, and is explained by it."""


def of_provision(
    sight: Sight,
    provision: Provision,
    happenings: Sequence[Happening],
    exits: Sequence[Line],
    bookings: Sequence[Booking],
    last: int,
    elsewhere: Sequence[Happening] = (),
) -> Step:
    """All that came of it. ``exits``: what was paid on its taking effect; ``last``: the period of its condition that is looked at where
    nothing came of it; ``elsewhere``: what came of it outside the days that are asked for, where nothing did in them.
    """
    steps = (
        *(_happened(sight, provision, each) for each in happenings),
        *(_why_not(sight, provision.condition, last) if not happenings and provision.condition is not None else ()),
        *(Step(day_label(each.day), each.words, _about(each), None) for each in elsewhere[:_MOST_ELSEWHERE]),
        *(step for line in exits for step in _paid(sight, provision, line)),
        *(booked(booking, sight.evaluation.program.currency) for booking in bookings),
    )
    came = happenings[-1].words if happenings else _nothing(sight, provision, last)
    if elsewhere:
        more = f" and {len(elsewhere) - _MOST_ELSEWHERE} more" if len(elsewhere) > _MOST_ELSEWHERE else ""
        days = dict.fromkeys(day_label(each.day) for each in elsewhere[:_MOST_ELSEWHERE])
        came = f"nothing has come of it in the period that is asked for, but on {', '.join(days)}{more}"
        if _stays_met(sight, provision, last):
            came += "; its condition is met since an earlier period, and it comes once for as long as it stays met"
    return Step(f"clause {sight.called(provision.key, provision.span)}", came, "", provision.span, steps)


def _nothing(sight: Sight, provision: Provision, last: int) -> str:
    """That nothing came of it; where its condition is met, that what comes of that is still to come."""
    condition = provision.condition
    if condition is None or condition.type.axes or condition.type.grain >= Grain.TERM:
        return "nothing has come of it"
    grain = condition.type.grain
    if sight.read(condition, Place(grain, last, {})) is not True:
        return "nothing has come of it"
    met = f"its condition is met in {sight.label(grain, last)}, which is known only later"
    return f"nothing has come of it yet: {met}; `--as-of` a later day tells what comes of it"


def _stays_met(sight: Sight, provision: Provision, last: int) -> bool:
    """Whether its condition is met in a period and was so in the one before."""
    condition = provision.condition
    if condition is None or condition.type.axes or condition.type.grain >= Grain.TERM or provision.kind == "duty" or not last:
        return False
    return all(sight.read(condition, Place(condition.type.grain, period, {})) is True for period in (last - 1, last))


_MOST_ELSEWHERE = 6
"""So many other days are told, the first of them."""


def _about(each: Happening) -> str:
    period = each.about or each.period
    return "" if period is None else f"about {period.label}"


def _happened(sight: Sight, provision: Provision, each: Happening) -> Step:
    condition, period, below = provision.condition, each.period, tuple[Step, ...]()
    if condition is not None and period is not None and each.what in _OF_A_RESULT and period.grain == condition.type.grain:
        members = {axis: sight.evaluation.place_of(axis, name) for axis, name in each.members}
        below = tuple(of_condition(sight, condition, Place(period.grain, period.index, members)))
    return Step(day_label(each.day), each.words, "", None, below)


def _why_not(sight: Sight, condition: Cond, last: int) -> Iterator[Step]:
    """The condition in one period, where it is one for all; for each member of a list it is not shown."""
    if condition.type.axes:
        return
    grain = condition.type.grain
    period = 0 if grain >= Grain.TERM else last
    yield Step(f"in {sight.label(grain, period)}", "", "", None, tuple(of_condition(sight, condition, Place(grain, period, {}))))


def _paid(sight: Sight, provision: Provision, line: Line) -> Iterator[Step]:
    assert provision.exit is not None
    node, grid = provision.exit.amount, sight.evaluation.program.grid
    grain = node.type.grain
    place = Place(grain, grid.place_of(grain, line.last_day) if grain < Grain.TERM else 0, {})
    amount = "not determined" if line.amount is None else money(line.amount, sight.evaluation.program.currency)
    whom = f" from {line.payer} to {line.payee}" if line.amount else ""
    yield Step("exit payment", amount + whom, sight.said(node.span), node.span, sight.below(node, place, sight.depth))


def booked(booking: Booking, currency: str, said: str = "", corrections: Span | None = None) -> Step:
    """A booking: on which day, how much from whom to whom. ``corrections``: the line that says when they fall due."""
    day = "not booked: no booking day is left" if booking.day is None else f"booked on {day_label(booking.day)}"
    said = said or ("a correction" if booking.corrects else "")
    where = corrections if booking.corrects else None
    return Step(day, f"{money(booking.amount, currency)} from {booking.payer} to {booking.payee}", said, where)
