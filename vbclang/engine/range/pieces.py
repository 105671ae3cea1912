"""Bands, slices and straight lines over intervals."""

from __future__ import annotations

from vbclang.core.nodes import Const, Expr, Interpolate, Piece, Piecewise, State, StraightLine
from vbclang.engine.range import interval as i
from vbclang.engine.range import truth
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.reading import Reader
from vbclang.engine.range.truth import Possible

_NO_BAND = frozenset({State.NO_BAND})


def bands(reader: Reader, node: Piecewise | Interpolate, at: Place) -> Range:
    """What lies in the bands that the subject can reach; of slices, each rate on what can lie in its part."""
    subject = reader.number(node.subject, at)
    if isinstance(node, Interpolate):
        return _on_line(reader, node.line, subject, at)
    if node.slices_from is not None:
        return _slices(reader, node, subject, reader.number(node.slices_from, at), at)
    return _whole(reader, node, subject, at)


def _whole(reader: Reader, node: Piecewise, subject: Range, at: Place) -> Range:
    could_be: list[Range] = []
    unknown = subject.states - i.THERE
    bounds = [bound for piece in node.pieces for bound in (piece.low, piece.high)]
    crossed = frozenset() if all(bound is None or isinstance(bound, Const) for bound in bounds) else _NO_BAND
    for piece in node.pieces:
        low = i.ANY if piece.low is None else reader.number(piece.low, at)
        high = i.ANY if piece.high is None else reader.number(piece.high, at)
        inside = _lies_in(piece, low, high, subject)
        unknown |= inside.unknown
        if inside.yes:
            reached = subject.within(Range(low.low, high.high))
            could_be.append(_result(reader, piece.result, reached, at))
        if inside.yes and not inside.no:
            return i.strict(i.hull(could_be).or_missing(unknown | crossed), subject)
    if node.otherwise is not None:
        could_be.append(_result(reader, node.otherwise, subject, at))
    found = i.hull(could_be).or_missing(_NO_BAND) if could_be else i.never(_NO_BAND)
    return found.or_missing(unknown) if subject.there else i.never(unknown)


def _lies_in(piece: Piece, low: Range, high: Range, subject: Range) -> Possible:
    asked = [truth.Possible(subject.there, False, subject.states - i.THERE)]
    if piece.low is not None:
        asked.append(truth.compared("<=" if piece.low_counts else "<", low, subject))
    if piece.high is not None:
        asked.append(truth.compared("<=" if piece.high_counts else "<", subject, high))
    return truth.both(asked)


def _result(reader: Reader, result: Expr | StraightLine, subject: Range, at: Place) -> Range:
    return _on_line(reader, result, subject, at) if isinstance(result, StraightLine) else reader.number(result, at)


def _on_line(reader: Reader, line: StraightLine, subject: Range, at: Place) -> Range:
    """Between the two ends; where both are known, between the points that the subject can reach."""
    start_at, end_at = reader.number(line.start_at, at), reader.number(line.end_at, at)
    start, end = reader.number(line.start, at), reader.number(line.end, at)
    read = (subject, start_at, end_at, start, end)
    states = frozenset({State.TOO_SMALL}) if truth.compared("==", start_at, end_at).yes else frozenset()
    a, b, first, last = start_at.exact, end_at.exact, start.exact, end.exact
    if a is None or b is None or a == b or first is None or last is None:
        return i.strict(i.hull([start, end]).or_missing(states), *read)
    way = i.multiply(i.subtract(subject, start_at), i.point(1 / (b - a))).within(i.SHARE)
    return i.strict(i.add(i.point(first), i.multiply(way, i.point(last - first))), *read)


def _slices(reader: Reader, node: Piecewise, subject: Range, start: Range, at: Place) -> Range:
    """Each part grows with the subject, so a sum of them lies between the sums of their ends."""
    rest = i.greater(i.subtract(subject, start), i.NOTHING)
    found = i.NOTHING
    for piece in node.pieces:
        low = start if piece.low is None else i.greater(start, reader.number(piece.low, at))
        high = subject if piece.high is None else i.lesser(subject, reader.number(piece.high, at))
        part = i.greater(i.subtract(high, low), i.NOTHING)
        rest = i.subtract(rest, part)
        found = i.add(found, i.multiply(_result(reader, piece.result, subject, at), part))
    if node.otherwise is not None:
        left = i.greater(rest, i.NOTHING)
        found = i.add(found, i.multiply(_result(reader, node.otherwise, subject, at), left))
    return i.strict(found.or_missing(_NO_BAND), subject, start, rest)
