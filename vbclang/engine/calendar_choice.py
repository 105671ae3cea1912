"""Conditions that the calendar alone decides: `in Contract Year 1`. What they rule out is not evaluated (the semantics, 5.1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vbclang.core.nodes import AndCond, Cond, DuringPeriods, NotCond, OrCond, Truth
from vbclang.engine.clock import Clock, Frame

YES, NO, OPEN = 1, 0, -1


def during(clock: Clock, node: DuringPeriods, frame: Frame) -> NDArray[np.bool_]:
    """Whether each period of the frame lies in the periods meant."""
    places = clock.containing(frame, node.grain)
    return np.asarray((node.first <= places) & (places <= node.last))


def decided(clock: Clock, condition: Cond, frame: Frame) -> NDArray[np.int64]:
    """For each period `YES`, `NO` or, where the calendar alone does not say, `OPEN`."""
    match condition:
        case Truth(value=value):
            return np.full(frame.count, YES if value else NO)
        case DuringPeriods():
            return np.where(during(clock, condition, frame), YES, NO)
        case NotCond(operand=operand):
            found = decided(clock, operand, frame)
            return np.where(found == OPEN, OPEN, YES - found)
        case AndCond(operands=operands):
            return _all_of([decided(clock, operand, frame) for operand in operands], NO)
        case OrCond(operands=operands):
            return _all_of([decided(clock, operand, frame) for operand in operands], YES)
        case _:
            return np.full(frame.count, OPEN)


def _all_of(found: list[NDArray[np.int64]], decisive: int) -> NDArray[np.int64]:
    """One decisive answer decides; else all must be known."""
    answers = np.array(found)
    decides, is_open = (answers == decisive).any(axis=0), (answers == OPEN).any(axis=0)
    return np.where(decides, decisive, np.where(is_open, OPEN, YES - decisive))
