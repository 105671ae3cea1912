"""Which way an amount goes with a measure: whether it grows or shrinks as the measure does, as far as the contract alone shows it."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Program


def slope(program: Program, node: Expr | Cond, measure: Figure, known: dict[str, int | None] | None = None) -> int | None:
    """1: it grows with the measure; -1: it shrinks; 0: it does not rest on it; None: nobody can say. Factors are taken to be at least 0.
    ``known``: what was found of named figures.
    """
    known = {} if known is None else known

    def of(part: Expr | Cond) -> int | None:
        return slope(program, part, measure, known)

    match node:
        case n.Const():
            return 0
        case n.Ref(figure=name):
            if name not in known:
                known[name] = None  # where it rests on itself nobody can say
                figure = program.figures[name]
                known[name] = 1 if figure is measure else 0 if figure.what == "measure" else of(figure.body)
            return known[name]
        case n.Round(operand=operand) | n.Recover(operand=operand):
            return of(operand)
        case n.Arith(sign="-", left=left, right=right):
            other = of(right)
            return _together(of(left), None if other is None else -other)
        case n.Arith(sign="/", left=left, right=right):
            return of(left) if of(right) == 0 else None
        case n.Arith(left=left, right=right):
            return _together(of(left), of(right))
        case n.Extreme(operands=operands):
            found: int | None = 0
            for operand in operands:
                found = _together(found, of(operand))
            return found
        case _:
            return None


def _together(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return None
    return one or other if not one or not other or one == other else None
