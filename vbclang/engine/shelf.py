"""Named columns, each worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Generic

from attrs import frozen

from vbclang.engine.clock import Clock, Frame
from vbclang.engine.column import Axes, Column, along_periods, at_periods
from vbclang.engine.domain import L
from vbclang.engine.errors import CircleError
from vbclang.types.kinds import Grain


@frozen(eq=False)
class Entry(Generic[L]):
    """A column and how it is worked out. ``recursive``: it may read its own earlier periods, so it grows period by period."""

    key: str
    grain: Grain
    recursive: bool
    work: Callable[[Frame], Column[L]]


class Shelf(Generic[L]):
    """The columns that are done, and the periods that are done of those that grow."""

    def __init__(self, clock: Clock, axes: Axes) -> None:
        self._clock, self._axes = clock, axes
        self._whole: dict[str, Column[L]] = {}
        self._parts: dict[str, dict[int, Column[L]]] = {}
        self._earlier: dict[tuple[str, Frame], Column[L]] = {}
        self._busy: set[tuple[str, int]] = set()

    def take_over(self, other: Shelf[L], keys: AbstractSet[str]) -> None:
        """What another shelf holds under these keys."""
        self._whole.update((key, column) for key, column in other._whole.items() if key in keys)
        self._parts.update((key, dict(parts)) for key, parts in other._parts.items() if key in keys)
        self._earlier.update((at, column) for at, column in other._earlier.items() if at[0] in keys)

    def read(self, entry: Entry[L], frame: Frame) -> Column[L]:
        """The column in the periods of a frame, which may be finer than its own."""
        own = self._clock.in_grain(frame, entry.grain)
        column = self._own(entry, own)
        return column if own == frame else at_periods(column, self._clock.containing(frame, entry.grain) - own.first)

    def _own(self, entry: Entry[L], frame: Frame) -> Column[L]:
        if frame.first < 0:  # before the term: only what is read there, and never much
            if (entry.key, frame) not in self._earlier:
                self._earlier[entry.key, frame] = self._worked(entry, frame, frame.first)
            return self._earlier[entry.key, frame]
        if entry.key not in self._whole and entry.recursive:
            return self._grown(entry, frame)
        if entry.key not in self._whole:
            self._whole[entry.key] = self._worked(entry, self._clock.whole(entry.grain), -1)
        return at_periods(self._whole[entry.key], frame.periods)

    def _grown(self, entry: Entry[L], frame: Frame) -> Column[L]:
        """Earlier periods first, so that the depth of recursion does not grow with the term; if one of them waits for this very
        period, it is not needed here.
        """
        parts = self._parts.setdefault(entry.key, {})
        for period in range(frame.first):
            with suppress(CircleError):
                self._part(entry, parts, period)
        found = along_periods([(self._part(entry, parts, period), 1) for period in frame.periods], self._axes)
        if len(parts) == self._clock.count(entry.grain):
            self._whole[entry.key] = along_periods([(parts[period], 1) for period in sorted(parts)], self._axes)
        return found

    def _part(self, entry: Entry[L], parts: dict[int, Column[L]], period: int) -> Column[L]:
        if period not in parts:
            parts[period] = self._worked(entry, Frame(entry.grain, period, 1), period)
        return parts[period]

    def _worked(self, entry: Entry[L], frame: Frame, period: int) -> Column[L]:
        if (entry.key, period) in self._busy:
            raise CircleError(f"`{entry.key}` needs itself in the same {entry.grain.words}")
        self._busy.add((entry.key, period))
        try:
            return entry.work(frame)
        finally:
            self._busy.discard((entry.key, period))
