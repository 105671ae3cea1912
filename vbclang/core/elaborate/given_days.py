"""The day of a row that a worked example gives: the one that is said; else some day of the example's period, where it matters not which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.elaborate.given import place_of
from vbclang.core.elaborate.given_cells import Cell
from vbclang.core.elaborate.given_line import RowsLine
from vbclang.core.elaborate.workbench import Refusal, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import RowColumn, RowTally, row_key
from vbclang.core.walk import parts
from vbclang.types.kinds import DateKind, Grain

_MOST = 4
"""So many periods are offered."""


def dating(here: RowsLine) -> RowColumn | None:
    """The column by which the rows are dated: the one that says so, else the one by which all measures date them."""
    by = {tally.dated for tally in here.tallies}
    said = next((column for column in here.rows.columns if column.dates), None)
    return said or (next((column for column in here.rows.columns if column.name in by), None) if len(by) == 1 else None)


def own_day(here: RowsLine, column: RowColumn, cells: Mapping[str, Cell]) -> Fraction:
    """A day of the example's period; refused where a measure could come out otherwise on another day of it."""
    grid = here.w.settings.grid
    grains = {tally: here.w.inputs[tally.key].type.grain for tally in here.tallies if tally.dated == column.name}
    finest = min(grains.values(), default=Grain.TERM)
    grain, index = place_of(here.w, finest, None, here.setting)
    if finest < grain:
        tally = next(tally for tally, own in grains.items() if own is finest)
        raise _which_period(here, column, here.measure(tally), finest, grain, index)
    key, blank = row_key(here.rows.name, column.name), _blank(here, column, cells)
    for tally in here.tallies:
        said = (node for node in (tally.where, tally.excluding, tally.of) if node is not None)
        if any(_turns_on(node, key, blank) for node in said):
            why = f"`{here.measure(tally)}` compares `{column.name}`, so the day itself counts, and this line does not say it."
            raise refuse("W005", why, here.line.span, *here.saying((column,)))
    return Fraction(grid.active(grain, index)[0].toordinal())


def _which_period(here: RowsLine, column: RowColumn, measure: str, finest: Grain, grain: Grain, index: int) -> Refusal:
    grid = here.w.settings.grid
    why = f"`{measure}` counts rows each {finest.words}, and the example speaks of a {grain.words}. In which {finest.words} do these lie?"
    places = grid.within(grain, index, finest)[:_MOST]
    days = ((grid.period(finest, place).label, day_label(grid.active(finest, place)[0])) for place in places)
    return refuse("W005", why, here.line.span, *(here.with_cells([f"{column.name} {day}"], label) for label, day in days))


def _blank(here: RowsLine, column: RowColumn, cells: Mapping[str, Cell]) -> frozenset[str]:
    """The columns that are blank in the line, with nothing that stands for a blank."""
    return frozenset(
        row_key(here.rows.name, other.name)
        for other in here.rows.columns
        if other.name not in cells and other is not column and other.blank != "value"
    )


def _turns_on(node: Expr | Cond, day: str, blank: frozenset[str]) -> bool:
    """Whether what is said of a row may come out otherwise on another day. What compares the day with a blank cannot be told on any day."""
    match node:
        case n.AndCond(operands=operands) | n.OrCond(operands=operands):
            return any(_turns_on(operand, day, blank) for operand in operands)
        case n.NotCond(operand=operand) | n.IsKnown(operand=operand):
            return _turns_on(operand, day, blank)
        case n.IsReported():
            return False  # whatever day it is, there is one
        case _:
            read = {part.key for part in parts(node) if isinstance(part, n.Input | n.InputFlag)}
            return day in read and not read & blank


def within_term(here: RowsLine, cells: Mapping[str, Cell]) -> None:
    """Refuse rows of which no day, by which any measure dates them, lies in the term or in the measure's history before it."""
    end, starts = here.w.settings.grid.end, {tally: _start(here, tally) for tally in here.tallies}
    by = {column.name: column for column in here.rows.columns if column.name in {tally.dated for tally in here.tallies}}
    days = {name: _day(column, cells) for name, column in by.items()}
    if any((day := days[tally.dated]) is not None and start <= day < end for tally, start in starts.items()):
        return
    outside = [name for name, day in days.items() if day is not None]
    if outside:
        start = min(start for tally, start in starts.items() if tally.dated == outside[0])
        term = f"the term{'' if start == here.w.settings.grid.start else ' and the history before it'}"
        span = f"{day_label(start)} to {day_label(end - timedelta(days=1))}"
        why = f"`{outside[0]}` lies outside {term}, {span}: no measure would count {_these(here)}."
    else:
        why = f"`{next(iter(by))}` says on which day a row counts, and it is blank: no measure would count {_these(here)}."
    raise refuse("W006", why, here.line.span, *here.saying((by[outside[0]] if outside else next(iter(by.values())),)))


def _start(here: RowsLine, tally: RowTally) -> date:
    """The first day of which a measure has figures."""
    grid, declared = here.w.settings.grid, here.w.inputs[tally.key]
    return grid.period(declared.type.grain, -declared.history).start if declared.history else grid.start


def _these(here: RowsLine) -> str:
    return "this row" if here.count == 1 else "these rows"


def _day(column: RowColumn, cells: Mapping[str, Cell]) -> date | None:
    day = cells.get(column.name)
    return date.fromordinal(int(day)) if isinstance(day, Fraction) and isinstance(column.kind, DateKind) else None
