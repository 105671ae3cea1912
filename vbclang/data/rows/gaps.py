"""Periods of which no row has come, between others: whether nothing happened or nothing was delivered only a record could say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vbclang.calendar.months import first_of
from vbclang.core.program import Program
from vbclang.core.record import Record
from vbclang.data.rows.read import ReadRows
from vbclang.data.wording import listed
from vbclang.source import Diagnostic, Span
from vbclang.types.kinds import Grain


def without_rows(program: Program, record: Record, read: Mapping[str, Mapping[str, ReadRows]]) -> Iterator[Diagnostic]:
    """For information, of data whose deliveries nobody records; not of those of which small counts are not shown: it would tell one."""
    unshown = {each.data for each in program.unshown.values()}
    for name, files in read.items():
        due = program.dues.get((name, "final"))
        if name not in record.delivers and name not in unshown and due is not None and due.grain is not None and due.grain < Grain.TERM:
            for file, rows in files.items():
                yield from _told(program, name, file, _lacking(program, rows, due.grain))


def _lacking(program: Program, rows: ReadRows, grain: Grain) -> list[str]:
    """The periods without a row between the first and the last that have one."""
    months = {month for by_day in rows.months.values() for month, came in by_day.items() if came.rows}
    there = {place for month in months if (place := program.grid.index_of(grain, first_of(month))) is not None}
    between = range(min(there), max(there)) if there else ()
    return [program.grid.period(grain, place).label for place in between if place not in there]


def _told(program: Program, name: str, file: str, lacking: list[str]) -> Iterator[Diagnostic]:
    if lacking:
        why = (
            f"{file}: no row is dated in {listed(lacking, 'or')}, and rows are before and after. What is counted there is nothing. If "
            f"these rows have not come, write the deliveries of `{name}` that have come into record.csv."
        )
        yield Diagnostic("D037", why, Span(file, 0, 0))
