"""The contract lived through booking day by booking day: what is booked when (the semantics, 2.5).

Method: on each day on which anything falls due or is settled the facts are taken as they stood at its end, and all amounts are worked out
from them anew: they are a function of the facts alone (and of what clauses that are paid on provisional data read earlier, see `readings`).
What is booked of an amount on a day is the difference from what has been booked of it before, so that a correction, a late figure, a waiver
and a limit that moves are one rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from attrs import define, field, frozen

from vbclang.calendar.deadlines import due_day
from vbclang.calendar.grid import Period
from vbclang.calendar.months import add_months
from vbclang.core.due import booked_from, flow_due, occasions, working_days_of
from vbclang.core.program import Flow, Program
from vbclang.core.record import Record, Stage
from vbclang.data.arrived import Arrived
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.course import Course
from vbclang.settle.held_over import HeldOver
from vbclang.settle.lived import lived
from vbclang.settle.moments import Moments
from vbclang.settle.readings import Delivered, Readings
from vbclang.settle.settle import Selection, exits, flow_lines, read_at
from vbclang.settle.statement import Booking, Line
from vbclang.types.kinds import Grain


@frozen(eq=False)
class Replayed:
    """The contract as it stands in the end, and all that was booked on the way. ``stages``: of each clause that is paid on provisional data
    the stage of what it has read of each period.
    """

    evaluation: Evaluation
    course: Course
    bookings: tuple[Booking, ...] = ()
    stages: Mapping[tuple[str, int], Stage] = field(factory=dict)
    moments: Mapping[str, Mapping[Period, date]] = field(factory=dict)
    """Of guarantees that hold at every moment, the periods in which they did not by what had been booked, each with the first such day."""


def replayed(arrived: Arrived, until: date | None, *, keep: bool = False) -> Replayed:
    """The contract lived through to the last day of its record; without one to the last booking day of the periods that end before
    ``until``, the day after all for which anything has arrived. ``keep``: see `evaluate`.
    """
    until = None if arrived.record.as_of is not None else until
    over, moments = Selection(until=until), Moments(arrived.program)
    if arrived.record.as_of is None and not arrived.program.paid_early and not arrived.program.withholdings:
        evaluation, course = lived(arrived.program, arrived.facts(), keep=keep)
        booked = tuple(_at_once(evaluation, course, over))
        dues = {due for flow in arrived.program.flows.values() for due in _due_days(arrived.program, flow, until)}
        for day in sorted(dues | {each.day for each in booked if each.day is not None}):  # on some days nothing is booked: £0 is due
            moments.judge(evaluation, course, day)
        return Replayed(evaluation, course, booked, moments=moments.broken)
    readings = Readings(HeldOver(Delivered(arrived, arrived.recorded, until)))
    bookings = _Bookings(arrived.program, readings, over)
    as_of = arrived.record.as_of
    days = booking_days(arrived.program, until, as_of, arrived.record)
    for day in days:
        if as_of is None or day <= as_of:
            readings.read(day)
            stands = readings.lived(day)
            bookings.book(day, *stands, day)
            moments.judge(*stands, day)
    evaluation, course = readings.lived(as_of, keep=keep, until=as_of or max(days, default=None))
    if as_of is not None:
        bookings.book(next((day for day in days if day > as_of), None), evaluation, course, as_of)
    stages = {at: reading.stage for at, reading in readings.found.items()}
    return Replayed(evaluation, course, tuple(bookings.found), stages, moments.broken)


def booking_days(program: Program, until: date | None, as_of: date | None, record: Record | None = None) -> tuple[date, ...]:
    """The days on which anything falls due, of periods that end before ``until``; and those on which corrections are settled, up to the
    first that comes after all of them, and after ``as_of``. They go on after the term: its end stops no correction. ``record``: its
    payments make due what is due after them.
    """
    days = {due for flow in program.flows.values() for due in _due_days(program, flow, until)}
    days |= {booked_from(program, flow, entry) for flow in program.flows.values() for entry in occasions(flow, record or Record())}
    last = max((*days, *(() if as_of is None else (as_of,))), default=program.grid.start)
    for day in _settled(program):
        days.add(day)
        if day > last:
            break
    return tuple(sorted(days))


def _settled(program: Program) -> Iterator[date]:
    """The days on which corrections are settled, without end."""
    if program.settled is None:
        return
    deadline, grain = program.settled
    grid, months = program.grid, grain.months if grain < Grain.TERM else 12
    ends = (grid.last_day(grain, place) for place in range(grid.count(grain)))
    after = (add_months(grid.end, months * further) - timedelta(days=1) for further in itertools.count(1))
    for last in itertools.chain(ends, after):
        yield due_day(deadline, last, working_days_of(program))


def _due_days(program: Program, flow: Flow, until: date | None) -> Iterator[date]:
    """The days on which the amounts of a flow fall due, of periods that end before a day."""
    for place in range(program.grid.count(flow.grain)):
        period = program.grid.period(flow.grain, place)
        if until is None or period.last_day < until or flow.grain is Grain.TERM:
            due = flow_due(program, flow, period)
            if due is not None:
                yield due


def _at_once(evaluation: Evaluation, course: Course, over: Selection) -> Iterator[Booking]:
    """Without a record all is known, and each amount is booked once, when it is due."""
    found: list[tuple[date, Line]] = []
    of_flows = (line for flow in evaluation.program.flows.values() for line in flow_lines(evaluation, flow))
    for line in (*of_flows, *exits(evaluation, course)):
        if line.amount and line.day is not None and over.has(line):
            found.append((line.day, line))
    found.sort(key=lambda item: item[0])
    return (_booking(line, day, _signed(line), None, False) for day, line in found)


@define(eq=False)
class _Bookings:
    """What has been booked of each amount, and each booking."""

    program: Program
    readings: Readings
    over: Selection
    booked: dict[tuple[object, ...], Fraction] = field(factory=dict)
    found: list[Booking] = field(factory=list)

    def book(self, day: date | None, evaluation: Evaluation, course: Course, known: date) -> None:
        """Book, on a day, what has changed in all amounts that are due by the day ``known``. Without a day there is none to come."""
        of_flows = (line for flow in self.program.flows.values() for line in flow_lines(evaluation, flow, due_by=known, kept=course.kept))
        for line in (*of_flows, *exits(evaluation, course)):
            if line.amount is None or line.day is None or line.day > known or not self.over.has(line):
                continue
            key = (line.clause, line.kind, line.first_day, line.last_day, line.members, *sorted((line.payer, line.payee)))
            amount, before = _signed(line), self.booked.get(key)
            self.booked[key] = amount
            if amount != (before or 0):
                self.found.append(_booking(line, day, amount - (before or 0), self._stage(line), before is not None))

    def _stage(self, line: Line) -> Stage | None:
        flow = self.program.flows.get(line.clause)
        reading = None if flow is None else self.readings.found.get(read_at(self.program, flow, line))
        return None if reading is None else reading.stage


def _signed(line: Line) -> Fraction:
    """The amount, above 0 from the party whose name comes first in the alphabet to the other."""
    assert line.amount is not None
    return line.amount if line.payer <= line.payee else -line.amount


def _booking(line: Line, day: date | None, change: Fraction, stage: Stage | None, corrects: bool) -> Booking:
    """A change of an amount, signed as `_signed` has it."""
    one, other = sorted((line.payer, line.payee))
    payer, payee = (one, other) if change > 0 else (other, one)
    return Booking(day, line, payer, payee, abs(change), stage, corrects)
