"""Figures for members: selection (`X for Safety`, `X for its Track`), and aggregates over members."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from vbclang.core import nodes as n
from vbclang.core.elaborate import named, rows
from vbclang.core.elaborate.operands import quantity
from vbclang.core.elaborate.workbench import Place, Workbench, joined, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import NUMBER, SHARE, WHOLE, Category, Kind, Type


def for_member(w: Workbench, e: tree.ForMember, place: Place) -> Expr:
    """``X for …``: the figure of one member; takes the axis away."""
    figure = w.expression(e.figure, place)
    if isinstance(e.member, tree.Its):
        return _for_its(w, e, figure, place)
    text = e.member.text
    for axis in sorted(figure.type.axes):
        found = named.member(w, axis, text)
        if found is not None:
            return n.At(_without(figure, axis), e.span, figure, axis, found)
    raise _no_such_member(w, e, figure, text)


def _for_its(w: Workbench, e: tree.ForMember, figure: Expr, place: Place) -> Expr:
    by = w.expression(e.member, place)
    if not isinstance(by.type.kind, Category) or by.type.kind.axis is None:
        raise refuse("T006", f"`{_words(e.member)}` names no member of a list, but {algebra.words(by.type.kind)}.", e.member.span)
    axis = by.type.kind.axis
    if axis not in figure.type.axes:
        raise refuse("T006", f"Nothing here has a figure for each {axis}.", e.span)
    kind = Type(figure.type.kind, min(figure.type.grain, by.type.grain), (figure.type.axes - {axis}) | by.type.axes)
    return n.Via(kind, e.span, figure, axis, by)


def _words(member: tree.Name | tree.Its | tree.Quoted) -> str:
    return f"its {member.name.text}" if isinstance(member, tree.Its) else member.text


def _without(figure: Expr, axis: str) -> Type:
    return Type(figure.type.kind, figure.type.grain, figure.type.axes - {axis})


def _no_such_member(w: Workbench, e: tree.ForMember, figure: Expr, text: str) -> Exception:
    if not figure.type.axes:
        return refuse("T006", f"This is one figure, not one for each of several, so there is none for {text}.", e.span)
    if text in figure.type.axes:
        return refuse("T006", f"There is one for each {text} anyway. Leave out `for {text}`, or name one member.", e.span)
    axes = " or ".join(sorted(figure.type.axes))
    known = [m.name for axis in sorted(figure.type.axes) for m in w.axes[axis].members]
    listed = f" There are: {', '.join(known[:12])}{' …' if len(known) > 12 else ''}." if known else ""
    return refuse("N008", f"`{text}` is no {axes}.{listed}", e.member.span)


# -- aggregates --------------------------------------------------------------------------------------------------------


def over_members(w: Workbench, e: tree.OverMembers, place: Place) -> Expr:
    """``average of reported X weighted by W over every Measure in the Domain where C``."""
    if rows.are_rows(w, e.over.of):
        return rows.figure(w, e, place)
    axis = _axis(w, e.over.of)
    figure = quantity(w, e.figure, place, "What is taken together")
    where = None if e.over.where is None else w.condition(e.over.where, place)
    weights = None if e.weights is None else quantity(w, e.weights, place, "A weight")
    if not any(part is not None and axis in part.type.axes for part in (figure, where, weights)):
        raise _nothing_for_each(e, axis)
    into, by = _grouping(w, e.over, axis, place)
    return _over(w, e, figure, axis, where, weights, into, by)


def _over(
    w: Workbench,
    e: tree.OverMembers,
    figure: Expr,
    axis: str,
    where: Cond | None,
    weights: Expr | None,
    into: str | None,
    by: Expr | None,
) -> Expr:
    aggregate = _aggregate(e)
    _no_total_of_percentages(e, figure.type.kind)
    if e.weights is not None and aggregate != "average":
        raise _weights_say_nothing(w, e, e.weights)
    parts = [part for part in (figure, where, weights, by) if part is not None]
    type_ = joined(algebra.settled(figure.type.kind), *parts)
    axes = type_.axes if e.over.other else type_.axes - {axis}
    type_ = Type(WHOLE if aggregate == "number" else type_.kind, type_.grain, axes | ({into} if into else frozenset()))
    return n.Over(type_, e.span, aggregate, figure, axis, where, weights, e.least_reported, into, by, e.over.other)


def _axis(w: Workbench, name: tree.Name) -> str:
    if name.text in w.axes:
        return name.text
    near = w.scope.nearest(name.text)
    readings = [Reading("did you mean", near, name.span)] if near else []
    raise refuse(
        "N005", f"`{name.text}` is no list, group or class of parties over whose members a figure could be taken.", name.span, *readings
    )


def _nothing_for_each(e: tree.OverMembers, axis: str) -> Exception:
    return refuse("T005", f"This has no figure for each {axis}, so there is nothing to take together over {axis}.", e.figure.span)


def _grouping(w: Workbench, over: tree.Over, axis: str, place: Place) -> tuple[str | None, Expr | None]:
    """``in the Domain``: the members are grouped by the Domain that each belongs to."""
    if over.within is None:
        return None, None
    into = _axis(w, over.within)
    if into not in place.axes:
        why = f"`in the {into}` speaks of one {into} after the other, but this line is not `for each {into}`."
        raise refuse("T005", why, over.span, Reading("", f"… for each {into} means …"))
    by = named.its(w, tree.Its(over.within.span, over.within), place)
    if not isinstance(by.type.kind, Category) or by.type.kind.axis != into or axis not in by.type.axes:
        raise refuse("T006", f"Nothing says which {into} a {axis} belongs to: its schedule needs a column of {into}.", over.span)
    return into, by


def _aggregate(e: tree.OverMembers) -> Literal["total", "average", "lowest", "highest", "number"] | n.PercentileMethod:
    match e.aggregate:
        case tree.Percentile() as percentile:
            if percentile.method is None:
                raise _percentile_method(percentile)
            return n.PercentileMethod(percentile.rank, percentile.method)
        case "pooled" | "latest":
            raise refuse("T005", f"`{e.aggregate}` is taken over periods, not over members.", e.span)
        case aggregate:
            return aggregate


def _percentile_method(e: tree.Percentile) -> Exception:
    rank = f"{e.rank}{'th' if e.rank % 10 not in (1, 2, 3) else {1: 'st', 2: 'nd', 3: 'rd'}[int(e.rank % 10)]} percentile"
    ways = ("by nearest rank", "by interpolation", "by averaging at a step")
    why = "A percentile is worked out in several ways, which give different figures. Which is meant?"
    return refuse("T009", why, e.span, *(Reading("", f"{rank} {way}", e.span) for way in ways))


def _weights_say_nothing(w: Workbench, e: tree.OverMembers, weights: tree.Expr) -> Exception:
    """Weights belong to an average: a total takes them in as a product."""
    figure, weight, over = (w.written(part.span) for part in (e.figure, weights, e.over))
    why = "Weights are for an average. They change nothing in what is taken together here."
    return refuse(
        "T005",
        why,
        weights.span,
        Reading("each counts by its weight, and they are added up", f"total of ({figure} * {weight}) {over}", e.span),
        Reading("their average by weight", f"average of {figure} weighted by {weight} {over}", e.span),
    )


def _no_total_of_percentages(e: tree.OverMembers, kind: Kind) -> None:
    if e.aggregate == "total" and kind == SHARE and not isinstance(e.figure, tree.Arithmetic | tree.Of):
        why = "A total of percentages is no percentage of anything. Write `average of`, or weight them."
        raise refuse("T001", why, e.span)


def number_where(w: Workbench, e: tree.NumberWhere, place: Place) -> Expr:
    """``number of Domain where C``: how many members there are for which the condition holds."""
    if rows.are_rows(w, e.of):
        return rows.figure(w, e, place)
    axis = _axis(w, e.of)
    where = None if e.where is None else w.condition(e.where, place)
    one = n.Const(Type(NUMBER, axes=frozenset({axis})), e.span, Fraction(1))
    if where is None:
        return n.Over(Type(WHOLE), e.span, "number", one, axis, None, None, None, None, None, False)
    if axis not in where.type.axes:
        raise refuse("T005", f"This condition does not differ from one {axis} to the other.", e.where.span if e.where else e.span)
    type_ = Type(WHOLE, where.type.grain, where.type.axes - {axis})
    return n.Over(type_, e.span, "number", one, axis, where, None, None, None, None, False)
