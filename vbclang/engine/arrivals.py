"""What arrived, and what a worked example puts in its place, as columns of a domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Generic

import numpy as np

from vbclang.core.nodes import State
from vbclang.data.facts import Facts, InputColumn, Overlay
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column, at_periods
from vbclang.engine.domain import C, L, N
from vbclang.engine.integers import Array
from vbclang.engine.reading import Reader, meet, split


class Arrivals(Generic[N, C]):
    """Inputs by key, and the figures that are overridden."""

    def __init__(
        self,
        reader: Reader[N, C],
        facts: Facts,
        overrides: Mapping[str, InputColumn | Overlay],
    ) -> None:
        self._reader, self._facts, self._overrides = reader, facts, overrides
        self._whole: dict[InputColumn, Column[N]] = {}

    def input(self, key: str, frame: Frame) -> Column[N]:
        """An input; not reported everywhere where nothing of it arrived."""
        return self.instead(key, frame, lambda: self._arrived(key, frame))

    def flag(self, key: str, frame: Frame) -> Column[C]:
        """A yes/no input."""
        return self._is_one(self.input(key, frame))

    def instead(self, name: str, frame: Frame, own: Callable[[], Column[N]]) -> Column[N]:
        """What overrides ``name``, and its ``own`` figures where nothing does."""
        match self._overrides.get(name):
            case None:
                return own()
            case InputColumn() as column:
                return self._read(column, frame)
            case Overlay() as overlay:
                there, given = self._read(overlay.column, frame), self._given(overlay, frame)
                return meet(self._reader.axes, self._reader.domain.choose, given, there, own())

    def condition_instead(self, name: str, frame: Frame, own: Callable[[], Column[C]]) -> Column[C]:
        """The same of a condition, which is overridden by 0 and 1."""
        match self._overrides.get(name):
            case None:
                return own()
            case InputColumn() as column:
                return self._is_one(self._read(column, frame))
            case Overlay() as overlay:
                there, given = self._is_one(self._read(overlay.column, frame)), self._given(overlay, frame)
                return meet(self._reader.axes, self._reader.domain.choose_condition, given, there, own())

    def _arrived(self, key: str, frame: Frame) -> Column[N]:
        column = self._facts.inputs.get(key)
        if column is not None:
            return self._read(column, frame)
        return Column((), self._reader.domain.missing(State.NOT_REPORTED))

    def _read(self, column: InputColumn, frame: Frame) -> Column[N]:
        if column not in self._whole:
            order = self._reader.axes.in_order(column.axes)
            lanes = self._reader.domain.given(column)
            self._whole[column] = Column(order, lanes.rearranged(lambda array: self._in_order(array, column.axes, order)))
        return self._where_there(self._whole[column], column, frame, self._reader.domain.missing(State.NOT_REPORTED))

    def _where_there(self, whole: Column[L], column: InputColumn, frame: Frame, nothing: L) -> Column[L]:
        """The column in the periods of a frame; ``nothing`` in those that lie before all that it is about."""
        places = self._reader.clock.containing(frame, column.grain) + column.before
        if frame.first >= 0:
            return at_periods(whole, places)

        def stretch(is_there: int, part: Frame) -> Column[L]:
            return at_periods(whole, places[part.first - frame.first :][: part.count]) if is_there else Column((), nothing)

        return split(self._reader.axes, frame, (places >= 0).astype(np.int64), stretch)

    def _given(self, overlay: Overlay, frame: Frame) -> Column[C]:
        order = self._reader.axes.in_order(overlay.column.axes)
        given = self._in_order(overlay.given, overlay.column.axes, order)
        truth = self._reader.domain.truth
        return self._where_there(Column(order, truth(given)), overlay.column, frame, truth(np.zeros(1, dtype=np.bool_)))

    def _in_order(self, array: Array, axes: tuple[str, ...], order: tuple[str, ...]) -> Array:
        return np.transpose(array, (0, *(axes.index(axis) + 1 for axis in order)))

    def _is_one(self, column: Column[N]) -> Column[C]:
        domain = self._reader.domain
        return Column(column.axes, domain.compare("==", column.lanes, domain.constant(Fraction(1))))
