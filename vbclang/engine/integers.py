"""Arrays of whole numbers that never overflow.

An array is ``int64`` as long as a bound on the result, worked out beforehand in Python integers, stays below 2**62; otherwise it is
an ``object`` array of Python integers. Every operation here gives the exact result, whatever its operands.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
"""Whole numbers: ``int64``, or ``object`` with Python integers."""

Whole: TypeAlias = int | NDArray[Any]
"""One whole number for all places, or an array of them."""

BOUND = 1 << 62


def top(x: Whole) -> int:
    """The greatest absolute value in ``x``; 0 where there is none."""
    if isinstance(x, int):
        return abs(x)
    return max(int(x.max()), -int(x.min())) if x.size else 0


def wide(x: Whole) -> Whole:
    """The same numbers as Python integers."""
    return x if isinstance(x, int) or x.dtype == object else x.astype(object)


def boxed(x: Whole) -> Array:
    """The same numbers as an ``object`` array of Python integers (of no dimensions for a single number)."""
    return np.asarray(wide(x), dtype=object)


def narrow(x: Array) -> Array:
    """The same numbers as ``int64`` where they fit."""
    return x.astype(np.int64) if x.dtype == object and top(x) < BOUND else x


def plus(x: Whole, y: Whole) -> Any:
    """``x + y``."""
    return x + y if top(x) + top(y) < BOUND else wide(x) + wide(y)


def minus(x: Whole, y: Whole) -> Any:
    """``x - y``."""
    return x - y if top(x) + top(y) < BOUND else wide(x) - wide(y)


def times(x: Whole, y: Whole) -> Any:
    """``x * y``."""
    return x * y if max(top(x), 1) * max(top(y), 1) < BOUND else wide(x) * wide(y)


def over(x: Whole, y: Whole) -> Any:
    """``x // y``, rounded towards minus infinity; ``y`` is nowhere 0."""
    return x // y if max(top(x), top(y)) < BOUND else wide(x) // wide(y)


def size_of(x: Array) -> Array:
    """``|x|``."""
    return np.asarray(np.abs(x if top(x) < BOUND else wide(x)))


def common_factor(x: Whole, y: Whole) -> Any:
    """The greatest common divisor, place by place."""
    return np.gcd(x, y) if max(top(x), top(y)) < BOUND else np.gcd(boxed(x), boxed(y))


def total(x: Array, dim: int) -> Array:
    """The sum along ``dim``, which goes."""
    bound = top(x) * max(x.shape[dim], 1)
    return np.asarray(np.sum(x if bound < BOUND else wide(x), axis=dim, initial=0))


def running(x: Array, dim: int) -> Array:
    """The sums so far along ``dim``."""
    bound = top(x) * max(x.shape[dim], 1)
    return np.asarray(np.cumsum(x if bound < BOUND else wide(x), axis=dim))
