"""The record of a contract's life, and what figures and conditions are told by it (the semantics, 2.1 and 6).

An entry says what happened or was decided, on which day, and when it was received. Nothing is ever overwritten: a later entry stands
beside the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from attrs import frozen

from vbclang.calendar.deadlines import Deadline
from vbclang.core.declared import Known
from vbclang.core.nodes import State
from vbclang.core.provisions import When
from vbclang.source import Span
from vbclang.types.kinds import Grain

Stage: TypeAlias = Literal["provisional", "final"]
View: TypeAlias = Literal["provisional", "final", "latest"]
"""How what was delivered is looked at: provisional data, the final data that count, or the latest, even where they came after those."""
EntryKind: TypeAlias = Literal["delivery", "replacement", "event", "notice", "waiver", "payment"]

ENTRY_KINDS: tuple[EntryKind, ...] = ("delivery", "replacement", "event", "notice", "waiver", "payment")
"""Of data; of final data, as the parties have agreed; of what a party notifies; under a clause that gives a right; of money that a clause
makes due; of money paid.
"""


def are_among(named: tuple[tuple[str, int], ...], members: Mapping[str, int]) -> bool:
    """Whether the members that are named are among these; of an axis that these do not have any will do."""
    return all(members.get(axis, place) == place for axis, place in named)


@frozen(eq=False)
class Entry:
    """One entry. ``of``: the data, the event or the clause. ``on``: the day on which it happened; ``until``: the last day of a state that
    ended. ``period``: of a delivery, a replacement, a waiver or a payment, its grain and place. ``amount``: how much is waived (None: all
    of it). ``file``: where the delivered data stand. ``members``: the member of each axis of the event or clause, by place. ``cells``:
    what the event's own columns say.
    """

    number: int
    received: date
    what: EntryKind
    of: str
    on: date | None = None
    until: date | None = None
    period: tuple[Grain, int] | None = None
    stage: Stage | None = None
    amount: Fraction | None = None
    file: str | None = None
    members: tuple[tuple[str, int], ...] = ()
    cells: tuple[tuple[str, Fraction | State], ...] = ()

    @property
    def day(self) -> date:
        """The day on which it happened; where it does not say, the day on which it was received."""
        return self.on or self.received

    def is_about(self, period: tuple[Grain, int], members: Mapping[str, int]) -> bool:
        """Whether it names this period, and is for these members."""
        return self.period == period and self.is_for(members)

    def is_for(self, members: Mapping[str, int]) -> bool:
        """Whether it is for these members: those that it names are among them."""
        return are_among(self.members, members)


@frozen(eq=False)
class Record:
    """The entries that were received by ``as_of``, in the order of their days and numbers. None: there is no record, and nothing is known
    to have happened. ``delivers``: the data whose deliveries are recorded at all, on that day or later.
    ``complete``: nothing else will ever happen, as in a worked example: what is due and is not there was not done.
    """

    entries: tuple[Entry, ...] = ()
    as_of: date | None = None
    delivers: frozenset[str] = frozenset()
    complete: bool = False

    def of(self, what: EntryKind, name: str) -> tuple[Entry, ...]:
        """The entries of one kind about one thing."""
        return tuple(entry for entry in self.entries if entry.what == what and entry.of == name)

    def has_occurred(self, event: str, day: date, members: Mapping[str, int], *, lasting: bool = False) -> bool:
        """Whether an event has happened by a day; where ``lasting``, whether it is in force on it. Of several lines about one event, the
        same by the day on which it began, the last says when it was over.
        """
        begun = {(entry.day, entry.members): entry for entry in self.of("event", event) if entry.day <= day and entry.is_for(members)}
        return any(not lasting or entry.until is None or entry.until >= day for entry in begun.values())


def may_be_missing(told: Told | None) -> bool:
    """Whether what is told may be missing for good: the day of what never happens, and what it would have said."""
    match told:
        case OfEvent(what=what):
            return what not in ("has occurred", "is in force", "in the period", "has been in force")
        case EffectiveDate():
            return True
        case LatenessOfData() | Cured() | Breached() | None:
            return False
        case _:
            assert_never(told)


# -- what is told by it ------------------------------------------------------------------------------------------------


@frozen
class OfEvent:
    """Of an event at the end of a period: whether it ``has occurred``, ``is in force``, or happened ``in the period`` itself, its ``date``,
    whether on a day of it the event ``has been in force`` for so many ``days`` on end, the first and that day counted; or (another word)
    what stands in that column of it. Of several, the latest.
    """

    event: str
    what: str
    days: int = 0

    def reached(self, entry: Entry) -> date:
        """The day on which an event has lasted as long, if it does."""
        return entry.day + timedelta(days=self.days - 1)


@frozen
class LatenessOfData:
    """The days from the due day of a delivery to the first receipt, no further than the due day of the clause ``flow``."""

    data: str
    stage: Stage
    flow: str


@frozen
class EffectiveDate:
    """The day at whose end what a clause ends has ended. It is known from the course of the contract alone."""

    clause: str


@frozen
class Cured:
    """Whether the failure of a clause in a period was cured by an event that names the period, ``within`` its time; ``known``: when the
    failure is known.
    """

    event: str
    clause: str
    within: When
    known: tuple[tuple[Known, int], ...]


@frozen
class EventDue:
    """By a duty of the contract an event is to be given by ``day``; ``about``: the period for which (None: for none in particular), and
    ``members``: for whom, by place.
    """

    event: str
    day: date
    about: tuple[Grain, int] | None
    members: tuple[tuple[str, int], ...] = ()


@frozen
class Breached:
    """Whether in a period it turned out that a duty was not kept. It is known from the course of the contract alone."""

    clause: str


@frozen
class Breach:
    """By the end of the day before ``day`` a duty was not kept; ``members``: by whom or for whom, by place."""

    clause: str
    day: date
    members: tuple[tuple[str, int], ...] = ()

    def is_for(self, members: Mapping[str, int]) -> bool:
        """Whether it is for these members: those that it names are among them."""
        return are_among(self.members, members)


Told: TypeAlias = OfEvent | LatenessOfData | EffectiveDate | Cured | Breached


@frozen(eq=False)
class Due:
    """A delivery of data: its deadline, and the period after which it counts (None: a day)."""

    deadline: Deadline
    grain: Grain | None
    span: Span
