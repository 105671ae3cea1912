"""Which periods there are, and which lie in which: the calendar as the interpreter needs it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.calendar.grid import Grid
from vbclang.engine.errors import EngineError
from vbclang.types.kinds import Grain


@frozen
class Frame:
    """The periods ``first`` to ``first + count - 1`` of one grain: where a node is evaluated. A constant has one place. Periods before the
    term have places below 0.
    """

    grain: Grain
    first: int
    count: int

    @property
    def periods(self) -> range:
        """The places of its periods."""
        return range(self.first, self.first + self.count)

    @property
    def halves(self) -> tuple[Frame, Frame] | None:
        """What of it lies before the term and what in it, where it reaches over both."""
        if not self.first < 0 < self.first + self.count:
            return None
        return self.part(0, -self.first), self.part(-self.first, self.count)

    def part(self, start: int, stop: int) -> Frame:
        """The periods from the ``start``-th to before the ``stop``-th of this frame."""
        return Frame(self.grain, self.first + start, stop - start)


class Clock:
    """The grid's periods as arrays of places."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._containing = lru_cache(maxsize=None)(self._all_containing)

    def count(self, grain: Grain) -> int:
        """How many periods of a grain there are; the term and a constant have one."""
        return self.grid.count(grain) if grain < Grain.TERM else 1

    def whole(self, grain: Grain) -> Frame:
        """All periods of a grain."""
        return Frame(grain, 0, self.count(grain))

    def containing(self, frame: Frame, coarser: Grain) -> NDArray[np.int64]:
        """For each period of the frame the place of the ``coarser`` period in which it lies. The frame may reach before the term."""
        if frame.first < 0:
            return np.array([self._place(frame.grain, period, coarser) for period in frame.periods], dtype=np.int64)
        return self._containing(frame.grain, coarser)[frame.first : frame.first + frame.count]

    def covering(self, frame: Frame, coarser: Grain) -> Frame:
        """The ``coarser`` periods in which the frame lies."""
        places = self.containing(frame, coarser)
        return Frame(coarser, int(places[0]), int(places[-1] - places[0]) + 1)

    def in_grain(self, frame: Frame, grain: Grain) -> Frame:
        """The frame itself, or the periods of a coarser grain in which it lies. The term is as good as a constant."""
        if grain == frame.grain:
            return frame
        if grain < min(frame.grain, Grain.TERM):
            raise EngineError(f"a figure of each {grain.words} is read in a place of each {frame.grain.words}")
        return self.covering(frame, grain)

    def within(self, grain: Grain, period: int, finer: Grain) -> range:
        """The places of the ``finer`` periods in a period."""
        if grain == finer:
            return range(period, period + 1)
        return range(self.count(finer)) if grain >= Grain.TERM else self.grid.within(grain, period, finer)

    def _all_containing(self, finer: Grain, coarser: Grain) -> NDArray[np.int64]:
        return np.array([self._place(finer, period, coarser) for period in range(self.count(finer))], dtype=np.int64)

    def _place(self, finer: Grain, period: int, coarser: Grain) -> int:
        if finer == coarser:
            return period
        return self.grid.containing(finer, period, coarser) if coarser < Grain.TERM else 0
