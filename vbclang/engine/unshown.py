"""The facts as they may be told: without counts that are used but not shown, and without what these could be worked out from.

Method: a figure is hidden where it stands for fewer rows than the contract shows, and a part where so few are left of its whole. What is
counted from the same data in the same months and for the same members is hidden with it: one figure less another would else give the
count. What remains is counted from other rows, so it says nothing of a hidden count; and whatever is worked out from the facts as they are
told says no more than these do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from vbclang.calendar.months import month_place
from vbclang.core.declared import Unshown
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.data.facts import Facts, InputColumn, Overlay, as_narrow_as_possible
from vbclang.engine.interpret import Overrides
from vbclang.engine.unshown_parts import Part, counted_apart
from vbclang.types.kinds import Grain

_Mask: TypeAlias = NDArray[np.bool_]


def told(program: Program, facts: Facts, overrides: Overrides) -> tuple[Facts, Overrides]:
    """The facts with `State.NOT_SHOWN` in the place of what may not be told; ``overrides`` of those inputs are in them."""
    columns = {key: column for key in program.unshown if (column := _standing(facts, overrides, key)) is not None}
    hidden: dict[str, InputColumn] = {}
    for name in dict.fromkeys(unshown.data for unshown in program.unshown.values()):
        own = {key: column for key, column in columns.items() if program.unshown[key].data == name}
        hidden |= _of_data(_Data(program, facts, own, counted_apart(program, facts, own, overrides.keys())))
    kept = {key: each for key, each in overrides.items() if key not in hidden}
    return evolve(facts, inputs={**facts.inputs, **hidden}), kept


def _standing(facts: Facts, overrides: Overrides, key: str) -> InputColumn | None:
    """The column of an input with what stands in its place."""
    own, instead = facts.inputs.get(key), overrides.get(key)
    match instead:
        case None:
            return own
        case InputColumn():
            return instead
        case Overlay(column=column, given=given):
            return column if own is None else _laid_over(own, column, given)


def _laid_over(own: InputColumn, column: InputColumn, given: _Mask) -> InputColumn:
    denominator = lcm(own.denominator, column.denominator)
    there, here = (each.numerators.astype(object) * (denominator // each.denominator) for each in (column, own))
    numerators = as_narrow_as_possible(np.where(given, there, here))
    return evolve(own, numerators=numerators, denominator=denominator, states=np.where(given, column.states, own.states))


@frozen(eq=False)
class _Data:
    """The columns that one data feed, by key."""

    program: Program
    facts: Facts
    columns: Mapping[str, InputColumn]
    counted: tuple[Part, ...]
    """What was counted to different days, and so could be worked out one from the other."""

    def unshown(self, key: str) -> Unshown:
        return self.program.unshown[key]

    @property
    def axes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(axis for column in self.columns.values() for axis in column.axes))

    def sizes(self) -> Iterator[int]:
        for axis in self.axes:
            yield next(column.states.shape[column.axes.index(axis) + 1] for column in self.columns.values() if axis in column.axes)

    def months(self, column: InputColumn, at: int) -> tuple[int, int]:
        """The months (see `month_place`) in which the period at a place of the column lies: the first, and the one after the last."""
        grid, grain = self.program.grid, column.grain
        if grain >= Grain.TERM:
            return month_place(grid.start), month_place(grid.last_day(Grain.TERM, 0)) + 1
        first, end = grid.period(grain, at - column.before).start, grid.last_day(grain, at - column.before)
        return month_place(first), month_place(end) + 1


def _of_data(data: _Data) -> dict[str, InputColumn]:
    """The columns with what is hidden of them."""
    if not data.columns:
        return {}
    ends = [data.months(column, at) for column in data.columns.values() for at in (0, len(column.states) - 1)]
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    shape = (last - first, *data.sizes())
    dated: dict[str, _Mask] = {data.unshown(key).dated: np.zeros(shape, dtype=np.bool_) for key in data.columns}
    for key, column in data.columns.items():
        small = np.logical_or.reduce([_small(data, key, part) for part in data.counted])
        for at in np.flatnonzero(small.reshape(len(small), -1).any(axis=1)):
            start, end = data.months(column, int(at))
            dated[data.unshown(key).dated][start - first : end - first] |= _spread(data, column, small[at])
    return {key: _masked(column, _hidden(data, key, column, dated, first)) for key, column in data.columns.items()}


def _small(data: _Data, key: str, part: Part) -> _Mask:
    """Where a figure stands for too few rows, or leaves too few of its whole, as far as it is counted in a part."""
    unshown, column = data.unshown(key), part.columns[key]
    there = (column.states == State.VALUE) | (column.states == State.TOO_SMALL)
    rows, whole = (None if of is None else part.columns.get(of) for of in (unshown.rows, unshown.whole))
    small = np.zeros(column.states.shape, dtype=np.bool_)
    if rows is not None:
        small |= there & (rows.states == State.VALUE) & _below(rows.numerators, rows.denominator, unshown.least)
    if whole is not None:
        left = whole.numerators.astype(object) * column.denominator - column.numerators.astype(object) * whole.denominator
        both = (column.states == State.VALUE) & (whole.states == State.VALUE)
        small |= both & _below(left, column.denominator * whole.denominator, unshown.least)
    return small & part.where(data.program, column)


def _below(numerators: NDArray[Any], denominator: int, least: int) -> _Mask:
    return np.asarray(numerators < least * denominator, dtype=np.bool_)


def _spread(data: _Data, column: InputColumn, small: _Mask) -> _Mask:
    """What is said of the members of a column, in the order of all axes of the data."""
    order = sorted(range(len(column.axes)), key=lambda place: data.axes.index(column.axes[place]))
    found = np.transpose(small, order)
    return np.expand_dims(found, tuple(place for place, axis in enumerate(data.axes) if axis not in column.axes))


def _hidden(data: _Data, key: str, column: InputColumn, dated: Mapping[str, _Mask], first: int) -> _Mask:
    """Where a figure is hidden with others. Rows that count by another day may be those of any month."""
    own, others = data.unshown(key).dated, [mask.any(axis=0) for by, mask in dated.items() if by != data.unshown(key).dated]
    gone = tuple(place for place, axis in enumerate(data.axes) if axis not in column.axes)
    kept = [axis for axis in data.axes if axis in column.axes]
    found = np.zeros(column.states.shape, dtype=np.bool_)
    for at in range(len(column.states)):
        start, end = data.months(column, at)
        mask = np.logical_or.reduce([dated[own][start - first : end - first].any(axis=0), *others])
        found[at] = np.transpose(mask.any(axis=gone), [kept.index(axis) for axis in column.axes])
    return found | _incomplete(data, key, column)


def _incomplete(data: _Data, key: str, column: InputColumn) -> _Mask:
    """Of how complete rows are: where few rows are, or few are not."""
    found, counts = np.zeros(column.states.shape, dtype=np.bool_), data.facts.rows.get(key)
    if counts is not None and any(tally.key == key and tally.aggregate == "completeness" for tally in data.program.tallies):
        for at, there in counts.delivered.items():
            found[at + column.before] = there.is_few(data.unshown(key).least)
    return found


def _masked(column: InputColumn, hidden: _Mask) -> InputColumn:
    """The column without the figures that are hidden; why one is missing otherwise is told."""
    there = hidden & ((column.states == State.VALUE) | (column.states == State.TOO_SMALL))
    if not there.any():
        return column
    states = np.where(there, np.int8(State.NOT_SHOWN), column.states)
    return evolve(column, numerators=np.where(there, 0, column.numerators), states=states)
