"""A whole contract in the calculus: what arrives, what is worked out, what flows."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from vbclang.calendar.deadlines import Deadline
from vbclang.calendar.grid import Grid
from vbclang.calendar.months import add_months
from vbclang.core.examples import Example
from vbclang.core.nodes import Cond, Expr, PercentileMethod
from vbclang.core.provisions import Provision
from vbclang.core.record import Due, Stage, Told
from vbclang.source import Span
from vbclang.types.kinds import Grain, Kind, Type


@frozen
class Member:
    """One member of an axis: its name in the contract and the codes by which data know it (the name is always one)."""

    name: str
    codes: tuple[str, ...] = ()
    title: str = ""


@frozen
class Axis:
    """A party class, a group or a list. ``open``: its members are those that the data name (a party class with ``one for each``)."""

    name: str
    members: tuple[Member, ...]
    open: bool = False


# -- what arrives ------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class BlankRule:
    """What an empty cell is: ``never`` (a fault), ``missing`` (not reported) or ``value`` (then ``value``; for yes/no 1 or 0)."""

    what: Literal["never", "missing", "value"]
    value: Fraction | None = None


@frozen(eq=False, repr=False, slots=False)
class CodeRule:
    """What a code in a cell stands for: ``value`` None is not reported; a category's place, 1 or 0 for yes/no, a number."""

    code: str
    value: Fraction | None


@frozen(eq=False, repr=False, slots=False)
class ColumnDeclaration:
    """A column of a keyed file that feeds the input ``key`` (None: it is only checked). ``heading``: as it stands in the file.
    ``fraction``: a percentage written 0.842 (else ``84.2`` or ``84.2%``).
    """

    key: str | None
    name: str
    heading: str
    kind: Kind
    fraction: bool
    blank: BlankRule
    codes: tuple[CodeRule, ...]
    span: Span


@frozen(eq=False, repr=False, slots=False)
class KeyColumn:
    """A column that names a member of ``axis``, or (``axis`` None) the period, or a day in it."""

    axis: str | None
    name: str
    heading: str
    span: Span


@frozen(eq=False, repr=False, slots=False)
class WideColumns:
    """A column for each member of ``axis``, its heading the member's code; feeds the input ``key``."""

    axis: str
    column: ColumnDeclaration


@frozen(eq=False, repr=False, slots=False)
class KeyedFile:
    """One row for each combination of the key columns, and period where ``grain`` is finer than the term."""

    name: str
    file: str
    keys: tuple[KeyColumn, ...]
    grain: Grain
    columns: tuple[ColumnDeclaration, ...]
    wide: tuple[WideColumns, ...]
    span: Span


@frozen(eq=False, repr=False, slots=False)
class RowColumn:
    """A column of rows. ``blank``: what an empty cell does: ``never`` (the row is rejected), ``leaves out`` (the measures that use the
    column leave the row out), ``not met`` (a condition on it is not), ``may`` (the same, and nothing is lacking) or ``value`` (that stands
    for it). ``axis``: the list or class of parties whose member it names; ``dates``: the row's day; ``identifies``: no two rows have the
    same.
    """

    name: str
    heading: str
    kind: Kind
    fraction: bool
    blank: Literal["never", "leaves out", "not met", "may", "value"]
    value: Fraction | None
    codes: tuple[CodeRule, ...]
    axis: str | None
    dates: bool
    identifies: bool
    span: Span


@frozen(eq=False, repr=False, slots=False)
class RowFile:
    """Data in rows, of which measures count some. ``complete``: the part of the rows that must have no blank, which the line ``rule`` asks
    for; None: not said.
    """

    name: str
    file: str
    columns: tuple[RowColumn, ...]
    complete: Fraction | None
    span: Span
    rule: Span | None = None


@frozen(eq=False, repr=False, slots=False)
class RowTally:
    """What is worked out from rows for the input ``key``: for each period of its grain, by ``dated``, and each member of its axes.

    ``of``: what is added up or compared, ``where``: which rows; both over the columns of ``rows`` as inputs (see `row_key`). Rows for which
    ``excluding`` holds, or with a blank in one of ``left_out``, do not count; more than ``most_excluded`` of the rows excluded makes the
    figure unfit. ``completeness``: of all rows, the part that has no blank.
    """

    key: str
    rows: str
    aggregate: Literal["count", "total", "lowest", "highest", "completeness"] | PercentileMethod
    of: Expr | None
    where: Cond | None
    excluding: Cond | None
    most_excluded: Fraction | None
    left_out: tuple[str, ...]
    dated: str
    span: Span


def row_key(rows: str, column: str) -> str:
    """The input that stands for a column in what is said of each row."""
    return f"{rows}.{column}"


@frozen(eq=False, repr=False, slots=False)
class WorkedOutFigure:
    """A measure whose figure may arrive worked out, in ``figures.csv``: ``numerator``/``denominator`` keys where it is a share or a
    ratio (a row may give a plain value instead, fed to ``value``), else ``value`` alone.

    ``value``, ``numerator`` and ``denominator`` are input keys; each has the measure's axes and grain.
    """

    name: str
    value: str
    numerator: str | None
    denominator: str | None
    span: Span


@frozen
class Known:
    """When a figure is known: by ``due`` after the period of ``grain`` that contains its own (or, where rows are followed up, the day that
    lies ``follow_up`` days or months after it), and ``checking`` days more.
    """

    due: Deadline
    grain: Grain
    checking: int = 0
    checking_unit: Literal["day", "working day"] = "working day"
    follow_up: int = 0
    follow_up_unit: Literal["day", "month"] = "month"

    def followed_up(self, last_day: date) -> date:
        """The day on which the follow-up of a period's last day ends."""
        return last_day + timedelta(days=self.follow_up) if self.follow_up_unit == "day" else add_months(last_day, self.follow_up)


@frozen(eq=False, repr=False, slots=False)
class InputDeclaration:
    """A figure that arrives. ``lowest`` and ``highest``: its declared domain (None: open). ``carried_out``: False for what this version
    checks but does not work out: its state is `NOT_CARRIED_OUT`, always. ``history``: so many periods before the term it arrives for too.
    ``told``: by the record, so that it is never missing for want of a report (see `Program.told`).
    """

    key: str
    name: str
    type: Type
    lowest: Fraction | None
    highest: Fraction | None
    span: Span
    known: Known | None = None
    may_be_unfit: bool = False
    carried_out: bool = True
    history: int = 0
    told: bool = False


@frozen(eq=False, repr=False, slots=False)
class EventDeclaration:
    """What a party notifies: ``by`` whom and ``to`` whom, for each member of ``axes``, with columns of its own."""

    name: str
    axes: tuple[str, ...]
    columns: tuple[ColumnDeclaration, ...]
    by: str | None
    to: str | None
    span: Span


# -- what is worked out ------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Figure:
    """A named figure or condition. ``part``: something that a measure is worked out from and the contract does not name. ``definition``: a
    measure's line that says what it measures.
    """

    name: str
    what: Literal["measure", "term", "schedule", "data", "baseline", "part"]
    type: Type
    body: Expr | Cond
    span: Span
    better: Literal["higher", "lower"] | None = None
    definition: Span | None = None


# -- what flows --------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class PartyPlace:
    """Who pays or is paid: a party by name; each member of ``axis`` for itself (``each``); or all members together, divided."""

    name: str
    axis: str | None
    each: bool


@frozen(eq=False, repr=False, slots=False)
class Limit:
    """``to`` over each ``window`` (None: each amount alone), for both signs or one. ``over`` are axes summed under one limit (the flow's
    other axes have one each). ``carried``: what is above it is added to the next window's first amount. ``together``: the flows that
    share it; those named first are paid first.
    """

    way: Literal["both", "gain", "loss"]
    to: Expr
    window: Grain | None
    over: frozenset[str]
    span: Span
    carried: bool = False
    together: tuple[str, ...] = ()


Bearer: TypeAlias = int | Literal["the others", "the other party"]
"""Who bears what is above members' limits: a member by place, the others in proportion to their shares, or nobody: it is not paid."""


@frozen(eq=False, repr=False, slots=False)
class Shares:
    """A share for each member of the payees' (or payers') axis, by place. They make 1; where they do not, nothing is divided.

    ``gains``, ``losses``: for each member the most that it gets or bears of amounts above and below 0 (None: any), over each ``window``
    (None: of each amount). ``bearer``: who bears what is above them.
    """

    axis: str
    members: tuple[Expr, ...]
    gains: tuple[Expr | None, ...]
    losses: tuple[Expr | None, ...]
    bearer: Bearer
    window: Grain | None = None

    @property
    def read(self) -> tuple[Expr, ...]:
        """All that a division is worked out from: the shares and their limits, each once."""
        return tuple(dict.fromkeys((*self.members, *(limit for limit in (*self.gains, *self.losses) if limit is not None))))


@frozen(eq=False, repr=False, slots=False)
class PartPeriod:
    """What a part period does."""

    rule: Literal["pro rata by days", "in full", "nothing"]


@frozen(eq=False, repr=False, slots=False)
class Flow:
    """A clause that moves money, in the order of working of SEMANTICS 4.1.

    ``of``: the amount (money). ``earned``: a share of it, rules for missing figures already in it. ``applies``: the condition, likewise.
    ``unrecovered_…``: the same before such rules, for saying why. ``grain``: each period of it (``TERM``: once). ``instalments``: the
    amount is a year's (or the term's) and falls due in this many. ``floor``: ``not below``. ``unit``: the smallest step of money to which
    it is rounded. ``due_grain``: the period after whose end ``due`` counts. ``readers``: the measures that decide it.
    """

    key: str
    number: str
    name: str
    kind: Literal["payment", "incentive", "sanction", "withholding", "share", "repayment"]
    grain: Grain
    axes: frozenset[str]
    payer: PartyPlace
    payee: PartyPlace
    of: Expr
    earned: Expr | None
    applies: Cond | None
    unrecovered_earned: Expr | None
    unrecovered_applies: Cond | None
    instalments: int | None
    part_period: PartPeriod | None
    unit: Fraction
    direction: Literal["half up", "up", "down"]
    signed: bool
    floor: Expr | None
    limits: tuple[Limit, ...]
    shares: Shares | None
    due: Deadline | None
    currency: str
    held: bool
    span: Span
    due_grain: Grain | None = None
    survives: bool = False
    waived_by: str | None = None
    readers: tuple[str, ...] = ()

    def roots(self, *, before_rules: bool = False) -> tuple[Expr | Cond, ...]:
        """All that the flow is worked out from; with ``before_rules`` as it is without the rules for missing figures."""
        earned, applies = (self.unrecovered_earned, self.unrecovered_applies) if before_rules else (self.earned, self.applies)
        return tuple(root for root in (self.of, earned, applies, *self.bounds) if root is not None)

    @property
    def bounds(self) -> tuple[Expr, ...]:
        """All that cuts or divides the amount: its lowest amount, limits, shares and their limits."""
        shares = () if self.shares is None else self.shares.read
        return (*(() if self.floor is None else (self.floor,)), *(limit.to for limit in self.limits), *shares)


@frozen(eq=False, repr=False, slots=False)
class Guarantee:
    """A condition that must hold in every period (and for every member), where ``assuming`` holds (None: always)."""

    name: str
    condition: Cond
    assuming: Cond | None
    span: Span


@frozen(eq=False, repr=False, slots=False)
class Program:
    """All of a contract. Dictionaries keep the order of the text. ``parties``: each with its name in full."""

    name: str
    grid: Grid
    currency: str
    axes: dict[str, Axis]
    inputs: dict[str, InputDeclaration]
    files: tuple[KeyedFile, ...]
    worked_out: tuple[WorkedOutFigure, ...]
    figures: dict[str, Figure]
    flows: dict[str, Flow]
    parties: dict[str, str] = field(factory=dict)
    working_days: str | None = None
    """The place whose working days count."""
    examples: tuple[Example, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    row_files: tuple[RowFile, ...] = ()
    tallies: tuple[RowTally, ...] = ()
    events: dict[str, EventDeclaration] = field(factory=dict)
    told: dict[str, Told] = field(factory=dict)
    clauses: tuple[str, ...] = ()
    dues: dict[tuple[str, Stage], Due] = field(factory=dict)
    """What the record tells each input; all clauses, those too that move no money; when each delivery of data is due."""
    not_yet: tuple[tuple[str, Span], ...] = ()
    """What the contract says and this version checks, but does not carry out."""
    provisions: tuple[Provision, ...] = ()
