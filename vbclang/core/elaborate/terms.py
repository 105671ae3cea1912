"""Defined terms: expressions, bands, tables by member and by time, cases, weighted averages."""

from __future__ import annotations

from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.elaborate import misplaced, named, timing
from vbclang.core.elaborate.arithmetic import rounding_unit
from vbclang.core.elaborate.bands import bands
from vbclang.core.elaborate.heads import head_axes, within_head
from vbclang.core.elaborate.operands import agreed_kinds, quantity
from vbclang.core.elaborate.recovery import stands_in
from vbclang.core.elaborate.workbench import Place, Workbench, joined, last_day, refuse, retyped
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import PERCENT, SHARE, YES_NO, Grain, Type

_CONDITIONS = (
    tree.Within,
    tree.Is,
    tree.Apart,
    tree.Directed,
    tree.OnDay,
    tree.And,
    tree.Or,
    tree.Not,
    tree.Consecutive,
    tree.AtLeastOfAny,
    tree.ForMembers,
    tree.EventState,
    tree.ClauseState,
    tree.Reported,
    tree.Blank,
    tree.During,
    tree.Flag,
)


def term(w: Workbench, term: tree.Term) -> None:
    misplaced.at_measure(w, term.name, term.lines, "defined term")
    place = Place(axes=head_axes(w, term.axes))
    blank = next((line for line in term.lines if isinstance(line, tree.BlankPeriodsLine)), None)
    w.blank_rule = blank.rule if blank else None
    provisional = _first_type(w, term, place)
    for _ in range(3):
        w.under_way[term.name.text] = provisional
        body = definition(w, term.definition, place)
        del w.under_way[term.name.text]
        if provisional is None or body.type == provisional:
            break
        provisional = body.type
    within_head(w, term.name, body, place)
    if body.type.kind == PERCENT:
        body = retyped(body, SHARE)  # type: ignore[arg-type]  # a condition has another kind
    body = _with_lines(w, term, body)
    w.figures[term.name.text] = Figure(term.name.text, "term", body.type, body, term.name.span)


def _with_lines(w: Workbench, term: tree.Term, body: Expr | Cond) -> Expr | Cond:
    """A term's own rounding, and what stands in for it where it is missing."""
    for line in term.lines:
        match line:
            case tree.RoundedLine() | tree.IfLine() if body.type.kind == YES_NO:
                raise refuse("C031", f"`{term.name.text}` is yes or no, so this line says nothing here.", line.span)
            case tree.RoundedLine(rule=tree.RoundingRule() as rule) if isinstance(body, Expr):
                body = n.Round(body.type, line.span, body, rounding_unit(w, rule, body.type.kind), rule.direction, line.span)
            case tree.IfLine() if isinstance(body, Expr):
                body = stands_in(w, line, body)
            case _:
                pass
    return body


def _first_type(w: Workbench, term: tree.Term, place: Place) -> Type | None:
    """The type that a definition's first value gives it, so that it may speak of its own previous value."""
    match term.definition:
        case tree.StartingWith(first=first, period=period):
            grain: Grain = timing.GRAINS[period.unit]
        case tree.ByTime(rows=(tree.ByTimeRow(first=tree.Period() as period, value=first), *_)):
            grain = timing.GRAINS[period.unit]
        case _:
            return None
    w.under_way[term.name.text] = None
    kind = algebra.settled(w.expression(first, place).type.kind)
    return Type(kind, grain)


def definition(w: Workbench, e: tree.Definition | tree.Cond, place: Place) -> Expr | Cond:
    """What a term or a formula says, in any of its forms."""
    match e:
        case tree.Bands():
            return bands(w, e, place, None)
        case tree.ByMember():
            return _by_member(w, e, place)
        case tree.ByTime():
            return _by_time(w, e, place)
        case tree.FirstThatApplies():
            return _first_that_applies(w, e, place)
        case tree.WeightedAverage():
            return _weighted_average(w, e, place)
        case tree.RowsOf():
            raise refuse("N007", "These are rows, and a figure is wanted here. Give them a name, and count them in a measure.", e.span)
        case tree.ToBeAgreed():
            return _to_be_agreed(w, e, place)
        case _ if isinstance(e, _CONDITIONS):
            return w.condition(e, place)
        case tree.Name():
            return named.anything(w, e, place)
        case _:
            return w.expression(e, place)


def _to_be_agreed(w: Workbench, e: tree.ToBeAgreed, place: Place) -> Expr:
    if e.otherwise is None or e.by is None:
        why = "And if it is not agreed? Give a last day and what then holds."
        raise refuse("C016", why, e.span, Reading("", f"to be agreed by {last_day(w)}, otherwise 80.0%", e.span))
    return w.expression(e.otherwise, place)


def _by_member(w: Workbench, e: tree.ByMember, place: Place) -> Expr:
    axis = _axis_of_rows(w, e, place)
    places: dict[int, Expr] = {}
    values = agreed_kinds([w.expression(row.value, place) for row in e.rows], [row.value.span for row in e.rows])
    otherwise: Expr | None = None
    for row, value in zip(e.rows, values, strict=True):
        if isinstance(row.member, tree.Otherwise):
            otherwise = value
            continue
        found = named.member(w, axis, row.member.text)
        if found is None:
            raise refuse("N008", f"`{row.member.text}` is no {axis}.", row.member.span)
        if found in places:
            raise refuse("C031", f"There are two rows for {row.member.text}.", row.span)
        places[found] = value
    members = w.axes[axis].members
    table = tuple(places.get(i, otherwise) for i in range(len(members)))
    lacking = [member.name for member, value in zip(members, table, strict=True) if value is None]
    if lacking:
        raise refuse("T017", f"Nothing is said for {', '.join(lacking)}. Add a row, or end with `otherwise: …`.", e.span)
    type_ = joined(values[0].type.kind, *values)
    return n.ByMember(Type(type_.kind, type_.grain, type_.axes | {axis}), e.span, axis, table)


def _axis_of_rows(w: Workbench, e: tree.ByMember, place: Place) -> str:
    first = next((row.member for row in e.rows if not isinstance(row.member, tree.Otherwise)), None)
    text = first.text if first is not None else ""
    for axis in sorted(place.axes):
        if named.member(w, axis, text) is not None:
            return axis
    lists = [axis for axis in w.axes if named.member(w, axis, text) is not None]
    span = first.span if first is not None else e.span
    if lists:
        raise refuse(
            "T005", f"These rows are for each {lists[0]}; the heading must say so.", span, Reading("", f"… for each {lists[0]} means")
        )
    raise refuse("N008", f"`{text}` is no member of a list of this contract.", span)


def _by_time(w: Workbench, e: tree.ByTime, place: Place) -> Expr:
    values = agreed_kinds([w.expression(row.value, place) for row in e.rows], [row.value.span for row in e.rows])
    cases: list[n.Case] = []
    otherwise: Expr | None = None
    grain, last = Grain.CONSTANT, -1
    for row, value in zip(e.rows, values, strict=True):
        if isinstance(row.first, tree.Otherwise):
            otherwise = value
            continue
        here, first = timing.place_of(w, row.first)
        if cases and here != grain:
            raise _of_two_lengths(row, grain, here)
        if cases and first != last + 1:
            raise refuse("T015" if first > last else "T014", "These periods do not follow each other one by one.", row.span)
        grain, last = here, _last_of(w, row, here, first)
        cases.append(n.Case(n.DuringPeriods(Type(YES_NO, grain), row.span, grain, first, last), value))
    if otherwise is None:
        otherwise = _last_period(w, e, cases, last)
    type_ = joined(values[0].type.kind, *values)
    return n.FirstOf(Type(type_.kind, min(type_.grain, grain), type_.axes), e.span, tuple(cases), otherwise)


def _last_of(w: Workbench, row: tree.ByTimeRow, grain: Grain, first: int) -> int:
    """The place of the last period of a row, in the grain of its first."""
    if row.last is None:
        return first
    same, last = timing.place_of(w, row.last)
    if same != grain:
        raise _of_two_lengths(row, grain, same)
    if last < first:
        raise refuse("C022", "The last of these periods comes before the first.", row.span)
    return last


def _of_two_lengths(row: tree.ByTimeRow, one: Grain, other: Grain) -> Exception:
    why = f"A {one.words} and a {other.words} stand in one table: which row holds where both cover a day?"
    return refuse("T014", f"{why} Write all rows for periods of one length.", row.span)


def _last_period(w: Workbench, e: tree.ByTime, cases: list[n.Case], last: int) -> Expr:
    """Without ``otherwise`` the rows must cover the term from its start to its end; the last of them then stands for the rest."""
    covered = cases[0].condition
    assert isinstance(covered, n.DuringPeriods)
    lacking = 0 if covered.first > 0 else last + 1
    if lacking < w.settings.grid.count(covered.grain):
        label = w.settings.grid.period(covered.grain, lacking).label
        raise refuse("T015", f"Nothing is said for {label}. Add a row, or end with `otherwise: …`.", e.span)
    return cases.pop().value


def _first_that_applies(w: Workbench, e: tree.FirstThatApplies, place: Place) -> Expr:
    values = agreed_kinds([w.expression(row.value, place) for row in e.rows], [row.value.span for row in e.rows])
    if e.rows[-1].condition is not None:
        raise refuse("T015", "And if none of these applies? End with `otherwise …`.", e.rows[-1].span)
    cases = []
    for row, value in zip(e.rows[:-1], values, strict=False):
        if row.condition is None:
            raise refuse("T014", "`otherwise` comes last: the rows below it can never apply.", row.span)
        cases.append(n.Case(w.condition(row.condition, place), value))
    type_ = joined(values[0].type.kind, *values, *(case.condition for case in cases))
    return n.FirstOf(type_, e.span, tuple(cases), values[-1])


def _weighted_average(w: Workbench, e: tree.WeightedAverage, place: Place) -> Expr:
    weights = [w.expression(row.weight, place) for row in e.rows]
    total = sum((weight.value for weight in weights if isinstance(weight, n.Const)), Fraction(0))
    if all(isinstance(weight, n.Const) for weight in weights) and total != 1:
        raise refuse("T016", f"These weights make {_percent(total)}, not 100%.", e.span)
    figures = agreed_kinds([quantity(w, row.figure, place, "What is weighted") for row in e.rows], [row.figure.span for row in e.rows])
    kind = figures[0].type.kind
    parts = [n.Arith(joined(kind, f, weight), f.span, "*", weight, f) for f, weight in zip(figures, weights, strict=True)]
    node: Expr = parts[0]
    for part in parts[1:]:
        node = n.Arith(joined(kind, node, part), e.span, "+", node, part)
    return node


def _percent(value: Fraction) -> str:
    """A share as a percentage, exact where it can be written so."""
    percent = value * 100
    return f"{percent}%" if percent.denominator == 1 else f"{percent.numerator}/{percent.denominator}%"
