"""What became of data that were received: final data that came too late to be used, and what took the place of others by agreement."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.calendar.labels import day_label
from vbclang.core.program import Program
from vbclang.core.record import Entry, Record
from vbclang.data.versions import counting
from vbclang.settle.statement import Happening, What
from vbclang.types.kinds import Grain


def of_deliveries(program: Program, record: Record) -> tuple[Happening, ...]:
    """In the order of the record."""
    return tuple(_told(program, record))


def _told(program: Program, record: Record) -> Iterator[Happening]:
    for entry in record.entries:
        if entry.period is None or entry.stage != "final":
            continue
        what = f"final {entry.of} for {_label(program, entry.period)}"
        if entry.what == "replacement":
            yield _happening(program, entry, What.REPLACED, f"{what} replaced, as the parties have agreed")
        elif (counts := _before(program, record, entry)) is not None:
            why = f"those of {day_label(counts.received)} count"
            yield _happening(program, entry, What.NOT_USED, f"{what} received again, and not used: {why}")


def _before(program: Program, record: Record, entry: Entry) -> Entry | None:
    """What counted already on the day on which a delivery came, and goes on to count; None where the delivery itself counts."""
    assert entry.period is not None
    counts = counting(program, record, entry.of, "final", entry.received)[entry.period[1]]
    return None if counts is entry or counts.number > entry.number else counts


def _happening(program: Program, entry: Entry, what: What, words: str) -> Happening:
    assert entry.period is not None
    grain, place = entry.period
    return Happening(entry.received, what, "", words, program.grid.period(grain, place) if grain < Grain.TERM else None)


def _label(program: Program, period: tuple[Grain, int]) -> str:
    grain, place = period
    return program.grid.period(grain, place).label if grain < Grain.TERM else "the whole term"
