"""What has arrived, as columns: the only form in which the engine sees data.

A column is an array (periods, members of each axis in turn) of integers over one denominator, with an array of states beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from vbclang.core.nodes import State
from vbclang.core.program import Member
from vbclang.core.record import Record
from vbclang.types.kinds import Grain

_INT64 = 1 << 63


@frozen(eq=False)
class InputColumn:
    """A figure that arrived, for each period of ``grain`` and each member of ``axes``.

    ``numerators`` (``int64``, or Python integers as ``object``) and ``states`` (`State` as ``int8``) have the shape
    (periods, members of the first axis, ...); a `TERM` or `CONSTANT` column has one period. The figure is numerator over
    ``denominator``. Yes/no is 0 or 1, a category its place, a date its ordinal. Where a state is not `VALUE` the numerator is 0.
    ``before``: so many of the periods lie before the term; they come first.
    """

    axes: tuple[str, ...]
    grain: Grain
    numerators: NDArray[Any]
    denominator: int
    states: NDArray[np.int8]
    before: int = 0

    @property
    def in_term(self) -> NDArray[np.int8]:
        """The states of the periods of the term."""
        return self.states[self.before :]


@frozen(eq=False)
class Overlay:
    """Figures put in the place of others, only where ``given`` (the shape of the column): what a worked example says."""

    column: InputColumn
    given: NDArray[np.bool_]


@frozen
class Delivered:
    """How many rows of a file are dated in a period, all members together; ``complete``: those without a blank that the contract minds;
    ``nobody``: those that belong to nobody, where other rows decide whose they are.
    """

    rows: int
    complete: int
    nobody: int = 0

    def is_few(self, least: int) -> bool:
        """Whether fewer rows are complete than ``least``, or some are not, and fewer of these. That none lacks anything tells of nobody."""
        return self.complete < least or 0 < self.rows - self.complete < least


@frozen
class SetAside:
    """Of the rows that a figure is counted from: those ``excluded``, those ``left_out`` for a blank, and those of which what is asked is
    ``blank``, so that it is not met. ``looked_at``: all but those left out.
    """

    looked_at: int
    excluded: int
    left_out: int
    blank: int


@frozen(eq=False)
class RowCounts:
    """Numbers of the rows behind a figure, never a cell of them: ``delivered`` by period; ``set_aside`` by period and member of each axis,
    where there are any. Periods before the term are below 0.
    """

    delivered: Mapping[int, Delivered]
    set_aside: Mapping[tuple[int, ...], SetAside]


@frozen
class Closed:
    """The days, half-open, on which a clause does not count: for these ``members``, by place, alone (none named: for all)."""

    first: date
    end: date
    members: tuple[tuple[str, int], ...] = ()

    def holds_for(self, members: Mapping[str, int]) -> bool:
        """Whether it is about these members."""
        return all(members.get(axis) == place for axis, place in self.members)


@frozen
class End:
    """The last ``day`` whose rows count: of those about these ``members``, by place, alone (none named: of all)."""

    day: date
    members: tuple[tuple[str, int], ...] = ()


@frozen(eq=False)
class Facts:
    """All that arrived: the members of the open axes, and the inputs by key. An input without a column is not reported everywhere.
    ``rows``: of the inputs that are counted from rows, how many rows that were.
    """

    members: Mapping[str, tuple[Member, ...]] = field(factory=dict)
    inputs: Mapping[str, InputColumn] = field(factory=dict)
    rows: Mapping[str, RowCounts] = field(factory=dict)
    record: Record = field(factory=Record)
    """What happened and was decided, as far as it was received."""
    closed: Mapping[str, tuple[Closed, ...]] = field(factory=dict)
    """Of each flow the days on which it does not count: after the end of the contract, while it is suspended."""
    until: Callable[[date | None], Facts] | None = None
    """The same facts, counted from no row that is dated after a day (None: from all); None where there are no rows."""
    ends: frozenset[End] = frozenset()
    """By what ends the rows were counted, where not all were."""
    cuts: frozenset[End] = frozenset()
    """By what ends any figures of the same statement were counted: of two of them one may be what was counted beyond an end."""


def column_of(
    axes: tuple[str, ...], grain: Grain, shape: tuple[int, ...], cells: Mapping[tuple[int, ...], Fraction | State], before: int = 0
) -> InputColumn:
    """A column of ``shape`` from its cells, by place (period, from ``-before``, then member of the first axis, ...). A place without a
    cell is not reported.
    """
    denominator = lcm(*(c.denominator for c in cells.values() if isinstance(c, Fraction)))
    numerators = np.zeros(shape, dtype=object)
    states = np.full(shape, State.NOT_REPORTED, dtype=np.int8)
    for (period, *rest), cell in cells.items():
        place = (period + before, *rest)
        if isinstance(cell, Fraction):
            numerators[place] = cell.numerator * (denominator // cell.denominator)
        states[place] = State.VALUE if isinstance(cell, Fraction) else cell
    return InputColumn(axes, grain, as_narrow_as_possible(numerators), denominator, states, before)


def overlay_of(
    axes: tuple[str, ...], grain: Grain, shape: tuple[int, ...], cells: Mapping[tuple[int, ...], Fraction | State], before: int = 0
) -> Overlay:
    """The same, but a place without a cell keeps the figure that it would have had."""
    given = np.zeros(shape, dtype=np.bool_)
    for period, *rest in cells:
        given[(period + before, *rest)] = True
    return Overlay(column_of(axes, grain, shape, cells, before), given)


def as_narrow_as_possible(numerators: NDArray[Any]) -> NDArray[Any]:
    """Numerators as 64-bit integers where all of them are that short."""
    fits = all(-_INT64 <= n < _INT64 for n in numerators.flat)
    return numerators.astype(np.int64) if fits else numerators


def last_period(states: NDArray[np.int8]) -> int | None:
    """The last period for which an array of states (see `InputColumn`) has a figure of any member; None where none has."""
    there = np.flatnonzero((states != State.NOT_REPORTED).reshape(len(states), -1).any(axis=1))
    return int(there[-1]) if there.size else None
