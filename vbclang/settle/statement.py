"""A statement: who owes whom what, when and why. Data only; `vbclang.render` gives it a form."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Literal

from attrs import frozen

from vbclang.calendar.grid import Period
from vbclang.settle.inputs import Inputs


class Outcome(Enum):
    """How an amount came about, in the word that a statement prints."""

    DUE = "due"
    MET = "met"
    NOT_MET = "not met"
    PARTLY = "partly earned"
    LIMITED = "limited"
    WAIVED = "waived"
    MISSING_RULE = "figure missing, rule applied"
    LEAST = "least amount"
    WITHHELD = "kept back"
    RELEASED = "released"
    KEPT = "kept for good"
    HELD = "held"
    BELOW_ZERO = "below zero"
    NOT_SHOWN = "not shown"
    NOT_DETERMINED = "not determined"


@frozen
class Line:
    """One amount of one clause for one period between two parties.

    ``amount`` is in the currency's units, at least 0, from ``payer`` to ``payee``; None where it cannot be determined. ``why`` says it in a
    sentence; ``missing`` names the figures for want of which it is missing, or for which a rule stood in. ``share_of``: the amount of which
    this line is a part, where it was divided. ``once``: it is not one of a series of periods.
    """

    period: str
    first_day: date
    last_day: date
    number: str
    clause: str
    kind: str
    payer: str
    payee: str
    amount: Fraction | None
    due: date | None
    outcome: Outcome
    why: str
    missing: tuple[str, ...] = ()
    once: bool = False
    share_of: Fraction | None = None
    members: tuple[tuple[str, str], ...] = ()
    stage: Literal["provisional", "final"] | None = None
    """On which data a clause that is paid on provisional data has been worked out; None: on final data, as always."""
    between: tuple[Fraction | None, Fraction | None] | None = None
    """Of an amount that is not determined (of the whole, where it is divided) the least and the most that it can be, from the clause's
    payer to its payee; None: nothing can be said.
    """
    released: date | None = None
    """Since when what the clause kept back is released."""
    waits_for: str | None = None
    """After what it is due, in words, where that is not recorded: an event, or that a clause is paid; else None."""

    @property
    def day(self) -> date | None:
        """The day on which it is booked: when it is due, or at the end of its period where it is due on no day. None: it waits."""
        return self.due or (self.last_day if self.waits_for is None else None)


@frozen
class Booking:
    """What is booked of an amount on a ``day`` (None: there is no booking day any more): the difference from what was booked of it before.

    ``line``: the amount as it then stood. ``stage``: that of the figures, where the clause is paid on provisional data. ``corrects``: it is
    not the first.
    """

    day: date | None
    line: Line
    payer: str
    payee: str
    amount: Fraction
    stage: Literal["provisional", "final"] | None
    corrects: bool


@frozen
class Net:
    """What one party pays another on a day on which all that the two owe each other is netted: the sum of the bookings that it is
    ``made_of``, those to the payee less those to the payer. ``undetermined``: the lines due between them that day that are not in it.
    """

    day: date
    payer: str
    payee: str
    amount: Fraction
    made_of: tuple[Booking, ...]
    undetermined: int = 0


@frozen
class Total:
    """What one party pays another over all lines of the statement; ``undetermined``: the lines that are not in it."""

    payer: str
    payee: str
    amount: Fraction
    undetermined: int


@frozen
class GuaranteeFinding:
    """How a guarantee fares on the data at hand: in how many instances it holds (and in which periods, each ``each``), where it does not,
    how many cannot be determined, and of how many it is not shown. ``not_over``: periods of which not all has arrived; those of which
    nothing has are passed over.
    """

    name: str
    held: int
    broken: tuple[str, ...]
    undetermined: int
    each: str
    held_in: tuple[str, ...]
    not_over: tuple[str, ...]
    not_shown: int = 0


class What(Enum):
    """What kind of thing happened, in the word that a statement prints."""

    RIGHT = "right arises"
    NOTICE = "notice"
    REFUSED = "notice refused"
    ENDS = "ends"
    SUSPENDED = "suspended"
    RESUMES = "resumes"
    DUE = "due"
    DONE = "done"
    NOT_DONE = "not done"
    WARNING = "warning"
    RELEASED = "released"
    KEPT = "kept for good"
    NOT_USED = "not used"
    REPLACED = "replaced"


@frozen
class Happening:
    """Something of the contract's life: on which day, of which clause ("": of none), in a sentence; ``period``: that whose result brought
    it, if any.
    """

    day: date
    what: What
    clause: str
    words: str
    period: Period | None = None
    members: tuple[tuple[str, str], ...] = ()
    """Of a clause for each member: for which, by list."""
    about: Period | None = None
    """The period for which something was to be done, whenever it was or was not."""


@frozen
class Statement:
    """All lines, in the order of period, clause and party; what each pair of parties owes; what is still open.

    ``holidays``: the days that were not counted as working days, where any deadline counts those.
    """

    contract: str
    version: str
    currency: str
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    working_days: str | None
    holidays: tuple[tuple[date, str], ...]
    guarantees: tuple[GuaranteeFinding, ...] = ()
    happenings: tuple[Happening, ...] = ()
    """What happened in the contract's life, by day."""
    bookings: tuple[Booking, ...] = ()
    """All that was booked, by day; and what is to be booked next."""
    as_of: date | None = None
    """The day at whose end the record was read; None: there is none."""
    inputs: Inputs | None = None
    """What it was settled from; None: from what stands in no file."""
    nets: tuple[Net, ...] = ()
    """What is to be paid day by day, where the contract says that amounts due on the same day are netted; else nothing."""
    settled_to: date | None = None
    """The last day of the last period for which anything has arrived, where later periods were left out for that reason; None where nothing
    has arrived at all."""
    linked: tuple[LinkedStatement, ...] = ()
    """What the contracts that this one reads come to."""
    together: tuple[Total, ...] = ()
    """What each party pays each other one under all of them, by their names in full; nothing where there is one contract only, or where
    they are in several currencies.
    """


@frozen
class LinkedStatement:
    """The statement of a contract that another reads, by what it calls it."""

    name: str
    statement: Statement
