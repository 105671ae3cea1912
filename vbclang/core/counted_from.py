"""From which day on rows count: from the start of the term, or of a history before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vbclang.calendar.grid import Grid
from vbclang.core.declared import InputDeclaration
from vbclang.types.kinds import Grain


def figures_from(grid: Grid, inputs: Iterable[InputDeclaration]) -> date:
    """The first day of which any of the inputs has figures."""
    starts = (grid.period(declared.type.grain, -declared.history).start for declared in inputs if declared.history)
    return min(starts, default=grid.start)


def windows_from(grid: Grid, window: Grain, inputs: Iterable[InputDeclaration]) -> date:
    """The first day on which rows decide, over each ``window``, whose the rows are that feed the inputs: a window counts as a whole, so it
    may begin before the figures do.
    """
    first = figures_from(grid, inputs)
    return first if first == grid.start else grid.period(window, grid.place_of(window, first)).start
