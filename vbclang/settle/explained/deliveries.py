"""Which delivery a figure was counted from, and how late it was: what the record says of it, in words."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.due import data_due
from vbclang.core.record import LatenessOfData
from vbclang.data.told import receipts
from vbclang.data.versions import counting
from vbclang.engine.missing import Place
from vbclang.settle.explained.steps import Sight
from vbclang.types.kinds import Grain


def counted_from(sight: Sight, data: str, place: Place) -> str:
    """From the rows of which data and, where deliveries are recorded, of which day; of what is paid on provisional data not."""
    said, record = f"counted from the rows of {data}", sight.evaluation.facts.record
    if data not in record.delivers or (sight.about is not None and sight.about.flow.on_provisional is not None):
        return said
    program = sight.evaluation.program
    grain = program.dues[data, "final"].grain or Grain.TERM
    if grain < place.grain:
        return said  # of several deliveries
    entry = counting(program, record, data, "final", record.as_of).get(sight.period_of(grain, place))
    if entry is None:
        return said
    way = "on which the parties agreed" if entry.what == "replacement" else "received"
    return f"{said} {way} on {day_label(entry.received)}"


def told(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> str:
    """How the record tells a figure: of lateness, when the data were due, when they came, and to which day it is counted."""
    program = sight.evaluation.program
    told_by = program.told.get(node.key)
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
