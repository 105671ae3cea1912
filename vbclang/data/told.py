"""The record -> the columns that it tells: of each event and each delivery, what is known at the end of each period.

What has not happened by the day to which the record reaches may still happen in a period that has not ended by then: of that nothing is
known yet. Without a record nothing has happened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import assert_never

from vbclang.calendar.grid import Period
from vbclang.core.due import after, data_due, flow_due, known_day
from vbclang.core.nodes import State
from vbclang.core.program import Member, Program
from vbclang.core.record import Breach, Breached, Cured, EffectiveDate, Entry, EventDue, LatenessOfData, OfEvent, Record, are_among
from vbclang.data.facts import InputColumn, column_of
from vbclang.types.kinds import Grain

_DAY = timedelta(days=1)


def told_columns(program: Program, members: Mapping[str, tuple[Member, ...]], record: Record) -> dict[str, InputColumn]:
    """The column of each input that the record feeds, by its key."""
    known = ((key, told) for key, told in program.told.items() if not isinstance(told, EffectiveDate | Breached))
    in_time = {key: _never(program, members, key) for key in program.held}
    return {**{key: _column(program, members, record, key, told) for key, told in known}, **in_time}


def _never(program: Program, members: Mapping[str, tuple[Member, ...]], key: str) -> InputColumn:
    """No: whether the last day of money that is held has passed in vain is known from what was there on it."""
    type_ = program.inputs[key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    shape = (program.grid.count(type_.grain), *(len(members[axis]) for axis in axes))
    return column_of(axes, type_.grain, shape, {place: Fraction(0) for place in product(*map(range, shape))})


def cured_columns(
    program: Program, members: Mapping[str, tuple[Member, ...]], record: Record, dues: Collection[EventDue]
) -> dict[str, InputColumn]:
    """The column of each cure whose time runs from the day by which an event was due: that is known from the course of the contract."""
    cures = {key: told for key, told in program.told.items() if isinstance(told, Cured) and told.within.anchor == "event due"}
    return {key: _column(program, members, record, key, told, dues) for key, told in cures.items()}


def breached_columns(
    program: Program, members: Mapping[str, tuple[Member, ...]], record: Record, breaches: Collection[Breach]
) -> dict[str, InputColumn]:
    """The column of each input that says whether a duty was not kept: that is known from the course of the contract too."""
    asked = {key: told for key, told in program.told.items() if isinstance(told, Breached)}
    return {key: _column(program, members, record, key, told, breaches=breaches) for key, told in asked.items()}


def _column(
    program: Program,
    members: Mapping[str, tuple[Member, ...]],
    record: Record,
    key: str,
    told: OfEvent | LatenessOfData | Cured | Breached,
    dues: Collection[EventDue] = (),
    breaches: Collection[Breach] = (),
) -> InputColumn:
    type_ = program.inputs[key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    sizes = tuple(len(members[axis]) for axis in axes)
    periods = program.grid.count(type_.grain)
    cells: dict[tuple[int, ...], Fraction | State] = {}
    for place in range(periods):
        period = program.grid.period(type_.grain, place)
        start, after_end = program.grid.active(type_.grain, place)
        end = after_end - _DAY
        for at in product(*map(range, sizes)):
            match told:
                case OfEvent():
                    cells[(place, *at)] = _of_event(told, record, start, end, dict(zip(axes, at, strict=True)))
                case LatenessOfData():
                    cells[(place, *at)] = lateness(program, told, record, period)
                case Cured():
                    cells[(place, *at)] = _cured(program, told, record, period, dict(zip(axes, at, strict=True)), dues)
                case Breached():
                    here = [each.day for each in breaches if each.clause == told.clause and each.is_for(dict(zip(axes, at, strict=True)))]
                    cells[(place, *at)] = _happened(record, end, any(start <= day <= end for day in here))
                case _:
                    assert_never(told)
    return column_of(axes, type_.grain, (periods, *sizes), cells)


# -- events --------------------------------------------------------------------------------------------------------------


def _of_event(told: OfEvent, record: Record, start: date, end: date, members: Mapping[str, int]) -> Fraction | State:
    entries = sorted(_about(record, told.event, end, members), key=lambda entry: (entry.day, entry.number))
    open_yet = record.as_of is not None and record.as_of < end
    match told.what:
        case "has occurred":
            return Fraction(1) if entries else State.NOT_REPORTED if open_yet else Fraction(0)
        case "has been in force":
            begun = {(entry.day, entry.members): entry for entry in entries}  # of several lines about one, the last says when it was over
            return _happened(record, end, any(_lasts(told, entry, start, end, record.as_of) for entry in begun.values()))
        case "is in force":
            return State.NOT_REPORTED if open_yet else Fraction(record.has_occurred(told.event, end, members, lasting=True))
        case "in the period":
            there = any(entry.day >= start for entry in entries)
            return Fraction(1) if there else State.NOT_REPORTED if open_yet else Fraction(0)
        case "date":
            return Fraction(entries[-1].day.toordinal()) if entries else State.NOT_REPORTED
        case column:
            return dict(entries[-1].cells).get(column, State.NOT_REPORTED) if entries else State.NOT_REPORTED


def _happened(record: Record, end: date, happened: bool) -> Fraction | State:
    """What has not happened in a period that is not over yet may happen still."""
    open_yet = record.as_of is not None and record.as_of < end
    return State.NOT_REPORTED if open_yet and not happened else Fraction(happened)


def _lasts(told: OfEvent, entry: Entry, start: date, end: date, as_of: date | None) -> bool:
    """Whether an event has been in force long enough on some day from ``start`` to ``end``, as far as is known."""
    last = min(day for day in (entry.until, end, as_of) if day is not None)
    return max(told.reached(entry), start) <= last


def _cured(
    program: Program, told: Cured, record: Record, period: Period, members: Mapping[str, int], dues: Collection[EventDue]
) -> Fraction:
    """Whether an event that names the period came in its time after what it counts from."""
    about, starts = (period.grain, period.index), list(_starts(program, told, record, period, members, dues))
    cures = (entry for entry in record.of("event", told.event) if entry.is_about(about, members))
    return Fraction(any(start <= cure.day <= after(program, told.within, start) for cure in cures for start in starts))


def _starts(
    program: Program, told: Cured, record: Record, period: Period, members: Mapping[str, int], dues: Collection[EventDue]
) -> Iterator[date]:
    """The days from which the time for a cure runs."""
    about = (period.grain, period.index)
    match told.within.anchor:
        case "notice":
            yield from (entry.day for entry in record.of("notice", told.clause) if entry.is_about(about, members))
        case "clause paid":
            yield from (entry.day for entry in record.of("payment", told.within.name or "") if entry.is_about(about, members))
        case "event":
            yield from (entry.day for entry in record.of("event", told.within.name or "") if entry.is_about(about, members))
        case "event due":
            yield from (due.day for due in dues if due.event == told.within.name and _is_for(program, due, period, members))
        case "period":
            yield period.last_day
        case "result":
            yield max((known_day(program, known, period.last_day, back) for known, back in told.known), default=period.last_day)
        case "day":
            yield told.within.day or period.last_day


def _is_for(program: Program, due: EventDue, period: Period, members: Mapping[str, int]) -> bool:
    """Whether the event was due for these members, and for this period or a longer one in which it ends."""
    if not are_among(due.members, members):
        return False
    if due.about is None:
        return True
    whole = program.grid.period(*due.about)
    return whole.grain >= period.grain and whole.start <= period.last_day <= whole.last_day


def _about(record: Record, event: str, end: date, members: Mapping[str, int]) -> Iterator[Entry]:
    """The entries of an event that happened by a day."""
    for entry in record.of("event", event):
        if entry.day <= end and entry.is_for(members):
            yield entry


# -- lateness ------------------------------------------------------------------------------------------------------------


def lateness(program: Program, told: LatenessOfData, record: Record, period: Period) -> Fraction | State:
    """How many days late a delivery about a period is, by what the record says of it."""
    due, last = data_due(program, told.data, told.stage, period), _counted_until(program, told, period)
    if due is None or last is None or record.as_of is None:
        return State.NOT_REPORTED
    received = receipts(told, record, period)
    if not received and record.as_of < last:
        return State.NOT_REPORTED
    day = min([*received, last])
    return Fraction(max(0, (min(day, last) - due).days))


def receipts(told: LatenessOfData, record: Record, period: Period) -> list[date]:
    """The days on which the delivery was received whose lateness is asked for."""
    about = (period.grain, period.index)
    return [entry.received for entry in record.of("delivery", told.data) if entry.stage == told.stage and entry.period == about]


def _counted_until(program: Program, told: LatenessOfData, period: Period) -> date | None:
    """The due day of the clause that reads it."""
    flow = program.flows.get(told.flow)
    if flow is None:  # a clause that moves no money reads it: it counts on to the end of the term
        return program.grid.last_day(Grain.TERM, 0)
    grid, own = program.grid, flow.grain
    if own >= Grain.TERM:
        return flow_due(program, flow, grid.period(own, 0))
    place = grid.containing(period.grain, period.index, own) if own >= period.grain else grid.within(period.grain, period.index, own)[-1]
    return flow_due(program, flow, grid.period(own, place))
