"""Which of several endings ends the contract, or a clause: the earliest; of those of one day the first.

An ending takes effect at the end of its day. What a notice ends comes before what ends by itself on that day: the notice was received
before it (the semantics, 6.1). Of several notices the first in the record counts, of several automatic ends the first in the contract.
An ending that comes after another has nothing left to end, and pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from vbclang.calendar.grid import Period
from vbclang.calendar.labels import day_label
from vbclang.core.program import Program
from vbclang.core.provisions import Provision
from vbclang.data.facts import Closed
from vbclang.settle.statement import Happening, What


@frozen
class Ending:
    """By ``clause`` the contract (``target`` None) or a clause ends at the end of ``day``. ``notice``: its number in the record, None where
    it ends by itself; ``place``: that of the clause in the contract; ``period``: that whose result brought it, if any. ``members``: for
    whom alone it ends (none: for all); ``of``: those for whom the clause was judged, which may be more.
    """

    day: date
    clause: str
    target: str | None
    notice: int | None
    place: int
    period: Period | None = None
    members: tuple[tuple[str, int], ...] = ()
    of: tuple[tuple[str, int], ...] = ()
    names: tuple[str, ...] = ()
    """Of those in ``of``, in their order."""

    @property
    def whom(self) -> str:
        """For whom alone it ends, in words."""
        return ", ".join(name for each, name in zip(self.of, self.names, strict=True) if each in self.members)

    @property
    def order(self) -> tuple[date, bool, int, int]:
        """The earlier comes first."""
        return self.day, self.notice is None, self.notice or 0, self.place

    @property
    def what(self) -> str:
        """What it ends."""
        what = "the contract" if self.target is None else f"clause {self.target}"
        return f"{what} for {self.whom}" if self.whom else what

    def leaves_nothing_of(self, other: Ending) -> bool:
        """Whether all that the other ends has ended with this one."""
        return self.target in (None, other.target) and set(self.members) <= set(other.members)


@frozen
class Judged:
    """An ending, and the one that came ``before`` it and left it nothing to end (None: it takes effect)."""

    ending: Ending
    before: Ending | None = None

    @property
    def told(self) -> Happening:
        """What a statement says of it."""
        of, day = self.ending, self.ending.day if self.before is None else self.before.day
        names = tuple((axis, name) for (axis, _), name in zip(of.of, of.names, strict=True))
        if self.before is not None:
            return Happening(day, What.REFUSED, of.clause, self.why_not, of.period, names)
        return Happening(day, What.ENDS, of.clause, f"{of.what} ends at the end of this day", of.period, names)

    @property
    def why_not(self) -> str:
        """Why it has no effect."""
        assert self.before is not None
        ended = f"{self.before.what} ended on {day_label(self.before.day)}"
        also = f", by clause {self.before.clause}" if self.before.day == self.ending.day else ""
        return f"the ending of {day_label(self.ending.day)} has no effect: {ended}{also}"


def judged(endings: Iterable[Ending]) -> tuple[Judged, ...]:
    """Each ending, in their order."""
    effective: list[Ending] = []
    found: list[Judged] = []
    for ending in sorted(endings, key=lambda ending: ending.order):
        before = next((each for each in effective if each.leaves_nothing_of(ending)), None)
        if before is None:
            effective.append(ending)
        found.append(Judged(ending, before))
    return tuple(found)


def ends_for(program: Program, provision: Provision, members: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """For whom alone a provision that is judged for these members ends or suspends what it is about: of a clause those that it has; of the
    contract the member of the list that it names, and of a class of parties, with each of whom there is a contract apart.
    """
    flow, axes = program.flows.get(provision.target or ""), program.axes
    ends = {axis for axis in axes if axes[axis].open or axis == provision.target_axis} if flow is None else flow.axes
    return tuple(sorted((axis, place) for axis, place in members.items() if axis in ends))


def closed_days(program: Program, effects: Sequence[Ending], suspended: Sequence[tuple[str, Closed]]) -> dict[str, tuple[Closed, ...]]:
    """The days on which each clause that moves money does not count: after the endings that take effect, and while it is suspended."""
    found: dict[str, tuple[Closed, ...]] = {}
    for flow in program.flows.values():
        over = [] if flow.survives else [each for each in effects if each.target in (None, flow.key)]
        ended = [Closed(each.day + timedelta(days=1), program.grid.end, each.members) for each in over]
        own = [days for target, days in suspended if target == flow.key]
        # What ends for a member of a list that the clause does not have is not about it: its amounts go on.
        here = [days for days in (*own, *ended) if {axis for axis, _ in days.members} <= flow.axes]
        if here:
            found[flow.key] = tuple(sorted(here, key=lambda days: (days.first, days.members)))
    return found
