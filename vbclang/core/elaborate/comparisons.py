"""A condition whose missing figures count as met or failed: each comparison by itself (the semantics, 3.6).

A rule of this sort stands in for the figure that is missing, and the condition is then judged again. So it is put into the comparisons
of which the condition is made, not around the whole: where two figures are missing for two reasons, each reason has its own rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, State
from vbclang.core.program import Figure
from vbclang.source import Span
from vbclang.types.kinds import Grain

_MISSING = frozenset({State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL})


@frozen
class Counts:
    """What counts as met or failed, and the line that says so: ``met`` brings the condition nearer to yes."""

    met: bool
    rule: Span


def counted(figures: Mapping[str, Figure], condition: Cond, as_met: Mapping[State, Counts]) -> Cond:
    """``condition`` where each comparison that is unknown for one of the states of ``as_met`` is what brings the condition nearer to yes
    or to no: under a `not` it is the other way round.
    """
    if not as_met:
        return condition
    match condition:
        case n.AndCond(operands=operands) | n.OrCond(operands=operands):
            return evolve(condition, operands=tuple(counted(figures, operand, as_met) for operand in operands))
        case n.NotCond(operand=operand):
            return evolve(condition, operand=counted(figures, operand, _reversed(as_met)))
        case n.OverCond(operand=operand, where=where):
            of_where = _reversed(as_met) if condition.which == "each" else as_met
            there = None if where is None else counted(figures, where, of_where)
            return evolve(condition, operand=counted(figures, operand, as_met), where=there)
        case n.RefCondition(figure=name) if name in figures and _has_parts(figures[name].body):
            body = figures[name].body
            return n.RecoverCondition(condition.type, condition.span, condition, _MISSING, counted(figures, body, as_met))  # type: ignore[arg-type]
        case n.Truth() | n.DuringPeriods() | n.IsReported() | n.IsKnown():
            return condition
        case _:
            return _comparison(condition, as_met)


def _reversed(as_met: Mapping[State, Counts]) -> Mapping[State, Counts]:
    return {state: evolve(counts, met=not counts.met) for state, counts in as_met.items()}


def _has_parts(body: object) -> bool:
    return isinstance(body, n.AndCond | n.OrCond | n.NotCond | n.OverCond | n.RefCondition)


def _comparison(condition: Cond, as_met: Mapping[State, Counts]) -> Cond:
    for counts in dict.fromkeys(as_met.values()):
        states = frozenset(state for state, other in as_met.items() if other == counts)
        truth = n.Truth(evolve(condition.type, grain=Grain.CONSTANT, axes=frozenset()), condition.span, counts.met)
        condition = n.RecoverCondition(condition.type, condition.span, condition, states, truth, counts.rule)
    return condition
