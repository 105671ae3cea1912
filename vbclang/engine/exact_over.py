"""Aggregates over members in the exact domain, and what missing members do to them (the semantics, 8.2a).

Members for which ``where`` fails are out. Strict: an unknown ``where`` or a missing member makes the result missing. Of those
reported: unknown, not reported and too small members are left out, an unfit one makes the result unfit, and fewer than the least
number of reported ones make it not reported. A total of no members is 0, their number 0, anything else of none not reported.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import assert_never

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import PercentileMethod, State
from vbclang.engine import rational
from vbclang.engine.domain import Aggregate
from vbclang.engine.lanes import Numbers, Truths, known, strict
from vbclang.engine.rational import Mask, Rational
from vbclang.engine.reach import Ordered, Reach

_States = NDArray[np.int8]
_ZERO = rational.constant(Fraction(0))


@frozen(eq=False)
class Members:
    """Figures in full: ``within`` where ``where`` does not fail; ``state`` of each member, or of its ``where`` if that is unknown."""

    value: Rational
    weights: Rational | None
    within: Mask
    unsure: Mask
    state: _States

    @staticmethod
    def of(a: Numbers, where: Truths | None, weights: Numbers | None) -> Members:
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
        )

    @property
    def counted(self) -> Mask:
        """Where a member's figure goes into the result."""
        return np.asarray(self.within & ~self.unsure & (self.state == State.VALUE))


def aggregated(aggregate: Aggregate, members: Members, reach: Reach, least_reported: int | None) -> Numbers:
    """The aggregate over the members that ``reach`` names."""
    number = reach.count(members.counted)
    result = _of_counted(aggregate, members, reach, number)
    state = _state(aggregate, members, reach, number, least_reported)
    return strict(result.value, np.where(state == State.VALUE, result.state, state))


# -- whether there is a result -----------------------------------------------------------------------------------------


def _state(aggregate: Aggregate, members: Members, reach: Reach, number: NDArray[np.int64], least: int | None) -> _States:
    missing = _worst(members, reach) if least is None else _spoiled(members, reach)
    if aggregate in ("total", "number"):
        # For a count, a member for which `where` fails is as well reported as one for which it holds.
        reported = reach.count(members.counted | ~members.within) if aggregate == "number" else number
        enough = (reported >= (least or 0)) | (reach.count(members.within) == 0)
    else:
        enough = number >= max(least or 0, 1)
    return np.where((missing == State.VALUE) & ~enough, np.int8(State.NOT_REPORTED), missing)


def _worst(members: Members, reach: Reach) -> _States:
    return _worst_of(tuple(State)[1:], members, reach)


def _worst_of(states: tuple[State, ...], members: Members, reach: Reach) -> _States:
    return reduce(np.maximum, (_reason(state, members.within & (members.state == state), reach) for state in states))


def _spoiled(members: Members, reach: Reach) -> _States:
    """What no `reported` leaves out: a member that is unfit, and one to whose figure or condition no rule applies."""
    unfit = _reason(State.UNFIT, members.within & ~members.unsure & (members.state == State.UNFIT), reach)
    return np.maximum(unfit, _worst_of(tuple(state for state in State if state.is_unruled), members, reach))


def _reason(state: State, where: Mask, reach: Reach) -> _States:
    return np.asarray((reach.count(where) > 0) * np.int8(state))


# -- the result --------------------------------------------------------------------------------------------------------


def _of_counted(aggregate: Aggregate, members: Members, reach: Reach, number: NDArray[np.int64]) -> Numbers:
    match aggregate:
        case "total":
            return known(_total(members.value, members, reach))
        case "number":
            return known(rational.whole_numbers(number))
        case "average":
            return _average(members, reach, number)
        case "lowest":
            return known(reach.ordered(members.value, members.counted).nth(np.zeros_like(number)))
        case "highest":
            return known(reach.ordered(members.value, members.counted).nth(number - 1))
        case PercentileMethod():
            return known(_percentile(aggregate, reach.ordered(members.value, members.counted), number))
        case _:
            assert_never(aggregate)


def _total(value: Rational, members: Members, reach: Reach) -> Rational:
    return reach.total(rational.chosen(members.counted, value, _ZERO))


def _average(members: Members, reach: Reach, number: NDArray[np.int64]) -> Numbers:
    """Without weights all weigh the same. Weights that make 0 are a division by zero."""
    if members.weights is None:
        mean, _ = rational.divide(_total(members.value, members, reach), rational.whole_numbers(number))
        return known(mean)
    weighed = rational.multiply(members.value, members.weights)
    mean, zero = rational.divide(_total(weighed, members, reach), _total(members.weights, members, reach))
    return strict(mean, zero * np.int8(State.TOO_SMALL))


def _percentile(wanted: PercentileMethod, ordered: Ordered, number: NDArray[np.int64]) -> Rational:
    parts, whole = wanted.rank.numerator, wanted.rank.denominator * 100
    match wanted.method:
        case "nearest rank":
            return ordered.nth(-(-number * parts // whole) - 1)
        case "interpolation":
            place, rest = np.divmod((number - 1) * parts, whole)
            low, high = ordered.nth(place), ordered.nth(np.minimum(place + 1, number - 1))
            return rational.add(low, rational.multiply(rational.subtract(high, low), rational.whole_numbers(rest, whole)))
        case "averaging at a step":
            place = -(-number * parts // whole) - 1
            step = (number * parts % whole == 0) & (place + 1 < number)
            return rational.multiply(rational.add(ordered.nth(place), ordered.nth(place + step)), rational.constant(Fraction(1, 2)))
        case _:
            assert_never(wanted.method)
