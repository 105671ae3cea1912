"""Two figures compared."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import joined, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import DATE, YES_NO, Quantity


def compared(left: Expr, side: tree.Side, right: Expr, span: Span) -> Cond:
    """A comparison of two figures of one kind."""
    if not isinstance(left.type.kind, Quantity) and left.type.kind != DATE:
        raise refuse("T001", f"There is no more or less of {algebra.words(left.type.kind)}. Write `is …`.", span)
    type_ = joined(YES_NO, left, right)
    match side:
        case "less than":
            return n.Compare(type_, span, "<", left, right)
        case "at most":
            return n.Compare(type_, span, "<=", left, right)
        case "more than":
            return n.Compare(type_, span, "<", right, left)
        case "at least":
            return n.Compare(type_, span, "<=", right, left)
