"""Aggregates over members in the exact domain, and what missing members do to them (the semantics, 8.2a).

Members for which ``where`` fails are out. Strict: an unknown ``where`` or a missing member makes the result missing. Of those
reported: unknown, not reported and too small members are left out, an unfit one makes the result unfit, and fewer than the least
number of reported ones make it not reported. A total of no members is 0, their number 0, anything else of none not reported.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import PercentileMethod, State
from vbclang.engine import order, rational
from vbclang.engine.domain import Aggregate
from vbclang.engine.lanes import Numbers, Truths, known, strict
from vbclang.engine.rational import Mask, Rational

_States = NDArray[np.int8]
_NOT_REPORTED = np.int8(State.NOT_REPORTED)
_UNFIT = np.int8(State.UNFIT)
_ZERO = rational.constant(Fraction(0))


@frozen(eq=False)
class Members:
    """Figures along ``dim``: ``state`` of each member that is not out (``within``), that of its ``where`` if that is unknown."""

    value: Rational
    weights: Rational | None
    within: Mask
    unsure: Mask
    state: _States
    dim: int

    @staticmethod
    def of(a: Numbers, where: Truths | None, weights: Numbers | None, dim: int) -> Members:
        """All in one shape."""
        asked = where if where is not None else Truths(np.ones((1,) * len(a.shape), np.bool_), np.zeros((1,) * len(a.shape), np.int8))
        shape = np.broadcast_shapes(a.shape, asked.shape, weights.shape if weights is not None else ())
        own = np.maximum(a.state, weights.state if weights is not None else np.int8(0))
        unsure = np.broadcast_to(asked.state != State.VALUE, shape)
        return Members(
            a.value.rearranged(lambda x: np.broadcast_to(x, shape)),
            weights.value.rearranged(lambda x: np.broadcast_to(x, shape)) if weights is not None else None,
            np.broadcast_to(~asked.fails, shape),
            unsure,
            np.where(unsure, asked.state, own),
            dim,
        )


def aggregated(aggregate: Aggregate, members: Members, least_reported: int | None) -> Numbers:
    """The aggregate along the members' dimension, which goes."""
    counted = members.within & ~members.unsure & (members.state == State.VALUE)
    number = counted.sum(axis=members.dim)
    result = _of_counted(aggregate, members, counted, number)
    state = _state(aggregate, members, counted, number, least_reported)
    return strict(result.value, np.maximum(state, np.where(state == State.VALUE, result.state, np.int8(0))))


# -- whether there is a result -----------------------------------------------------------------------------------------


def _state(aggregate: Aggregate, members: Members, counted: Mask, number: NDArray[np.int64], least: int | None) -> _States:
    if least is None:
        missing = np.where(members.within, members.state, np.int8(0)).max(axis=members.dim, initial=0)
    else:
        missing = (members.within & ~members.unsure & (members.state == State.UNFIT)).any(axis=members.dim) * _UNFIT
    if aggregate in ("total", "number"):
        reported = _known(members, counted) if aggregate == "number" else number
        enough = (reported >= (least or 0)) | ~members.within.any(axis=members.dim)
    else:
        enough = number >= max(least or 0, 1)
    return np.where((missing == State.VALUE) & ~enough, _NOT_REPORTED, missing).astype(np.int8)


def _known(members: Members, counted: Mask) -> NDArray[np.int64]:
    """For a count, a member for which ``where`` fails is as well reported as one for which it holds."""
    known_members: NDArray[np.int64] = (counted | ~members.within).sum(axis=members.dim)
    return known_members


# -- the result --------------------------------------------------------------------------------------------------------


def _of_counted(aggregate: Aggregate, members: Members, counted: Mask, number: NDArray[np.int64]) -> Numbers:
    match aggregate:
        case "total":
            return known(_total(members.value, counted, members.dim))
        case "number":
            return known(rational.whole_numbers(number))
        case "average":
            return _average(members, counted, number)
        case "lowest" | "highest":
            ordered = order.ranked(members.value, counted, members.dim)
            return known(order.nth(ordered, np.zeros_like(number) if aggregate == "lowest" else number - 1, members.dim))
        case PercentileMethod():
            return known(_percentile(aggregate, order.ranked(members.value, counted, members.dim), number, members.dim))
        case _:
            assert_never(aggregate)


def _total(value: Rational, counted: Mask, dim: int) -> Rational:
    return rational.total(rational.chosen(counted, value, _ZERO), dim)


def _average(members: Members, counted: Mask, number: NDArray[np.int64]) -> Numbers:
    """Without weights all weigh the same. Weights that make 0 are a division by zero."""
    if members.weights is None:
        mean, _ = rational.divide(_total(members.value, counted, members.dim), rational.whole_numbers(number))
        return known(mean)
    weighed = rational.multiply(members.value, members.weights)
    mean, zero = rational.divide(_total(weighed, counted, members.dim), _total(members.weights, counted, members.dim))
    return strict(mean, zero * np.int8(State.TOO_SMALL))


def _percentile(wanted: PercentileMethod, ordered: Rational, number: NDArray[np.int64], dim: int) -> Rational:
    parts, whole = wanted.rank.numerator, wanted.rank.denominator * 100
    match wanted.method:
        case "nearest rank":
            return order.nth(ordered, -(-number * parts // whole) - 1, dim)
        case "interpolation":
            place, rest = np.divmod((number - 1) * parts, whole)
            low, high = order.nth(ordered, place, dim), order.nth(ordered, np.minimum(place + 1, number - 1), dim)
            return rational.add(low, rational.multiply(rational.subtract(high, low), rational.whole_numbers(rest, whole)))
        case "averaging at a step":
            place = -(-number * parts // whole) - 1
            step = (number * parts % whole == 0) & (place + 1 < number)
            both = rational.add(order.nth(ordered, place, dim), order.nth(ordered, place + step, dim))
            return rational.multiply(both, rational.constant(Fraction(1, 2)))
        case _:
            assert_never(wanted.method)
