"""What was counted to different days, where something ends within a period: the rows up to an end, and those after it.

A statement may tell both what ends counts and what survives counts. One less the other is what was counted after the end, or between two of
them, so each such part is a count of its own. What lies wholly after an end is 0 in what ended, whatever rows there are: that says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import combinations
from math import lcm

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from vbclang.core.program import Program
from vbclang.data.facts import Facts, InputColumn, as_narrow_as_possible
from vbclang.types.kinds import Grain


@frozen(eq=False)
class Part:
    """The columns, by key, as they are counted from some rows alone. It is told by periods in which all these ``days`` lie, before the last
    day, for these ``members``.
    """

    columns: Mapping[str, InputColumn]
    days: tuple[date, ...] = ()
    members: Mapping[str, int] = field(factory=dict)

    def where(self, program: Program, column: InputColumn) -> NDArray[np.bool_]:
        """Where it can be told, in a column."""
        found = np.zeros(column.states.shape, dtype=np.bool_)
        if not self.members.keys() <= set(column.axes):
            return found
        theirs = tuple(self.members.get(axis, slice(None)) for axis in column.axes)
        for at in range(len(column.states)):
            found[(at, *theirs)] = all(_cuts(program, day, column, at) for day in self.days)
        return found


def _cuts(program: Program, day: date, column: InputColumn, at: int) -> bool:
    """Whether an end on a day cuts the period at a place of a column in two."""
    grid, place = program.grid, at - column.before
    if column.grain >= Grain.TERM:
        return grid.start <= day < grid.last_day(Grain.TERM, 0)
    return grid.period(column.grain, place).start <= day < grid.last_day(column.grain, place)


def counted_apart(program: Program, facts: Facts, columns: Mapping[str, InputColumn], given: AbstractSet[str]) -> tuple[Part, ...]:
    """All parts of the columns of one data. Where nothing ends, they are counted from all rows alone. What is ``given`` is not counted."""
    if facts.until is None or not facts.cuts:
        return (Part(columns),)
    counted = {tally.key for tally in program.tallies} - given
    return tuple(_parts(facts, facts.until, columns, counted))


def _parts(
    facts: Facts, rows_until: Callable[[date | None], Facts], columns: Mapping[str, InputColumn], counted: AbstractSet[str]
) -> Iterator[Part]:
    whole = _counted(rows_until(None), columns, counted)
    yield Part(whole)
    until = {end: _counted(rows_until(end.day), columns, counted) for end in facts.cuts}
    for end, before in until.items():
        yield Part(before, (end.day,), dict(end.members))
        yield Part(_less(whole, before), (end.day,), dict(end.members))
    for one, other in combinations(sorted(until, key=lambda end: end.day), 2):
        members = {**dict(one.members), **dict(other.members)}
        if one.day < other.day and set(one.members) | set(other.members) == set(members.items()):
            yield Part(_less(until[other], until[one]), (one.day, other.day), members)


def _counted(facts: Facts, columns: Mapping[str, InputColumn], counted: AbstractSet[str]) -> dict[str, InputColumn]:
    """The columns as those facts have them, but for what is not counted from rows."""
    return {key: facts.inputs.get(key, column) if key in counted else column for key, column in columns.items()}


def _less(more: Mapping[str, InputColumn], fewer: Mapping[str, InputColumn]) -> dict[str, InputColumn]:
    """What is counted in the one and not in the other."""
    return {key: _difference(column, fewer[key]) for key, column in more.items()}


def _difference(column: InputColumn, less: InputColumn) -> InputColumn:
    denominator = lcm(column.denominator, less.denominator)
    one, other = (each.numerators.astype(object) * (denominator // each.denominator) for each in (column, less))
    return evolve(column, numerators=as_narrow_as_possible(one - other), denominator=denominator)
