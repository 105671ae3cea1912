"""The exact domain: what a settlement uses. Rational columns with a state beside each figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vbclang.calendar.months import add_months, complete_months
from vbclang.core.nodes import State
from vbclang.data.facts import InputColumn
from vbclang.engine import integers, rational
from vbclang.engine.domain import Aggregate
from vbclang.engine.exact_over import Members, aggregated
from vbclang.engine.integers import Array
from vbclang.engine.lanes import Numbers, Truths, known, one_of, strict
from vbclang.engine.reach import OverAll, OverOthers

_ARITHMETIC = {"+": rational.add, "-": rational.subtract, "*": rational.multiply}
_COMPARISON = {"<": rational.less, "<=": rational.at_most, "==": rational.equal}


class ExactDomain:
    """`Domain` over exact rationals. It has no state: one instance serves all."""

    def constant(self, value: Fraction) -> Numbers:
        """One figure."""
        return known(rational.constant(value))

    def missing(self, state: State) -> Numbers:
        """One missing figure."""
        return Numbers(rational.constant(Fraction(0)), np.array([state], dtype=np.int8))

    def whole_numbers(self, numbers: NDArray[Any]) -> Numbers:
        """Whole numbers known beforehand."""
        return known(rational.whole_numbers(numbers))

    def given(self, column: InputColumn) -> Numbers:
        """What arrived."""
        return Numbers(rational.whole_numbers(column.numerators, column.denominator), column.states)

    # -- figures -------------------------------------------------------------------------------------------------------

    def arith(self, sign: Literal["+", "-", "*", "/"], a: Numbers, b: Numbers) -> Numbers:
        """Strict."""
        if sign == "/":
            return self.ratio(a, b, None)
        return strict(_ARITHMETIC[sign](a.value, b.value), a.state, b.state)

    def ratio(self, numerator: Numbers, denominator: Numbers, least: int | None) -> Numbers:
        """Strict; too small where the denominator is."""
        value, short = rational.divide(numerator.value, denominator.value)
        if least is not None:
            short = short | rational.less(denominator.value, rational.constant(Fraction(least)))
        state = np.maximum(numerator.state, denominator.state)
        return strict(value, np.where(state == State.VALUE, short * np.int8(State.TOO_SMALL), state))

    def extreme(self, way: Literal["lesser", "greater"], operands: Sequence[Numbers], reported: bool) -> Numbers:
        """The lesser or greater of all."""
        if reported:
            return reduce(lambda a, b: self._reported_extreme(way, a, b), [_without_small(o) for o in operands])
        pick = rational.lesser if way == "lesser" else rational.greater
        return reduce(lambda a, b: strict(pick(a.value, b.value), a.state, b.state), operands)

    def _reported_extreme(self, way: Literal["lesser", "greater"], a: Numbers, b: Numbers) -> Numbers:
        first = rational.at_most(a.value, b.value) if way == "lesser" else rational.at_most(b.value, a.value)
        left = (b.state == State.NOT_REPORTED) | ((a.state == State.VALUE) & (b.state == State.VALUE) & first)
        worst = np.maximum(_spoiling(a.state), _spoiling(b.state))
        state = np.where(worst != State.VALUE, worst, np.minimum(a.state, b.state))
        return strict(rational.chosen(left, a.value, b.value), state)

    def rounded(self, a: Numbers, unit: Fraction, direction: Literal["half up", "up", "down"]) -> Numbers:
        """Strict."""
        return Numbers(rational.rounded(a.value, unit, direction), a.state)

    def months_between(self, start: Numbers, end: Numbers, complete: bool) -> Numbers:
        """Strict; counted once for each pair of dates."""
        state = np.maximum(start.state, end.state)
        first, last = np.broadcast_arrays(_ordinals(start), _ordinals(end))
        pairs, place = np.unique(np.stack([first.ravel(), last.ravel()]), axis=1, return_inverse=True)
        months = [_months(int(a), int(b), complete) if a and b else 0 for a, b in pairs.T]
        return strict(rational.whole_numbers(np.array(months, dtype=np.int64)[place.ravel()].reshape(first.shape)), state)

    def date_moved(self, a: Numbers, count: int, unit: Literal["day", "month"]) -> Numbers:
        """Strict; worked out once for each date."""
        days, place = np.unique(_ordinals(a), return_inverse=True)
        moved = np.array([_moved(int(day), count, unit) if day else 0 for day in days], dtype=np.int64)
        return strict(rational.whole_numbers(moved[place].reshape(a.state.shape)), a.state)

    def running(self, a: Numbers, starts: NDArray[np.int64]) -> Numbers:
        """The totals since the starts."""
        total = known(rational.running(a.value, 0))
        earlier = self.arith("-", total.rearranged(lambda array: array[starts]), known(a.value).rearranged(lambda array: array[starts]))
        return self.arith("-", total, earlier)

    def unruled_so_far(self, a: Numbers, starts: NDArray[np.int64]) -> Numbers:
        """Noughts, and what spoils a total."""
        state = np.zeros(a.state.shape, np.int8)
        for unruled in (state for state in State if state.is_unruled):
            there = (a.state == unruled).astype(np.int64)
            so_far = np.cumsum(there, axis=0)
            state[so_far - so_far[starts] + there[starts] > 0] = unruled
        return strict(rational.subtract(a.value, a.value), state)

    # -- choice --------------------------------------------------------------------------------------------------------

    def choose(self, condition: Truths, then: Numbers, otherwise: Numbers) -> Numbers:
        """Missing where the condition is unknown."""
        chosen = one_of(condition.holds, then, otherwise)
        return strict(chosen.value, np.where(condition.state == State.VALUE, chosen.state, condition.state))

    def choose_agreeing(self, condition: Truths, then: Numbers, otherwise: Numbers) -> Numbers:
        """The same, unless both sides agree."""
        agreed = (then.state == State.VALUE) & (otherwise.state == State.VALUE) & rational.equal(then.value, otherwise.value)
        state = np.where(agreed, np.int8(State.VALUE), condition.state)
        return self.choose(Truths(condition.holds, state), then, otherwise)

    def recover(self, a: Numbers, states: frozenset[State], instead: Numbers) -> Numbers:
        """Another figure for some states."""
        return one_of(np.isin(a.state, list(states)), instead, a)

    def pick(self, a: Numbers, dim: int, by: Numbers) -> Numbers:
        """The lane that a category names."""
        index = np.where(by.state == State.VALUE, integers.over(by.value.num, by.value.den), 0).astype(np.int64)

        def at_index(array: Array) -> Array:
            return np.take_along_axis(array, index, dim).squeeze(dim)

        picked = a.rearranged(at_index)
        unnamed = by.state.squeeze(dim)
        return strict(picked.value, np.where(unnamed == State.VALUE, picked.state, unnamed))

    def over(
        self,
        aggregate: Aggregate,
        a: Numbers,
        dim: int,
        where: Truths | None,
        weights: Numbers | None,
        least_reported: int | None,
        others: bool,
    ) -> Numbers:
        """An aggregate over members."""
        return aggregated(aggregate, Members.of(a, where, weights), OverOthers(dim) if others else OverAll(dim), least_reported)

    # -- conditions ----------------------------------------------------------------------------------------------------

    def truth(self, holds: NDArray[np.bool_]) -> Truths:
        """Conditions known beforehand."""
        return Truths(holds, np.zeros(holds.shape, dtype=np.int8))

    def compare(self, sign: Literal["<", "<=", "=="], a: Numbers, b: Numbers) -> Truths:
        """Unknown where a side is missing."""
        state = np.maximum(a.state, b.state)
        return Truths(_COMPARISON[sign](a.value, b.value) & (state == State.VALUE), state)

    def negated(self, a: Truths) -> Truths:
        """Not."""
        return Truths(~a.holds & (a.state == State.VALUE), a.state)

    def both(self, a: Truths, b: Truths) -> Truths:
        """And."""
        fails = a.fails | b.fails
        return Truths(a.holds & b.holds, np.where(fails, np.int8(State.VALUE), np.maximum(a.state, b.state)))

    def either(self, a: Truths, b: Truths) -> Truths:
        """Or."""
        holds = a.holds | b.holds
        return Truths(holds, np.where(holds, np.int8(State.VALUE), np.maximum(a.state, b.state)))

    def each_along(self, a: Truths, dim: int) -> Truths:
        """And along a dimension."""
        return self.negated(self.any_along(self.negated(a), dim))

    def any_along(self, a: Truths, dim: int) -> Truths:
        """Or along a dimension."""
        holds = np.asarray(a.holds.any(axis=dim))
        return Truths(holds, np.where(holds, np.int8(State.VALUE), a.state.max(axis=dim, initial=0)))

    def has_value(self, a: Numbers) -> Truths:
        """Whether there is a value; unknown where the figure lies in no band."""
        return _told_apart(a.state)

    def is_known(self, a: Truths) -> Truths:
        """Whether it is yes or no; unknown where what it rests on lies in no band."""
        return _told_apart(a.state)

    def choose_condition(self, condition: Truths, then: Truths, otherwise: Truths) -> Truths:
        """Unknown where the choice is."""
        state = np.where(condition.holds, then.state, otherwise.state)
        holds = np.where(condition.holds, then.holds, otherwise.holds) & (condition.state == State.VALUE)
        return Truths(holds, np.where(condition.state == State.VALUE, state, condition.state))

    def recover_condition(self, a: Truths, states: frozenset[State], instead: Truths) -> Truths:
        """Another condition for some states."""
        lost = np.isin(a.state, list(states))
        return Truths(np.where(lost, instead.holds, a.holds), np.where(lost, instead.state, a.state))


def _told_apart(state: NDArray[np.int8]) -> Truths:
    """Whether a state is that of a value. Of what lies in no band nobody can say."""
    return Truths(state == State.VALUE, np.where(state >= State.NO_BAND, state, np.int8(State.VALUE)))


def _spoiling(state: NDArray[np.int8]) -> NDArray[np.int8]:
    """The states that spoil what is taken of the reported ones: unfit, and those to which no rule applies."""
    return np.where((state == State.UNFIT) | (state >= State.NO_BAND), state, np.int8(State.VALUE))


def _without_small(a: Numbers) -> Numbers:
    """What is too small is left out as if it were not reported."""
    return Numbers(a.value, np.where(a.state == State.TOO_SMALL, np.int8(State.NOT_REPORTED), a.state))


def _ordinals(a: Numbers) -> NDArray[np.int64]:
    """Days as ordinals, which are above 0; 0 where there is none."""
    return np.where(a.state == State.VALUE, integers.over(a.value.num, a.value.den), 0).astype(np.int64)


def _moved(day: int, count: int, unit: Literal["day", "month"]) -> int:
    return day + count if unit == "day" else add_months(date.fromordinal(day), count).toordinal()


def _months(start: int, end: int, complete: bool) -> int:
    if end < start:
        return -_months(end, start, complete)
    whole = complete_months(date.fromordinal(start), date.fromordinal(end))
    return whole if complete or add_months(date.fromordinal(start), whole).toordinal() == end else whole + 1
