"""Bands: steps, straight lines and slices; no gap, no overlap."""

from __future__ import annotations

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate.conditions import whole_numbers
from vbclang.core.elaborate.edges import no_gap_no_overlap, otherwise_last
from vbclang.core.elaborate.operands import agreeing, mismatch, quantity
from vbclang.core.elaborate.workbench import Place, Workbench, after, joined, refuse, retyped
from vbclang.core.nodes import Expr, Piece, StraightLine
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import PERCENT, SHARE, Category, Grain, Kind


def bands(w: Workbench, e: tree.Bands, place: Place, wanted: Kind | None) -> Expr:
    """The meaning of ``by X`` with its rows or its line."""
    subject = quantity(w, e.figure, place, "What bands are about")
    if e.line is not None:
        return _one_line(w, e.line, subject, place, wanted)
    pieces, otherwise = _pieces(w, e, subject, place, wanted)
    no_gap_no_overlap(w, e, subject, pieces, otherwise is not None)
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
    is_money = algebra.is_money(subject.type.kind)
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
    otherwise_last(w, e)
    pieces: list[Piece] = []
    otherwise: Expr | StraightLine | None = None
    kind = wanted
    for row in e.rows:
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
