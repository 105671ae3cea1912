"""Running totals of the amounts that stand under one limit, and what the limit makes of them (the semantics, 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import State
from vbclang.core.program import Flow, Limit
from vbclang.engine.clock import Clock, Frame
from vbclang.engine.column import Column, filled
from vbclang.engine.domain import C, L, N
from vbclang.engine.integers import Array
from vbclang.engine.reading import Reader, meet, minus

MISSING = frozenset(State) - {State.VALUE}


def most(reader: Reader[N, C], flow: Flow, limit: Limit, frame: Frame) -> Column[N]:
    """The figure of a limit, rounded down and never below nothing."""
    domain = reader.domain
    zero = Column((), domain.constant(Fraction(0)))

    def held(to: N, least: N) -> N:
        return domain.extreme("greater", (domain.rounded(to, flow.unit, "down"), least), False)

    return meet(reader.axes, held, reader.number(limit.to, frame), zero)


def counted(reader: Reader[N, C], amounts: Column[N]) -> Column[N]:
    """The amounts as they stand under a limit: a missing one counts nothing."""
    zero = Column((), reader.domain.constant(Fraction(0)))
    return meet(reader.axes, lambda x, y: reader.domain.recover(x, MISSING, y), amounts, zero)


def clamped(reader: Reader[N, C], limit: Limit, total: N, bound: N) -> N:
    """A total held within a limit."""
    domain = reader.domain
    if limit.way != "loss":
        total = domain.extreme("lesser", (total, bound), False)
    if limit.way != "gain":
        total = domain.extreme("greater", (total, domain.arith("-", domain.constant(Fraction(0)), bound)), False)
    return total


def left(reader: Reader[N, C], limit: Limit, total: Column[N], own: Column[N], bound: Column[N]) -> Column[N]:
    """What a limit leaves of amounts, of which each is the last in its ``total``: what it adds to the total held within the limit."""
    held, before = (
        meet(reader.axes, lambda x, y: clamped(reader, limit, x, y), each, bound) for each in (total, minus(reader, total, own))
    )
    return minus(reader, held, before)


def so_far(reader: Reader[N, C], limit: Limit, frame: Frame, amounts: Column[N], how: Callable[[N, NDArray[np.int64]], N]) -> Column[N]:
    """What ``how`` makes of the amounts of a window, up to and with each."""
    axes = reader.axes.in_order((*amounts.axes, *limit.over))
    row = _Row(axes, reader.axes.in_order(limit.over), (frame.count, *reader.axes.shape(axes)))
    starts = np.repeat(_starts(reader.clock, limit, frame) * row.width, row.width)
    return Column(axes, row.folded(how(row.flat(filled(amounts, axes, frame.count, reader.axes)), starts)))


@frozen
class _Row:
    """Periods and the members that stand under one limit together, as one row: (periods * members, other axes ...)."""

    axes: tuple[str, ...]
    together: tuple[str, ...]
    shape: tuple[int, ...]

    @property
    def order(self) -> tuple[int, ...]:
        dims = {axis: dim + 1 for dim, axis in enumerate(self.axes)}
        return (0, *(dims[axis] for axis in self.together), *(dim for axis, dim in dims.items() if axis not in self.together))

    @property
    def width(self) -> int:
        return prod(self.shape[self.axes.index(axis) + 1] for axis in self.together)

    def flat(self, lanes: L) -> L:
        rest = [self.shape[dim] for dim in self.order[1 + len(self.together) :]]
        return lanes.rearranged(lambda array: np.transpose(array, self.order).reshape(self.shape[0] * self.width, *rest))

    def folded(self, lanes: L) -> L:
        moved = [self.shape[dim] for dim in self.order]

        def fold(array: Array) -> Array:
            return np.transpose(array.reshape(moved), np.argsort(self.order))

        return lanes.rearranged(fold)


def _starts(clock: Clock, limit: Limit, frame: Frame) -> NDArray[np.int64]:
    """For each period of the frame the place in it of the first period of the same window; where the excess is carried, of all."""
    if limit.carried:
        return np.zeros(frame.count, dtype=np.int64)
    if limit.window is None or limit.window <= frame.grain:
        return np.arange(frame.count, dtype=np.int64)
    windows = clock.containing(frame, limit.window)
    return np.searchsorted(windows, windows).astype(np.int64)
