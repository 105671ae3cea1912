"""The cells of rows that a worked example gives: each held to its column, and what may stand there where it does not fit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.declared import RowColumn
from vbclang.core.elaborate import named
from vbclang.core.elaborate.given import UNNAMED, Setting
from vbclang.core.elaborate.kinds import domain_of
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, adapted, refuse, unreadable
from vbclang.source import Reading, Span
from vbclang.source.alike import alike
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, TIMES, Category, DateKind, Kind, Quantity, Sort, Words, YesNo

Cell: TypeAlias = Fraction | str
"""A figure in the unit of its column's kind, or a text as it stands in the data."""

_SHOWN = 4
"""So many of the words that may stand in a cell are offered."""


def cell(w: Workbench, column: RowColumn, e: tree.Expr, setting: Setting, others: bool = False) -> Cell:
    """What ``e`` says in the column: one of its codes, in quotes; else a figure or a word of its kind. ``others``: it may name a member
    that the example does not have.
    """
    if isinstance(e, tree.Bad):
        raise unreadable()
    if isinstance(e, tree.Quoted) and e.text.strip() in _codes(column):
        return e.text.strip()
    match column.kind:
        case Words():
            return _text(w, column, e)
        case Category():
            return _one_of(w, column, e, setting, others)
        case YesNo():
            if not isinstance(e, tree.YesNo):
                raise _another(w, column, e, setting)
            return Fraction(e.value)
        case DateKind() | Quantity():
            return _figure(w, column, e, setting)


def samples(w: Workbench, kind: Kind, setting: Setting) -> tuple[str, ...]:
    """What could stand in a column of this kind, as a contract writes it: all that may where they are few, else one."""
    match kind:
        case Words():
            return ('"A1"',)
        case Category(axis=str() as axis) if axis in dict(setting.members):
            return (f'"{dict(setting.members)[axis]}"',)
        case Category(axis=str() as axis):
            return tuple(member.name for member in w.axes[axis].members[:_SHOWN])
        case Category(words=words):
            return tuple(f'"{word}"' for word in words[:_SHOWN])
        case YesNo():
            return "yes", "no"
        case DateKind():
            return (day_label(first_day(w, setting)),)
        case Quantity():
            return (_sample_figure(kind),)


def first_day(w: Workbench, setting: Setting) -> date:
    """The first day of the example's period that lies in the term."""
    return w.settings.grid.active(setting.grain, setting.index)[0]


def _sample_figure(kind: Quantity) -> str:
    if kind.currency is not None:
        return f"{CURRENCIES[kind.currency][0]}100"
    if kind.dimensions:
        unit = kind.dimensions[0][0]
        return f"2 {unit}s" if unit in TIMES else "2"
    return {Sort.NUMBER: "2", Sort.POINTS: "2.0 percentage points"}.get(kind.sort, "50.0%")


def _codes(column: RowColumn) -> dict[str, Fraction | None]:
    return {rule.code.strip(): rule.value for rule in column.codes}


# -- words -------------------------------------------------------------------------------------------------------------


def _text(w: Workbench, column: RowColumn, e: tree.Expr) -> str:
    if isinstance(e, tree.Quoted) and e.text.strip():
        return e.text.strip()
    if isinstance(e, tree.Quoted):
        why = f"Nothing stands between the quotes. A column that is not named is blank: leave `{column.name}` out."
        raise refuse("W003", why, e.span, Reading("", '"A1"', e.span))
    quoted = w.written(e.span)
    raise refuse("T002", f"`{column.name}` is text, and text stands in quotes.", e.span, Reading("", f'"{quoted}"', e.span))


def _one_of(w: Workbench, column: RowColumn, e: tree.Expr, setting: Setting, others: bool) -> Cell:
    assert isinstance(column.kind, Category)
    axis, words = column.kind.axis, column.kind.words
    if not isinstance(e, tree.Name | tree.Quoted):
        raise _another(w, column, e, setting)
    if axis is None:
        if e.text not in words:
            raise _no_word(w, column, e, setting)
        return Fraction(words.index(e.text))
    if axis in dict(setting.members):
        return _of_the_example(w, axis, e, setting, others)
    place = named.member(w, axis, e.text)
    if place is None:
        names = [member.name for member in w.axes[axis].members]
        near = alike(e.text, names, 60) or names[:_SHOWN]
        raise refuse("N008", f"`{e.text}` is no {axis}.", e.span, *(Reading("", name, e.span) for name in near))
    return Fraction(place)


def _no_word(w: Workbench, column: RowColumn, e: tree.Name | tree.Quoted, setting: Setting) -> Refusal:
    why = f"`{e.text}` is none of the words that may stand in `{column.name}`."
    return refuse("N008", why, e.span, *(Reading("", sample, e.span) for sample in samples(w, column.kind, setting)))


def _of_the_example(w: Workbench, axis: str, e: tree.Name | tree.Quoted, setting: Setting, others: bool) -> str:
    """The one member that a class of parties has in the example; rows that are counted about another would be about nobody."""
    own = dict(setting.members)[axis]
    if own == UNNAMED and axis not in setting.unsaid:
        raise unreadable()  # it may stand in the line that could not be read
    if axis in setting.unsaid:
        why = f"`worked example {setting.name.text}` does not say for which {axis} it is, and its rows are about one."
        raise w.once(f"{axis} of {setting.name.text}", "W006", why, e.span, Reading("", f'  for {axis} "{e.text}"'))
    if e.text != own and not others:
        why = f'This example is `for {axis} "{own}"`: a row about another counts nowhere in it.'
        raise refuse("W006", why, e.span, Reading("", f'"{own}"', e.span))
    return e.text


# -- figures -----------------------------------------------------------------------------------------------------------


def _figure(w: Workbench, column: RowColumn, e: tree.Expr, setting: Setting) -> Fraction:
    if isinstance(e, tree.Quoted):
        raise _no_code(w, column, e, setting)
    if isinstance(e, tree.YesNo):
        raise _another(w, column, e, setting, "yes or no")
    if isinstance(e, tree.Name) and isinstance(column.kind, DateKind):
        raise _another(w, column, e, setting)  # `May 2026` is read as a name
    node = adapted(w.expression(e, Place(), column.kind), column.kind)
    if isinstance(algebra.compare(node.type.kind, column.kind), algebra.Mismatch):
        raise _another(w, column, e, setting, algebra.words(node.type.kind))
    if not isinstance(node, n.Const):
        why = "A row has figures, not what they are worked out from."
        raise refuse("T002", why, e.span, *(Reading("", sample, e.span) for sample in samples(w, column.kind, setting)))
    _could_arrive(w, column, node.value, e.span, setting)
    return node.value


def _no_code(w: Workbench, column: RowColumn, e: tree.Quoted, setting: Setting) -> Refusal:
    codes = " or ".join(f'"{code}"' for code in _codes(column))
    why = f'`{column.name}` is {algebra.words(column.kind)}, and "{e.text}" is no code that it has{f" ({codes})" if codes else ""}.'
    return refuse("T002", why, e.span, *(Reading("", sample, e.span) for sample in samples(w, column.kind, setting)))


def _another(w: Workbench, column: RowColumn, e: tree.Expr, setting: Setting, found: str = "not") -> Refusal:
    """The refusal of what is of another kind than the column; ``found``: which, where it has one."""
    why = f"`{column.name}` is {_kind_words(column.kind)}, and `{w.written(e.span)}` is {found}."
    return refuse("T001", why, e.span, *(Reading("", sample, e.span) for sample in samples(w, column.kind, setting)))


def _kind_words(kind: Kind) -> str:
    if isinstance(kind, Category) and kind.words:
        return " or ".join(f'"{word}"' for word in kind.words)
    return algebra.words(kind)


def _could_arrive(w: Workbench, column: RowColumn, value: Fraction, span: Span, setting: Setting) -> None:
    """Refuse a figure that no cell of the column could hold."""
    kind = column.kind
    readings = [Reading("", sample, span) for sample in samples(w, kind, setting)]
    lowest, highest = domain_of(kind)
    if isinstance(kind, Quantity) and kind.whole and value.denominator != 1:
        raise refuse("W003", f"`{column.name}` is counted, so it is a whole number.", span, *readings)
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        bounds = "lies from 0% to 100%" if highest is not None else "is never below 0"
        raise refuse("W003", f"`{column.name}` {bounds}: this figure could never arrive.", span, *readings)
    for code, meant in _codes(column).items():
        if meant != value and isinstance(kind, Quantity) and _as_number(code) == value:
            means = "means something else" if meant is not None else "means not reported"
            why = f"In the data `{code}` {means} in `{column.name}`: this figure could never arrive. A code stands in quotes."
            raise refuse("W003", why, span, Reading("", f'"{code}"', span))


def _as_number(code: str) -> Fraction | None:
    plain = code.removesuffix(".0")
    return Fraction(plain) if plain.removeprefix("-").isdecimal() and plain.isascii() else None
