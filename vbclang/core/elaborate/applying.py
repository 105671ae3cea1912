"""`clause X applies`: the conditions of another clause, as a condition.

It is what stands under that clause's `when` and `unless`, with that clause's own rules for missing figures. A failure that was cured is one
still, unless the clause says that it does not count.
"""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.elaborate import named
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.nodes import Cond
from vbclang.core.program import Figure
from vbclang.core.record import Cured
from vbclang.core.walk import parts, with_another
from vbclang.source import Reading
from vbclang.syntax import tree


def of_clause(w: Workbench, c: tree.ClauseState) -> Cond:
    """Whether a clause's conditions hold. A clause without any always applies, and one that moves no money is no failure of itself."""
    clause = named.clause(w, c.clause)
    name = clause.name.text
    if c.state == "is breached":
        why = f"Clause `{name}` is no duty, so it is not breached. Ask whether it applies: whether its conditions hold."
        raise refuse("N007", why, c.span, Reading("", f"clause {name} applies", c.span))
    if name in w.begun and name not in w.done:
        raise refuse("C007", f"Whether clause `{name}` applies would rest on itself here: a circle, in which nothing comes first.", c.span)
    w.elaborate_clause(name)
    w.asked.add(name)
    condition = _condition(w, name)
    if condition is not None and not any(isinstance(line, tree.CuredDoesNotCountLine) for line in clause.lines):
        condition = _uncured(w, condition, name)
    if condition is None and any(isinstance(line, tree.WhenLine | tree.UnlessLine) for line in clause.lines):
        raise Refusal(None)  # what is wrong with it has been said
    if condition is None:
        why = f"Clause `{name}` has no condition, so it always applies. Leave this out."
        raise refuse("N007", why, c.span)
    figure = f"clause {name} applies"
    w.figures.setdefault(figure, Figure(figure, "part", condition.type, condition, clause.name.span))
    return n.RefCondition(condition.type, c.span, figure)


def _uncured(w: Workbench, condition: Cond, name: str) -> Cond:
    """The condition as if nothing had been cured."""
    for part in parts(condition):
        told = w.told_by.get(part.key) if isinstance(part, n.InputFlag) else None
        if isinstance(told, Cured) and told.clause == name:
            condition = with_another(condition, part, n.Truth(part.type, part.span, False))  # type: ignore[assignment]  # of a condition
    return condition


def _condition(w: Workbench, name: str) -> Cond | None:
    flow = w.flows.get(name)
    if flow is not None:
        return flow.applies
    provision = w.provisions.get(name)
    return None if provision is None else provision.condition
