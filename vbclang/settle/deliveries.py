"""What became of data that were received: final data that came too late to be used, and what took the place of others by agreement."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.calendar.labels import day_label
from vbclang.core.program import Program
from vbclang.core.record import Entry, Record
from vbclang.core.walk import whole
from vbclang.data.fed import keys_of
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
            used = "used for the release of what is kept back alone" if _releases(program, entry.of) else "not used"
            yield _happening(program, entry, What.NOT_USED, f"{what} received again, and {used}: {why}")


def _releases(program: Program, data: str) -> bool:
    """Whether data that came later may release money that is kept back."""
    keys = keys_of(program, data)
    asked = (flow.release.condition for flow in program.withholdings if flow.release is not None and flow.release.of == "same")
    return any(getattr(node, "key", None) in keys for condition in asked for node in whole(program.figures, condition))


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
