"""What a clause comes to at most in the first contract year, where the contract itself says it: for weighing clauses against each other.

No engine is loaded for this: checking is what people wait for most often. What cannot be told so is not known, and a rule is then silent.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Limit, PartyPlace, Program
from vbclang.lint.rule import FLOWS_KEPT, decided_by, members
from vbclang.names.scope import Scope
from vbclang.types.kinds import Grain

MANY = 3
"""So many clauses that pay for results make a contract whole; with fewer it may be a pattern, to be pasted into another."""


def by_results(program: Program) -> tuple[Flow, ...]:
    """The clauses whose amount or condition rests on a measure that has a direction."""
    return tuple(
        flow
        for flow in program.flows.values()
        if any(program.figures[name].better is not None for name in decided_by(program, *flow.roots(before_rules=True)))
    )


def is_whole(program: Program) -> bool:
    """Whether it looks like a whole contract: at least three clauses pay for results."""
    return len(by_results(program)) >= MANY


def first_value(program: Program, node: Expr | Cond, known: dict[str, Fraction | None] | None = None) -> Fraction | None:
    """The figure in the first period, where it rests on nothing that arrives; before it is rounded. ``known``: what was found of named
    figures.
    """
    known = {} if known is None else known
    match node:
        case n.Const(value=value):
            return value
        case n.Ref(figure=name) if name in program.figures:
            if name not in known:
                known[name] = None  # where it rests on itself nothing is known
                known[name] = first_value(program, program.figures[name].body, known)
            return known[name]
        case n.Round(operand=operand):
            return first_value(program, operand, known)
        case n.Choose(condition=n.DuringPeriods(first=first), then=then, otherwise=otherwise):
            return first_value(program, then if first == 0 else otherwise, known)
        case n.FirstOf(cases=cases, otherwise=otherwise):
            line = _in_first_period(cases, otherwise)
            return None if line is None else first_value(program, line, known)
        case n.Prev(initial=initial) if initial is not None:
            return first_value(program, initial, known)
        case n.At(operand=operand, axis=axis, member=member):
            return _of_member(program, operand, axis, member)
        case n.Arith(sign=sign, left=left, right=right):
            return _sum(sign, first_value(program, left, known), first_value(program, right, known))
        case n.Extreme(way=way, operands=operands):
            values = [first_value(program, operand, known) for operand in operands]
            there = [value for value in values if value is not None]
            return None if len(there) < len(values) else (min if way == "lesser" else max)(there)
        case _:
            return None


def _in_first_period(cases: tuple[n.Case, ...], otherwise: Expr) -> Expr | None:
    """Which line applies in the first period; None where that rests on more than the calendar."""
    for case in cases:
        if not isinstance(case.condition, n.DuringPeriods):
            return None
        if case.condition.first == 0:
            return case.value
    return otherwise


def _sum(sign: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def _of_member(program: Program, node: Expr, axis: str, member: int) -> Fraction | None:
    body: Expr | Cond = node
    while isinstance(body, n.Ref):
        body = program.figures[body.figure].body
    if not isinstance(body, n.ByMember) or body.axis != axis:
        return None
    value = body.values[member]
    return None if value is None else first_value(program, value)


@lru_cache(FLOWS_KEPT)
def a_year(program: Program, flow: Flow) -> Fraction | None:
    """What a flow comes to at most in the first contract year; None where the contract alone does not say it."""
    return _at_most(program, flow, 1)


def a_term(program: Program, flow: Flow) -> Fraction | None:
    """The same over the whole term, at the prices of the first year."""
    return _at_most(program, flow, program.grid.count(Grain.YEAR))


def _at_most(program: Program, flow: Flow, years: int) -> Fraction | None:
    one, members_counted = first_value(program, flow.of), _members(program, flow)
    if members_counted is None:
        return None
    times = _periods(max(flow.grain, Grain.YEAR) if flow.instalments else flow.grain, years) * members_counted
    full = None if one is None else one * times * _largest_share(flow)
    limits = [limit for each in flow.limits if (limit := _limit(program, flow, each, members_counted, years)) is not None]
    return min([*limits, *([] if full is None else [full])], default=None)


def _periods(grain: Grain, years: int) -> int:
    """So many in so many years; one alone where it is the term."""
    return 12 // grain.months * years if grain.months else 1


def _members(program: Program, flow: Flow) -> int | None:
    """For how many members there is an amount; None where the data name them."""
    count = 1
    for axis in flow.axes:
        if program.axes[axis].open:
            return None
        count *= len(program.axes[axis].members)
    return count


def _largest_share(flow: Flow) -> Fraction:
    """The most that bands let a clause earn of its amount: all of it, where they are worked out."""
    bands = flow.unrecovered_earned
    results = [piece.result for piece in bands.pieces] if isinstance(bands, n.Piecewise) else []
    return max([Fraction(1), *(result.value for result in results if isinstance(result, n.Const))])


def _limit(program: Program, flow: Flow, limit: Limit, members_counted: int, years: int) -> Fraction | None:
    to = first_value(program, limit.to)
    if to is None or limit.way == "loss":
        return None
    window = flow.grain if limit.window is None else limit.window
    return to * _periods(max(window, flow.grain), years) * (1 if limit.over else members_counted)


def meet(scope: Scope, one: PartyPlace, other: PartyPlace) -> bool:
    """Whether a party stands behind both."""
    return bool(members(scope, one) & members(scope, other))
