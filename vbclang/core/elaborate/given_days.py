"""The day of a row that a worked example gives: the one that is said; else some day of the example's period, where it matters not which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.counted_from import figures_from, windows_from
from vbclang.core.declared import RowColumn, row_key
from vbclang.core.elaborate.given import place_of
from vbclang.core.elaborate.given_cells import Cell
from vbclang.core.elaborate.given_line import RowsLine
from vbclang.core.elaborate.workbench import Refusal, refuse
from vbclang.core.nodes import Cond, Expr
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
    finest, window = min(grains.values(), default=Grain.TERM), _window(here)
    grain, index = place_of(here.w, min(finest, window), None, here.setting)
    if finest < grain:
        tally = next(tally for tally, own in grains.items() if own is finest)
        raise _which_period(here, column, f"`{here.measure(tally)}` counts rows each {finest.words}", finest, grain, index)
    if window < grain:
        decided = here.decides[0][0] if here.decides else here.rows.name
        raise _which_period(here, column, f"Whose the rows of `{decided}` are is decided over each {window.words}", window, grain, index)
    key, blank = row_key(here.rows.name, column.name), _blank(here, column, cells)
    for tally in here.tallies:
        said = (node for node in (tally.where, tally.excluding, tally.of) if node is not None)
        if any(_turns_on(node, key, blank) for node in said):
            why = f"`{here.measure(tally)}` compares `{column.name}`, so the day itself counts, and this line does not say it."
            raise refuse("W005", why, here.line.span, *here.saying((column,)))
    for name, attribution in here.decides:
        if blank & {row_key(here.rows.name, attribution.who), row_key(here.rows.name, attribution.to)}:
            continue  # the row does not decide for these
        if attribution.latest == column.name or (attribution.where is not None and _turns_on(attribution.where, key, blank)):
            why = f"Whose the rows of `{name}` are turns on `{column.name}`, so the day itself counts, and this line does not say it."
            raise refuse("W005", why, here.line.span, *here.saying((column,)))
    return Fraction(grid.active(grain, index)[0].toordinal())


def _window(here: RowsLine) -> Grain:
    """The shortest window over which is decided whose the rows are, or those about which they decide."""
    own = here.rows.attribution
    windows = [attribution.window for _, attribution in here.decides]
    return min((*windows, own.window) if own is not None else windows, default=Grain.TERM)


def _which_period(here: RowsLine, column: RowColumn, what: str, finest: Grain, grain: Grain, index: int) -> Refusal:
    grid = here.w.settings.grid
    why = f"{what}, and the example speaks of a {grain.words}. In which {finest.words} do these lie?"
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
    """Refuse rows of which no day, by which anything dates them, lies in the term or in what is counted before it."""
    end, starts = here.w.settings.grid.end, _starts(here)
    by = {column.name: column for column in here.rows.columns if column.name in starts}
    days = {name: _day(column, cells) for name, column in by.items()}
    if any((day := days[name]) is not None and start <= day < end for name, start in starts.items()):
        return
    outside = [name for name, day in days.items() if day is not None]
    if outside:
        start = starts[outside[0]]
        term = f"the term{'' if start == here.w.settings.grid.start else ' and the history before it'}"
        span = f"{day_label(start)} to {day_label(end - timedelta(days=1))}"
        why = f"`{outside[0]}` lies outside {term}, {span}: {_for_nothing(here)}."
    else:
        why = f"`{next(iter(by))}` says on which day a row counts, and it is blank: {_for_nothing(here)}."
    raise refuse("W006", why, here.line.span, *here.saying((by[outside[0]] if outside else next(iter(by.values())),)))


def _starts(here: RowsLine) -> dict[str, date]:
    """By each column by which anything dates the rows the first day that counts: of a measure's figures, or of a window that is decided."""
    grid, inputs = here.w.settings.grid, here.w.inputs
    dated = [(tally.dated, figures_from(grid, (inputs[tally.key],))) for tally in here.tallies]
    for name, attribution in here.decides:
        decided = (inputs[tally.key] for tally in here.w.tallies_of(name))
        dated.append((attribution.dated, windows_from(grid, attribution.window, decided)))
    return {column: min(start for other, start in dated if other == column) for column, _ in dated}


def _for_nothing(here: RowsLine) -> str:
    these = "this row" if here.count == 1 else "these rows"
    return f"{these} would decide nothing" if here.only_decides else f"no measure would count {these}"


def _day(column: RowColumn, cells: Mapping[str, Cell]) -> date | None:
    day = cells.get(column.name)
    return date.fromordinal(int(day)) if isinstance(day, Fraction) and isinstance(column.kind, DateKind) else None
