"""Putting a column of rationals in order along a dimension, and reading the n-th of those that count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vbclang.engine import integers
from vbclang.engine.integers import Array
from vbclang.engine.rational import Mask, Rational


def ranked(a: Rational, counts: Mask, dim: int) -> Rational:
    """The numbers that count, least first, along ``dim``; those that do not count stand behind them."""
    by_size = np.argsort(_sort_keys(a), axis=dim, kind="stable")
    apart = np.argsort(~np.take_along_axis(counts, by_size, dim), axis=dim, kind="stable")
    order = np.take_along_axis(by_size, apart, dim)
    return a.rearranged(lambda x: np.take_along_axis(x, order, dim))


def nth(ordered: Rational, place: NDArray[np.int64], dim: int) -> Rational:
    """Of each row along ``dim`` (which goes) the number at ``place`` (from 0; the nearest one where there is no such place)."""
    if ordered.shape[dim] == 0:
        return Rational(np.zeros(place.shape, dtype=np.int64), 1)
    inside = np.expand_dims(np.clip(place, 0, ordered.shape[dim] - 1), dim)
    return ordered.rearranged(lambda x: np.take_along_axis(x, inside, dim).squeeze(dim))


def _sort_keys(a: Rational) -> Array:
    """Whole numbers in the order of the fractions. Two fractions with denominators below 2**k are at least 2**-2k apart."""
    if isinstance(a.den, int):
        return a.num
    shift = 1 << (2 * integers.top(a.den).bit_length() + 1)
    return integers.narrow(integers.over(integers.times(a.num, shift), a.den))
