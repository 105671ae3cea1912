"""An evaluated contract -> its statement: every amount with its parties, its day and its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from vbclang.calendar.grid import Period
from vbclang.calendar.labels import day_label
from vbclang.calendar.working_days import WorkingDays
from vbclang.core.due import due_since, flow_due
from vbclang.core.nodes import State
from vbclang.core.program import Flow, PartyPlace, Program
from vbclang.core.provisions import ExitPayment, Provision, When
from vbclang.core.record import Stage
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.course import Course
from vbclang.settle.deliveries import of_deliveries
from vbclang.settle.endings import Ending
from vbclang.settle.guarantees import guarantees
from vbclang.settle.kept import Kept, Withheld, is_released
from vbclang.settle.netting import nets
from vbclang.settle.releases import said_of
from vbclang.settle.statement import Booking, Happening, Line, Net, Outcome, Statement, Total, What
from vbclang.settle.why import Reason, Reasons, reasons
from vbclang.source import Text
from vbclang.types.kinds import Grain


@frozen
class Selection:
    """Which lines are wanted: those whose period lies in ``within`` (days, half-open), those that concern ``party``."""

    within: tuple[date, date] | None = None
    party: str | None = None
    until: date | None = None
    """Only periods that end before this day (and what is paid once): after it nothing has arrived, so there is nothing to settle yet."""
    arrived: date | None = None
    """The day after the last for which anything has arrived, whichever periods are wanted; None: all has."""

    def takes(self, period: Period) -> bool:
        """Whether lines of this period are wanted."""
        if self.within is not None and not (self.within[0] <= period.start and period.last_day < self.within[1]):
            return False
        return self.until is None or period.last_day < self.until or period.grain is Grain.TERM

    def tells(self, happening: Happening) -> bool:
        """Whether something that happened is told: what is only due stands in the calendar."""
        if happening.what is What.DUE:
            return False
        if happening.what in (What.RELEASED, What.KEPT) and happening.period is not None:
            return self.takes(happening.period)
        if self.within is not None:
            return self.within[0] <= happening.day < self.within[1]
        return self.until is None or happening.day < self.until or happening.what is What.ENDS

    def has(self, line: Line) -> bool:
        """Whether the line's period is one of those that are wanted; that of what is paid on an ending is the day of the ending."""
        if self.within is not None:
            return self.within[0] <= line.first_day and line.last_day < self.within[1]
        return self.until is None or line.last_day < self.until or line.once

    def concerns(self, line: Line) -> bool:
        """Whether the line's parties are wanted."""
        return self.party is None or self.party in (line.payer, line.payee)


Stages: TypeAlias = Mapping[tuple[str, int], Stage]
"""Of clauses that are paid on provisional data: on which data what they have read of a period stands."""


def statement(
    evaluation: Evaluation,
    selection: Selection,
    version: str,
    texts: Mapping[str, Text] | None = None,
    course: Course | None = None,
    bookings: tuple[Booking, ...] = (),
    stages: Stages | None = None,
    moments: Mapping[str, Mapping[Period, date]] | None = None,
) -> Statement:
    """The statement of all flows of the program, of what its ``course`` brought, and of what was booked. ``texts``: the contract's, so that
    a reason may say which rule applied. ``stages``: of what is paid on provisional data, on which it stands. ``moments``: see `guarantees`.
    """
    course = Course() if course is None else course
    program = evaluation.program
    happenings = sorted((*course.happenings, *of_deliveries(program, evaluation.facts.record)), key=lambda each: (each.day, each.clause))
    lines = (
        *_lines(evaluation, selection, texts, stages or {}, course),
        *(line for line in exits(evaluation, course) if selection.has(line)),
    )
    lines = tuple(line for line in lines if selection.concerns(line))
    booked = tuple(booking for booking in bookings if selection.has(booking.line) and selection.concerns(booking.line))
    return Statement(
        program.name,
        version,
        program.currency,
        lines,
        totals(lines),
        program.working_days,
        _holidays(program, lines),
        guarantees(_less_released(evaluation.shown, course), selection.within, selection.arrived, moments),
        tuple(happening for happening in happenings if selection.tells(happening)),
        booked,
        evaluation.facts.record.as_of,
        nets=_nets(program, selection, bookings, booked, lines),
        settled_to=None if selection.until is None or selection.until <= program.grid.start else selection.until - timedelta(days=1),
    )


def _less_released(evaluation: Evaluation, course: Course) -> Evaluation:
    """The same, but amounts that are read are 0 where what was kept back is released: so they stand in the statement."""
    if not evaluation.program.withholdings:
        return evaluation
    return evaluation.as_due(lambda key, period, members: not is_released(course.kept, key, period, members))


def _nets(
    program: Program, selection: Selection, bookings: tuple[Booking, ...], wanted: tuple[Booking, ...], lines: tuple[Line, ...]
) -> tuple[Net, ...]:
    """What is to be paid on the days of the ``wanted`` bookings: of all that is booked then, of whatever period."""
    if not program.netted:
        return ()
    days = {booking.day for booking in wanted}
    return nets([booking for booking in bookings if booking.day in days and selection.concerns(booking.line)], lines)


def _lines(
    evaluation: Evaluation, selection: Selection, texts: Mapping[str, Text] | None, stages: Stages, course: Course
) -> Iterator[Line]:
    found: list[tuple[tuple[date, date, int, int], Line]] = []
    for place, flow in enumerate(evaluation.program.flows.values()):
        for at, line in enumerate(flow_lines(evaluation, flow, selection, texts, kept=course.kept)):
            found.append(((line.last_day, line.first_day, place, at), _staged(evaluation, flow, line, stages)))
    found.sort(key=lambda item: item[0])
    return (line for _, line in found)


def _staged(evaluation: Evaluation, flow: Flow, line: Line, stages: Stages) -> Line:
    """The line with the stage of its figures, where the clause is paid on provisional data."""
    if flow.on_provisional is None:
        return line
    return evolve(line, stage=stages.get(read_at(evaluation.program, flow, line), "provisional"))


def read_at(program: Program, flow: Flow, line: Line) -> tuple[str, int]:
    """The clause of a line, and the place of its period: by these it is known what has been read."""
    return flow.key, program.grid.place_of(flow.grain, line.first_day)


@frozen(eq=False)
class _Period:
    """A period of a flow: its place in the flow's grain, its days, and the day on which its amount is due."""

    place: int
    days: Period
    due: date | None


def flow_lines(
    evaluation: Evaluation,
    flow: Flow,
    selection: Selection | None = None,
    texts: Mapping[str, Text] | None = None,
    due_by: date | None = None,
    kept: Mapping[Withheld, Kept] | None = None,
) -> Iterator[Line]:
    """The lines of one flow, by period and member; with a ``selection`` those of the wanted periods only, and those that are ``due_by`` a
    day (what is due on no day counts from its last). ``kept``: what became of money kept back; without it all of that stands.
    """
    program = evaluation.program
    because: dict[Evaluation, Reasons] = {}
    everyone = evaluation.everyone(flow.axes)
    for place in range(program.grid.count(flow.grain)):
        days = program.grid.period(flow.grain, place)
        if selection is not None and not selection.takes(days):
            continue
        period = _Period(place, days, flow_due(program, flow, days))
        if due_by is not None and flow.due_after is None and (period.due or days.last_day) > due_by:
            continue
        read_by = evaluation.read_by(flow.key, place)
        if read_by not in because:
            because[read_by] = reasons(read_by, evaluation, flow, texts)
        for members in everyone:
            if flow.grain < Grain.TERM and not evaluation.active_days(flow, place, members)[0]:
                continue  # after its end, or wholly suspended, there is nothing of a clause
            here, at = period, (flow.key, place, tuple(members.items()))
            if flow.due_after is not None:
                here = _Period(place, days, due_since(program, flow, place, members, evaluation.facts.record))
                if due_by is not None and (here.due is None or here.due > due_by):
                    continue
            yield from _entry(evaluation, because[read_by], here, members, None if kept is None else kept.get(at))


def _entry(
    evaluation: Evaluation, because: Reasons, period: _Period, members: Mapping[str, int], kept: Kept | None = None
) -> Iterator[Line]:
    if kept is not None:
        yield from (_kept(evaluation.program, because.owed.flow, kept, line) for line in _entry(evaluation, because, period, members))
        return
    result, flow = because.owed, because.owed.flow
    why = because.at(period.place, members)
    fault = why.outcome is Outcome.BELOW_ZERO
    amount = None if fault else _figure(result.paid.at(period.place, members))
    if result.divided is None or flow.shares is None:
        yield _line(evaluation, flow, period, amount, why, members, None)
        return
    for place in range(len(flow.shares.members)):
        if place == flow.shares.own:
            continue  # nobody pays itself
        part = None if fault else _figure(result.divided.at(period.place, {**members, flow.shares.axis: place}))
        yield _line(evaluation, flow, period, part, why, {**members, flow.shares.axis: place}, amount)


def _kept(program: Program, flow: Flow, kept: Kept, line: Line) -> Line:
    """A line of money that is kept back, with what became of it; what is released is nothing now."""
    if not line.amount:
        return line
    words = said_of(program, flow, kept, line.amount, line.why)
    if kept.released is not None:
        return evolve(line, amount=Fraction(0), outcome=Outcome.RELEASED, why=words, released=kept.released)
    return evolve(line, outcome=Outcome.KEPT if kept.over else Outcome.WITHHELD, why=words)


def _figure(value: Fraction | State) -> Fraction | None:
    return None if isinstance(value, State) else value


def _line(
    evaluation: Evaluation,
    flow: Flow,
    period: _Period,
    amount: Fraction | None,
    why: Reason,
    members: Mapping[str, int],
    share_of: Fraction | None,
) -> Line:
    payer, payee = (party_of(evaluation, side, members) for side in (flow.payer, flow.payee))
    if amount is not None and amount < 0:
        payer, payee, amount = payee, payer, -amount
    named = tuple((axis, evaluation.members(axis)[place].name) for axis, place in sorted(members.items()))
    return Line(
        period.days.label,
        period.days.start,
        period.days.last_day,
        flow.number,
        flow.name,
        flow.kind,
        payer,
        payee,
        amount,
        period.due,
        why.outcome,
        why.words,
        why.missing,
        flow.grain is Grain.TERM,
        None if share_of is None else abs(share_of),
        named,
        waits_for=_waits_for(flow) if period.due is None else None,
    )


def _waits_for(flow: Flow) -> str | None:
    """In words, what must happen before an amount is due."""
    if flow.due_after is None or flow.due_after.name is None:
        return None
    return flow.due_after.name if flow.due_after.anchor == "event" else f"{flow.due_after.name} is paid"


def party_of(evaluation: Evaluation, side: PartyPlace, members: Mapping[str, int]) -> str:
    """Who pays or is paid, of the members that an amount is for."""
    if side.axis is None or side.axis not in members:
        return side.name
    return evaluation.members(side.axis)[members[side.axis]].name


def exits(evaluation: Evaluation, course: Course) -> Iterator[Line]:
    """What is paid since the contract, a clause, or either for a member of a list, has ended."""
    for provision in evaluation.program.provisions:
        for ending in course.effects_of(provision.key):
            if provision.exit is not None and evaluation.program.grid.start <= ending.day < evaluation.program.grid.end:
                yield _exit(evaluation, provision, provision.exit, ending)


def _exit(evaluation: Evaluation, provision: Provision, paid: ExitPayment, ending: Ending) -> Line:
    day, node, grid = ending.day, paid.amount, evaluation.program.grid
    grain = node.type.grain
    value = evaluation.value(node, grid.place_of(grain, day) if grain < Grain.TERM else 0, dict(ending.of))
    amount = None if isinstance(value, State) else Fraction(value)
    outcome = Outcome.DUE if amount is not None else Outcome.NOT_DETERMINED
    why = f"paid on the ending of {day_label(day)}" if amount is not None else "cannot be determined: a figure is missing"
    label, number, name = f"the end on {day_label(day)}", provision.number, provision.key
    members = tuple((axis, evaluation.members(axis)[place].name) for axis, place in ending.of)
    payer, payee = paid.payer, paid.payee
    return Line(label, day, day, number, name, "exit payment", payer, payee, amount, None, outcome, why, once=True, members=members)


def totals(lines: tuple[Line, ...]) -> tuple[Total, ...]:
    """What each party pays each other one, in the order in which they first appear."""
    amounts: dict[tuple[str, str], Fraction] = {}
    open_lines: dict[tuple[str, str], int] = {}
    for line in lines:
        pair = (line.payer, line.payee)
        amounts[pair] = amounts.get(pair, Fraction(0)) + (line.amount or 0)
        open_lines[pair] = open_lines.get(pair, 0) + (line.amount is None)
    return tuple(Total(payer, payee, amount, open_lines[payer, payee]) for (payer, payee), amount in amounts.items())


_NONE = When(0, "day", "day")


def _holidays(program: Program, lines: tuple[Line, ...]) -> tuple[tuple[date, str], ...]:
    """The holidays between the first day from which a deadline counts and the last due day."""
    dues = [line.due for line in lines if line.due is not None]
    counted = any((flow.due or flow.due_after or _NONE).unit == "working day" for flow in program.flows.values())
    if not dues or not counted or program.working_days is None:
        return ()
    first = min(line.last_day for line in lines)
    used = WorkingDays(program.working_days).dates_used(first, max(dues))
    return tuple((holiday.day, holiday.name) for holiday in used)
