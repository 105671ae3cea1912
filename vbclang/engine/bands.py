"""Bands, slices and straight lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Generic

import numpy as np
from attrs import frozen

from vbclang.core.nodes import Const, Expr, Interpolate, Piece, Piecewise, State, StraightLine
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column
from vbclang.engine.domain import C, N
from vbclang.engine.errors import EngineError
from vbclang.engine.reading import Reader, meet

_UNKNOWN = frozenset(State) - {State.VALUE}


def _may_cross(pieces: tuple[Piece, ...]) -> bool:
    """Whether a threshold is worked out, so that bands may overlap that do not overlap as they are written."""
    return any(bound is not None and not isinstance(bound, Const) for piece in pieces for bound in (piece.low, piece.high))


@frozen(eq=False)
class _Bands(Generic[N, C]):
    """The subject of some bands in a frame, and what is needed to compare it."""

    reader: Reader[N, C]
    frame: Frame
    subject: Column[N]

    def number(self, node: Expr) -> Column[N]:
        return self.reader.number(node, self.frame)

    def constant(self, value: int) -> Column[N]:
        return Column((), self.reader.domain.constant(Fraction(value)))

    def arith(self, sign: str, a: Column[N], b: Column[N]) -> Column[N]:
        return meet(self.reader.axes, lambda x, y: self.reader.domain.arith(sign, x, y), a, b)  # type: ignore[arg-type]

    def lesser(self, a: Column[N], b: Column[N]) -> Column[N]:
        return meet(self.reader.axes, lambda x, y: self.reader.domain.extreme("lesser", (x, y), False), a, b)

    def greater(self, a: Column[N], b: Column[N]) -> Column[N]:
        return meet(self.reader.axes, lambda x, y: self.reader.domain.extreme("greater", (x, y), False), a, b)

    # -- lines ---------------------------------------------------------------------------------------------------------

    def result(self, result: Expr | StraightLine) -> Column[N]:
        return self.on_line(result) if isinstance(result, StraightLine) else self.number(result)

    def on_line(self, line: StraightLine) -> Column[N]:
        start_at, start = self.number(line.start_at), self.number(line.start)
        way = self.arith("/", self.arith("-", self.subject, start_at), self.arith("-", self.number(line.end_at), start_at))
        clamped = self.lesser(self.greater(way, self.constant(0)), self.constant(1))
        return self.arith("+", start, self.arith("*", clamped, self.arith("-", self.number(line.end), start)))

    # -- the band in which the subject lies ----------------------------------------------------------------------------

    def whole(self, pieces: tuple[Piece, ...], otherwise: Expr | StraightLine | None) -> Column[N]:
        domain, axes, none = self.reader.domain, self.reader.axes, self.no_band()
        found = none if otherwise is None else self.result(otherwise)
        may_cross, below = _may_cross(pieces), Column((), domain.truth(np.zeros(1, bool)))
        for piece in reversed(pieces):
            inside, result = self.lies_in(piece), self.result(piece.result)
            if may_cross:
                result = meet(axes, domain.choose, below, none, result)
                below = meet(axes, domain.either, below, self.known(inside))
            found = meet(axes, domain.choose, inside, result, found)
        return found

    def no_band(self) -> Column[N]:
        return Column((), self.reader.domain.missing(State.NO_BAND))

    def known(self, inside: Column[C]) -> Column[C]:
        """Whether it is known to lie inside."""
        domain = self.reader.domain
        no = Column((), domain.truth(np.zeros(1, bool)))
        return meet(self.reader.axes, lambda x, y: domain.recover_condition(x, _UNKNOWN, y), inside, no)

    def lies_in(self, piece: Piece) -> Column[C]:
        domain, axes = self.reader.domain, self.reader.axes
        inside = meet(axes, lambda x: domain.compare("==", x, x), self.subject)
        if piece.low is not None:
            above = meet(axes, lambda x, y: domain.compare("<=" if piece.low_counts else "<", x, y), self.number(piece.low), self.subject)
            inside = meet(axes, domain.both, inside, above)
        if piece.high is not None:
            below = meet(axes, lambda x, y: domain.compare("<=" if piece.high_counts else "<", x, y), self.subject, self.number(piece.high))
            inside = meet(axes, domain.both, inside, below)
        return inside

    # -- each rate on its part -----------------------------------------------------------------------------------------

    def slices(self, pieces: tuple[Piece, ...], otherwise: Expr | StraightLine | None, start: Column[N]) -> Column[N]:
        total, rest = self.constant(0), self.greater(self.arith("-", self.subject, start), self.constant(0))
        for piece in pieces:
            part = self.part_in(piece, start)
            total = self.arith("+", total, self.arith("*", self.rate(piece.result), part))
            rest = self.arith("-", rest, part)
        total = self.arith("+", total, self.unclear(rest, otherwise is not None))
        return total if otherwise is None else self.arith("+", total, self.arith("*", self.rate(otherwise), rest))

    def unclear(self, rest: Column[N], may_be_left: bool) -> Column[N]:
        """0, but no band where parts overlap (less than nothing is left over), or something is left over that must not be."""
        domain, axes = self.reader.domain, self.reader.axes
        clear = meet(axes, lambda x, y: domain.compare("<=" if may_be_left else "==", x, y), self.constant(0), rest)
        return meet(axes, domain.choose, clear, self.constant(0), self.no_band())

    def part_in(self, piece: Piece, start: Column[N]) -> Column[N]:
        low = start if piece.low is None else self.greater(start, self.number(piece.low))
        high = self.subject if piece.high is None else self.lesser(self.subject, self.number(piece.high))
        return self.greater(self.arith("-", high, low), self.constant(0))

    def rate(self, result: Expr | StraightLine) -> Column[N]:
        if isinstance(result, StraightLine):
            raise EngineError("a straight line is no rate for a slice")
        return self.number(result)


def piecewise(reader: Reader[N, C], node: Piecewise, frame: Frame) -> Column[N]:
    """Bands: the result of the one in which the subject lies (`State.NO_BAND` where it lies in none and none is left over for that, or in
    two); or slices: each rate on its part of the subject above ``slices_from``, ``otherwise`` on what lies in no band.
    """
    bands = _Bands(reader, frame, reader.number(node.subject, frame))
    if node.slices_from is None:
        return bands.whole(node.pieces, node.otherwise)
    return bands.slices(node.pieces, node.otherwise, reader.number(node.slices_from, frame))


def interpolate(reader: Reader[N, C], node: Interpolate, frame: Frame) -> Column[N]:
    """A straight line over the subject, flat beyond both ends."""
    return _Bands(reader, frame, reader.number(node.subject, frame)).on_line(node.line)
