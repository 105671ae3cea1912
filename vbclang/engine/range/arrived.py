"""Bounds while figures are missing: what has arrived is what it is; what has not may yet be anything in its declared domain, or never
come.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.data.facts import Facts, InputColumn
from vbclang.engine.range import interval as i
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.types.kinds import Grain


class ArrivedBounds(Bounds):
    """The bounds of a program's figures and amounts, with what has arrived. Every value that the engine can come to when more arrives lies
    within them, of a contract that runs on: nothing more is waived, suspended or ended.
    """

    def __init__(self, program: Program, facts: Facts) -> None:
        super().__init__(program)
        self.facts = facts
        self._never = _of_rows(program, facts)

    def members_of(self, axis: str) -> int | None:
        """How many members an axis has; the data name those that the contract does not."""
        return len(self.facts.members.get(axis, self.program.axes[axis].members))

    def _input(self, key: str, at: Place) -> Range:
        if key in self._never:
            return i.never({State.NOT_REPORTED})
        column = self.facts.inputs.get(key)
        if column is None or (key in self.program.held and not self._is_over(column, at)):
            return super()._input(key, at)
        period = (0 if column.grain >= Grain.TERM else self.containing(at, column.grain)) + column.before
        if not 0 <= period < column.states.shape[0]:
            return i.never({State.NOT_REPORTED})
        return i.hull(self._cell(key, column, cell, at) for cell in self._cells(column, period, at))

    def _is_over(self, column: InputColumn, at: Place) -> bool:
        """Whether the last day of money that is held has passed in vain; where it has not, it may yet."""
        return all(column.numerators[cell] != 0 for cell in self._cells(column, self.containing(at, column.grain), at))

    def _cells(self, column: InputColumn, period: int, at: Place) -> Iterator[tuple[int, ...]]:
        """The cells of a period for the members that are named; of an axis that is not, of any member."""
        sizes = zip(column.axes, column.states.shape[1:], strict=True)
        places = [[at.members[axis]] if axis in at.members else range(size) for axis, size in sizes]
        yield from product([period], *places)

    def _cell(self, key: str, column: InputColumn, cell: tuple[int, ...], at: Place) -> Range:
        state = State(column.states[cell])
        if state is State.VALUE:
            return i.point(Fraction(int(column.numerators[cell]), column.denominator))
        return super()._input(key, at) if state is State.NOT_REPORTED else i.never({state})


def _of_rows(program: Program, facts: Facts) -> frozenset[str]:
    """The inputs by which a measure could arrive worked out whose rows have come: it arrives in one of the two ways."""
    columns = {tally.key: facts.inputs.get(tally.key) for tally in program.tallies}
    counted = {program.inputs[key].name for key, column in columns.items() if column is not None and _has_come(column)}
    return frozenset(key for figure in program.worked_out if figure.name in counted for key in figure.keys)


def _has_come(column: InputColumn) -> bool:
    return bool((column.states != State.NOT_REPORTED).any())
