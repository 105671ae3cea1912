"""Expressions of the tree -> nodes of the calculus, each with its type. One case for each form that the language has."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate import arithmetic, events, members, named, rows, timing
from vbclang.core.elaborate.totals import total_of_kind
from vbclang.core.elaborate.units import all_or_nothing, unit_asked, unit_written_otherwise
from vbclang.core.elaborate.workbench import Place, Workbench, adapted, refuse, unreadable
from vbclang.core.nodes import Expr
from vbclang.source import Reading
from vbclang.source.alike import alike
from vbclang.syntax import tree
from vbclang.types.kinds import DATE, NUMBER, PERCENT, POINTS, TIMES, Category, Kind, Quantity, Type, is_currency, money


def expression(w: Workbench, e: tree.Expr, place: Place, wanted: Kind | None = None) -> Expr:
    """The meaning of ``e``; see `Workbench.expression`."""
    node = _expression(w, e, place, wanted)
    if wanted is None:
        return node
    node = adapted(node, wanted)
    if node.type.kind != wanted and (refusal := unit_asked(w, e, wanted)):
        raise refusal
    return node


def _expression(w: Workbench, e: tree.Expr, place: Place, wanted: Kind | None) -> Expr:
    match e:
        case tree.Bad():
            raise unreadable()
        case tree.Number() | tree.Percentage() | tree.Points() | tree.Money() | tree.Quantity() | tree.Day():
            return _literal(w, e)
        case tree.Name():
            return named.figure(w, e, place, wanted)
        case tree.Its():
            return named.its(w, e, place)
        case tree.Quoted():
            return _word(e, wanted)
        case tree.Baseline():
            return named.baseline(w, e, e.span)
        case tree.Of(share=tree.Baseline() as share):
            return named.baseline(w, share, e.span)
        case tree.Of(share=tree.Column() as column):
            return events.column_of(w, column, e.whole, place, e.span)
        case tree.ForMember():
            return members.for_member(w, e, place)
        case tree.OverMembers():
            return members.over_members(w, e, place)
        case tree.NumberWhere():
            return members.number_where(w, e, place)
        case tree.Call():
            return named.call(w, e, place)
        case tree.In():
            return timing.in_period(w, e, place)
        case tree.Previous():
            return timing.previous(w, e, place)
        case tree.StartingWith():
            return timing.starting_with(w, e, place)
        case tree.OverTime():
            return timing.over_time(w, e, place)
        case tree.Between():
            return timing.months_between(w, e, place)
        case tree.AmountOf():
            return named.amount_of(w, e)
        case tree.Arithmetic(sign="/", right=tree.Number() | tree.Percentage() | tree.Money() | tree.Quantity() as right) if (
            not right.value
        ):
            raise refuse("T002", "Nothing can be divided by 0.", e.span)
        case (
            tree.Arithmetic()
            | tree.Of()
            | tree.ChangedBy()
            | tree.Choice()
            | tree.Limited()
            | tree.Extreme()
            | tree.Rounded()
            | tree.ForEachStep()
            | tree.Exceeding()
            | tree.AsPercentOf()
            | tree.ChangeFrom()
            | tree.MissingAs()
        ):
            return arithmetic.operation(w, e, place, wanted)
        case tree.TotalOfKind():
            return total_of_kind(w, e, None)
        case tree.LatenessOf():
            return events.lateness(w, e, place)
        case tree.CompletenessOf():
            return rows.completeness(w, e, place)
        case tree.DateOf():
            return events.date_of(w, e, place)
        case tree.EffectiveDateOf():
            return events.effective_date(w, e, place)
        case tree.Period():
            raise refuse("T002", "A figure is wanted here, but this is a period. To read a figure of that period: `X in …`.", e.span)
        case tree.Column() if (cell := place.locals.get(e.text)) is not None:
            return evolve(cell, span=e.span)  # type: ignore[return-value]  # a yes/no column is refused where a figure is wanted
        case tree.Column() | tree.NoneStated() if refusal := all_or_nothing(w, e.span, w.written(e.span), wanted):
            raise refusal
        case tree.Column():
            raise named.no_column(w, e)
        case tree.YesNo():
            raise refuse("T002", "A figure is wanted here. `yes` and `no` stand in a table, or after `is`.", e.span)
        case tree.NoneStated():
            raise refuse("T002", "`none` stands in a schedule alone. Where there is no amount, write `£0`.", e.span)
        case _:
            assert_never(e)


def _literal(w: Workbench, e: tree.Number | tree.Percentage | tree.Points | tree.Money | tree.Quantity | tree.Day) -> n.Const:
    match e:
        case tree.Number():
            return n.Const(Type(NUMBER), e.span, e.value)
        case tree.Percentage():
            return n.Const(Type(PERCENT), e.span, e.value)
        case tree.Points():
            return n.Const(Type(POINTS), e.span, e.value)
        case tree.Money():
            if not is_currency(e.currency):
                raise refuse("T004", f"The language does not know the currency {e.currency}.", e.span)
            return n.Const(Type(money(e.currency)), e.span, e.value)
        case tree.Quantity():
            _unit_is_known(w, e)
            return n.Const(Type(Quantity(dimensions=((e.unit, 1),))), e.span, e.value)
        case tree.Day():
            return n.Const(Type(DATE), e.span, Fraction(e.value.toordinal()))


def _unit_is_known(w: Workbench, e: tree.Quantity) -> None:
    """A unit is one of time, declared as a unit, or what some column or measure counts."""
    if e.unit in TIMES or e.unit in w.scope.units or e.unit in w.counted:
        return
    if refusal := unit_written_otherwise(w, e):
        raise refusal
    near = alike(e.unit, (*TIMES, *w.scope.units, *w.counted), 70)
    readings = [Reading("did you mean", f"{w.written(e.span).rpartition(' ')[0]} {near[0]}", e.span)] if near else []
    why = f"Nothing defines the unit `{e.unit}`. Declare it: `unit {e.unit}`."
    raise w.once(f"unit {e.unit}", "N005", why, e.span, *readings)


def _word(e: tree.Quoted, wanted: Kind | None) -> n.Const:
    if isinstance(wanted, Category) and e.text in wanted.words:
        return n.Const(Type(wanted), e.span, Fraction(wanted.words.index(e.text)))
    if isinstance(wanted, Category) and wanted.words:
        choices = " or ".join(f'"{word}"' for word in wanted.words)
        raise refuse("N008", f'"{e.text}" is none of the words declared here: {choices}.', e.span)
    raise refuse("T002", "Words in quotes stand for a code or a title; here a figure is wanted.", e.span)
