"""Between which bounds a figure lies, and in which steps it comes: read from how it is worked out.

Bands are judged by both: nothing is said of figures that cannot be. Where the way a figure is worked out does not show a bound or a
step, there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd
from typing import Generic, TypeAlias, TypeVar

from attrs import field, frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.nodes import Cond, Expr
from vbclang.types import kinds

Range: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The lowest and the highest figure that there can be; None: no end."""
_ANY: Range = (None, None)
_NOTHING = Fraction(0)
"""The step of nought: it lies on every grid."""
T = TypeVar("T")


def domain_of_figure(w: Workbench, node: Expr) -> Range:
    """The bounds of a figure: those declared of what arrives, carried through what is worked out from it."""
    return _range(_Named(w, _range, _ANY), node)


def step_of(w: Workbench, node: Expr) -> Fraction | None:
    """The steps in which a figure comes: 0.1% for a measure rounded to one decimal place, 1 for a count; None: any figure."""
    return _step(_Named(w, _step, None), node) or None


@frozen(eq=False)
class _Named(Generic[T]):
    """What has been found of named figures; of one whose definition leads back to itself, ``unknown``."""

    w: Workbench
    of: Callable[[_Named[T], Expr], T]
    unknown: T
    found: dict[str, T] = field(factory=dict)

    def figure(self, name: str) -> T:
        if name not in self.found:
            self.found[name] = self.unknown
            body = self.w.figures[name].body if name in self.w.figures else None
            if body is not None and not isinstance(body, Cond):
                self.found[name] = self.of(self, body)
        return self.found[name]


def _one_of(node: Expr) -> tuple[Expr, ...]:
    """The figures of which ``node`` is always one; none where it is worked out otherwise."""
    match node:
        case n.Choose(then=then, otherwise=otherwise):
            return then, otherwise
        case n.FirstOf(cases=cases, otherwise=otherwise):
            return *(case.value for case in cases), otherwise
        case n.Recover(operand=operand, instead=instead):
            return operand, instead
        case n.Prev(operand=operand, initial=initial):
            return (operand,) if initial is None else (operand, initial)
        case (
            n.LastKnown(operand=operand)
            | n.NextResult(operand=operand)
            | n.AtPeriod(operand=operand)
            | n.At(operand=operand)
            | n.Via(operand=operand)
        ):
            return (operand,)
        case n.Windowed(aggregate="lowest" | "highest" | "latest") | n.Coarsen(aggregate="lowest" | "highest" | "latest"):
            return (node.operand,)
        case n.Over(aggregate="lowest" | "highest" | n.PercentileMethod(method="nearest rank")):
            return (node.operand,)
        case n.ByMember(values=values):
            return tuple(value for value in values if value is not None)
        case n.Extreme(operands=operands):
            return operands
        case n.Piecewise(pieces=pieces, otherwise=otherwise, slices_from=None):
            return _ends([*(piece.result for piece in pieces), *([] if otherwise is None else [otherwise])])
        case _:
            return ()


def _ends(results: Iterable[Expr | n.StraightLine]) -> tuple[Expr, ...]:
    """The results of bands; none where one of them runs along a line."""
    found = list(results)
    return tuple(r for r in found if not isinstance(r, n.StraightLine)) if not any(isinstance(r, n.StraightLine) for r in found) else ()


# -- bounds --------------------------------------------------------------------------------------------------------------


def _range(known: _Named[Range], node: Expr) -> Range:
    match node:
        case n.Const(value=value):
            return value, value
        case n.Input(key=key):
            declared = known.w.inputs[key]
            return declared.lowest, declared.highest
        case n.Ref(figure=name):
            return known.figure(name)
        case n.Round(operand=operand, unit=unit):
            low, high = _range(known, operand)
            return None if low is None else low // unit * unit, None if high is None else -(-high // unit) * unit
        case n.Ratio() if node.type.kind == kinds.SHARE and isinstance(node.numerator, n.Input):
            return Fraction(0), Fraction(1)  # the rows for which something holds, of all rows
        case n.Arith():
            return _worked_out(node.sign, _range(known, node.left), _range(known, node.right))
        case n.Extreme():
            return _of_extreme(node, [_range(known, operand) for operand in node.operands])
        case n.Interpolate(line=line):
            return _hull([_range(known, line.start), _range(known, line.end)])
        case n.Windowed(aggregate="average") | n.Coarsen(aggregate="average") | n.Over(aggregate="average", weights=None):
            return _range(known, node.operand)
        case n.Over(aggregate=n.PercentileMethod()):
            return _range(known, node.operand)
        case n.Windowed(aggregate="total") | n.Coarsen(aggregate="total") | n.Over(aggregate="total"):
            low, high = _range(known, node.operand)
            return Fraction(0) if low is not None and low >= 0 else None, Fraction(0) if high is not None and high <= 0 else None
        case n.Over(aggregate="number"):
            return Fraction(0), None
        case _:
            one_of = _one_of(node)
            return _hull([_range(known, part) for part in one_of]) if one_of else _ANY


def _hull(ranges: list[Range]) -> Range:
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    return _all(min, lows), _all(max, highs)


def _all(pick: Callable[[list[Fraction]], Fraction], ends: list[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return pick(known) if len(known) == len(ends) else None


def _any(pick: Callable[[list[Fraction]], Fraction], ends: list[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return pick(known) if known else None


def _of_extreme(node: n.Extreme, ranges: list[Range]) -> Range:
    """The greater is at least what any of them is at least; of those reported alone, nobody knows which are."""
    if node.reported:
        return _hull(ranges)
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    if node.way == "greater":
        return _any(max, lows), _all(max, highs)
    return _all(min, lows), _any(min, highs)


def _worked_out(sign: str, left: Range, right: Range) -> Range:
    (a, b), (c, d) = left, right
    if sign == "+":
        return _sum(a, c), _sum(b, d)
    if sign == "-":
        return _sum(a, _minus(d)), _sum(b, _minus(c))
    if sign == "/":
        return _by_constant(left, 1 / c) if c is not None and c == d and c > 0 else _ANY
    if a is None or c is None or a < 0 or c < 0:
        return _ANY
    return a * c, b * d if b is not None and d is not None else None


def _by_constant(of: Range, factor: Fraction) -> Range:
    return None if of[0] is None else of[0] * factor, None if of[1] is None else of[1] * factor


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


# -- steps ---------------------------------------------------------------------------------------------------------------


def _step(known: _Named[Fraction | None], node: Expr) -> Fraction | None:
    match node:
        case n.Const(value=value):
            return abs(value)
        case n.Input():
            kind = known.w.inputs[node.key].type.kind
            return Fraction(1) if isinstance(kind, kinds.Quantity) and kind.whole else None
        case n.Ref(figure=name):
            return known.figure(name)
        case n.Round(unit=unit):
            return unit
        case n.MonthsBetween() | n.Over(aggregate="number"):
            return Fraction(1)
        case n.Arith(sign="+" | "-"):
            return _common([_step(known, node.left), _step(known, node.right)])
        case n.Arith(sign="*"):
            left, right = _step(known, node.left), _step(known, node.right)
            return None if left is None or right is None else left * right
        case n.Windowed(aggregate="total") | n.Coarsen(aggregate="total") | n.Over(aggregate="total"):
            return _step(known, node.operand)
        case _:
            one_of = _one_of(node)
            return _common([_step(known, part) for part in one_of]) if one_of else None


def _common(steps: list[Fraction | None]) -> Fraction | None:
    """The widest steps in which all of them come."""
    found = _NOTHING
    for step in steps:
        if step is None:
            return None
        found = Fraction(gcd(found.numerator * step.denominator, step.numerator * found.denominator), found.denominator * step.denominator)
    return found
