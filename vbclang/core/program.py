"""A whole contract in the calculus: what arrives, what is worked out, what flows."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from vbclang.calendar.deadlines import Deadline
from vbclang.calendar.grid import Grid
from vbclang.core.examples import Example
from vbclang.core.nodes import Cond, Expr, PercentileMethod
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


@frozen
class Known:
    """When a figure is known: by ``due`` after the period of ``grain`` that contains its own, and ``checking`` days more."""

    due: Deadline
    grain: Grain
    checking: int = 0
    checking_unit: Literal["day", "working day"] = "working day"


@frozen(eq=False, repr=False, slots=False)
class BlankRule:
    """What an empty cell is: ``never`` (reported as a fault, the figure is then not reported), ``missing`` (not reported),
    or ``value`` (then ``value`` says which; for yes/no 1 or 0).
    """

    what: Literal["never", "missing", "value"]
    value: Fraction | None = None


@frozen(eq=False, repr=False, slots=False)
class CodeRule:
    """What a code in a cell stands for: ``value`` None is not reported; a category's place, 1 or 0 for yes/no, a number."""

    code: str
    value: Fraction | None


@frozen(eq=False, repr=False, slots=False)
class ColumnDeclaration:
    """A column of a keyed file that feeds the input ``key`` (None: it is only checked).

    ``heading``: as it stands in the file. ``fraction``: a percentage written 0.842 (else ``84.2`` or ``84.2%``).
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
    """A column that names a member of ``axis``, or (``axis`` None) the period: ``2026-04``, ``Q1 2026/27``, or a day in it."""

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
    """One row for each combination of the key columns, and period where ``grain`` is finer than the term.

    ``due``: the final deadline (None where the contract owes none), for saying when it is known.
    """

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
    column leave the row out), ``not met`` (a condition on it is not), ``may`` (the same, and nothing is lacking) or ``value`` (then
    ``value`` stands for it).

    ``axis``: the list or class of parties whose member it names; ``dates``: the row's day; ``identifies``: no two rows have the same.
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
class Attribution:
    """To which member of ``axis`` each row of some data belongs: the one that most rows of the data ``by`` name in their column ``to``, of
    those that have the same in the column ``who`` as the row itself.

    Rows of ``by`` count in the period of ``window`` in which their ``dated`` lies, and decide for rows of that period alone; those for
    which ``where`` does not hold (None: all count), or with a blank in ``who``, in ``to`` or in a column of ``left_out``, do not count. Of
    members with as many the one with the latest ``latest`` has it (None: not said). Where that decides nothing the row belongs to nobody,
    and no measure counts it.
    """

    axis: str
    who: str
    by: str
    to: str
    where: Cond | None
    left_out: tuple[str, ...]
    dated: str
    window: Grain
    latest: str | None
    known: Known | None
    """When it is known: by the final delivery of ``by`` after the window has ended."""
    span: Span


@frozen(eq=False, repr=False, slots=False)
class RowFile:
    """Data in rows, of which measures count some. ``complete``: the part of the rows that must have no blank; None: not said.

    ``known``: when the final rows of a period are; None: the deadline counts from no period. ``attribution``: None where rows name
    themselves whose they are.
    """

    name: str
    file: str
    columns: tuple[RowColumn, ...]
    complete: Fraction | None
    known: Known | None
    span: Span
    attribution: Attribution | None = None


@frozen(eq=False, repr=False, slots=False)
class RowTally:
    """What is worked out from rows for the input ``key``: for each period of its grain, by ``dated``, and each member of its axes.

    ``of``: what is added up or compared, ``where``: which rows; both over the columns of ``rows`` as inputs (see `row_key`). The rows for
    which ``excluding`` holds, and those with a blank in a column of ``left_out``, do not count; more than ``most_excluded`` of the rows
    excluded makes the figure unfit.
    """

    key: str
    rows: str
    aggregate: Literal["count", "total", "lowest", "highest"] | PercentileMethod
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


@frozen(eq=False, repr=False, slots=False)
class InputDeclaration:
    """A figure that arrives. ``lowest`` and ``highest``: its declared domain (None: open)."""

    key: str
    name: str
    type: Type
    lowest: Fraction | None
    highest: Fraction | None
    span: Span
    known: Known | None = None
    attributed: tuple[str, Known] | None = None
    """The data by which the rows that feed it are attributed, and when that is known; None: they are not, or nobody can say."""
    may_be_unfit: bool = False
    carried_out: bool = True
    """False: it stands for what this version checks but does not work out; its state is `NOT_CARRIED_OUT`, always."""


# -- what is worked out ------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Figure:
    """A named figure: a measure, a term, a column of a schedule, or a condition with a name."""

    name: str
    what: Literal["measure", "term", "schedule", "data", "baseline", "part"]
    """``part``: something that a measure is worked out from and the contract does not name."""
    type: Type
    body: Expr | Cond
    span: Span
    better: Literal["higher", "lower"] | None = None


# -- what flows --------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class PartyPlace:
    """Who pays or is paid: a party by name; each member of ``axis`` for itself (``each``); or all members together, divided."""

    name: str
    axis: str | None
    each: bool


@frozen(eq=False, repr=False, slots=False)
class Limit:
    """``to`` over each ``window`` (None: each amount alone), for both signs or one. ``over`` are axes summed under one limit
    (the flow's other axes have a limit each).
    """

    way: Literal["both", "gain", "loss"]
    to: Expr
    window: Grain | None
    over: frozenset[str]
    span: Span


Bearer: TypeAlias = int | Literal["the others", "the other party"]
"""Who bears what is above the limits of members: a member (one without a limit) by place; the other members, in proportion to their
shares; or none of them, so that it stays with the other party and is not paid.
"""


@frozen(eq=False, repr=False, slots=False)
class Shares:
    """A share for each member of the payees' (or payers') axis, by place. They make 1; where they do not, nothing is divided.

    ``limits``: for each member, None: without. ``bearer``: who bears what is above them.
    """

    axis: str
    members: tuple[Expr, ...]
    limits: tuple[Expr | None, ...]
    bearer: Bearer


@frozen(eq=False, repr=False, slots=False)
class PartPeriod:
    """What a part period does to the amount."""

    rule: Literal["pro rata by days", "in full", "nothing"]


@frozen(eq=False, repr=False, slots=False)
class Flow:
    """A clause that moves money, in the order of working of SEMANTICS 4.1.

    ``of``: the amount (money). ``earned``: a share of it, rules for missing figures already in it. ``applies``: the condition,
    likewise. ``unrecovered_earned`` and ``unrecovered_applies`` are the same before such rules, for saying why.
    ``grain``: each period of it (``TERM``: once). ``instalments``: the amount is a year's (or the term's) and falls due in this many.
    ``floor``: ``not below``. ``unit``: the smallest step of money to which it is rounded. ``sign``: False where it must be at least 0.
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
    """The period after whose end ``due`` counts, where it counts from a period."""
    readers: tuple[str, ...] = ()
    """Names of the measures in ``earned by``, ``when`` and ``unless``: for saying which figure is wanting."""

    def roots(self, *, before_rules: bool = False) -> tuple[Expr | Cond, ...]:
        """All that the flow is worked out from; with ``before_rules`` what is earned and whether it applies as they are without the rules
        for missing figures.
        """
        earned, applies = (self.unrecovered_earned, self.unrecovered_applies) if before_rules else (self.earned, self.applies)
        return tuple(root for root in (self.of, earned, applies, *self.bounds) if root is not None)

    @property
    def bounds(self) -> tuple[Expr, ...]:
        """All that cuts or divides the amount: its lowest amount, limits, shares and their limits."""
        shares = () if self.shares is None else (*self.shares.members, *(limit for limit in self.shares.limits if limit is not None))
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
    """All of a contract. Dictionaries keep the order of the text."""

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
    """Party -> its name in full."""
    working_days: str | None = None
    """The place whose working days count."""
    examples: tuple[Example, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    row_files: tuple[RowFile, ...] = ()
    tallies: tuple[RowTally, ...] = ()
    not_yet: tuple[tuple[str, Span], ...] = ()
    """What the contract says and this version checks, but does not carry out."""
