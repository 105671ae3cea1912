"""The calculus: the few nodes that all sugar ends in (SEMANTICS section 9).

Every node carries its `Type`, so that no later pass asks the tree what a figure is, and its `span`, so that every figure can be
traced to the words that it comes from. Nodes are compared by identity; a node that stands in two places is one node.

The grain of a node's type says in which periods it is worked out; what is finer reads it from there. It is part of the meaning
(`Coarsen` takes together what lies in a period of its own grain), so it is never changed on a node that is made: where a figure is
to be had in finer periods, the type of the `Figure` alone says so.

Figures are exact rationals. A figure that is missing has a reason (`State`) instead. A condition is yes, no, or unknown with a
reason.
"""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from vbclang.source import Span
from vbclang.types.kinds import Grain, Type


class State(IntEnum):
    """Whether there is a value and, if not, why. Of several reasons the largest holds."""

    VALUE = 0
    TOO_SMALL = 1
    UNFIT = 2
    NOT_REPORTED = 3
    NO_BAND = 4
    """A known figure lies in no band, or in two (thresholds that are worked out have crossed). The contract says nothing for it, so it is
    no missing figure: no rule for missing figures applies to it, nothing leaves it out, and nothing counts it as not reported. Whatever
    rests on it is not determined."""

    NOT_SHOWN = 5
    """It rests on a count that is used but not shown: the state of a figure where it is told (`Evaluation.shown`), never where it is
    settled. No rule applies to it either, so that nothing that rests on such a count is told."""

    @property
    def words(self) -> str:
        """As a statement says it."""
        return (
            "reported",
            "too small",
            "unfit",
            "not reported",
            "in no band, or in two",
            "not shown",
        )[self.value]

    @property
    def is_unruled(self) -> bool:
        """Whether no rule for missing figures applies."""
        return self >= State.NO_BAND


NOT_AMONG_REPORTED = frozenset({State.NOT_REPORTED, State.TOO_SMALL})
"""What is left out where a figure is taken `of the reported ones`."""


@frozen(eq=False, repr=False, slots=False)
class CoreNode:
    """Type and place of every node."""

    type: Type
    span: Span


# -- leaves ------------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Const(CoreNode):
    """A figure written in the contract. A date is its ordinal, a category the place of its member, from 0."""

    value: Fraction


@frozen(eq=False, repr=False, slots=False)
class Input(CoreNode):
    """A figure that arrives: ``key`` names one of the program's `InputDeclaration`s."""

    key: str


@frozen(eq=False, repr=False, slots=False)
class Ref(CoreNode):
    """A named figure of the program (a measure, a term, a column of a schedule), read as it stands."""

    figure: str


@frozen(eq=False, repr=False, slots=False)
class AmountOf(CoreNode):
    """The amount of a flow after its limits, before division: signed for a share."""

    flow: str


# -- arithmetic: strict (missing in, missing out; the worst reason) ----------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Arith(CoreNode):
    """``+ - * /``. Division by zero makes the result too small."""

    sign: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr


@frozen(eq=False, repr=False, slots=False)
class Extreme(CoreNode):
    """The lesser or greater. Strict; with ``reported`` of those that are neither not reported nor too small (an unfit one still makes
    it unfit), and not reported where none is left.
    """

    way: Literal["lesser", "greater"]
    reported: bool
    operands: tuple[Expr, ...]


@frozen(eq=False, repr=False, slots=False)
class Round(CoreNode):
    """To a multiple of ``unit`` (above 0): the nearest, half away from zero; up, away from zero; down, towards zero. Payer and payee see
    the same figure, whichever of them it is written for. ``rule``: the line that asks for it; None: steps are counted, whole ones or begun.
    """

    operand: Expr
    unit: Fraction
    direction: Literal["half up", "up", "down"]
    rule: Span | None = None


@frozen(eq=False, repr=False, slots=False)
class Ratio(CoreNode):
    """Numerator over denominator; too small where the denominator is 0 or below ``least``, which the line ``rule`` asks for."""

    numerator: Expr
    denominator: Expr
    least: int | None
    rule: Span | None = None


# -- choice ------------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Choose(CoreNode):
    """``then`` where the condition holds, ``otherwise`` where it does not; where it is unknown: missing, for the condition's reason."""

    condition: Cond
    then: Expr
    otherwise: Expr


@frozen(eq=False, repr=False, slots=False)
class Case:
    """A line of `FirstOf`."""

    condition: Cond
    value: Expr


@frozen(eq=False, repr=False, slots=False)
class FirstOf(CoreNode):
    """The first line whose condition holds. A line whose condition is unknown makes the result missing, unless its value and those of
    all lines that could still apply are the same.
    """

    cases: tuple[Case, ...]
    otherwise: Expr


@frozen(eq=False, repr=False, slots=False)
class StraightLine:
    """From ``start`` at ``start_at`` to ``end`` at ``end_at``, flat beyond both."""

    start_at: Expr
    start: Expr
    end_at: Expr
    end: Expr


@frozen(eq=False, repr=False, slots=False)
class Piece:
    """A band: ``low``/``high`` None is open. ``low_counts``: the figure ``low`` itself is in the band."""

    low: Expr | None
    low_counts: bool
    high: Expr | None
    high_counts: bool
    result: Expr | StraightLine
    span: Span


@frozen(eq=False, repr=False, slots=False)
class Piecewise(CoreNode):
    """Bands. ``slices_from`` None: the result of the band in which the subject lies (``otherwise``: in none of them; None: the
    checker has shown that this cannot be, or `NO_BAND`). Bands with constant thresholds do not overlap; a subject that lies in two whose
    thresholds are worked out is `NO_BAND`. Else slices: the sum, over the bands, of rate times the part of the subject that lies in the
    band, counted from ``slices_from``, and of ``otherwise`` times what is left over; `NO_BAND` where parts overlap, or are left over
    without ``otherwise``.
    """

    subject: Expr
    pieces: tuple[Piece, ...]
    otherwise: Expr | StraightLine | None
    slices_from: Expr | None
    otherwise_span: Span | None = None
    """The row of ``otherwise``."""


@frozen(eq=False, repr=False, slots=False)
class Interpolate(CoreNode):
    """A straight line over a figure, clamped at both ends."""

    subject: Expr
    line: StraightLine


# -- missing becomes known ---------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Recover(CoreNode):
    """``operand``, but ``instead`` where it is missing for one of ``states``, as the line ``rule`` says."""

    operand: Expr
    states: frozenset[State]
    instead: Expr
    rule: Span | None = None


@frozen(eq=False, repr=False, slots=False)
class RecoverCondition(CoreNode):
    """The same for a condition: where it is unknown for one of ``states``, ``instead``."""

    operand: Cond
    states: frozenset[State]
    instead: Cond
    rule: Span | None = None


@frozen(eq=False, repr=False, slots=False)
class LastKnown(CoreNode):
    """The operand of this period or, where it is missing for one of ``states``, the latest earlier value; not reported if there is
    none.
    """

    operand: Expr
    states: frozenset[State] = frozenset({State.NOT_REPORTED})
    rule: Span | None = None


@frozen(eq=False, repr=False, slots=False)
class NextResult(CoreNode):
    """The operand of this period or, where it is missing for one of ``states``, the earliest later value; where there is none it stays
    missing. The one node that reads later periods: what small numbers that are carried come to (the semantics, 2.10).
    """

    operand: Expr
    states: frozenset[State]
    rule: Span | None = None


# -- time --------------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Prev(CoreNode):
    """The operand ``back`` periods (of ``grain``, the operand's own) earlier; ``initial`` where there is no such period; where that is
    None: not reported. Evaluated in a place of the same or a finer grain.
    """

    operand: Expr
    grain: Grain
    back: int
    initial: Expr | None


@frozen(eq=False, repr=False, slots=False)
class Windowed(CoreNode):
    """An aggregate over the ``count`` periods that end with this one (``which`` last), the first ``count`` of the term (first), or
    those of the ``within`` grain that contains this one up to this one (to date). ``grain`` is the operand's; ``fewer``: fewer at
    the start are enough, else not reported. ``least_reported``: as in `Over`.
    """

    aggregate: Literal["total", "average", "lowest", "highest", "latest"]
    operand: Expr
    grain: Grain
    which: Literal["last", "first", "to date"]
    count: int | None
    within: Grain | None
    fewer: bool
    least_reported: int | None = None


@frozen(eq=False, repr=False, slots=False)
class Coarsen(CoreNode):
    """An aggregate over the finer periods (``grain``, the operand's) in each period of this node's own grain. ``least_reported``: as in
    `Over`.
    """

    aggregate: Literal["total", "average", "lowest", "highest", "latest"]
    operand: Expr
    grain: Grain
    least_reported: int | None = None


@frozen(eq=False, repr=False, slots=False)
class MonthsBetween(CoreNode):
    """The number of months from the date ``start`` to the date ``end`` by the corresponding-date rule: ``complete`` ones, or with a part
    counted as one. Below 0 where ``end`` is before ``start``. Strict.
    """

    start: Expr
    end: Expr
    complete: bool


@frozen(eq=False, repr=False, slots=False)
class DateMoved(CoreNode):
    """The date ``count`` days or months later, earlier where below 0; months run to the corresponding date. Strict."""

    operand: Expr
    count: int
    unit: Literal["day", "month"]


@frozen(eq=False, repr=False, slots=False)
class AtPeriod(CoreNode):
    """The operand in one stated period of ``grain``: ``index`` counts from 0, the first of the term."""

    operand: Expr
    grain: Grain
    index: int


# -- members -----------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class At(CoreNode):
    """The operand for one member of ``axis``, by its place."""

    operand: Expr
    axis: str
    member: int


@frozen(eq=False, repr=False, slots=False)
class Via(CoreNode):
    """The operand for the member of ``axis`` that ``by`` (a category) names: ``X for its Track``. Missing where ``by`` is."""

    operand: Expr
    axis: str
    by: Expr


@frozen(eq=False, repr=False, slots=False)
class ByMember(CoreNode):
    """A figure stated for each member of ``axis``, by its place: a schedule's column, a definition by member. None: there is none for
    that member, so the figure is not reported there (the checker asks that it be guarded).
    """

    axis: str
    values: tuple[Expr | None, ...]


@frozen(eq=False, repr=False, slots=False)
class SameMember(CoreNode):
    """A category: each member of ``axis`` itself. ``Via(x, axis, SameMember(axis))`` is ``x``."""

    axis: str


@frozen(eq=False, repr=False, slots=False)
class PercentileMethod:
    """The q-th percentile (0 < q <= 100) by a stated method."""

    rank: Fraction
    method: Literal["nearest rank", "interpolation", "averaging at a step"]


@frozen(eq=False, repr=False, slots=False)
class Over(CoreNode):
    """An aggregate that removes ``axis``. ``where`` leaves members out (unknown: strict missing, or left out with ``least_reported``).

    ``into`` and ``by``: group the members of ``axis`` by the category ``by`` (it has the axis) into the axis ``into``, which the result
    then has: ``over every Measure in the Domain``. ``other``: for each member of ``axis``, over all members but itself (the axis
    stays). ``least_reported``: None strict; N: of those reported, not reported where fewer than N are. ``weights`` for an average.
    ``number`` counts the members for which ``where`` holds; ``operand`` is then a constant.
    A total of no members is 0; anything else of no members is not reported.
    """

    aggregate: Literal["total", "average", "lowest", "highest", "number"] | PercentileMethod
    operand: Expr
    axis: str
    where: Cond | None
    weights: Expr | None
    least_reported: int | None
    into: str | None
    by: Expr | None
    other: bool


# -- conditions: Kleene ------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Truth(CoreNode):
    """Yes or no, whatever happens."""

    value: bool


@frozen(eq=False, repr=False, slots=False)
class InputFlag(CoreNode):
    """A yes/no that arrives."""

    key: str


@frozen(eq=False, repr=False, slots=False)
class RefCondition(CoreNode):
    """A named condition of the program."""

    figure: str


@frozen(eq=False, repr=False, slots=False)
class Compare(CoreNode):
    """``<``, ``<=`` or ``==``; unknown where a side is missing. ``!=``, ``>``, ``>=`` are said with `NotCond` and swapped sides."""

    sign: Literal["<", "<=", "=="]
    left: Expr
    right: Expr


@frozen(eq=False, repr=False, slots=False)
class NotCond(CoreNode):
    """Not."""

    operand: Cond


@frozen(eq=False, repr=False, slots=False)
class AndCond(CoreNode):
    """All of them."""

    operands: tuple[Cond, ...]


@frozen(eq=False, repr=False, slots=False)
class OrCond(CoreNode):
    """Any of them."""

    operands: tuple[Cond, ...]


@frozen(eq=False, repr=False, slots=False)
class IsReported(CoreNode):
    """Whether there is a value. Never unknown."""

    operand: Expr


@frozen(eq=False, repr=False, slots=False)
class IsKnown(CoreNode):
    """Whether a condition is yes or no. Never unknown."""

    operand: Cond


@frozen(eq=False, repr=False, slots=False)
class OverCond(CoreNode):
    """For every or for any member of ``axis`` (removes it); with ``where`` only of those for which it holds."""

    which: Literal["each", "any"]
    operand: Cond
    axis: str
    where: Cond | None


@frozen(eq=False, repr=False, slots=False)
class DuringPeriods(CoreNode):
    """In the periods ``first`` to ``last`` (places, from 0) of ``grain``: by the calendar alone."""

    grain: Grain
    first: int
    last: int


@frozen(eq=False, repr=False, slots=False)
class Run(CoreNode):
    """The condition in ``least`` of the ``window`` periods that end with this one; all of them is a run of consecutive periods.

    ``blank``: what a period without a result does. ``grain`` is the condition's. After a period in which ``restart`` holds, it and those
    before it are not counted any more.
    """

    operand: Cond
    grain: Grain
    least: int
    window: int
    blank: Literal["count as failed", "count as met", "break the run", "are passed over"]
    restart: Cond | None = None


@frozen(eq=False, repr=False, slots=False)
class PrevCond(CoreNode):
    """The condition ``back`` periods earlier; no where there is no such period."""

    operand: Cond
    grain: Grain
    back: int


Expr: TypeAlias = (
    Const
    | Input
    | Ref
    | AmountOf
    | Arith
    | Extreme
    | Round
    | Ratio
    | Choose
    | FirstOf
    | Piecewise
    | Interpolate
    | Recover
    | LastKnown
    | NextResult
    | Prev
    | Windowed
    | Coarsen
    | AtPeriod
    | At
    | Via
    | ByMember
    | MonthsBetween
    | DateMoved
    | SameMember
    | Over
)

Cond: TypeAlias = (
    Truth
    | InputFlag
    | RefCondition
    | Compare
    | NotCond
    | AndCond
    | OrCond
    | IsReported
    | IsKnown
    | RecoverCondition
    | OverCond
    | DuringPeriods
    | Run
    | PrevCond
)
