"""What an amount would have come to if one thing had been otherwise, and all else as it is.

Method: the same contract with that one node another in that one period, for that one member, worked out by the same engine over the same
facts. So what would have been is rounded, limited and made up as every amount is, and no rule is said a second time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow, Program
from vbclang.core.walk import parts, with_another
from vbclang.engine.missing import Place
from vbclang.settle.explained.steps import Sight
from vbclang.settle.words import money
from vbclang.types.kinds import YES_NO, Category, Grain, Type


def with_value(sight: Sight, node: Expr, place: Place, value: Expr) -> str:
    """The amount in words, had ``node`` been ``value`` there; empty where it would not be determined."""
    here = _here(sight, node, place)
    type_ = Type(node.type.kind, min(node.type.grain, here.type.grain), node.type.axes | here.type.axes)
    return _amount(sight, _with(sight.evaluation.program, node, n.Choose(type_, node.span, here, value, node)))


def had_it_applied(sight: Sight) -> str:
    """The amount in words, had the clause's condition been met; empty where it would not be determined."""
    flow = sight.asked.flow
    assert flow.applies is not None, "a clause without a condition always applies"
    here = _here(sight, flow.applies, Place(flow.grain, sight.asked.period, sight.asked.members))
    grain = min(flow.applies.type.grain, here.type.grain)
    either = n.OrCond(Type(YES_NO, grain, flow.applies.type.axes | here.type.axes), flow.applies.span, (here, flow.applies))
    program = sight.evaluation.program
    return _amount(sight, evolve(program, flows={**program.flows, flow.key: evolve(flow, applies=either)}))


def _amount(sight: Sight, program: Program) -> str:
    asked, flow = sight.asked, sight.asked.flow
    amount = n.AmountOf(Type(flow.of.type.kind, flow.grain, flow.axes), flow.span, flow.key)
    found = sight.evaluation.under(program).value(amount, asked.period, asked.members)
    return money(found, flow.currency) if isinstance(found, Fraction) else ""


def _here(sight: Sight, node: Expr | Cond, place: Place) -> Cond:
    """In that period, and for those members, of all that the node has."""
    span, grain = node.span, node.type.grain
    within: list[Cond] = []
    if grain < Grain.TERM:
        period = sight.period(node, place)
        within.append(n.DuringPeriods(Type(YES_NO, grain), span, grain, period, period))
    for axis in sorted(node.type.axes):
        kind, own = Category(axis), frozenset({axis})
        member = n.Const(Type(kind), span, Fraction(place.members[axis]))
        within.append(n.Compare(Type(YES_NO, axes=own), span, "==", n.SameMember(Type(kind, axes=own), span, axis), member))
    if not within:
        return n.Truth(Type(YES_NO), span, True)
    together = Type(YES_NO, min(part.type.grain for part in within), node.type.axes)
    return within[0] if len(within) == 1 else n.AndCond(together, span, tuple(within))


def _with(program: Program, old: Expr, new: Expr) -> Program:
    """The program with another node in one's place, wherever that stands."""
    figures = {name: _figure(figure, old, new) for name, figure in program.figures.items()}
    return evolve(program, figures=figures, flows={key: _flow(flow, old, new) for key, flow in program.flows.items()})


def _figure(figure: Figure, old: Expr, new: Expr) -> Figure:
    return evolve(figure, body=with_another(figure.body, old, new)) if old in parts(figure.body) else figure


def _flow(flow: Flow, old: Expr, new: Expr) -> Flow:
    of, earned, applies = (_with_another(root, old, new) for root in (flow.of, flow.earned, flow.applies))
    return evolve(flow, of=of, earned=earned, applies=applies)


def _with_another(root: Any, old: Expr, new: Expr) -> Any:
    return with_another(root, old, new) if root is not None and old in parts(root) else root
