"""Small programs built from nodes, without any text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from vbclang.calendar.grid import Grid
from vbclang.core import nodes as n
from vbclang.core.declared import InputDeclaration
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Axis, Figure, Flow, Limit, Member, PartPeriod, PartyPlace, Program, Shares
from vbclang.data.facts import Facts, InputColumn, column_of
from vbclang.source import NOWHERE
from vbclang.types.kinds import NUMBER, YES_NO, Category, Grain, Type

Q, Y, M, T, K = Grain.QUARTER, Grain.YEAR, Grain.MONTH, Grain.TERM, Grain.CONSTANT
TWO_YEARS = Grid(date(2026, 4, 1), date(2028, 4, 1), 4)

Figures = Mapping[tuple[int, ...], Fraction | State]


def number(grain: Grain = K, *axes: str) -> Type:
    return Type(NUMBER, grain, frozenset(axes))


def truth(grain: Grain = K, *axes: str) -> Type:
    return Type(YES_NO, grain, frozenset(axes))


def joined(kind: Any, *parts: Any) -> Type:
    """The type of what is made of ``parts``: the finest grain, all axes."""
    return Type(kind, min((p.type.grain for p in parts), default=K), frozenset().union(*(p.type.axes for p in parts)))


def const(value: object) -> n.Const:
    return n.Const(number(), NOWHERE, Fraction(str(value)))


def given(key: str, grain: Grain = Q, *axes: str) -> n.Input:
    return n.Input(number(grain, *axes), NOWHERE, key)


def ref(figure: Figure) -> n.Ref:
    return n.Ref(figure.type, NOWHERE, figure.name)


def arith(sign: Literal["+", "-", "*", "/"], left: Expr, right: Expr) -> n.Arith:
    return n.Arith(joined(NUMBER, left, right), NOWHERE, sign, left, right)


def compare(sign: Literal["<", "<=", "=="], left: Expr, right: Expr) -> n.Compare:
    return n.Compare(joined(YES_NO, left, right), NOWHERE, sign, left, right)


def rounded(operand: Expr, unit: str, direction: Literal["half up", "up", "down"] = "half up") -> n.Round:
    return n.Round(operand.type, NOWHERE, operand, Fraction(unit), direction)


def between(operand: Expr, low: Expr, high: Expr) -> Expr:
    """Not less than ``low`` and not more than ``high``."""
    floor = n.Extreme(joined(NUMBER, operand, low), NOWHERE, "greater", False, (operand, low))
    return n.Extreme(joined(NUMBER, floor, high), NOWHERE, "lesser", False, (floor, high))


def prev(operand: Expr, grain: Grain, back: int = 1, initial: Expr | None = None) -> n.Prev:
    return n.Prev(operand.type, NOWHERE, operand, grain, back, initial)


Threshold: TypeAlias = str | Expr | None


def bands(subject: Expr, *pieces: tuple[Threshold, Threshold, Expr | n.StraightLine], slices_from: Expr | None = None) -> n.Piecewise:
    """Bands from their low (which counts) to their high (which does not)."""

    def bound(threshold: Threshold) -> Expr | None:
        return const(threshold) if isinstance(threshold, str) else threshold

    made = tuple(n.Piece(bound(low), True, bound(high), False, result, NOWHERE) for low, high, result in pieces)
    return n.Piecewise(subject.type, NOWHERE, subject, made, None, slices_from)


def line(start_at: object, start: object, end_at: object, end: object) -> n.StraightLine:
    return n.StraightLine(const(start_at), const(start), const(end_at), const(end))


def term(name: str, body: Expr | Cond, what: Any = "term") -> Figure:
    return Figure(name, what, body.type, body, NOWHERE)


ACME, BUYER = PartyPlace("Acme", None, False), PartyPlace("Buyer", None, False)


def flow(
    of: Expr,
    *,
    key: str = "F",
    grain: Grain = Q,
    axes: Sequence[str] = (),
    earned: Expr | None = None,
    applies: Cond | None = None,
    instalments: int | None = None,
    part_period: PartPeriod | None = None,
    direction: Literal["half up", "up", "down"] = "half up",
    signed: bool = False,
    floor: Expr | None = None,
    limits: Sequence[Limit] = (),
    shares: Shares | None = None,
    carries_rounding: bool = False,
) -> Flow:
    return Flow(
        key, "1", key, "payment", grain, frozenset(axes), BUYER, ACME, of, earned, applies, earned, applies, instalments, part_period,
        Fraction(1, 100), direction, signed, floor, tuple(limits), shares, None, "GBP", False, NOWHERE,
        carries_rounding=carries_rounding,
    )  # fmt: skip


def limit(to: object, window: Grain | None = None, *over: str, way: Literal["both", "gain", "loss"] = "both") -> Limit:
    return Limit(way, const(to) if isinstance(to, str | int) else to, window, frozenset(over), NOWHERE)  # type: ignore[arg-type]


def program(
    *things: Figure | Flow,
    axes: Mapping[str, Sequence[str]] | None = None,
    inputs: Sequence[n.Input] = (),
    grid: Grid = TWO_YEARS,
    history: Mapping[str, int] | None = None,
) -> Program:
    return Program(
        "Test",
        grid,
        "GBP",
        {name: Axis(name, tuple(Member(m) for m in members)) for name, members in (axes or {}).items()},
        {i.key: InputDeclaration(i.key, i.key, i.type, None, None, NOWHERE, history=(history or {}).get(i.key, 0)) for i in inputs},
        (),
        (),
        {t.name: t for t in things if isinstance(t, Figure)},
        {t.key: t for t in things if isinstance(t, Flow)},
    )


def row(grain: Grain, *figures: object) -> InputColumn:
    """A column without axes: a figure for each period; None is not reported."""
    cells = {(i,): f if isinstance(f, State) else Fraction(str(f)) for i, f in enumerate(figures) if f is not None}
    return column_of((), grain, (len(figures),), cells)


def facts(**inputs: InputColumn) -> Facts:
    return Facts({}, inputs)


def category(axis: str, grain: Grain = K, *axes: str) -> Type:
    return Type(Category(axis), grain, frozenset(axes))
