"""Payment curves: what each clause pays over the measure by which it is earned, with the places where it jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Expr
from vbclang.core.program import Flow
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.names.scope import Scope
from vbclang.review.facts import Cliff, Mark, Part, PaymentCurve
from vbclang.review.written import Written
from vbclang.settle import words
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def curves(bounds: Bounds, scope: Scope, written: Written) -> tuple[PaymentCurve, ...]:
    """The curve of every clause that is earned by bands or along a line that the contract alone fixes."""
    found = (_curve(bounds, flow, scope, written) for flow in bounds.program.flows.values() if flow.earned is not None)
    return tuple(curve for curve in found if curve is not None)


def _curve(bounds: Bounds, flow: Flow, scope: Scope, written: Written) -> PaymentCurve | None:
    shape = _shape(flow.unrecovered_earned or flow.earned)
    at = Place(flow.grain, 0)
    stretches = [] if shape is None else list(_stretches(bounds, shape, at))
    if shape is None or len(stretches) == 0:
        return None
    edges = sorted({edge for stretch in stretches for edge in (stretch.low, stretch.high) if edge is not None})
    if not edges:
        return None
    amount = bounds.number(flow.of, at).exact
    if amount is not None and flow.instalments:
        amount = bounds.flows.amount(flow.key, at).most
    scale = Fraction(1) if amount is None else amount
    first, last = _ends(edges, bounds.number(shape.subject, at))
    said = _as_written(shape, written)
    parts = tuple(part for stretch in stretches for part in stretch.parts(first, last, scale, said))
    lines = scope.clauses[flow.key].lines if flow.key in scope.clauses else ()
    earned = next((line for line in lines if isinstance(line, tree.EarnedLine)), None)
    return PaymentCurve(
        flow.number,
        flow.name,
        written.at(earned.bands.figure.span) if earned is not None else said(edges[0]),
        "" if flow.grain >= Grain.TERM else bounds.program.grid.period(flow.grain, 0).label,
        amount,
        parts,
        tuple(_cliffs(parts, said)),
        tuple(Mark(edge, said(edge)) for edge in edges),
        written.lines(line for line in lines if isinstance(line, tree.WhenLine | tree.UnlessLine)),
        bool(flow.limits) or flow.floor is not None,
    )


def _shape(node: Expr | None) -> n.Piecewise | n.Interpolate | None:
    """The bands or the line, without what stands around them for missing figures."""
    match node:
        case n.Piecewise(slices_from=None) | n.Interpolate():
            return node
        case n.Recover(operand=operand):
            return _shape(operand)
        case _:
            return None


_Said: TypeAlias = Callable[[Fraction], str]
"""A threshold in words."""


def _as_written(shape: n.Piecewise | n.Interpolate, written: Written) -> _Said:
    """As the contract writes it, with its places: 80.0%."""
    lines = [shape.line] if isinstance(shape, n.Interpolate) else [p.result for p in shape.pieces if isinstance(p.result, n.StraightLine)]
    pieces = () if isinstance(shape, n.Interpolate) else shape.pieces
    bounds = [*(end for p in pieces for end in (p.low, p.high)), *(end for line in lines for end in (line.start_at, line.end_at))]
    own = {bound.value: text for bound in bounds if isinstance(bound, n.Const) and (text := written.at(bound.span))}
    kind = shape.subject.type.kind
    return lambda value: own.get(value) or words.figure(value, kind)


# -- stretches -----------------------------------------------------------------------------------------------------------


@frozen
class _Stretch:
    """A band on the axis: its ends (None: open) and what is earned at both."""

    low: Fraction | None
    high: Fraction | None
    at_low: Fraction
    at_high: Fraction
    low_counts: bool = True
    high_counts: bool = True

    def parts(self, first: Fraction, last: Fraction, scale: Fraction, said: _Said) -> Iterator[Part]:
        """The part of it that is drawn, if any."""
        low = first if self.low is None else max(first, self.low)
        high = last if self.high is None else min(last, self.high)
        if low < high or (low == high and self.low == self.high):
            yield Part(self.words(said), low, self.at_low * scale, high, self.at_high * scale)

    def words(self, said: _Said) -> str:
        """The figures in it, as a contract says it."""
        low = "" if self.low is None else f"{'at least' if self.low_counts else 'more than'} {said(self.low)}"
        high = "" if self.high is None else f"{'at most' if self.high_counts else 'less than'} {said(self.high)}"
        return " but ".join(part for part in (low, high) if part) or "any result"


def _stretches(bounds: Bounds, shape: n.Piecewise | n.Interpolate, at: Place) -> Iterator[_Stretch]:
    """In the order of the axis. Nothing where a threshold or a result is not known from the contract alone."""
    if isinstance(shape, n.Interpolate):
        yield from _of_line(bounds, shape.line, at, None, None)
        return
    found: list[_Stretch] = []
    for piece in shape.pieces:
        low, high = (None if bound is None else bounds.number(bound, at).exact for bound in (piece.low, piece.high))
        if (piece.low is not None and low is None) or (piece.high is not None and high is None):
            return
        here = list(_of_result(bounds, piece.result, at, low, high))
        if not here:
            return
        here[0] = evolve(here[0], low_counts=piece.low_counts)
        here[-1] = evolve(here[-1], high_counts=piece.high_counts)
        found += here
    if shape.otherwise is not None:
        found += [rest for gap in _gaps(found) for rest in _of_result(bounds, shape.otherwise, at, *gap)]
    yield from sorted(found, key=lambda stretch: (stretch.low is not None, stretch.low or 0))


def _of_result(bounds: Bounds, result: Expr | n.StraightLine, at: Place, low: Fraction | None, high: Fraction | None) -> Iterator[_Stretch]:
    if isinstance(result, n.StraightLine):
        yield from _of_line(bounds, result, at, low, high)
        return
    share = bounds.number(result, at).exact
    if share is not None:
        yield _Stretch(low, high, share, share)


def _of_line(bounds: Bounds, line: n.StraightLine, at: Place, low: Fraction | None, high: Fraction | None) -> Iterator[_Stretch]:
    """Flat, then straight, then flat, as far as the band goes."""
    ends = [bounds.number(node, at).exact for node in (line.start_at, line.start, line.end_at, line.end)]
    a, first, b, last = ends
    if a is None or first is None or b is None or last is None or a == b:
        return
    if a > b:
        a, first, b, last = b, last, a, first

    def on_line(x: Fraction) -> Fraction:
        return first + (last - first) * min(Fraction(1), max(Fraction(0), (x - a) / (b - a)))

    cuts = [low, *(cut for cut in (a, b) if (low is None or cut > low) and (high is None or cut < high)), high]
    for start, stop in pairwise(cuts):
        yield _Stretch(start, stop, first if start is None else on_line(start), last if stop is None else on_line(stop))


def _gaps(found: list[_Stretch]) -> Iterator[tuple[Fraction | None, Fraction | None]]:
    """Where no band lies."""
    if any(stretch.low is None and stretch.high is None for stretch in found):
        return
    ordered = sorted(found, key=lambda stretch: (stretch.low is not None, stretch.low or 0))
    reached: Fraction | None = None
    if ordered and ordered[0].low is not None:
        yield None, ordered[0].low
        reached = ordered[0].low
    for stretch in ordered:
        if reached is not None and stretch.low is not None and stretch.low > reached:
            yield reached, stretch.low
        if stretch.high is None:
            return
        reached = stretch.high
    if reached is not None:
        yield reached, None


def _ends(edges: list[Fraction], domain: Range) -> tuple[Fraction, Fraction]:
    """What of the axis is drawn: a third more on both sides than the thresholds take, as far as there are figures at all."""
    room = (edges[-1] - edges[0]) / 3 or abs(edges[0]) / 4 or Fraction(1)
    first, last = edges[0] - room, edges[-1] + room
    if domain.least is not None and domain.least < edges[0]:
        first = max(first, domain.least)
    if domain.most is not None and domain.most > edges[-1]:
        last = min(last, domain.most)
    return first, last


def _cliffs(parts: tuple[Part, ...], said: _Said) -> Iterator[Cliff]:
    for before, after in pairwise(parts):
        if before.x_to == after.x_from and before.y_to != after.y_from:
            yield Cliff(after.x_from, said(after.x_from), before.y_to, after.y_from)
