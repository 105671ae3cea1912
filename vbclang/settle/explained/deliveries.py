"""Which delivery a figure was counted from, how late it was, and which events decide: what the record says of it, in words."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.due import data_due
from vbclang.core.record import Cured, Entry, LatenessOfData, OfEvent
from vbclang.data.told import receipts
from vbclang.data.versions import counting, grain_of
from vbclang.engine.missing import Place
from vbclang.settle.explained.steps import Sight
from vbclang.types.kinds import Grain


def counted_from(sight: Sight, data: str, place: Place) -> str:
    """From the rows of which data and, where deliveries are recorded, of which day; of what is paid on provisional data not."""
    return _received(sight, data, f"counted from the rows of {data}", place)


def reported(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> str:
    """That a figure arrived as it is and, where reports are recorded, on which day."""
    declared = sight.evaluation.program.inputs.get(node.key)
    return _received(sight, "" if declared is None else declared.name, "as reported", place)


def _received(sight: Sight, data: str, said: str, place: Place) -> str:
    program, record = sight.evaluation.program, sight.evaluation.facts.record
    if data not in record.delivers or (sight.about is not None and sight.about.flow.on_provisional is not None):
        return said
    grain = grain_of(program, data)
    if grain < place.grain:
        return said  # of several deliveries
    entry = _counting(sight, data, grain, place)
    if entry is None:
        return said
    way = "on which the parties agreed" if entry.what == "replacement" else "received"
    return f"{said} {way} on {day_label(entry.received)}"


def has_come(sight: Sight, data: str, grain: Grain, place: Place) -> bool:
    """Whether a delivery of data, or of a measure that arrives, counts for a period; of what nobody records it is not asked."""
    record = sight.evaluation.facts.record
    return data not in record.delivers or grain >= Grain.TERM or _counting(sight, data, grain, place) is not None


def _counting(sight: Sight, data: str, grain: Grain, place: Place) -> Entry | None:
    """The final delivery that counts for a period."""
    program, record = sight.evaluation.program, sight.evaluation.facts.record
    return counting(program, record, data, "final", record.as_of).get(sight.period_of(grain, place))


def told(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> str:
    """How the record tells a figure: of lateness, when the data were due, when they came, and to which day it is counted."""
    program = sight.evaluation.program
    told_by = program.told.get(node.key)
    if isinstance(told_by, OfEvent | Cured):
        return events(sight, node, place)
    if not isinstance(told_by, LatenessOfData):
        return "told by the record"
    grain = node.type.grain
    period = program.grid.period(grain, sight.period_of(grain, place))
    due = data_due(program, told_by.data, told_by.stage, period)
    came = receipts(told_by, sight.evaluation.facts.record, period)
    if due is None:
        return "told by the record"
    days, first = sight.read(node, place), min(came, default=None)
    said = f"due on {day_label(due)}, " + ("not received" if first is None else f"received on {day_label(first)}")
    late = isinstance(days, Fraction) and days > 0 and (first is None or (first - due).days > days)
    return f"{said}, counted to {day_label(due + timedelta(days=int(days)))}" if late else said


def events(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> str:
    """The events that decide it, by their days: of a cure those about the period, else those up to its end. Empty: no event does."""
    program, record = sight.evaluation.program, sight.evaluation.facts.record
    told_by, grain = program.told.get(node.key), node.type.grain
    if not isinstance(told_by, OfEvent | Cured) or grain >= Grain.TERM:
        return ""
    period = program.grid.period(grain, sight.period_of(grain, place))
    own = [entry for entry in record.of("event", told_by.event) if entry.is_for(place.members)]
    if isinstance(told_by, Cured):
        found = [entry for entry in own if entry.period == (period.grain, period.index)]
        none = f"no {told_by.event} about {period.label}{_about_others(sight, own)}"
    else:
        found = [entry for entry in own if entry.day <= period.last_day]
        none = f"no {told_by.event} by {day_label(period.last_day)}{_in_later(sight, own, grain)}"
    listed = [f"{told_by.event} {_when(entry)}" for entry in found[-_MOST_EVENTS:]]
    return f"the record has {', '.join(listed) if listed else none}"


def _in_later(sight: Sight, entries: list[Entry], grain: Grain) -> str:
    """That one came too late for the period, and to which it belongs."""
    if not entries:
        return ""
    grid = sight.evaluation.program.grid
    label = grid.period(grain, grid.place_of(grain, entries[0].day)).label
    return f"; the one on {day_label(entries[0].day)} belongs to {label}"


def _about_others(sight: Sight, entries: list[Entry]) -> str:
    """That one is there that names another period, or none."""
    if not entries:
        return ""
    last = entries[-1]
    about = "no period" if last.period is None else sight.label(*last.period)
    return f"; the one on {day_label(last.day)} names {about}"


_MOST_EVENTS = 4
"""So many are named, the last of them."""


def _when(entry: Entry) -> str:
    until = "" if entry.until is None else f" until {day_label(entry.until)}"
    received = "" if entry.received == entry.day else f", received on {day_label(entry.received)}"
    return f"on {day_label(entry.day)}{until}{received}"
