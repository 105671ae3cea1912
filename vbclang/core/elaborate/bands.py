"""Bands: steps, straight lines and slices; no gap, no overlap."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate.conditions import decimal, whole_numbers
from vbclang.core.elaborate.operands import agreeing, mismatch, quantity
from vbclang.core.elaborate.ranges import step_of
from vbclang.core.elaborate.workbench import Place, Workbench, after, joined, refuse, retyped, unreadable
from vbclang.core.nodes import Expr, Piece, StraightLine
from vbclang.source import Label, Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, PERCENT, SHARE, Category, Grain, Kind, Quantity


def bands(w: Workbench, e: tree.Bands, place: Place, wanted: Kind | None) -> Expr:
    """The meaning of ``by X`` with its rows or its line."""
    subject = quantity(w, e.figure, place, "What bands are about")
    if e.line is not None:
        return _one_line(w, e.line, subject, place, wanted)
    pieces, otherwise = _pieces(w, e, subject, place, wanted)
    _no_gap_no_overlap(w, e, subject, pieces, otherwise is not None)
    if e.mode == "slices":
        return _slices(w, e, subject, pieces, otherwise, place)
    if wanted != SHARE:
        _mode_said(e, subject, pieces)
    results = [r for piece in pieces for r in _figures(piece.result)] + ([] if otherwise is None else _figures(otherwise))
    kind = results[0].type.kind
    thresholds = [bound for piece in pieces for bound in (piece.low, piece.high) if bound is not None]
    steps = n.Piecewise(joined(kind, subject, *results, *thresholds), e.span, subject, pieces, otherwise, None, _otherwise_row(e))
    return _on_the_whole(e, steps, subject) if e.mode == "whole" else steps


def _otherwise_row(e: tree.Bands) -> Span | None:
    return next((row.span for row in e.rows if isinstance(row.band, tree.Otherwise)), None)


def _on_the_whole(e: tree.Bands, rate: Expr, subject: Expr) -> Expr:
    """``one rate on the whole``: the rate of the band, times all of the figure. By slices the same words give an amount too."""
    kind = algebra.multiply(rate.type.kind, subject.type.kind)
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    return n.Arith(joined(kind, rate, subject), e.span, "*", rate, subject)


def _mode_said(e: tree.Bands, subject: Expr, pieces: tuple[Piece, ...]) -> None:
    """Rates by an amount of money: on the whole amount, or each on its slice?"""
    is_money = isinstance(subject.type.kind, Quantity) and subject.type.kind.currency is not None
    rates = all(not isinstance(p.result, StraightLine) and algebra.is_percentage(p.result.type.kind) for p in pieces)
    if is_money and rates and e.mode is None:
        end = after(e.figure.span)
        raise refuse(
            "T013",
            "Does the rate of a band apply to the whole amount, or each rate only to the part inside its band?",
            e.span,
            Reading("on the whole; at the end of the line", ", one rate on the whole", end),
            Reading(
                "slice by slice; at the end of the line",
                ", each rate only on the part inside its band, counted from £0",
                after(e.figure.span),
            ),
        )


def _figures(result: Expr | StraightLine) -> list[Expr]:
    return [result.start, result.end] if isinstance(result, StraightLine) else [result]


def _one_line(w: Workbench, e: tree.Line, subject: Expr, place: Place, wanted: Kind | None) -> Expr:
    line = _line(w, e, subject, None, place, wanted)
    if not e.flat_beyond:
        why = "What is paid beyond the two ends of the line? Say that it stays at its end values."
        raise refuse("T015", why, e.span, Reading("at the end of the line", ", flat beyond", after(e.span)))
    return n.Interpolate(joined(line.start.type.kind, subject, *_figures(line)), e.span, subject, line)


def _line(w: Workbench, e: tree.Line, subject: Expr, ends: tuple[Expr, Expr] | None, place: Place, wanted: Kind | None) -> StraightLine:
    start = _result(w, e.start, place, wanted)
    start, end = agreeing(start, _result(w, e.end, place, start.type.kind), e.end.span)
    if e.start_at is None or e.end_at is None:
        if ends is None:
            raise refuse(
                "T015", "A straight line needs the two figures between which it runs: `from 0% at 55.0% to 100% at 75.0%`.", e.span
            )
        low, high = ends
    else:
        _, low = agreeing(subject, w.expression(e.start_at, place, subject.type.kind), e.start_at.span)
        _, high = agreeing(subject, w.expression(e.end_at, place, subject.type.kind), e.end_at.span)
    if isinstance(low, n.Const) and isinstance(high, n.Const) and low.value == high.value:
        raise refuse("T014", "The two ends of this line lie at the same figure.", e.span)
    return StraightLine(low, start, high, end)


def _result(w: Workbench, e: tree.Expr, place: Place, wanted: Kind | None) -> Expr:
    node = w.expression(e, place, wanted)
    return retyped(node, SHARE) if node.type.kind == PERCENT and wanted != PERCENT else node


def _pieces(
    w: Workbench, e: tree.Bands, subject: Expr, place: Place, wanted: Kind | None
) -> tuple[tuple[Piece, ...], Expr | StraightLine | None]:
    pieces: list[Piece] = []
    otherwise: Expr | StraightLine | None = None
    kind = wanted
    for row in e.rows:
        if otherwise is not None:
            raise refuse("T014", "`otherwise` is the row for all that no other row names: it comes last.", row.span)
        if isinstance(row.band, tree.Otherwise):
            if isinstance(row.result, tree.Line):
                otherwise = _line(w, row.result, subject, None, place, kind)
            else:
                otherwise = _result(w, row.result, place, kind)
            found = otherwise
        else:
            piece = _piece(w, row, row.band, subject, place, kind)
            pieces.append(piece)
            found = piece.result
        if wanted == SHARE and not algebra.is_percentage(_figures(found)[0].type.kind):
            why = f"What is earned is a percentage of the amount, but this is {algebra.words(_figures(found)[0].type.kind)}."
            raise refuse("T002", why, row.result.span)
        kind = _same_kind(row, kind, found)
    return tuple(pieces), otherwise


def _same_kind(row: tree.BandRow, kind: Kind | None, found: Expr | StraightLine) -> Kind:
    here = _figures(found)[0].type.kind
    if kind is None or isinstance(kind, Category):
        return here
    common = algebra.compare(kind, here)
    if isinstance(common, algebra.Mismatch):
        raise mismatch(common, row.result.span)
    return common


def _piece(w: Workbench, row: tree.BandRow, band: tree.Interval, subject: Expr, place: Place, kind: Kind | None) -> Piece:
    low, low_counts, high, high_counts = _bounds(w, band, subject, place)
    if isinstance(row.result, tree.Line):
        ends = _ends(w, row.result, low, high, high_counts, band, subject)
        return Piece(low, low_counts, high, high_counts, _line(w, row.result, subject, ends, place, kind), row.span)
    return Piece(low, low_counts, high, high_counts, _result(w, row.result, place, kind), row.span)


def _ends(
    w: Workbench, line: tree.Line, low: Expr | None, high: Expr | None, high_counts: bool, band: tree.Interval, subject: Expr
) -> tuple[Expr, Expr] | None:
    """The last figure named is the end of a line: in `10,000 to 14,999` 14,999, in `at least A but less than B` B."""
    return None if low is None or high is None else (low, high)


def _bounds(w: Workbench, band: tree.Interval, subject: Expr, place: Place) -> tuple[Expr | None, bool, Expr | None, bool]:
    if band.whole is not None:
        whole_numbers(subject, band.span)
        first, last = (n.Const(evolve(subject.type, grain=Grain.CONSTANT, axes=frozenset()), e.span, e.value) for e in band.whole)
        return first, True, last, True
    low: Expr | None = None
    high: Expr | None = None
    low_counts = high_counts = False
    for bound in band.bounds:
        _, value = agreeing(subject, w.expression(bound.value, place, subject.type.kind), bound.value.span)
        if bound.side in ("at least", "more than"):
            low, low_counts = value, bound.side == "at least"
        else:
            high, high_counts = value, bound.side == "at most"
    return low, low_counts, high, high_counts


def _slices(
    w: Workbench, e: tree.Bands, subject: Expr, pieces: tuple[Piece, ...], otherwise: Expr | StraightLine | None, place: Place
) -> Expr:
    """Each rate on its slice; that of ``otherwise`` on what lies in none of them."""
    if e.counted_from is None:
        raise refuse("T013", "From which figure are the slices counted?", e.span, Reading("", ", counted from £0", after(e.figure.span)))
    _, start = agreeing(subject, w.expression(e.counted_from, place, subject.type.kind), e.counted_from.span)
    rates: list[Expr] = []
    for row, rate in zip(e.rows, [*(piece.result for piece in pieces), *([] if otherwise is None else [otherwise])], strict=True):
        if isinstance(rate, StraightLine):
            raise refuse("T013", "A slice has one rate; a straight line inside a slice has no meaning.", row.span)
        rates.append(rate)
    kind = algebra.multiply(rates[0].type.kind, subject.type.kind)
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    thresholds = [bound for piece in pieces for bound in (piece.low, piece.high) if bound is not None]
    type_ = joined(kind, subject, *rates, *thresholds, start)
    return n.Piecewise(type_, e.span, subject, pieces, otherwise, start, _otherwise_row(e))


# -- gaps and overlaps -------------------------------------------------------------------------------------------------


@frozen
class _Edge:
    """Where a band begins or ends: just below (-1), at (0: it belongs to the band above) or just above a figure."""

    value: Fraction
    above: bool


def _no_gap_no_overlap(w: Workbench, e: tree.Bands, subject: Expr, pieces: Sequence[Piece], has_otherwise: bool) -> None:
    """Bands with fixed thresholds meet exactly, judged on the steps to which the figure is rounded (section 7)."""
    if not pieces:
        raise unreadable()
    if any(bound is not None and not isinstance(bound, n.Const) for p in pieces for bound in (p.low, p.high)):
        return
    step = step_of(w, subject)
    ordered = sorted(pieces, key=lambda p: (_low(p, step) is not None, _low(p, step) or Fraction(0)))
    for piece in ordered:
        low, high = _low(piece, step), _high(piece, step)
        if (
            low is not None
            and high is not None
            and (high < low or (step is None and high == low and not (piece.low_counts and piece.high_counts)))
        ):
            raise refuse("T014", "No figure lies in this band: its upper end is below its lower end.", piece.span)
    for below, above in pairwise(ordered):
        _meet(w, below, above, step, subject.type.kind, has_otherwise)
    if not has_otherwise:
        _open_ends(e, ordered, subject.type.kind)


def _meet(w: Workbench, below: Piece, above: Piece, step: Fraction | None, kind: Kind, has_otherwise: bool) -> None:
    high, low = _high(below, step), _low(above, step)
    if high is None or low is None:
        raise _overlap(w, below, above, low if low is not None else high, kind, step)
    if step is not None:
        if high >= low:
            raise _overlap(w, below, above, low, kind, step)
        if high + step < low and not has_otherwise:
            raise _gap(w, below, above, high + step, kind, step)
        return
    if high > low or (high == low and below.high_counts and above.low_counts):
        raise _overlap(w, below, above, low, kind, step)
    if not has_otherwise and (high < low or not (below.high_counts or above.low_counts)):
        raise _gap(w, below, above, high if high == low or not below.high_counts else (high + low) / 2, kind, None)


def _low(piece: Piece, step: Fraction | None) -> Fraction | None:
    """The lowest figure in the band; without steps, its lower threshold."""
    if not isinstance(piece.low, n.Const):
        return None
    value = piece.low.value
    if step is None:
        return value
    at = -(-value // step)
    return (at if piece.low_counts or value % step else at + 1) * step


def _high(piece: Piece, step: Fraction | None) -> Fraction | None:
    if not isinstance(piece.high, n.Const):
        return None
    value = piece.high.value
    if step is None:
        return value
    at = value // step
    return (at if piece.high_counts or value % step else at - 1) * step


def _overlap(w: Workbench, below: Piece, above: Piece, at: Fraction | None, kind: Kind, step: Fraction | None) -> Exception:
    figure = "the same figure" if at is None else _shown(at, kind, step)
    message = f"Two bands overlap: {figure} lies in both."
    readings: tuple[Reading, ...] = ()
    if isinstance(below.high, n.Const) and isinstance(above.low, n.Const) and below.high.value == above.low.value:
        low, high = w.written(above.low.span), w.written(below.high.span)
        readings = (
            _rewritten(w, below, f"at most {high}", f"less than {high}", "it belongs to the upper band"),
            _rewritten(w, above, f"at least {low}", f"more than {low}", "it belongs to the lower band"),
        )
    return refuse("T014", message, above.span, *readings, labels=(Label(below.span, "the other band"),))


def _gap(w: Workbench, below: Piece, above: Piece, at: Fraction, kind: Kind, step: Fraction | None) -> Exception:
    message = f"There is a gap between two bands: {_shown(at, kind, step)} lies in neither. Close it, or end with a row `otherwise: …`."
    readings: tuple[Reading, ...] = ()
    if below.high is not None and above.low is not None:
        low, high = w.written(above.low.span), w.written(below.high.span)
        upper, lower = ("at most" if below.high_counts else "less than"), ("at least" if above.low_counts else "more than")
        beyond, up_to = ("more than" if below.high_counts else "at least"), ("less than" if above.low_counts else "at most")
        readings = (
            _rewritten(w, below, f"{upper} {high}", f"{up_to} {low}", "what lies between belongs to the lower band"),
            _rewritten(w, above, f"{lower} {low}", f"{beyond} {high}", "what lies between belongs to the upper band"),
        )
    return refuse("T015", message, above.span, *readings, labels=(Label(below.span, "the band before"),))


def _rewritten(w: Workbench, piece: Piece, old: str, new: str, words: str) -> Reading:
    """The row with another boundary."""
    return Reading(words, w.written(piece.span).replace(old, new, 1), piece.span)


def _open_ends(e: tree.Bands, ordered: Sequence[Piece], kind: Kind) -> None:
    first, last = ordered[0], ordered[-1]
    share = algebra.is_percentage(kind)
    natural = isinstance(kind, Quantity) and (kind.whole or share or kind.currency is not None)
    lowest = 1 if isinstance(kind, Quantity) and kind.whole else 0
    if isinstance(first.low, n.Const) and not (natural and first.low.value <= lowest):
        raise _open_end(first.span, "below", first.low.value, kind)
    if isinstance(last.high, n.Const) and not (share and last.high.value >= 1 and last.high_counts):
        raise _open_end(last.span, "above", last.high.value, kind)


def _open_end(row: Span, way: str, at: Fraction, kind: Kind) -> Exception:
    why = f"What if the figure lies {way} {_shown(at, kind)}? Name that band too, or end with a row `otherwise: …`."
    return refuse("T015", why, row)


def _shown(value: Fraction, kind: Kind, step: Fraction | None = None) -> str:
    """A figure as the contract would write it: what the message must name for the author to see the fault."""
    if algebra.is_percentage(kind):
        return f"{_plain(value * 100, None if step is None else step * 100)}%"
    if isinstance(kind, Quantity) and kind.currency:
        return f"{CURRENCIES[kind.currency][0]}{_plain(value, step)}"
    return _plain(value, step)


def _plain(value: Fraction, step: Fraction | None) -> str:
    """With the decimal places of the steps in which the figure comes, or as many as it has."""
    of = value if step is None else step
    decimals = next((d for d in range(7) if (of * 10**d).denominator == 1), 6)
    return decimal(value, decimals)
