"""Conditions of the tree -> conditions of the calculus."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, assert_never

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate import applying, dates, events, named, timing
from vbclang.core.elaborate.comparing import compared
from vbclang.core.elaborate.fitting import finer
from vbclang.core.elaborate.kinds import domain_of
from vbclang.core.elaborate.operands import agreeing, mismatch, quantity
from vbclang.core.elaborate.ranges import domain_of_figure
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, joined, refuse, unreadable
from vbclang.core.nodes import Cond, Expr
from vbclang.core.walk import parts
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import DATE, NUMBER, PERCENT, YES_NO, Category, Grain, Kind, Quantity, Type


def condition(w: Workbench, c: tree.Cond, place: Place) -> Cond:
    """The meaning of ``c``."""
    match c:
        case tree.Bad():
            raise unreadable()
        case tree.Within():
            figure = w.expression(c.figure, place)
            return evolve(within(w, figure, c.interval, place), span=c.span)
        case tree.Is():
            return _is(w, c, place)
        case tree.Apart():
            return _apart(w, c, place)
        case tree.Directed():
            return _directed(w, c, place)
        case tree.OnDay():
            return dates.on_day(w, c, place)
        case tree.And():
            parts = tuple(w.condition(part, place) for part in c.parts)
            return n.AndCond(joined(YES_NO, *parts), c.span, parts)
        case tree.Or():
            parts = tuple(w.condition(part, place) for part in c.parts)
            return n.OrCond(joined(YES_NO, *parts), c.span, parts)
        case tree.Not():
            return negated(w.condition(c.part, place), c.span)
        case tree.Consecutive():
            return _run(w, c, place)
        case tree.AtLeastOfAny():
            return _run(w, c, place)
        case tree.ForMembers():
            return _for_members(w, c, place)
        case tree.EventState():
            return events.state(w, c, place)
        case tree.ClauseState():
            return _clause_state(w, c, place)
        case tree.Reported():
            return _reported(w, c, place)
        case tree.Blank():
            return _blank(w, c, place)
        case tree.During():
            return _during(w, c)
        case tree.Flag():
            return _flag(w, c, place)
        case _:
            assert_never(c)


def negated(operand: Cond, span: Span) -> Cond:
    """Not."""
    return n.NotCond(operand.type, span, operand)


# -- comparisons -------------------------------------------------------------------------------------------------------


def within(w: Workbench, figure: Expr, interval: tree.Interval, place: Place) -> Cond:
    """The figure lies between the bounds of an interval."""
    if interval.whole is not None:
        return _whole_interval(w, figure, interval)
    alone = len(interval.bounds) == 1
    parts = [evolve(bounded(w, figure, bound.side, bound.value, place, alone), span=bound.span) for bound in interval.bounds]
    return parts[0] if len(parts) == 1 else n.AndCond(joined(YES_NO, *parts), interval.span, tuple(parts))


def bounded(w: Workbench, figure: Expr, side: tree.Side, value: tree.Expr, place: Place, alone: bool) -> Cond:
    """``figure is at least value`` and the other three; ``alone``: it is no side of a range."""
    left, right = agreeing(figure, w.expression(value, place, figure.type.kind), value.span)
    if isinstance(right, n.Const):
        _may_be_reached(w, left, right, side if alone else None)
    return compared(left, side, right, value.span)


def _may_be_reached(w: Workbench, figure: Expr, to: n.Const, side: tree.Side | None) -> None:
    """Refuse a figure to compare with that lies outside all that there can be, 900% of patients, or at its end, where one ``side`` of it is
    all or nothing: at least 0%. What the contract itself bounds may be compared with anything: the comparison then says so.
    """
    if any(isinstance(part, n.Input) and part.key not in w.inputs for part in parts(figure)):
        return  # a cell of a row, of which no more is known than that it is there
    of_figure, of_kind = domain_of_figure(w, figure), domain_of(figure.type.kind)
    low, high = (mine if mine == its else None for mine, its in zip(of_figure, of_kind, strict=True))
    at_the_end = (side in ("at least", "less than") and to.value == low) or (side in ("at most", "more than") and to.value == high)
    if not at_the_end and (low is None or low <= to.value) and (high is None or to.value <= high):
        return
    above = low is None or to.value > low or (to.value == high and side in ("at most", "more than"))
    end, kind = (high if above else low), figure.type.kind
    assert end is not None
    limit = f"{end * 100}%" if algebra.is_percentage(kind) else f"{end}"
    why = f"`{w.written(figure.span)}` is never {'more' if above else 'less'} than {limit}, so the answer is the same whatever comes."
    raise refuse("T018", f"{why} Is `{w.written(to.span)}` another figure?", to.span)


def _whole_interval(w: Workbench, figure: Expr, interval: tree.Interval) -> Cond:
    assert interval.whole is not None
    low, high = interval.whole
    whole_numbers(figure, interval.span)
    first, last = (n.Const(Type(figure.type.kind), e.span, e.value) for e in (low, high))
    parts = (compared(figure, "at least", first, low.span), compared(figure, "at most", last, high.span))
    return n.AndCond(joined(YES_NO, *parts), interval.span, parts)


def whole_numbers(figure: Expr, span: Span) -> None:
    """``5,000 to 5,999`` may be said of whole numbers only: of others nobody knows where 5,999.5 belongs."""
    kind = figure.type.kind
    if not isinstance(kind, Quantity) or not kind.whole:
        why = f"`A to B` may be said of whole numbers only, but this is {algebra.words(kind)}. Where does a figure between two rows belong?"
        raise refuse("T002", why, span, Reading("", "at least A but less than B"))


def _is(w: Workbench, c: tree.Is, place: Place) -> Cond:
    if any(isinstance(value, tree.YesNo) for value in c.values):
        return _is_yes(w, c, place)
    figure = w.expression(c.figure, place)
    parts: list[Cond] = []
    for value in c.values:
        left, right = agreeing(figure, _value_of(w, value, figure.type.kind, place), value.span)
        parts.append(n.Compare(joined(YES_NO, left, right), value.span, "==", left, right))
    found = parts[0] if len(parts) == 1 else n.OrCond(joined(YES_NO, *parts), c.span, tuple(parts))
    return negated(found, c.span) if c.negated else evolve(found, span=c.span)


def _is_yes(w: Workbench, c: tree.Is, place: Place) -> Cond:
    """``Guardrail is yes``."""
    node = _flag(w, tree.Flag(c.figure.span, c.figure), place)
    value = c.values[0]
    if len(c.values) > 1 or not isinstance(value, tree.YesNo):
        raise refuse("T002", "This is yes or no: it cannot be one of several values.", c.span)
    return node if value.value != c.negated else negated(node, c.span)


def _value_of(w: Workbench, value: tree.Expr, kind: Kind, place: Place) -> Expr:
    """A value to be equal to: of a list, one of its members."""
    if isinstance(kind, Category) and kind.axis is not None and isinstance(value, tree.Name | tree.Quoted):
        found = named.member(w, kind.axis, value.text)
        if found is None:
            listed = ", ".join(m.name for m in w.axes[kind.axis].members[:12])
            raise refuse("N008", f"`{value.text}` is no {kind.axis}. There are: {listed}.", value.span)
        return n.Const(Type(kind), value.span, Fraction(found))
    return w.expression(value, place, kind)


def _apart(w: Workbench, c: tree.Apart, place: Place) -> Cond:
    figure = w.expression(c.figure, place)
    base = w.expression(c.base, place, figure.type.kind)
    figure, base = agreeing(figure, base, c.base.span)
    if figure.type.kind == DATE:
        return dates.apart(c, figure, base)
    distance = w.expression(c.distance, place)
    high, low = (base, figure) if c.way == "below" else (figure, base)
    difference = _difference(w, c, figure, base, high, low, distance)
    left, right = agreeing(difference, distance, c.distance.span)
    return compared(left, c.side, right, c.span)


def _difference(w: Workbench, c: tree.Apart, figure: Expr, base: Expr, high: Expr, low: Expr, distance: Expr) -> Expr:
    """How far apart: as percentage points or an amount, or (``20% below Y``) as a part of ``base``."""
    kind = algebra.add(high.type.kind, low.type.kind, "-")
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, c.span)
    apart = n.Arith(joined(kind, high, low), c.span, "-", high, low)
    if distance.type.kind != PERCENT:
        return apart
    if algebra.is_percentage(figure.type.kind):
        raise _points_or_part(w, c)
    return n.Arith(joined(PERCENT, apart, base), c.span, "/", apart, base)


def _points_or_part(w: Workbench, c: tree.Apart) -> Exception:
    number = w.written(c.distance.span)
    figure, base = w.written(c.figure.span), w.written(c.base.span)
    side = {"at least": "at most", "at most": "at least", "more than": "less than", "less than": "more than"}[c.side]
    points, part = ("75%", "76%") if c.way == "below" else ("85%", "84%")
    relation, sign = (side, "-") if c.way == "below" else (c.side, "+")
    return refuse(
        "C019",
        f"`{number}` {c.way} a percentage: {number.removesuffix('%')} percentage points, or {number} of it?",
        c.distance.span,
        Reading(f"percentage points: 5 points {c.way} 80% are {points}", f"{number.removesuffix('%')} percentage points", c.distance.span),
        Reading(f"a part of it: a twentieth {c.way} 80% is {part}", f"{figure} is {relation} (100% {sign} {number}) * {base}", c.span),
    )


def decimal(value: Fraction, decimals: int) -> str:
    """A figure with its decimal places, worked out in whole numbers."""
    scaled = round(value * 10**decimals)
    before, behind = divmod(abs(scaled), 10**decimals)
    return f"{'-' if scaled < 0 else ''}{before}" + (f".{behind:0{decimals}d}" if decimals else "")


def _directed(w: Workbench, c: tree.Directed, place: Place) -> Cond:
    figure = quantity(w, c.figure, place, "What is judged")
    left, right = agreeing(figure, w.expression(c.threshold, place, figure.type.kind), c.threshold.span)
    relations: dict[str, tuple[tree.Side, tree.Side]] = {
        "at least as good as": ("at least", "at most"),
        "better than": ("more than", "less than"),
        "worse than": ("less than", "more than"),
        "not better than": ("at most", "at least"),
    }
    if_higher, if_lower = (compared(left, side, right, c.span) for side in relations[c.relation])
    match _direction(w, c, figure):
        case "higher":
            return if_higher
        case "lower":
            return if_lower
        case by_member:
            parts = (_both(c, by_member, if_higher), _both(c, negated(by_member, c.span), if_lower))
            return n.OrCond(joined(YES_NO, *parts), c.span, parts)


def _both(c: tree.Directed, first: Cond, second: Cond) -> Cond:
    return n.AndCond(joined(YES_NO, first, second), c.span, (first, second))


def _direction(w: Workbench, c: tree.Directed, figure: Expr) -> Literal["higher", "lower"] | Cond:
    """Whether more is better: as the measure says, or for each member as a column `better` of a schedule says (yes: higher)."""
    name = c.figure.figure if isinstance(c.figure, tree.ForMember) else c.figure
    text = name.text if isinstance(name, tree.Name) else ""
    known = w.figures.get(text)
    if known is not None and known.better is not None:
        return known.better
    for axis in sorted(figure.type.axes):
        by_member = w.directions(axis)
        if by_member is not None:
            return _is_higher(c, axis, by_member)
    why = f"Whether more of {f'`{text}`' if text else 'this'} is better or worse is not said."
    raise refuse("T011", why, c.span, *(Reading(f"under `measure {text}`", f"  {way} is better") for way in ("higher", "lower")))


def _is_higher(c: tree.Directed, axis: str, higher: tuple[bool, ...]) -> Cond:
    one = tuple(n.Const(Type(NUMBER), c.span, Fraction(value)) for value in higher)
    table = n.ByMember(Type(NUMBER, axes=frozenset({axis})), c.span, axis, one)
    return n.Compare(Type(YES_NO, axes=frozenset({axis})), c.span, "==", table, n.Const(Type(NUMBER), c.span, Fraction(1)))


# -- periods and members -----------------------------------------------------------------------------------------------


def _no_run_of_days(w: Workbench, c: tree.Consecutive | tree.AtLeastOfAny, operand: Cond) -> Refusal:
    """Figures are known of whole periods; what lasts for days is an event, with its first and its last."""
    grain = operand.type.grain
    why = f"This is known {'once' if grain >= Grain.TERM else f'for each {grain.words}'}, and not day by day."
    event = "What lasts is told as an event, with its first day and its last: `EVENT is in force for 30 consecutive days`."
    said = w.written(c.condition.span)
    readings = [] if grain >= Grain.TERM else [Reading(f"counted in {grain.words}s", f"{said} for 2 consecutive {grain.words}s", c.span)]
    return refuse("T006", f"{why} {event}", c.span, *readings)


def _run(w: Workbench, c: tree.Consecutive | tree.AtLeastOfAny, place: Place) -> Cond:
    if c.unit == "day":
        operand = w.condition(c.condition, place)
        long = events.lasting(w, c, operand, place)
        if long is not None:
            return long
        raise _no_run_of_days(w, c, operand)
    grain = timing.grain_of(w, c.unit, c.span)
    operand = w.condition(c.condition, evolve(place, grain=grain))  # what the record tells is told of each of these periods
    if operand.type.grain < grain:
        raise finer(w, operand, grain, f"{grain.words}s are counted")
    least, window = (c.count, c.count) if isinstance(c, tree.Consecutive) else (c.least, c.window)
    if least > window:
        raise refuse("C022", f"{least} of {window} {grain.words}s can never be.", c.span)
    line = w.settings.find(tree.BlankPeriodsLine)
    rule = w.blank_rule or (line.rule if line else None)
    if rule is None:
        raise _blank_periods(c, grain)
    again = w.restart or w.settings.find(tree.CountingStartsAgainLine)
    restart = None if again is None else events.happened(w, again.event, grain, c.span)
    type_ = Type(YES_NO, grain, operand.type.axes | (restart.type.axes if restart is not None else frozenset()))
    return n.Run(type_, c.span, operand, grain, least, window, rule, restart)


def _blank_periods(c: tree.Consecutive | tree.AtLeastOfAny, grain: Grain) -> Exception:
    why = f"A {grain.words} without a result: does it count as failed, break the run, or is it passed over?"
    ways = ("count as failed", "count as met", "break the run", "are passed over")
    return refuse("C011", why, c.span, *(Reading("", f"  blank periods {way}") for way in ways))


def _for_members(w: Workbench, c: tree.ForMembers, place: Place) -> Cond:
    if c.of.text not in w.axes:
        raise refuse("N005", f"`{c.of.text}` is no list, group or class of parties.", c.of.span)
    operand = w.condition(c.condition, place)
    if c.of.text not in operand.type.axes:
        raise refuse("T005", f"This condition does not differ from one {c.of.text} to the other.", c.condition.span)
    type_ = Type(YES_NO, operand.type.grain, operand.type.axes - {c.of.text})
    return n.OverCond(type_, c.span, c.which, operand, c.of.text, None)


def _during(w: Workbench, c: tree.During) -> Cond:
    grain, first = timing.place_of(w, c.first)
    _, last = timing.place_of(w, c.last)
    if last < first:
        raise refuse("C022", "The last of these periods comes before the first.", c.span)
    return n.DuringPeriods(Type(YES_NO, grain), c.span, grain, first, last)


# -- states ------------------------------------------------------------------------------------------------------------


def _reported(w: Workbench, c: tree.Reported, place: Place) -> Cond:
    if isinstance(c.figure, tree.Name | tree.Its):
        name = c.figure.name if isinstance(c.figure, tree.Its) else c.figure
        node = named.anything(w, name, place)
    else:
        node = w.expression(c.figure, place)
    found = _is_there(node, c.span)
    return negated(found, c.span) if c.negated else found


def _is_there(node: Expr | Cond, span: Span) -> Cond:
    type_ = joined(YES_NO, node)
    if node.type.kind == YES_NO:
        return n.IsKnown(type_, span, node)  # type: ignore[arg-type]  # only conditions have the kind yes/no
    return n.IsReported(type_, span, node)  # type: ignore[arg-type]


def _blank(w: Workbench, c: tree.Blank, place: Place) -> Cond:
    found = _is_there(w.expression(c.column, place), c.span)
    return found if c.negated else negated(found, c.span)


def _flag(w: Workbench, c: tree.Flag, place: Place) -> Cond:
    name = c.figure.name if isinstance(c.figure, tree.Its) else c.figure
    if isinstance(name, tree.Column) and (cell := place.locals.get(name.text)) is not None:
        return _yes_no_cell(name, cell)
    if isinstance(name, tree.Column):
        raise named.no_column(w, name)
    if not isinstance(name, tree.Name):
        raise refuse("T002", "A condition is wanted here. Compare the figure: `… is at least …`, `… is more than …`.", c.span)
    node = named.anything(w, name, place)
    if node.type.kind != YES_NO:
        why = f"`{name.text}` is {algebra.words(node.type.kind)}, and a condition is wanted here. Compare it: `{name.text} is at least …`."
        raise refuse("T002", why, c.span)
    return node  # type: ignore[return-value]


def _yes_no_cell(column: tree.Column, cell: Expr | Cond) -> Cond:
    if cell.type.kind != YES_NO:
        what = algebra.words(cell.type.kind)
        why = f"`{column.text}` is {what}, and a condition is wanted here. Compare it: `{column.text} is at least …`."
        raise refuse("T002", why, column.span)
    return evolve(cell, span=column.span)  # type: ignore[return-value]  # only conditions have the kind yes/no


def _clause_state(w: Workbench, c: tree.ClauseState, place: Place) -> Cond:
    breached = events.breached(w, c, place)
    return applying.of_clause(w, c) if breached is None else breached
