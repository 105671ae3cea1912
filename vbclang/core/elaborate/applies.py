"""Whether a clause applies: its conditions, and what cures the failure."""

from __future__ import annotations

from typing import TypeVar

from vbclang.core import nodes as n
from vbclang.core.elaborate import events, named
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, joined, refuse
from vbclang.core.nodes import Cond
from vbclang.names.scope import is_torn
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import YES_NO

_Line = TypeVar("_Line", bound=tree.Node)


def lines_of(item: tree.Clause | tree.Measure | tree.Data, kind: type[_Line]) -> list[_Line]:
    """The lines of a kind."""
    return [line for line in item.lines if isinstance(line, kind)]


def line_of(item: tree.Clause | tree.Measure | tree.Data, kind: type[_Line]) -> _Line | None:
    """The one line of a kind; a second has been reported."""
    return next(iter(lines_of(item, kind)), None)


def _a_percentage(w: Workbench) -> str:
    """A measure for an example, the contract's own where it has one."""
    measures = ((name, item) for name, item in w.scope.names.items() if isinstance(item, tree.Measure))
    return next((name for name, item in measures if lines_of(item, tree.PercentageOf)), "Crisis Response")


def applies_when(w: Workbench, c: tree.Clause, place: Place) -> Cond | None:
    """All that decides whether the clause applies: `when`, `unless`, and that the failure was not cured. None: it always does."""
    line = line_of(c, tree.CuredByLine)
    whens = [w.condition(line.condition, place) for line in lines_of(c, tree.WhenLine)]
    unlesses = [w.condition(line.condition, place) for line in lines_of(c, tree.UnlessLine)]
    parts = whens + [n.NotCond(cond.type, cond.span, cond) for cond in unlesses]
    if not parts and line is not None:
        named.event(w, line.event)
        if is_torn(c):
            raise Refusal(None)
        why = f"Nothing in clause `{c.name.text}` can fail, so there is nothing to cure. Say when it applies."
        raise refuse("C031", why, line.span, Reading("for example", f"  when {w.ask(_a_percentage)} is less than 85.0%"))
    if not parts:
        return None
    failure = all_of(parts)
    return failure if line is None else all_of([failure, _not_cured(w, c, line, place, failure)])


def _not_cured(w: Workbench, c: tree.Clause, line: tree.CuredByLine, place: Place, failure: Cond) -> Cond:
    """The failure was not cured in time or, where ``unless`` says so, could not be."""
    cured = events.cured(w, line, c.name.text, place, failure)
    not_cured = n.NotCond(cured.type, line.span, cured)
    if line.unless is None:
        return not_cured
    beyond = w.condition(line.unless, place)
    return n.OrCond(joined(YES_NO, not_cured, beyond), line.span, (not_cured, beyond))


def all_of(conditions: list[Cond]) -> Cond:
    """All of some conditions, of which there is at least one."""
    if len(conditions) == 1:
        return conditions[0]
    return n.AndCond(joined(YES_NO, *conditions), conditions[0].span, tuple(conditions))
