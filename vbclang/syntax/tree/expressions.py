"""Expressions, conditions and bands. `Expr` and `Cond` are the unions that every pass matches over."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from vbclang.syntax.tree.base import Bad, Column, Name, Node, Quoted

PeriodWord: TypeAlias = Literal["month", "quarter", "year", "calendar quarter", "term"]
"""``year`` is the contract year: ``each year`` and ``each contract year`` say the same."""

SpanWord: TypeAlias = Literal["minute", "hour", "day", "working day", "week", "month", "quarter", "year"]
Side: TypeAlias = Literal["at least", "more than", "at most", "less than"]
Aggregate: TypeAlias = Literal["total", "average", "lowest", "highest", "number", "pooled", "latest"]
Direction: TypeAlias = Literal["half up", "up", "down"]


# -- literals ----------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Number(Node):
    """``1,742`` or ``0.01``; ``decimals`` as written."""

    value: Fraction
    decimals: int


@frozen(eq=False, repr=False, slots=False)
class Percentage(Node):
    """``5.0%``: ``value`` is 1/20, ``decimals`` (1) those of the percentage as written."""

    value: Fraction
    decimals: int


@frozen(eq=False, repr=False, slots=False)
class Points(Node):
    """``2.0 percentage points``: ``value`` is 1/50."""

    value: Fraction
    decimals: int


@frozen(eq=False, repr=False, slots=False)
class Money(Node):
    """``£24,000,000``, ``$1.5 million``, ``GBP 500.00``: ``currency`` is the ISO code ($ is USD)."""

    value: Fraction
    currency: str
    decimals: int


@frozen(eq=False, repr=False, slots=False)
class Quantity(Node):
    """A number with a unit: ``2 hours``, ``30 days``, ``6 months``, ``0.5 wte``. ``unit`` in the singular."""

    value: Fraction
    unit: str


@frozen(eq=False, repr=False, slots=False)
class Day(Node):
    """``1 April 2026``."""

    value: date


@frozen(eq=False, repr=False, slots=False)
class Period(Node):
    """``Q1 2026/27``, ``Q1 2026`` (``one_year``: only where contract years are calendar years),
    ``April 2026``, ``Contract Year 1`` (``number`` 1), ``Contract Year 2026/27`` (``number`` None).

    ``year`` is the calendar year in which the period (for a quarter: its contract year) begins; None for a numbered year.
    ``number``: the quarter 1 to 4, the month 1 to 12, or the contract year's number.
    """

    unit: Literal["month", "quarter", "year"]
    number: int | None
    year: int | None
    one_year: bool = False


@frozen(eq=False, repr=False, slots=False)
class NoneStated(Node):
    """``none`` or ``nothing``: the parties agreed that there is no such figure."""


@frozen(eq=False, repr=False, slots=False)
class YesNo(Node):
    """``yes`` or ``no``, in a cell of a table or after ``is``."""

    value: bool


# -- figures -----------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Baseline(Node):
    """``the baseline`` of the figure named before it."""


@frozen(eq=False, repr=False, slots=False)
class ForMember(Node):
    """``X for Safety``, ``X for its Track`` (``member`` an `Its`), ``X for "010001"``."""

    figure: Expr
    member: Name | Its | Quoted


@frozen(eq=False, repr=False, slots=False)
class Its(Node):
    """``its X``: of the member or row that is being spoken of."""

    name: Name


@frozen(eq=False, repr=False, slots=False)
class In(Node):
    """``X in Contract Year 1``, ``X in Q1 2026/27``; or of a linked contract, ``X in Acute Services`` (a `Name`)."""

    figure: Expr
    place: Period | Name


@frozen(eq=False, repr=False, slots=False)
class Call(Node):
    """``Blended (A, B)``."""

    formula: Name
    arguments: tuple[Expr, ...]


@frozen(eq=False, repr=False, slots=False)
class AmountOf(Node):
    """``amount of clause X`` · ``amount of clause X in Acute Services``, a linked contract."""

    clause: Name
    contract: Name | None


@frozen(eq=False, repr=False, slots=False)
class TotalOfKind(Node):
    """``total of sanctions``: of all flows of one kind, ``kind`` in the singular."""

    kind: str


@frozen(eq=False, repr=False, slots=False)
class CompletenessOf(Node):
    """``completeness of DATA``."""

    data: Name


@frozen(eq=False, repr=False, slots=False)
class LatenessOf(Node):
    """``lateness of final DATA``; ``stage`` None where it is not said."""

    stage: Literal["provisional", "final"] | None
    data: Name


@frozen(eq=False, repr=False, slots=False)
class DateOf(Node):
    """``date of EVENT``."""

    event: Name


@frozen(eq=False, repr=False, slots=False)
class EffectiveDateOf(Node):
    """``effective date of clause X``."""

    clause: Name


# -- arithmetic --------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Arithmetic(Node):
    """``A + B`` and the other three; ``sign`` is one of ``+ - * /``."""

    sign: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr


@frozen(eq=False, repr=False, slots=False)
class Of(Node):
    """``6.0% of Annual Value``; ``price of EVENT`` (``share`` is then a `Column`)."""

    share: Expr
    whole: Expr


@frozen(eq=False, repr=False, slots=False)
class ChangedBy(Node):
    """``E increased by P``, ``E reduced by P``."""

    figure: Expr
    way: Literal["increased", "reduced"]
    by: Expr


@frozen(eq=False, repr=False, slots=False)
class Choice(Node):
    """``E if C, otherwise E``."""

    then: Expr
    condition: Cond
    otherwise: Expr


@frozen(eq=False, repr=False, slots=False)
class Limited(Node):
    """``E, but not less than A and not more than B``; at least one of the two is there."""

    figure: Expr
    least: Expr | None
    most: Expr | None


@frozen(eq=False, repr=False, slots=False)
class Extreme(Node):
    """``the lesser of A and B``, ``the greater of``; ``reported``: of those that are reported."""

    way: Literal["lesser", "greater"]
    reported: bool
    figures: tuple[Expr, ...]


@frozen(eq=False, repr=False, slots=False)
class RoundingRule(Node):
    """``to 2 decimal places, half up`` · ``to a whole number, down`` · ``to £0.01, half up``.

    ``to`` is the number of decimal places (0: a whole number) or a sum of money to the multiple of which is rounded.
    """

    to: int | Money
    direction: Direction


@frozen(eq=False, repr=False, slots=False)
class Rounded(Node):
    """``E, rounded to …``."""

    figure: Expr
    rule: RoundingRule


@frozen(eq=False, repr=False, slots=False)
class ForEachStep(Node):
    """``£2,000 for each complete 0.01 by which X exceeds 1.05`` · ``£10,000 for each complete week of E``.

    ``part`` is ``complete``, ``or part``, or None where the author did not say (an error later). ``figure`` is what is counted,
    `Exceeding` in the first form.
    """

    price: Expr
    part: Literal["complete", "or part"] | None
    step: Number | Percentage | Points | Money | Quantity
    figure: Expr


@frozen(eq=False, repr=False, slots=False)
class Exceeding(Node):
    """``amount by which X exceeds Y``; 0 where it does not."""

    figure: Expr
    threshold: Expr


@frozen(eq=False, repr=False, slots=False)
class AsPercentOf(Node):
    """``X as % of Y``."""

    part: Expr
    whole: Expr


@frozen(eq=False, repr=False, slots=False)
class ChangeFrom(Node):
    """``fall in X from the baseline as % of the baseline``; ``as_percent_of`` None: an absolute change."""

    way: Literal["fall", "rise", "change"]
    figure: Expr
    base: Expr
    as_percent_of: Expr | None


@frozen(eq=False, repr=False, slots=False)
class MissingAs(Node):
    """``X, or 0 if not reported``."""

    figure: Expr
    value: Expr


# -- members and time --------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Percentile(Node):
    """``75th percentile by nearest rank``; ``method`` None where it is not said (an error later)."""

    rank: Fraction
    method: Literal["nearest rank", "interpolation", "averaging at a step"] | None


@frozen(eq=False, repr=False, slots=False)
class Over(Node):
    """``over every other Measure in the Domain where C`` · ``over Providers`` · ``over Crisis Referrals where C``.

    ``every`` tells the first from the others; ``within`` is the Domain of ``in the Domain``.
    """

    every: bool
    other: bool
    of: Name
    within: Name | None
    where: Cond | None


@frozen(eq=False, repr=False, slots=False)
class OverMembers(Node):
    """``average of at least 2 reported X weighted by W over every L``.

    ``least_reported``: None (strict), 1 for plain ``reported``, N for ``at least N reported``.
    """

    aggregate: Aggregate | Percentile
    least_reported: int | None
    figure: Expr
    weights: Expr | None
    over: Over


@frozen(eq=False, repr=False, slots=False)
class NumberWhere(Node):
    """``number of Domain where C`` · ``number of Crisis Referrals`` · ``number of rows of …``: how many there are."""

    of: Name
    where: Cond | None


@frozen(eq=False, repr=False, slots=False)
class Window(Node):
    """``over the last 4 quarters`` · ``the first 4 quarters`` · ``the contract year to date`` · ``the term``.

    ``which`` is ``last``, ``first``, ``whole`` or ``to date``; ``count`` is there for the first two.
    """

    which: Literal["last", "first", "whole", "to date"]
    count: int | None
    unit: PeriodWord


@frozen(eq=False, repr=False, slots=False)
class OverTime(Node):
    """``average of X over the last 4 quarters``; ``least_reported`` as in `OverMembers`."""

    aggregate: Aggregate
    figure: Expr
    window: Window
    least_reported: int | None = None


@frozen(eq=False, repr=False, slots=False)
class Previous(Node):
    """``previous X`` (``unit`` None), ``previous year's X``."""

    unit: PeriodWord | None
    figure: Expr


@frozen(eq=False, repr=False, slots=False)
class StartingWith(Node):
    """``£24,000,000 in Contract Year 1, then previous Annual Value increased by …``."""

    first: Expr
    period: Period
    then: Expr


@frozen(eq=False, repr=False, slots=False)
class Between(Node):
    """``complete months from D to D``; ``unit`` in the singular, ``complete`` False for ``months or part``."""

    complete: bool
    unit: SpanWord
    start: Expr
    end: Expr


# -- conditions --------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Bound(Node):
    """One side of an interval: ``at least 80.0%``."""

    side: Side
    value: Expr


@frozen(eq=False, repr=False, slots=False)
class Interval(Node):
    """``at least 80.0% but less than 90.0%``, one bound or two; or ``5,000 to 5,999`` on whole numbers (``whole``)."""

    bounds: tuple[Bound, ...]
    whole: tuple[Number, Number] | None = None


@frozen(eq=False, repr=False, slots=False)
class Within(Node):
    """``X is at least A but less than B``."""

    figure: Expr
    interval: Interval


@frozen(eq=False, repr=False, slots=False)
class Is(Node):
    """``X is E`` · ``X is not E`` · ``Track is one of Basic A or Basic B`` (several ``values``)."""

    figure: Expr
    negated: bool
    values: tuple[Expr, ...]


@frozen(eq=False, repr=False, slots=False)
class Apart(Node):
    """``X is at least 2.0 percentage points below Y`` · ``at least 20% below Y`` · ``D is at most 12 months after D``."""

    figure: Expr
    side: Side
    distance: Expr
    way: Literal["below", "above", "before", "after"]
    base: Expr


@frozen(eq=False, repr=False, slots=False)
class Directed(Node):
    """``X is at least as good as T`` and the others; by the measure's direction."""

    figure: Expr
    relation: Literal["at least as good as", "better than", "worse than", "not better than"]
    threshold: Expr


@frozen(eq=False, repr=False, slots=False)
class OnDay(Node):
    """``D is on or before D``."""

    figure: Expr
    relation: Literal["on", "on or before", "on or after", "before", "after"]
    day: Expr


@frozen(eq=False, repr=False, slots=False)
class And(Node):
    """``A and B and C``."""

    parts: tuple[Cond, ...]


@frozen(eq=False, repr=False, slots=False)
class Or(Node):
    """``A or B or C``."""

    parts: tuple[Cond, ...]


@frozen(eq=False, repr=False, slots=False)
class Not(Node):
    """``not C``."""

    part: Cond


@frozen(eq=False, repr=False, slots=False)
class Consecutive(Node):
    """``C for 3 consecutive months``."""

    condition: Cond
    count: int
    unit: PeriodWord | Literal["day"]


@frozen(eq=False, repr=False, slots=False)
class AtLeastOfAny(Node):
    """``C in at least 4 of any 6 months``."""

    condition: Cond
    least: int
    window: int
    unit: PeriodWord


@frozen(eq=False, repr=False, slots=False)
class ForMembers(Node):
    """``C for each Domain``, ``C for any Domain``, ``C for each of Providers``."""

    condition: Cond
    which: Literal["each", "any"]
    of: Name


@frozen(eq=False, repr=False, slots=False)
class EventState(Node):
    """``EVENT has occurred`` · ``EVENT is in force``."""

    event: Name
    state: Literal["has occurred", "is in force"]


@frozen(eq=False, repr=False, slots=False)
class ClauseState(Node):
    """``clause X applies`` · ``clause X is breached``."""

    clause: Name
    state: Literal["applies", "is breached"]


@frozen(eq=False, repr=False, slots=False)
class Reported(Node):
    """``X is reported`` · ``X is not reported``."""

    figure: Expr
    negated: bool


@frozen(eq=False, repr=False, slots=False)
class Blank(Node):
    """``column is blank`` · ``column is not blank``."""

    column: Expr
    negated: bool


@frozen(eq=False, repr=False, slots=False)
class During(Node):
    """``in Contract Year 1`` · ``in Contract Years 2 to 3``: by the calendar alone."""

    first: Period
    last: Period


@frozen(eq=False, repr=False, slots=False)
class Flag(Node):
    """A yes/no column or term standing as a condition: ``where cancelled``, ``if its Guardrail``."""

    figure: Expr


# -- bands -------------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Otherwise(Node):
    """The row for all that no other row names."""


@frozen(eq=False, repr=False, slots=False)
class Line(Node):
    """``in a straight line from 3.9% to 3.6%``; with ``at`` where the measure's values are named:
    ``in a straight line from 0% at 55.0% to 100% at 75.0%, flat beyond``.
    """

    start: Expr
    end: Expr
    start_at: Expr | None
    end_at: Expr | None
    flat_beyond: bool


@frozen(eq=False, repr=False, slots=False)
class BandRow(Node):
    """``at least 90.0%: 100%``."""

    band: Interval | Otherwise
    result: Expr | Line


@frozen(eq=False, repr=False, slots=False)
class Bands(Node):
    """``by X`` and its rows, or one straight line. ``mode`` is None where the author did not say; ``slices`` is ``each rate only on
    the part inside its band, counted from £0`` (``counted_from``), ``whole`` is ``one rate on the whole``.
    """

    figure: Expr
    mode: Literal["whole", "slices"] | None
    counted_from: Expr | None
    rows: tuple[BandRow, ...]
    line: Line | None


Expr: TypeAlias = (
    Bad
    | Name
    | Column
    | Quoted
    | Number
    | Percentage
    | Points
    | Money
    | Quantity
    | Day
    | Period
    | NoneStated
    | YesNo
    | Baseline
    | ForMember
    | Its
    | In
    | Call
    | AmountOf
    | TotalOfKind
    | CompletenessOf
    | LatenessOf
    | DateOf
    | EffectiveDateOf
    | Arithmetic
    | Of
    | ChangedBy
    | Choice
    | Limited
    | Extreme
    | Rounded
    | ForEachStep
    | Exceeding
    | AsPercentOf
    | ChangeFrom
    | MissingAs
    | OverMembers
    | NumberWhere
    | OverTime
    | Previous
    | StartingWith
    | Between
)

Cond: TypeAlias = (
    Bad
    | Within
    | Is
    | Apart
    | Directed
    | OnDay
    | And
    | Or
    | Not
    | Consecutive
    | AtLeastOfAny
    | ForMembers
    | EventState
    | ClauseState
    | Reported
    | Blank
    | During
    | Flag
)
