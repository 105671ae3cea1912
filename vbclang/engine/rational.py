"""Columns of exact rational numbers.

A column has numerators and either one denominator for all of them (decimal data and money have one) or, after a division, an array
of denominators. Denominators are above 0. Comparisons multiply crosswise. Nothing is reduced until numerator times denominator nears
2**62; then fractions are put in lowest terms, and what still does not fit is held in Python integers. No operation loses exactness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Literal, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.engine import integers
from vbclang.engine.integers import BOUND, Array, Whole

Direction: TypeAlias = Literal["half up", "up", "down"]
Mask: TypeAlias = NDArray[np.bool_]


@frozen(eq=False)
class Rational:
    """``num / den``, place by place, in at least one dimension; ``den``: one whole number for all, or an array of the shape of ``num``."""

    num: Array
    den: Whole

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the column."""
        return self.num.shape

    def rearranged(self, how: Callable[[Array], Array]) -> Rational:
        """The same numbers elsewhere: ``how`` takes, moves or repeats places of an array."""
        return Rational(how(self.num), self.den if isinstance(self.den, int) else how(self.den))

    def at(self, place: tuple[int, ...]) -> Fraction:
        """The number at one place."""
        den = self.den if isinstance(self.den, int) else self.den.item(place)
        return Fraction(self.num.item(place), den)


def constant(value: Fraction) -> Rational:
    """One number, of shape (1,)."""
    return whole_numbers(np.array([value.numerator], dtype=object), value.denominator)


def whole_numbers(num: Array, den: int = 1) -> Rational:
    """Numerators over one denominator."""
    return Rational(integers.narrow(num), den)


# -- keeping small -----------------------------------------------------------------------------------------------------


def _made(num: Array, den: Whole) -> Rational:
    """A column of ``num / den``; in lowest terms where it would otherwise grow out of 64 bits."""
    if integers.top(num) * integers.top(den) < BOUND:
        return Rational(integers.narrow(num), den if isinstance(den, int) else _spread(integers.narrow(den), num.shape))
    return _lowest_terms(num, den)


def _lowest_terms(num: Array, den: Whole) -> Rational:
    factor = _shared_factor(num, den) if isinstance(den, int) else integers.common_factor(num, den)
    low = integers.over(den, factor)
    return Rational(integers.narrow(integers.over(num, factor)), low if isinstance(low, int) else integers.narrow(_spread(low, num.shape)))


def _shared_factor(num: Array, den: int) -> int:
    return gcd(den, int(np.gcd.reduce(integers.boxed(num).ravel()))) if num.size else den


def _spread(array: Array, shape: tuple[int, ...]) -> Array:
    return array if array.shape == shape else np.broadcast_to(array, shape)


def _alone(den: Array) -> Whole:
    """An array with a single place is one number for all."""
    return int(den.flat[0]) if den.size == 1 else den


# -- arithmetic --------------------------------------------------------------------------------------------------------


def _common(a: Rational, b: Rational) -> tuple[Array, Array, Whole]:
    """Both numerators over one denominator."""
    if isinstance(a.den, int) and isinstance(b.den, int):
        den = lcm(a.den, b.den)
        return integers.times(a.num, den // a.den), integers.times(b.num, den // b.den), den
    factor = integers.common_factor(a.den, b.den)
    left, right = integers.over(b.den, factor), integers.over(a.den, factor)
    return integers.times(a.num, left), integers.times(b.num, right), integers.times(a.den, left)


def add(a: Rational, b: Rational) -> Rational:
    """``a + b``."""
    left, right, den = _common(a, b)
    return _made(integers.plus(left, right), den)


def subtract(a: Rational, b: Rational) -> Rational:
    """``a - b``."""
    left, right, den = _common(a, b)
    return _made(integers.minus(left, right), den)


def multiply(a: Rational, b: Rational) -> Rational:
    """``a * b``."""
    return _made(integers.times(a.num, b.num), integers.times(a.den, b.den))


def divide(a: Rational, b: Rational) -> tuple[Rational, Mask]:
    """``a / b``, and where ``b`` is 0 (the quotient is then 0)."""
    zero = np.asarray(b.num == 0, dtype=np.bool_)
    size = np.where(zero, 1, integers.size_of(b.num))
    turned = np.where(zero, 0, np.where(b.num < 0, -1, 1))
    num = integers.times(integers.times(a.num, b.den), turned)
    return _made(num, integers.times(_alone(size), a.den)), zero


def negative(a: Rational) -> Rational:
    """``-a``."""
    return Rational(integers.times(a.num, -1), a.den)


# -- comparison --------------------------------------------------------------------------------------------------------


def _crosswise(a: Rational, b: Rational) -> tuple[Array, Array]:
    if isinstance(a.den, int) and isinstance(b.den, int) and a.den == b.den:
        return a.num, b.num
    return integers.times(a.num, b.den), integers.times(b.num, a.den)


def less(a: Rational, b: Rational) -> Mask:
    """``a < b``."""
    left, right = _crosswise(a, b)
    return np.asarray(left < right, dtype=np.bool_)


def at_most(a: Rational, b: Rational) -> Mask:
    """``a <= b``."""
    left, right = _crosswise(a, b)
    return np.asarray(left <= right, dtype=np.bool_)


def equal(a: Rational, b: Rational) -> Mask:
    """``a == b``."""
    left, right = _crosswise(a, b)
    return np.asarray(left == right, dtype=np.bool_)


def chosen(mask: Mask, a: Rational, b: Rational) -> Rational:
    """``a`` where the mask holds, ``b`` elsewhere."""
    if isinstance(a.den, int) and isinstance(b.den, int):
        den = lcm(a.den, b.den)
        if a.den == b.den or max(integers.top(a.num), integers.top(b.num), 1) * den < BOUND:
            return _made(np.where(mask, integers.times(a.num, den // a.den), integers.times(b.num, den // b.den)), den)
    num = np.where(mask, a.num, b.num)
    return _made(num, np.where(mask, *_same_width(a.den, b.den)))


def _same_width(x: Whole, y: Whole) -> tuple[Any, Any]:
    return (x, y) if max(integers.top(x), integers.top(y)) < BOUND else (integers.boxed(x), integers.boxed(y))


def lesser(a: Rational, b: Rational) -> Rational:
    """The lesser of the two."""
    return chosen(at_most(a, b), a, b)


def greater(a: Rational, b: Rational) -> Rational:
    """The greater of the two."""
    return chosen(at_most(a, b), b, a)


# -- rounding ----------------------------------------------------------------------------------------------------------


def rounded(a: Rational, unit: Fraction, direction: Direction) -> Rational:
    """To a multiple of ``unit`` (above 0): half away from zero, up (away from zero) or down (towards zero)."""
    num, den = integers.times(a.num, unit.denominator), integers.times(a.den, unit.numerator)
    return _made(integers.times(_whole_steps(num, den, direction), unit.numerator), unit.denominator)


def _whole_steps(num: Array, den: Whole, direction: Direction) -> Array:
    return np.asarray(integers.times(_steps_of_size(integers.size_of(num), den, direction), np.where(num < 0, -1, 1)))


def _steps_of_size(size: Array, den: Whole, direction: Direction) -> Array:
    """How many whole steps of one are in ``size / den``, which is not below 0."""
    match direction:
        case "down":
            return np.asarray(integers.over(size, den))
        case "up":
            return np.asarray(integers.times(integers.over(integers.times(size, -1), den), -1))
        case "half up":
            return np.asarray(integers.over(integers.plus(integers.times(size, 2), den), integers.times(den, 2)))


# -- along a dimension -------------------------------------------------------------------------------------------------


def total(a: Rational, dim: int) -> Rational:
    """The sum along ``dim``, which goes."""
    if isinstance(a.den, int):
        return _made(integers.total(a.num, dim), a.den)
    if a.shape[dim] == 0:
        return whole_numbers(integers.total(a.num, dim))
    while a.shape[dim] > 1:
        a = _halved(a, dim)
    return a.rearranged(lambda x: np.take(x, 0, axis=dim))


def taken(a: Rational, places: Sequence[int], dim: int) -> Rational:
    """The numbers at these places along ``dim``, in this order."""
    return a.rearranged(lambda x: np.take(x, places, axis=dim))


def _halved(a: Rational, dim: int) -> Rational:
    half, odd = divmod(a.shape[dim], 2)
    pairs = add(taken(a, range(half), dim), taken(a, range(half, 2 * half), dim))
    return joined([pairs, taken(a, [2 * half], dim)], dim) if odd else pairs


def running(a: Rational, dim: int) -> Rational:
    """The sums so far along ``dim``."""
    if isinstance(a.den, int):
        return _made(integers.running(a.num, dim), a.den)
    steps = [taken(a, [i], dim) for i in range(a.shape[dim])]
    for i in range(1, len(steps)):
        steps[i] = add(steps[i - 1], steps[i])
    return joined(steps, dim) if steps else a


def joined(parts: Sequence[Rational], dim: int) -> Rational:
    """One after the other along ``dim``; in all other dimensions they have the same size."""
    shared = [part.den for part in parts if isinstance(part.den, int)]
    if len(shared) == len(parts):
        den = lcm(*shared)
        if len(set(shared)) == 1 or max(integers.top(p.num) for p in parts) * den < BOUND:
            return _made(np.concatenate([integers.times(p.num, den // d) for p, d in zip(parts, shared, strict=True)], axis=dim), den)
    dens = [np.broadcast_to(integers.boxed(p.den), p.shape) for p in parts]
    return _made(np.concatenate([integers.boxed(p.num) for p in parts], axis=dim), np.concatenate(dens, axis=dim))
