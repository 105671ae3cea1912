"""No amount rests on a figure of a later period (the semantics, 5.1), unless it is due when that period is over.

Only readings of stated periods, and of the finer periods of a longer one, can lead there; clauses without any are not unfolded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vbclang.calendar.working_days import WorkingDays
from vbclang.core import nodes as n
from vbclang.core.checks.circles import is_stated
from vbclang.core.checks.known import due_on, working_days_of
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow
from vbclang.core.unfold import Instance, Unfolded
from vbclang.core.walk import whole
from vbclang.source import Diagnostic, Reading
from vbclang.types.kinds import Grain


def later_figures(w: Workbench, flow: Flow) -> Iterator[Diagnostic]:
    """The first reading of a later period, in a clause that has one."""
    if any(_may_lead(node, flow) for root in flow.roots() for node in whole(w.figures, root)):
        found = _first(w, Unfolded(w.settings.grid, w.figures, w.flows), flow, working_days_of(w))
        if found is not None:
            yield found


def _may_lead(node: Expr | Cond, flow: Flow) -> bool:
    return is_stated(node) or (isinstance(node, n.Coarsen) and node.type.grain > flow.grain)


def _first(w: Workbench, unfolded: Unfolded, flow: Flow, days: WorkingDays | None) -> Diagnostic | None:
    grid = w.settings.grid
    for period in range(grid.count(flow.grain)):
        end = grid.active(flow.grain, period)[1]
        due = None if flow.due is None else due_on(w, flow, flow.due, period, days)
        for root in unfolded.amounts(flow, period):
            for instance in unfolded.below(root):
                if _may_lead(instance[0], flow) and (later := _later(unfolded, instance, end, due or end)) is not None:
                    return _reported(w, flow, period, instance, later)
    return None


def _later(unfolded: Unfolded, instance: Instance, end: date, due: date) -> Instance | None:
    """A reading of a period that begins when the clause's is over, and is not over when the money is due."""
    for read in unfolded.reads(instance):
        if read[1] < Grain.TERM:
            starts, ends = unfolded.grid.active(read[1], read[2])
            if starts >= end and ends > due:
                return read
    return None


def _reported(w: Workbench, flow: Flow, period: int, instance: Instance, later: Instance) -> Diagnostic:
    grid = w.settings.grid
    own, other = grid.period(flow.grain, period).label, grid.period(later[1], later[2]).label
    what = f"`{later[0].figure}`" if isinstance(later[0], n.Ref | n.RefCondition) else "this"
    why = (
        f"`{flow.name}` for {own} would rest on {what} for {other}, which is not over when the money is due. "
        f"Pay it later, or say what holds until then: a value for {own}, and `, then` this."
    )
    return Diagnostic("C005", why, instance[0].span, readings=_to_date(w, instance[0]))


def _to_date(w: Workbench, node: Expr | Cond) -> tuple[Reading, ...]:
    """The total of a year so far in the place of that of the whole year."""
    if not isinstance(node, n.Coarsen):
        return ()
    return (Reading("as far as the year has gone", f"{w.written(node.span)} to date", node.span),)
