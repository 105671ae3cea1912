"""The periods of two contracts side by side: which of one is which of the other (the semantics, 4.9)."""

from __future__ import annotations

from vbclang.calendar.grid import Grid
from vbclang.types.kinds import Grain


def counterpart(grid: Grid, other: Grid, grain: Grain, index: int) -> int | None:
    """The place in ``other`` of the period that is ``index`` in ``grid``, which may lie before its term; None where there is none of the
    same days. The term, and what is constant, is 0.
    """
    if grain >= Grain.TERM:
        return 0
    period = grid.period(grain, index)
    place = other.index_of(grain, period.start)
    if place is None:
        return None
    same = other.period(grain, place)
    return place if (same.start, same.end) == (period.start, period.end) else None


def aligned(grid: Grid, other: Grid, grain: Grain) -> bool:
    """Whether the periods of both are the same, wherever both terms have one, and there is one at least. What is constant always is."""
    if grain is Grain.CONSTANT:
        return True
    if grain is Grain.TERM:
        return (grid.start, grid.end) == (other.start, other.end)
    shared = [p.index for p in grid.periods(grain) if p.start < other.end and other.start < p.end]
    return bool(shared) and all(counterpart(grid, other, grain, index) is not None for index in shared)


def earlier(grid: Grid, other: Grid, grain: Grain) -> int:
    """How many periods before the term of ``grid`` the other contract has in its own."""
    if grain >= Grain.TERM:
        return 0
    found = 0
    while counterpart(grid, other, grain, -found - 1) is not None:
        found += 1
    return found
