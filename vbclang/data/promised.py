"""Deliveries that the record tells and that cannot be as it says: of data whose file is not there, or before their period was over."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.calendar.labels import day_label
from vbclang.core.program import Program
from vbclang.core.record import Entry, Record
from vbclang.data.record import RECORD_FILE
from vbclang.source import Diagnostic, Span
from vbclang.types.kinds import Grain


def without_file(program: Program, record: Record, there: frozenset[str], given: frozenset[str]) -> Iterator[Diagnostic]:
    """Of rows. ``there``: the data of which a file is; ``given``: the measures that have arrived worked out in their place."""
    for rows in program.row_files:
        entries = record.of("delivery", rows.name)
        counted = {program.inputs[tally.key].name for tally in program.tallies if tally.rows == rows.name}
        if entries and rows.name not in there and not counted & given:
            why = (
                f"{RECORD_FILE} says that {rows.name} were delivered on {day_label(entries[0].received)}, and {rows.file} is not in the "
                "folder. Nothing that is counted from them is reported."
            )
            yield Diagnostic("D038", why, Span(RECORD_FILE, 0, 0))


def before_its_end(program: Program, record: Record) -> Iterator[Diagnostic]:
    """Of final data: one finding for each data, of the first such delivery."""
    told: set[str] = set()
    for entry in record.entries:
        label = _too_early(program, entry)
        if label and entry.of not in told:
            told.add(entry.of)
            why = (
                f"{RECORD_FILE}, number {entry.number}: the final data of {entry.of} for {label} were received on "
                f"{day_label(entry.received)}, before {label} was over. They count as delivered in time, and cannot be all of them."
            )
            yield Diagnostic("D039", why, Span(RECORD_FILE, 0, 0))


def _too_early(program: Program, entry: Entry) -> str:
    """The period that was not over when its final data came; empty where there is none."""
    if entry.what != "delivery" or entry.stage != "final" or entry.period is None:
        return ""
    grain, place = entry.period
    period = program.grid.period(grain, place if grain < Grain.TERM else 0)
    return period.label if entry.received < period.last_day else ""
