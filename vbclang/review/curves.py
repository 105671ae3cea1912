"""Payment curves: what each clause pays over the figure that decides it, with the places where it jumps.

A curve is drawn of what is earned by bands or along a line, times the amount where the contract alone fixes it; and of an amount that is
itself a term by bands: so much in each, one rate on the whole, or each rate on its part.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Expr
from vbclang.core.program import Flow
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.names.scope import Scope
from vbclang.review.facts import Cliff, Mark, Part, PaymentCurve
from vbclang.review.stretches import Bands, Said, Stretch, stretches
from vbclang.review.written import Written
from vbclang.settle import words
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def curves(bounds: Bounds, scope: Scope, written: Written) -> tuple[PaymentCurve, ...]:
    """The curve of every clause that has one which the contract alone fixes."""
    found = (_curve(bounds, flow, scope, written) for flow in bounds.program.flows.values())
    return tuple(curve for curve in found if curve is not None)


@frozen(eq=False)
class _Drawn:
    """Bands, on what they are a rate, and what all of it comes to (None: not known from the contract alone)."""

    bands: Bands
    on_the_whole: bool
    amount: Fraction | None
    in_money: bool


def _drawn(bounds: Bounds, flow: Flow, at: Place) -> _Drawn | None:
    if flow.earned is not None:
        shape = _shape(flow.unrecovered_earned or flow.earned)
        amount = bounds.number(flow.of, at).exact
        if amount is not None and flow.instalments:
            amount = bounds.flows.amount(flow.key, at).most
        return None if shape is None or shape[1] else _Drawn(shape[0], False, amount, False)
    of = flow.of
    while isinstance(of, n.Ref) and isinstance(body := bounds.program.figures[of.figure].body, Expr):
        of = body
    shape = None if flow.instalments else _shape(of)
    return None if shape is None else _Drawn(*shape, None, True)


def _shape(node: Expr | None) -> tuple[Bands, bool] | None:
    """The bands or the line, without what stands around them for missing figures; and whether they are a rate on the whole."""
    match node:
        case n.Piecewise() | n.Interpolate():
            return node, False
        case n.Arith(sign="*", left=n.Piecewise(slices_from=None, subject=subject) as rate, right=right) if subject is right:
            return rate, True
        case n.Recover(operand=operand):
            return _shape(operand)
        case _:
            return None


def _curve(bounds: Bounds, flow: Flow, scope: Scope, written: Written) -> PaymentCurve | None:
    at = Place(flow.grain, 0)
    drawn = _drawn(bounds, flow, at)
    found = [] if drawn is None else list(stretches(bounds, drawn.bands, at))
    edges = sorted({edge for stretch in found for edge in (stretch.low, stretch.high) if edge is not None})
    if drawn is None or not edges:
        return None
    first, last = _ends(edges, bounds.number(drawn.bands.subject, at))
    said = _as_written(drawn.bands, written)
    scale = Fraction(1) if drawn.amount is None else drawn.amount
    parts = tuple(part for stretch in found for part in _parts(stretch, (first, last), drawn.on_the_whole, scale, said))
    lines = scope.clauses[flow.key].lines if flow.key in scope.clauses else ()
    return PaymentCurve(
        flow.number,
        flow.name,
        _subject(drawn.bands, lines, written),
        "" if flow.grain >= Grain.TERM else bounds.program.grid.period(flow.grain, 0).label,
        drawn.amount,
        parts,
        tuple(_cliffs(parts, said)),
        tuple(Mark(edge, said(edge)) for edge in edges),
        drawn.in_money,
        written.lines(line for line in lines if isinstance(line, tree.WhenLine | tree.UnlessLine)),
        bool(flow.limits) or flow.floor is not None,
    )


def _subject(bands: Bands, lines: tuple[tree.Node, ...], written: Written) -> str:
    """What the bands are about, as the contract calls it."""
    earned = next((line for line in lines if isinstance(line, tree.EarnedLine)), None)
    return written.at(earned.bands.figure.span if earned is not None else bands.subject.span)


def _as_written(shape: Bands, written: Written) -> Said:
    """A threshold as the contract writes it, with its places: 80.0%."""
    lines = [shape.line] if isinstance(shape, n.Interpolate) else [p.result for p in shape.pieces if isinstance(p.result, n.StraightLine)]
    pieces = () if isinstance(shape, n.Interpolate) else shape.pieces
    bounds = [*(end for p in pieces for end in (p.low, p.high)), *(end for line in lines for end in (line.start_at, line.end_at))]
    bounds += [] if isinstance(shape, n.Interpolate) else [shape.slices_from]
    own = {bound.value: text for bound in bounds if isinstance(bound, n.Const) and (text := written.at(bound.span))}
    kind = shape.subject.type.kind
    return lambda value: own.get(value) or words.figure(value, kind)


def _ends(edges: list[Fraction], domain: Range) -> tuple[Fraction, Fraction]:
    """What of the axis is drawn: a third more on both sides than the thresholds take, as far as there are figures at all."""
    room = (edges[-1] - edges[0]) / 3 or abs(edges[0]) / 4 or Fraction(1)
    first, last = edges[0] - room, edges[-1] + room
    if domain.least is not None and domain.least < edges[0]:
        first = max(first, domain.least)
    if domain.most is not None and domain.most > edges[-1]:
        last = min(last, domain.most)
    return first, last


def _parts(stretch: Stretch, ends: tuple[Fraction, Fraction], on_the_whole: bool, scale: Fraction, said: Said) -> Iterator[Part]:
    """The part of a stretch that is drawn, if any; of a rate on the whole, what it makes of the figure."""
    low = ends[0] if stretch.low is None else max(ends[0], stretch.low)
    high = ends[1] if stretch.high is None else min(ends[1], stretch.high)
    if low < high or (low == high and stretch.low == stretch.high):
        at_low, at_high = (stretch.at(x) * (x if on_the_whole else 1) * scale for x in (low, high))
        open_end: Literal["low", "high"] | None = "low" if stretch.low is None else "high" if stretch.high is None else None
        yield Part(stretch.words(said), low, at_low, high, at_high, open_end if at_low != at_high else None)


def _cliffs(parts: tuple[Part, ...], said: Said) -> Iterator[Cliff]:
    for before, after in pairwise(parts):
        if before.x_to == after.x_from and before.y_to != after.y_from:
            yield Cliff(after.x_from, said(after.x_from), before.y_to, after.y_from)
