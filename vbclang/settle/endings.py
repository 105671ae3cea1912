"""Which of several endings ends the contract, or a clause: the earliest; of those of one day the first.

An ending takes effect at the end of its day. What a notice ends comes before what ends by itself on that day: the notice was received
before it (the semantics, 6.1). Of several notices the first in the record counts, of several automatic ends the first in the contract.
An ending that comes after another has nothing left to end, and pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from vbclang.calendar.grid import Period
from vbclang.calendar.labels import day_label


@frozen
class Ending:
    """By ``clause`` the contract (``target`` None) or a clause ends at the end of ``day``. ``notice``: its number in the record, None where
    it ends by itself; ``place``: that of the clause in the contract; ``period``: that whose result brought it, if any.
    """

    day: date
    clause: str
    target: str | None
    notice: int | None
    place: int
    period: Period | None = None

    @property
    def order(self) -> tuple[date, bool, int, int]:
        """The earlier comes first."""
        return self.day, self.notice is None, self.notice or 0, self.place

    @property
    def what(self) -> str:
        """What it ends."""
        return "the contract" if self.target is None else f"clause {self.target}"


@frozen
class Judged:
    """An ending, and the one that came ``before`` it and left it nothing to end (None: it takes effect)."""

    ending: Ending
    before: Ending | None = None

    @property
    def why_not(self) -> str:
        """Why it has no effect."""
        assert self.before is not None
        ended = f"{self.before.what} ended on {day_label(self.before.day)}"
        also = f", by clause {self.before.clause}" if self.before.day == self.ending.day else ""
        return f"the ending of {day_label(self.ending.day)} has no effect: {ended}{also}"


def judged(endings: Iterable[Ending]) -> tuple[Judged, ...]:
    """Each ending, in their order."""
    first: dict[str | None, Ending] = {}
    found: list[Judged] = []
    for ending in sorted(endings, key=lambda ending: ending.order):
        before = first.get(None) or first.get(ending.target)
        if before is None:
            first[ending.target] = ending
        found.append(Judged(ending, before))
    return tuple(found)
