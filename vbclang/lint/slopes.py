"""Which way an amount goes with a measure: whether it grows or shrinks as the measure does, as far as the contract alone shows it."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Program


def slope(program: Program, node: Expr | Cond, measure: Figure) -> int | None:
    """1: it grows with the measure; -1: it shrinks; 0: it does not rest on it; None: nobody can say. Factors are taken to be at least 0."""
    match node:
        case n.Const():
            return 0
        case n.Ref(figure=name):
            figure = program.figures[name]
            return 1 if figure is measure else 0 if figure.what == "measure" else slope(program, figure.body, measure)
        case n.Round(operand=operand) | n.Recover(operand=operand):
            return slope(program, operand, measure)
        case n.Arith(sign="-", left=left, right=right):
            other = slope(program, right, measure)
            return _together(slope(program, left, measure), None if other is None else -other)
        case n.Arith(sign="/", left=left, right=right):
            return slope(program, left, measure) if slope(program, right, measure) == 0 else None
        case n.Arith(left=left, right=right):
            return _together(slope(program, left, measure), slope(program, right, measure))
        case n.Extreme(operands=operands):
            found: int | None = 0
            for operand in operands:
                found = _together(found, slope(program, operand, measure))
            return found
        case _:
            return None


def _together(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return None
    return one or other if not one or not other or one == other else None
