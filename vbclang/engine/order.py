"""Putting a column of rationals in order along a dimension, and reading the n-th of those that count."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.engine import integers
from vbclang.engine.integers import Array
from vbclang.engine.rational import Mask, Rational


def ranked(a: Rational, counts: Mask, dim: int) -> tuple[Rational, NDArray[np.int64]]:
    """The numbers in order along ``dim``, least first, those that do not count behind them; and the place of each in that order."""
    by_size = np.argsort(_sort_keys(a), axis=dim, kind="stable")
    apart = np.argsort(~np.take_along_axis(counts, by_size, dim), axis=dim, kind="stable")
    order = np.take_along_axis(by_size, apart, dim)
    return a.rearranged(lambda x: np.take_along_axis(x, order, dim)), np.argsort(order, axis=dim)


@frozen(eq=False)
class Row:
    """Numbers in order along ``dim``."""

    ordered: Rational
    dim: int

    def nth(self, place: NDArray[np.int64]) -> Rational:
        """Of each row (``dim`` goes) the number at ``place``, from 0; the nearest one where there is no such place."""
        if self.ordered.shape[self.dim] == 0:
            return Rational(np.zeros(place.shape, dtype=np.int64), 1)
        found = _read(self.ordered, np.expand_dims(place, self.dim), self.dim)
        return found.rearranged(lambda x: x.squeeze(self.dim))


@frozen(eq=False)
class RowOfOthers:
    """Numbers in order along ``dim``, and the ``own`` place of each in that order, which is passed over when it is read for itself."""

    ordered: Rational
    own: NDArray[np.int64]
    dim: int

    def nth(self, place: NDArray[np.int64]) -> Rational:
        """For each number (``dim`` stays) the number at ``place`` among the others; the nearest one where there is no such place."""
        return _read(self.ordered, place + (self.own <= place), self.dim) if self.own.size else self.ordered


def _read(ordered: Rational, place: NDArray[np.int64], dim: int) -> Rational:
    inside = np.clip(place, 0, ordered.shape[dim] - 1)
    return ordered.rearranged(lambda x: np.take_along_axis(x, inside, dim))


def _sort_keys(a: Rational) -> Array:
    """Whole numbers in the order of the fractions. Two fractions with denominators below 2**k are at least 2**-2k apart."""
    if isinstance(a.den, int):
        return a.num
    shift = 1 << (2 * integers.top(a.den).bit_length() + 1)
    return integers.narrow(integers.over(integers.times(a.num, shift), a.den))
