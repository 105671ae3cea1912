"""What a contract says of each row -> an expression of the data engine. A condition on a blank cell is NULL, as in the calculus.

The engine adds, multiplies and compares decimals exactly; a fraction that is no decimal is kept as a denominator beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeAlias

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.data.rows.cells import Typed, not_decimal, plain_decimal
from vbclang.types.kinds import DATE

if TYPE_CHECKING:
    from duckdb import Expression

Over: TypeAlias = "tuple[Expression, int]"
"""An expression, and the denominator over which it stands."""

Columns: TypeAlias = Mapping[str, Typed]
"""The columns of the rows, by the inputs that stand for them."""


def number(node: Expr, columns: Columns) -> Over:
    """A figure of a row."""
    from duckdb import ConstantExpression

    match node:
        case n.Const(value=value) if node.type.kind == DATE:
            return ConstantExpression(date.fromordinal(int(value))), 1
        case n.Const(value=value):
            return _constant(value)
        case n.Input(key=key):
            return columns[key].value, columns[key].denominator
        case n.DateMoved(operand=operand, count=count, unit=unit):
            return _moved(number(operand, columns)[0], count, unit), 1
        case n.Arith(sign=sign, left=left, right=right):
            return _worked_out(sign, number(left, columns), number(right, columns))
        case _:
            raise TypeError(type(node).__name__)  # the checker lets nothing else through


def _moved(day: Expression, count: int, unit: str) -> Expression:
    """The engine's months run to the corresponding date, as ours."""
    from duckdb import ConstantExpression, FunctionExpression

    by = ConstantExpression(count)
    return day + by if unit == "day" else day + FunctionExpression("to_months", by)


def _constant(value: Fraction) -> Over:
    from duckdb import ConstantExpression

    rest = not_decimal(value)
    return ConstantExpression(plain_decimal(value * rest)), rest


def _worked_out(sign: str, left: Over, right: Over) -> Over:
    (a, over), (b, under) = left, right
    if sign == "*":
        return a * b, over * under
    a, b = times(a, under), times(b, over)
    return (a + b if sign == "+" else a - b), over * under


def times(a: Expression, factor: int) -> Expression:
    """So many times a figure of a row."""
    from duckdb import ConstantExpression

    return a if factor == 1 else a * ConstantExpression(factor)


def condition(node: Cond, columns: Columns) -> Expression:
    """A condition on a row; NULL where it cannot be told."""
    from duckdb import ConstantExpression

    match node:
        case n.Truth(value=value):
            return ConstantExpression(value)
        case n.InputFlag(key=key):
            return columns[key].value == ConstantExpression(1)
        case n.Compare(sign=sign, left=left, right=right):
            (a, over), (b, under) = number(left, columns), number(right, columns)
            a, b = (a, b) if over == under else (times(a, under), times(b, over))
            return a < b if sign == "<" else a <= b if sign == "<=" else a == b
        case n.NotCond(operand=inside):
            return ~condition(inside, columns)
        case n.AndCond(operands=operands):
            return reduce(and_, [condition(part, columns) for part in operands])
        case n.OrCond(operands=operands):
            return reduce(or_, [condition(part, columns) for part in operands])
        case n.IsReported(operand=operand):
            return number(operand, columns)[0].isnotnull()
        case n.IsKnown(operand=inside):
            return condition(inside, columns).isnotnull()
        case _:
            raise TypeError(type(node).__name__)


def holds(node: Cond | None, columns: Columns) -> Expression:
    """Whether a condition holds; one that cannot be told does not. None: for every row."""
    from duckdb import CoalesceOperator, ConstantExpression

    if node is None:
        return ConstantExpression(True)
    return CoalesceOperator(condition(node, columns), ConstantExpression(False))


def how_many(condition: Expression) -> Expression:
    """The number of rows for which a condition holds."""
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    return FunctionExpression("count", CaseExpression(condition, ConstantExpression(1)))
