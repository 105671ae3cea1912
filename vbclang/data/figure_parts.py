"""Numerator, denominator and value as a row gives them -> one figure, or why they are none."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from vbclang.core.nodes import State
from vbclang.data.cells import Cell
from vbclang.data.faults import Fault
from vbclang.data.numbers import Exact

Parts: TypeAlias = tuple[Exact | State, Exact | State, Exact | State]
"""Numerator, denominator, value: either both of the first are values, or the third is, or all have the state of the figure."""

Bounds: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The least and the greatest figure, both counted; None: open."""

_MISSING = State.NOT_REPORTED


def combined(given: tuple[Cell | None, Cell | None, Cell | None], bounds: Bounds) -> Parts | Fault | None:
    """The figure that a row gives by its three cells (None: empty). None where a cell has a fault of its own, counted elsewhere."""
    numerator, denominator, value = given
    if Fault.FRACTION_UNWANTED in given:
        return Fault.FRACTION_UNWANTED
    if any(isinstance(cell, Fault) for cell in given):
        return None
    match given:
        case None, None, None:
            return Fault.NO_FIGURE
        case None, None, State() as state:
            return state, state, state
        case None, None, (int(), int()):
            assert isinstance(value, tuple)
            return _MISSING, _MISSING, value
        case _, _, cell if cell is not None:
            return Fault.TWO_FIGURES
        case _:
            return _ratio(numerator, denominator, bounds)


def _ratio(numerator: Cell | None, denominator: Cell | None, bounds: Bounds) -> Parts | Fault:
    if not isinstance(numerator, tuple) or not isinstance(denominator, tuple):
        return Fault.NO_DENOMINATOR
    fault = _ratio_fault(Fraction(*numerator), Fraction(*denominator), bounds)
    return fault or (numerator, denominator, _MISSING)


def _ratio_fault(numerator: Fraction, denominator: Fraction, bounds: Bounds) -> Fault | None:
    """A denominator of 0 is no fault here: the figure is too small. But it bounds its numerator as any other."""
    low, high = bounds
    if denominator < 0:
        return Fault.DENOMINATOR_NEGATIVE
    if high is not None and numerator > high * denominator:
        return Fault.ABOVE_DENOMINATOR if high == 1 else Fault.OUTSIDE_RANGE
    if low is not None and numerator < low * denominator:
        return Fault.OUTSIDE_RANGE
    return None
