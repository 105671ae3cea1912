"""`total of sanctions`: what all clauses of one kind come to, each brought to the same periods and members."""

from __future__ import annotations

from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Workbench, joined, refuse
from vbclang.core.nodes import Expr
from vbclang.source import Span
from vbclang.syntax import tree
from vbclang.types.algebra import article
from vbclang.types.kinds import Grain, Kind, Type, money


def total_of_kind(w: Workbench, e: tree.TotalOfKind, grain: Grain | None) -> Expr:
    """The sum of all flows of a kind in each period of ``grain`` (None: the coarsest of theirs), over all their members."""
    kind = money(w.settings.currency)
    shapes = {name: w.passes.flow_shape(w, clause) for name, clause in w.scope.clauses.items() if _kind_of(clause) == e.kind}
    if not shapes:
        raise refuse("C022", f"The contract has no clause that is {article(e.kind)} {e.kind}, so this total is always £0.", e.span)
    coarsest = max(own for own, _ in shapes.values())
    reach = coarsest if grain is None else grain
    if reach < coarsest:
        why = f"A clause that is {article(e.kind)} {e.kind} is for each {coarsest.words}; they have no total for each {reach.words}."
        raise refuse("C003", why, e.span)
    amounts = [(_coarsened(name, own, axes, kind, reach, e.span), axes) for name, (own, axes) in shapes.items()]
    parts = [_over_members(amount, axes, e.span) for amount, axes in amounts]
    total: Expr = n.Const(Type(kind), e.span, Fraction(0))
    for part in parts:
        total = n.Arith(joined(kind, total, part), e.span, "+", total, part)
    return total


def _kind_of(clause: tree.Clause) -> str | None:
    return next((line.kind for line in clause.lines if isinstance(line, tree.FlowHead)), None)


def _coarsened(name: str, own: Grain, axes: frozenset[str], kind: Kind, reach: Grain, span: Span) -> Expr:
    amount = n.AmountOf(Type(kind, own, axes), span, name)
    return amount if own == reach else n.Coarsen(Type(kind, reach, axes), span, "total", amount, own)


def _over_members(amount: Expr, axes: frozenset[str], span: Span) -> Expr:
    for axis in sorted(axes):
        type_ = Type(amount.type.kind, amount.type.grain, amount.type.axes - {axis})
        amount = n.Over(type_, span, "total", amount, axis, None, None, None, None, None, False)
    return amount
