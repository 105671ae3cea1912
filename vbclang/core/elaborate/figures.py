"""Named figures, defined when first they are spoken of."""

from __future__ import annotations

from vbclang.core.elaborate import measures, rows, schedules, terms
from vbclang.core.elaborate.workbench import Refusal, Workbench
from vbclang.names.scope import FigureColumn, ScheduleColumn
from vbclang.syntax import tree


def define(w: Workbench, name: str) -> None:
    """Define the named figure, unless it has been: into ``w.figures``, or among the broken ones with a finding."""
    if name in w.figures or name in w.broken:
        return
    declared = w.scope.names[name]
    outside = w.blank_rule
    w.blank_rule = None  # what is said around the reading says nothing inside
    try:
        match declared:
            case tree.Measure():
                measures.measure(w, declared)
            case tree.Term(definition=tree.RowsOf() as meant):
                rows.check(w, meant)
            case tree.Term():
                terms.term(w, declared)
            case ScheduleColumn():
                schedules.schedule_column(w, declared)
            case FigureColumn():
                w.broken.add(name)  # its data item has been refused
            case _:
                pass
    except Refusal as refusal:
        w.note(refusal)
        w.broken.add(name)
        w.under_way.pop(name, None)
    finally:
        w.blank_rule = outside
