"""On which day something of a program is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vbclang.calendar.deadlines import Deadline, due_day
from vbclang.calendar.grid import Grid, Period
from vbclang.calendar.months import add_months
from vbclang.calendar.working_days import WorkingDays
from vbclang.core.declared import Known
from vbclang.core.program import Flow, Held, Program, Release
from vbclang.core.provisions import When
from vbclang.core.record import Entry, Record, Stage
from vbclang.types.kinds import Grain


def working_days_of(program: Program) -> WorkingDays | None:
    """The contract's working days; None where it names no place for them."""
    return WorkingDays(program.working_days) if program.working_days else None


def flow_due(program: Program, flow: Flow, period: Period) -> date | None:
    """The due day of a flow for one of its periods; None where it counts from an event."""
    return None if flow.due is None else _due(program, flow.due, flow.due_grain, period)


def last_day_of_release(program: Program, release: Release, period: Period) -> date:
    """The last day on which what was kept back of a period may be released by its condition."""
    return _due(program, release.last, release.last_grain, period)


def last_day_held(program: Program, held: Held, period: Period) -> date:
    """The last day on which what is held of a period may still be decided by a report."""
    return _due(program, held.last, held.last_grain, period)


def due_since(program: Program, flow: Flow, place: int, members: Mapping[str, int], record: Record) -> date | None:
    """The due day of money that is due so long after another clause is paid, or an event happened, for the same period; None while that is
    not recorded. Of several the first counts.
    """
    first = next((entry for entry in occasions(flow, record) if occasions_it(flow, place, entry) and entry.is_for(members)), None)
    return None if first is None or flow.due_after is None else after(program, flow.due_after, first.day)


def booked_from(program: Program, flow: Flow, entry: Entry) -> date:
    """The first day on which money that is due after an entry can be booked: no day before that was known."""
    assert flow.due_after is not None
    return max(after(program, flow.due_after, entry.day), entry.received)


def occasions(flow: Flow, record: Record) -> tuple[Entry, ...]:
    """The payments of the clause after which money is due, or the events."""
    if flow.due_after is None or flow.due_after.name is None:
        return ()
    return record.of("event" if flow.due_after.anchor == "event" else "payment", flow.due_after.name)


def occasions_it(flow: Flow, place: int, entry: Entry) -> bool:
    """Whether an entry makes due what a flow pays for a period: what is paid once needs no period."""
    once = flow.grain >= Grain.TERM and flow.due_after is not None and flow.due_after.anchor == "event"
    return once or entry.period == (flow.grain, place)


def data_due(program: Program, data: str, stage: Stage, period: Period) -> date | None:
    """The due day of a delivery of data about a period; None where the contract has none."""
    due = program.dues.get((data, stage))
    return None if due is None else _due(program, due.deadline, due.grain, period)


def known_day(program: Program, known: Known, last_day: date, back: int) -> date:
    """When a figure is known that is read in a period with this ``last_day``, of a period that lies ``back`` months before it."""
    grid, end = program.grid, known.followed_up(add_months(last_day, -back))
    if known.due.anchor == "period" and grid.start <= end < grid.end:
        end = grid.last_day(known.grain, grid.place_of(known.grain, end) if known.grain < Grain.TERM else 0)
    day = due_day(known.due, end, working_days_of(program))
    if not known.checking:
        return day
    return due_day(Deadline(known.checking, known.checking_unit, "day", day), None, working_days_of(program))


def after(program: Program, deadline: When, day: date) -> date:
    """So long after a day, whatever the deadline counts from."""
    return due_day(Deadline(deadline.count, deadline.unit, "day", day), None, working_days_of(program))


def _due(program: Program, deadline: Deadline, grain: Grain | None, period: Period) -> date:
    last_day = None if grain is None else counted_from(program.grid, period, grain)
    return due_day(deadline, last_day, working_days_of(program))


def counted_from(grid: Grid, period: Period, grain: Grain) -> date:
    """The day from which a deadline counts: the last of the period of ``grain`` in which ``period`` ends, cut to the term."""
    if grain <= period.grain:
        return period.last_day if period.grain is not Grain.TERM else grid.last_day(Grain.TERM, 0)
    return grid.last_day(grain, grid.containing(period.grain, period.index, grain) if grain < Grain.TERM else 0)
