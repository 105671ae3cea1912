"""Schedules: each column a figure for each member of the schedule's list."""

from __future__ import annotations

from collections.abc import Sequence

from vbclang.core import nodes as n
from vbclang.core.elaborate import named
from vbclang.core.elaborate.operands import agreed_kinds
from vbclang.core.elaborate.workbench import Place, Workbench, refuse
from vbclang.core.program import Figure
from vbclang.names.scope import ScheduleColumn
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Category, Kind, Type


def schedule_column(w: Workbench, column: ScheduleColumn) -> None:
    schedule, axis = column.schedule, column.schedule.for_each.text
    if axis not in w.axes:
        raise refuse("N005", f"`{axis}` is no list of this contract.", schedule.for_each.span)
    cells = _cells(w, column)
    table = [cells.get(place) for place in range(len(w.axes[axis].members))]
    written = [cell for cell in table if cell is not None and not isinstance(cell, tree.NoneStated)]
    if not written:
        why = f"The column `{column.name.text}` says nothing for any {axis}. Leave it out, or give a figure."
        raise refuse("T017", why, column.name.span)
    kind = _list_of_cells(w, written)
    values = agreed_kinds([w.expression(cell, Place(), kind) for cell in written], [cell.span for cell in written])
    left = iter(values)
    found = tuple(None if cell is None or isinstance(cell, tree.NoneStated) else next(left) for cell in table)
    type_ = Type(values[0].type.kind, axes=frozenset({axis}))
    body = n.ByMember(type_, column.name.span, axis, found)
    w.figures[column.name.text] = Figure(column.name.text, "schedule", type_, body, column.name.span)


def _cells(w: Workbench, column: ScheduleColumn) -> dict[int, tree.Expr]:
    schedule, axis = column.schedule, column.schedule.for_each.text
    found: dict[int, tree.Expr] = {}
    for row in schedule.rows:
        place = named.member(w, axis, row.member.text)
        if place is None:
            raise refuse("N008", f"`{row.member.text}` is no {axis}.", row.member.span)
        if place in found:
            raise refuse("T017", f"There are two rows for {row.member.text}.", row.span)
        if column.place >= len(row.cells):
            raise refuse("T017", f"This row has no cell under `{column.name.text}`. Where there is nothing, write `none`.", row.span)
        found[place] = row.cells[column.place]
    lacking = [m.name for i, m in enumerate(w.axes[axis].members) if i not in found]
    if lacking:
        why = f"The schedule has no row for {', '.join(lacking)}. Where there is nothing, write `none`."
        rows = (f"  {name}{' | none' * (len(schedule.columns) - 1)}" for name in lacking)
        raise refuse("T017", why, schedule.name.span, Reading("", "\n".join(rows)))
    return found


def _list_of_cells(w: Workbench, written: Sequence[tree.Expr]) -> Kind | None:
    """Cells that are names are members of one list; cells in quotes are words."""
    names = {cell.text for cell in written if isinstance(cell, tree.Name)}
    if names:
        lists = [axis for axis in w.axes.values() if names <= {m.name for m in axis.members}]
        return Category(lists[0].name) if len(lists) == 1 else None
    texts = tuple(dict.fromkeys(cell.text for cell in written if isinstance(cell, tree.Quoted)))
    return Category(None, texts) if texts else None
