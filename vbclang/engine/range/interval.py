"""Intervals: the lowest and the highest that a figure can be, why it may be missing, and exact arithmetic on both.

An interval never says more than it knows: each operation holds every result that the operation on some figures of its operands can have.
How two figures hang together is not seen (``X - X`` is not 0), so an interval may be wider than need be, never narrower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from vbclang.core.nodes import State

End: TypeAlias = tuple[int, Fraction]
"""An end of an interval: (0, the figure), or (-1, 0) and (1, 0) where there is none. Ends compare as they lie."""

States: TypeAlias = frozenset[State]

ZERO, ONE = Fraction(0), Fraction(1)
NO_LEAST: End = (-1, ZERO)
NO_MOST: End = (1, ZERO)
THERE: States = frozenset({State.VALUE})
MISSING: States = frozenset(State) - THERE
RULED: States = frozenset({State.TOO_SMALL, State.UNFIT, State.NOT_REPORTED})
UNRULED: States = MISSING - RULED


@frozen
class Range:
    """What a figure can be: between ``low`` and ``high``, both counted, where it has a value; ``states``: which states it can have."""

    low: End
    high: End
    states: States = THERE

    @property
    def least(self) -> Fraction | None:
        """The lowest figure; None where there is no lowest one."""
        return None if self.low[0] else self.low[1]

    @property
    def most(self) -> Fraction | None:
        """The highest figure; None where there is no highest one."""
        return None if self.high[0] else self.high[1]

    @property
    def exact(self) -> Fraction | None:
        """The one figure that it can be; None where it can be several."""
        return self.least if self.low == self.high else None

    @property
    def there(self) -> bool:
        """Whether it can have a value at all."""
        return State.VALUE in self.states

    @property
    def surely_there(self) -> bool:
        """Whether it always has a value."""
        return self.states == THERE

    def or_missing(self, states: Iterable[State]) -> Range:
        """The same, but it may be missing for these reasons too."""
        return Range(self.low, self.high, self.states | frozenset(states))

    def within(self, other: Range) -> Range:
        """Its part between the bounds of another; where they do not meet, the nearer end of the other."""
        low = min(max(self.low, other.low), other.high)
        return Range(low, max(low, min(self.high, other.high)), self.states)


def end(figure: Fraction) -> End:
    """A figure as an end."""
    return 0, figure


def point(figure: Fraction | int) -> Range:
    """Exactly this figure."""
    return Range(end(Fraction(figure)), end(Fraction(figure)))


def between(least: Fraction | int | None, most: Fraction | int | None) -> Range:
    """From the one to the other; None where there is no end."""
    low = NO_LEAST if least is None else end(Fraction(least))
    return Range(low, NO_MOST if most is None else end(Fraction(most)))


ANY = between(None, None)
SHARE = between(0, 1)
NOTHING = point(0)


def never(states: Iterable[State]) -> Range:
    """A figure that has no value."""
    return Range(NO_LEAST, NO_MOST, frozenset(states) - THERE)


def strict(result: Range, *operands: Range) -> Range:
    """``result`` with the states of a figure that is missing where any of its operands is."""
    missing = frozenset().union(*(operand.states for operand in operands)) - THERE
    there = THERE if result.there and all(operand.there for operand in operands) else frozenset()
    return Range(result.low, result.high, (result.states - THERE) | missing | there)


def hull(ranges: Iterable[Range]) -> Range:
    """What is one of these, nobody knows which."""
    found = tuple(ranges)
    states = frozenset().union(*(each.states for each in found))
    there = [each for each in found if each.there]
    if not there:
        return never(states)
    return Range(min(each.low for each in there), max(each.high for each in there), states)


# -- arithmetic --------------------------------------------------------------------------------------------------------


def add(a: Range, b: Range) -> Range:
    """The sum."""
    return strict(Range(_plus(a.low, b.low), _plus(a.high, b.high)), a, b)


def minus(a: Range) -> Range:
    """The figure with the other sign."""
    return Range(_negative(a.high), _negative(a.low), a.states)


def subtract(a: Range, b: Range) -> Range:
    """The difference."""
    return add(a, minus(b))


def multiply(a: Range, b: Range) -> Range:
    """The product."""
    ends = [_times(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return strict(Range(min(ends), max(ends)), a, b)


def divide(a: Range, b: Range) -> Range:
    """The quotient: too small where the divisor is 0. By what lies on both sides of 0 it can be anything."""
    if b.low > (0, ZERO) or b.high < (0, ZERO):
        ends = (_reciprocal(b.low), _reciprocal(b.high))
        return multiply(a, Range(min(ends), max(ends), b.states))
    found = ANY
    if b.low == b.high == (0, ZERO):
        return strict(never({State.TOO_SMALL}), a, b)
    if b.low >= (0, ZERO):
        found = Range(end(ZERO) if a.low >= (0, ZERO) else NO_LEAST, end(ZERO) if a.high <= (0, ZERO) else NO_MOST)
    return strict(found.or_missing({State.TOO_SMALL}), a, b)


def lesser(a: Range, b: Range) -> Range:
    """The lesser of both."""
    return strict(Range(min(a.low, b.low), min(a.high, b.high)), a, b)


def greater(a: Range, b: Range) -> Range:
    """The greater of both."""
    return strict(Range(max(a.low, b.low), max(a.high, b.high)), a, b)


def mapped(a: Range, rising: Callable[[Fraction], Fraction]) -> Range:
    """What a function that never falls makes of it."""

    def of(one: End) -> End:
        return one if one[0] else end(rising(one[1]))

    return Range(of(a.low), of(a.high), a.states)


def in_steps(figure: Fraction, unit: Fraction, direction: str) -> Fraction:
    """A figure rounded to a multiple of ``unit``: half away from nothing, up away from it, down towards it."""
    steps, rest = divmod(abs(figure), unit)
    more = rest > 0 if direction == "up" else 2 * rest >= unit if direction == "half up" else False
    size = (steps + (1 if more else 0)) * unit
    return size if figure >= 0 else -size


def total(ranges: Iterable[Range]) -> Range:
    """The sum of all of them."""
    found = NOTHING
    for each in ranges:
        found = add(found, each)
    return found


def _plus(a: End, b: End) -> End:
    return (a if a[0] else b) if a[0] or b[0] else end(a[1] + b[1])


def _negative(a: End) -> End:
    return -a[0], -a[1]


def _times(a: End, b: End) -> End:
    sign = _sign(a) * _sign(b)
    return (sign, ZERO) if sign and (a[0] or b[0]) else end(a[1] * b[1])


def _sign(a: End) -> int:
    return a[0] or (a[1] > 0) - (a[1] < 0)


def _reciprocal(a: End) -> End:
    return end(ZERO) if a[0] else end(1 / a[1])
