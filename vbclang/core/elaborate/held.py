"""Money that is held until a figure is reported: the last day, and what happens then (the semantics, 3.6).

Whether that day has passed without the figure is an input of the clause, yes or no for each of its periods, which the days of the record
tell. Once it is yes, no later report counts in this clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate.states import STATES
from vbclang.core.elaborate.workbench import Place, Workbench, after, last_day, refuse
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Held, Overdue
from vbclang.core.walk import whole
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import YES_NO, Grain, Type

Then: TypeAlias = Literal["nothing is due", "does not apply", "counts as failed", "counts as met", "counts in the worst band"]
_THEN: tuple[Then, ...] = ("nothing is due", "does not apply", "counts as failed", "counts as met", "counts in the worst band")


def until(w: Workbench, grain: Grain) -> str:
    """A last day that leaves time for what comes late, for readings: of a figure or clause for each period, or once."""
    return f"within 12 months after each {grain.words}" if grain < Grain.TERM else f"by {last_day(w)}"


def last(w: Workbench, line: tree.IfLine) -> tuple[tree.Deadline, tree.Outcome]:
    """The last day that a line gives, and what happens then. Both must be said."""
    outcome = line.outcome
    if outcome.deadline is None or outcome.then is None:
        why = "Held until reported: and if it never is? Give a last day and what happens then."
        end = Reading("at the end of the line", f", at the latest {until(w, Grain.YEAR)}, then nothing is due", after(line.span))
        raise refuse("C016", why, line.span, end)
    return outcome.deadline, outcome.then


def then(w: Workbench, line: tree.IfLine) -> Then:
    """What happens after the last day."""
    _, outcome = last(w, line)
    found = next((way for way in _THEN if way == outcome.what), None)
    if found is None:
        why = "What happens after the last day must be settled by then."
        raise refuse("C016", why, outcome.span, *(Reading("", way, outcome.span) for way in ("nothing is due", "counts as failed")))
    return found


def over(w: Workbench, clause: str, place: Place, line: tree.IfLine, states: frozenset[State], names: Iterable[str]) -> n.InputFlag:
    """Whether the last day has passed, for the clause's periods. ``names``: the figures of which one was missing, for one of ``states``."""
    deadline, _ = last(w, line)
    found = w.passes.deadline(w, deadline)
    if found is None:
        why = "The last day is told by the calendar: count it from a period, or name a day."
        raise refuse("C033", why, deadline.span, Reading("for example", f"by {last_day(w).removeprefix('by ')}", deadline.span))
    assert place.grain is not None
    number = w.ask(_held_in, clause) + 1
    key = f"held too long in clause {clause}, {number}"
    leaf = w.declare_input(key, f"the last day for clause {clause}", Type(YES_NO, place.grain, place.axes), line.span)
    w.inputs[key] = evolve(w.inputs[key], told=True)
    w.held[key] = Held(key, clause, tuple(names), states, *found, line.span)
    assert isinstance(leaf, n.InputFlag)
    return leaf


def _held_in(w: Workbench, clause: str) -> int:
    return sum(each.flow == clause for each in w.held.values())


def of_figures(w: Workbench, clause: str, place: Place, roots: Iterable[Expr | Cond]) -> tuple[Overdue, ...]:
    """Where a measure or term that a clause rests on is itself held until it is reported: nothing is due once its last day has passed."""
    found = _held_figures(w, roots)
    return tuple(Overdue(over(w, clause, place, line, STATES[line.state], _waits_for(w, name))) for name, line in found)


def _waits_for(w: Workbench, name: str) -> tuple[str, ...]:
    """What arrives of all that a figure is worked out from: that is what is missing where the figure is."""
    figure = w.figures[name]
    below = (part.figure for part in whole(w.figures, figure.body) if isinstance(part, n.Ref | n.RefCondition))
    arriving = (each for each in below if w.figures[each].what in ("measure", "data", "linked"))
    return tuple(dict.fromkeys((*((name,) if figure.what == "measure" else ()), *arriving)))


def _held_figures(w: Workbench, roots: Iterable[Expr | Cond]) -> Iterator[tuple[str, tree.IfLine]]:
    """By name, with their lines that say so."""
    read = [part.figure for root in roots for part in whole(w.figures, root) if isinstance(part, n.Ref | n.RefCondition)]
    for name in dict.fromkeys(read):
        declared = w.scope.names.get(name)
        for line in declared.lines if isinstance(declared, tree.Measure | tree.Term) else ():
            if isinstance(line, tree.IfLine) and line.outcome.what == "held until reported":
                yield name, line
