"""Figures of other periods: previous ones, stated ones, windows, first values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.declared import Known
from vbclang.core.depth import Depths
from vbclang.core.elaborate import linked
from vbclang.core.elaborate.fitting import finer
from vbclang.core.elaborate.operands import agreeing, quantity
from vbclang.core.elaborate.pooling import pooled
from vbclang.core.elaborate.totals import total_of_kind
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, joined, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.core.record import Stage
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, DATE, NUMBER, SHARE, YES_NO, Grain, Quantity, Type

GRAINS: dict[str, Grain] = {
    "month": Grain.MONTH,
    "quarter": Grain.QUARTER,
    "calendar quarter": Grain.QUARTER,
    "year": Grain.YEAR,
    "term": Grain.TERM,
}


def grain_of(w: Workbench, word: tree.PeriodWord, span: Span, instead: Reading | None = None) -> Grain:
    """The grain of a period's word. A calendar quarter must be one of the contract year too; ``instead``: what to offer if it is not."""
    if word == "calendar quarter" and w.settings.grid.year_month % 3 != 1:
        why = "Calendar quarters and the quarters of this contract's years do not begin in the same months."
        raise refuse("C036", why, span, instead or Reading("", "each quarter"))
    return GRAINS[word]


def place_of(w: Workbench, period: tree.Period, figure: Expr | Cond | None = None) -> tuple[Grain, int]:
    """Grain and place of a stated period; it must lie in the term, or among the periods before it for which there is ``figure``."""
    grain = GRAINS[period.unit]
    if not w.settings.has_periods:
        raise Refusal(None)  # that there is no term has been said
    if period.unit == "quarter":
        _quarter_as_written(w, period)
    index = w.settings.grid.find(grain, period.number, period.year)
    if index is None and figure is not None:
        before = Depths(w.figures, w.inputs).reach(figure, grain)
        index = w.settings.grid.find(grain, period.number, period.year, before)
    if index is None:
        first, last = w.settings.grid.start, w.settings.grid.end - timedelta(days=1)
        why = f"This period lies outside the term of the contract, {day_label(first)} to {day_label(last)}."
        raise refuse("C022", why, period.span)
    return grain, index


def _quarter_as_written(w: Workbench, period: tree.Period) -> None:
    """`Q1 2026` where contract years are calendar years, `Q1 2026/27` where they are not: each means nothing in the other's contract."""
    assert period.number is not None
    assert period.year is not None
    calendar_years = w.settings.grid.year_month == 1
    if calendar_years == period.one_year:
        return
    if calendar_years:
        why = "The years of this contract are calendar years: a quarter lies in one of them."
        raise refuse("C022", why, period.span, Reading("", f"Q{period.number} {period.year}", period.span))
    first = date(period.year, 3 * period.number - 2, 1)
    meant = (w.settings.grid.index_of(Grain.QUARTER, first), w.settings.grid.find(Grain.QUARTER, period.number, period.year))
    labels = [w.settings.grid.period(Grain.QUARTER, index).label for index in meant if index is not None]
    why = f"Quarter {period.number} of the calendar year {period.year}, or of the contract year that begins in it?"
    raise refuse("C022", why, period.span, *(Reading("", label, period.span) for label in dict.fromkeys(labels)))


def in_period(w: Workbench, e: tree.In, place: Place) -> Expr:
    """``X in Contract Year 1``: the figure of one stated period."""
    if isinstance(e.place, tree.Name):
        return linked.figure(w, e, e.place)
    figure = quantity(w, e.figure, place, "What is read in a period")
    grain, index = place_of(w, e.place, figure)
    if figure.type.grain < grain:
        raise finer(w, figure, grain, f"this is about a {grain.words}")
    return n.AtPeriod(Type(figure.type.kind, Grain.CONSTANT, figure.type.axes), e.span, figure, grain, index)


def previous(w: Workbench, e: tree.Previous, place: Place) -> Expr:
    """``previous X``; ``previous year's X`` reads the same period a year earlier."""
    if isinstance(e.figure, tree.Name) and w.under_way.get(e.figure.text, _DEFINED) is None and e.figure.text not in place.locals:
        raise _no_first_value(w, e.figure)
    figure = quantity(w, e.figure, place, "What is read of an earlier period")
    grain = figure.type.grain
    if grain is Grain.CONSTANT or grain is Grain.TERM:
        raise refuse("T006", "This figure is the same for the whole contract, so it has no previous one.", e.span)
    back = 1 if e.unit is None else _periods_in(w, e, grain)
    return n.Prev(figure.type, e.span, figure, grain, back, None)


_DEFINED = object()
"""What is found of a figure whose definition is not under way; of one that is, its type, or None where no first value gives one."""


def _no_first_value(w: Workbench, figure: tree.Name) -> Refusal:
    """A figure that is made of its own previous value, and has none to begin with."""
    readings = []
    match w.scope.names.get(figure.text):
        case tree.Term(definition=definition) if isinstance(definition, _GOES_ON) and figure.text == list(w.under_way)[-1]:
            then = w.written(definition.span)
            then = f"({then})" if isinstance(definition, tree.Limited | tree.Rounded | tree.MissingAs) else then
            text = f"{_first_value(w, definition)} in Contract Year 1, then {then}"
            readings.append(Reading("a first value, for example", text, definition.span))
        case _:
            pass
    return refuse("C006", f"Nothing says what `{figure.text}` is in Contract Year 1.", figure.span, *readings)


_GOES_ON = (
    tree.Previous,
    tree.ChangedBy,
    tree.Arithmetic,
    tree.Of,
    tree.Choice,
    tree.Extreme,
    tree.Limited,
    tree.Rounded,
    tree.MissingAs,
)
"""The forms of a definition before which a first value may be written."""


def _first_value(w: Workbench, e: tree.Expr) -> str:
    """A first value of the kind that the definition's figures suggest, for the author to put the contract's own in."""
    match e:
        case tree.Arithmetic(sign="+" | "-", right=tree.Percentage() | tree.Points()):
            return "80.0%"
        case tree.Arithmetic(sign="+" | "-", right=tree.Number()):
            return "100"
        case _:
            return f"{CURRENCIES[w.settings.currency][0]}100"


def _periods_in(w: Workbench, e: tree.Previous, grain: Grain) -> int:
    assert e.unit is not None
    unit = grain_of(w, e.unit, e.span)
    if unit.months < grain.months:
        raise refuse("T006", f"This is a {grain.words}'s figure; it has none of the previous {e.unit}.", e.span)
    return unit.months // grain.months


def starting_with(w: Workbench, e: tree.StartingWith, place: Place) -> Expr:
    """``V in Contract Year 1, then …``: a first value, and how it goes on."""
    grain, index = place_of(w, e.period)
    if index != 0:
        raise refuse("C006", "The first value must be that of the first period of the term.", e.period.span)
    first = quantity(w, e.first, place, "A first value")
    first, then = agreeing(first, w.expression(e.then, place, first.type.kind), e.then.span)
    here = n.DuringPeriods(Type(YES_NO, grain), e.period.span, grain, 0, 0)
    type_ = joined(first.type.kind, first, then)
    type_ = Type(type_.kind, min(type_.grain, grain), type_.axes)
    return n.FirstOf(type_, e.span, (n.Case(here, first),), then)


def over_time(w: Workbench, e: tree.OverTime, place: Place) -> Expr:
    """``average of X over the last 4 quarters`` and the other windows."""
    if isinstance(e.figure, tree.TotalOfKind) and e.aggregate == "total" and e.window.which == "whole":
        return total_of_kind(w, e.figure, grain_of(w, e.window.unit, e.window.span))
    figure = quantity(w, e.figure, place, "What is taken over time")
    if e.aggregate == "number":
        raise refuse("T006", "Periods are counted in a condition: `C in at least 3 of any 6 months`.", e.span)
    if e.aggregate == "pooled":
        return pooled(w, e.figure, lambda part: _over_periods(w, e, part, "total"), e.span)
    if e.aggregate == "total" and figure.type.kind == SHARE:
        raise _no_total(w, e)
    return _over_periods(w, e, figure, e.aggregate)


_Aggregate: TypeAlias = Literal["total", "average", "lowest", "highest", "latest"]


def _over_periods(w: Workbench, e: tree.OverTime, figure: Expr, aggregate: _Aggregate) -> Expr:
    """The aggregate of ``figure`` over the window that ``e`` names."""
    unit = grain_of(w, e.window.unit, e.window.span)
    grain = figure.type.grain
    if grain in (Grain.CONSTANT, Grain.TERM):
        raise refuse("T006", "This figure is the same for the whole contract; there is nothing to take together.", e.span)
    if e.window.which in ("last", "first"):
        return _counted_window(w, e, figure, unit, aggregate)
    if e.window.which == "to date":
        return n.Windowed(figure.type, e.span, aggregate, figure, grain, "to date", None, unit, True, e.least_reported)
    if unit <= grain:
        raise refuse("T006", f"This is a {grain.words}'s figure; a {unit.words} holds no more than one.", e.span)
    return n.Coarsen(Type(figure.type.kind, unit, figure.type.axes), e.span, aggregate, figure, grain, e.least_reported)


def _no_total(w: Workbench, e: tree.OverTime) -> Exception:
    """Percentages are pooled or averaged; their sum is a percentage of nothing."""
    ways = ("pooled", "average of") if isinstance(e.figure, tree.Name) and e.figure.text in w.ratios else ("average of",)
    texts = (w.written(e.span).replace("total of", way, 1) for way in ways)
    return refuse("T001", "A total of percentages is no percentage of anything.", e.span, *(Reading("", text, e.span) for text in texts))


def _counted_window(w: Workbench, e: tree.OverTime, figure: Expr, unit: Grain, aggregate: _Aggregate) -> Expr:
    grain = figure.type.grain
    if unit != grain:
        own = grain.words
        raise refuse("T006", f"This is a {own}'s figure; count its window in {own}s.", e.window.span)
    which: Literal["last", "first"] = "last" if e.window.which == "last" else "first"
    type_ = figure.type if which == "last" else Type(figure.type.kind, Grain.CONSTANT, figure.type.axes)
    fewer = _fewer_are_enough(w, e.figure)
    return n.Windowed(type_, e.span, aggregate, figure, grain, which, e.window.count, None, fewer, e.least_reported)


def _fewer_are_enough(w: Workbench, e: tree.Expr) -> bool:
    """Whether the measure says that a window at the start of the term may hold fewer periods."""
    measure = w.scope.names.get(e.text) if isinstance(e, tree.Name) else None
    return isinstance(measure, tree.Measure) and any(isinstance(line, tree.FewerAtStartLine) for line in measure.lines)


def months_between(w: Workbench, e: tree.Between, place: Place) -> Expr:
    """``complete months from D to D``."""
    start, end = w.expression(e.start, place), w.expression(e.end, place)
    for side, written in ((start, e.start), (end, e.end)):
        if side.type.kind != DATE:
            raise refuse("T002", f"A date is wanted here, but this is {algebra.words(side.type.kind)}.", written.span)
    type_ = joined(Quantity(whole=True), start, end)
    months = n.MonthsBetween(type_, e.span, start, end, e.complete)
    days = n.Arith(joined(NUMBER, end, start), e.span, "-", end, start)
    match e.unit:
        case "month":
            return months
        case "quarter":
            return _so_many(e, months, 3)
        case "year":
            return _so_many(e, months, 12)
        case "day":
            return days
        case "week":
            return _so_many(e, days, 7)
        case "working day" | "minute" | "hour":
            text = w.written(e.span).replace(f"{e.unit}s", "days", 1)
            why = f"Between two dates days are counted, weeks, months, quarters and years, not {e.unit}s."
            raise refuse("T006", why, e.span, Reading("in days", text, e.span))
        case _:
            assert_never(e.unit)


def _so_many(e: tree.Between, parts: Expr, each: int) -> Expr:
    """So many times ``each`` parts: complete ones, or with a part counted as one."""
    number = n.Arith(parts.type, e.span, "/", parts, n.Const(Type(NUMBER), e.span, Fraction(each)))
    return n.Round(parts.type, e.span, number, Fraction(1), "down" if e.complete else "up")


def known_by(w: Workbench, lines: Iterable[tree.Node]) -> Known | None:
    """When figures are known by the lines of their data or measure: the final delivery and the days for checking; None where these lines
    count from no period.
    """
    lines = tuple(lines)
    found, early = ((w.passes.deadline(w, line.deadline) if (line := delivery(lines, s)) is not None else None) for s in _STAGES)
    checked = next((line for line in lines if isinstance(line, tree.CheckedByLine)), None)
    if found is None:
        return None
    due, grain = found
    unit = checked.unit if checked is not None and checked.unit is not None else "working day"
    checking = checked.count or 0 if checked is not None else 0
    return Known(due, grain or Grain.TERM, checking, unit, provisional=None if early is None else (early[0], early[1] or Grain.TERM))


_STAGES: tuple[Stage, Stage] = ("final", "provisional")


def delivery(lines: Iterable[tree.Node], stage: Stage) -> tree.DeliveryLine | None:
    """The line that says when data of a stage are delivered."""
    return next((line for line in lines if isinstance(line, tree.DeliveryLine) and line.stage == stage), None)
