"""Which rows a figure is counted from, and in which file they stand."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.declared import RowFile, RowTally
from vbclang.engine.missing import Place
from vbclang.settle.explained.steps import Sight


def tally_of(sight: Sight, key: str) -> RowTally | None:
    """How a figure is counted; None where it arrived worked out, and so has no rows here."""
    counted_here = key in sight.evaluation.facts.rows
    return next((tally for tally in sight.evaluation.program.tallies if tally.key == key and counted_here), None)


def file_of(sight: Sight, tally: RowTally) -> RowFile:
    """The rows from which it is counted."""
    return file_named(sight, tally.rows)


def file_named(sight: Sight, name: str) -> RowFile:
    """Rows by their name."""
    return next(file for file in sight.evaluation.program.row_files if file.name == name)


def cell(sight: Sight, node: n.Input, place: Place) -> tuple[int, ...]:
    """Where the figure of a place stands in what was counted: its period, then its members."""
    axes = (axis for axis in sight.evaluation.program.axes if axis in node.type.axes)
    return (sight.period(node, place), *(place.members[axis] for axis in axes))


def so_many_rows(count: int) -> str:
    """Their number in words."""
    return f"{count:,} row{'' if count == 1 else 's'}"
