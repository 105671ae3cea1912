"""What a condition can be: yes, no, or unknown for some reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from vbclang.engine.range.interval import THERE, Range, States


@frozen
class Possible:
    """Whether it can hold, whether it can fail, and why it may be unknown."""

    yes: bool
    no: bool
    unknown: States = frozenset()

    @property
    def surely(self) -> bool:
        """Whether it always holds."""
        return self.yes and not self.no and not self.unknown

    @property
    def surely_not(self) -> bool:
        """Whether it never holds, and that is always known."""
        return self.no and not self.yes and not self.unknown


YES, NO, EITHER = Possible(True, False), Possible(False, True), Possible(True, True)


def truth(holds: bool) -> Possible:
    """What is known beforehand."""
    return YES if holds else NO


def compared(sign: Literal["<", "<=", "=="], a: Range, b: Range) -> Possible:
    """Two figures beside each other."""
    unknown = (a.states | b.states) - THERE
    if not (a.there and b.there):
        return Possible(False, False, unknown)
    match sign:
        case "<":
            return Possible(a.low < b.high, a.high >= b.low, unknown)
        case "<=":
            return Possible(a.low <= b.high, a.high > b.low, unknown)
        case _:
            meet = a.low <= b.high and b.low <= a.high
            return Possible(meet, not (a.exact is not None and a.exact == b.exact), unknown)


def negated(a: Possible) -> Possible:
    """Not."""
    return Possible(a.no, a.yes, a.unknown)


def both(conditions: Iterable[Possible]) -> Possible:
    """And, by Kleene."""
    found = tuple(conditions)
    if any(each.surely_not for each in found):
        return NO
    unknown = frozenset().union(*(each.unknown for each in found))
    return Possible(all(each.yes for each in found), any(each.no for each in found), unknown)


def either(conditions: Iterable[Possible]) -> Possible:
    """Or, by Kleene."""
    return negated(both(negated(each) for each in conditions))


def one_of(conditions: Iterable[Possible]) -> Possible:
    """One of these, nobody knows which."""
    found = tuple(conditions)
    unknown = frozenset().union(*(each.unknown for each in found))
    return Possible(any(each.yes for each in found), any(each.no for each in found), unknown)
