"""Which members an aggregate reaches: all along a dimension, or for each of them all the others."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.engine import order, rational
from vbclang.engine.rational import Mask, Rational


class Ordered(Protocol):
    """The figures that count, least first."""

    def nth(self, place: NDArray[np.int64]) -> Rational:
        """The one at ``place``, from 0 (the nearest one where there is no such place)."""
        ...


class Reach(Protocol):
    """How the members of a dimension come together."""

    def count(self, mask: Mask) -> NDArray[np.int64]:
        """How many of those reached are marked."""
        ...

    def total(self, value: Rational) -> Rational:
        """The sum of those reached."""
        ...

    def ordered(self, value: Rational, counts: Mask) -> Ordered:
        """Those reached that count, in order."""
        ...


@frozen
class OverAll:
    """All along ``dim``, which goes."""

    dim: int

    def count(self, mask: Mask) -> NDArray[np.int64]:
        """How many are marked."""
        return np.asarray(mask.sum(axis=self.dim, dtype=np.int64))

    def total(self, value: Rational) -> Rational:
        """The sum."""
        return rational.total(value, self.dim)

    def ordered(self, value: Rational, counts: Mask) -> Ordered:
        """In order."""
        return order.Row(order.ranked(value, counts, self.dim)[0], self.dim)


@frozen
class OverOthers:
    """For each place of ``dim`` (which stays) all others: the whole less its own."""

    dim: int

    def count(self, mask: Mask) -> NDArray[np.int64]:
        """How many others are marked."""
        return np.asarray(mask.sum(axis=self.dim, dtype=np.int64, keepdims=True) - mask)

    def total(self, value: Rational) -> Rational:
        """The sum of the others."""
        whole = rational.total(value, self.dim).rearranged(lambda x: np.expand_dims(x, self.dim))
        return rational.subtract(whole, value)

    def ordered(self, value: Rational, counts: Mask) -> Ordered:
        """The others in order."""
        return order.RowOfOthers(*order.ranked(value, counts, self.dim), self.dim)
